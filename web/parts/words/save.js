import { wordsOf } from '../speech.js';

/** Files that leave the page. */
export const words = wordsOf('parts/save', {
  handed: '{name} is handed to the browser.',
  copyInstead: 'If nothing was saved, this frame may not save files: copy the text instead.',
  ownPage: 'If nothing was saved, this frame may not save files: open the lab in a page of its own.',
  text: 'The text of the file',
  copy: 'Copy the text',
  copied: 'Copied',
  selected: 'Press Ctrl+C or ⌘C',
});
