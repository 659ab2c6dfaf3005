import { wordsOf } from '../speech.js';

/** What the instructor decided, where somebody wants it otherwise. */
export const words = wordsOf('parts/fixed', {
  title: 'Fixed by the instructor',
  this: 'The instructor fixed this.',
  settings: 'The instructor fixed {n|this setting|these settings}: {names}.',
  data: 'The instructor fixed the data: no others can be opened here.',
  weights: 'The instructor fixed how much is trained: weights from elsewhere can’t be loaded here.',
  files: 'The instructor left files out of this lab: none can be opened here.',
  room: 'The instructor left this room out of the lab.',
  epochs: 'The instructor fixed the most epochs that are trained: {n}.',
});
