import { wordsOf } from '../../parts/speech.js';

/** The keys and what they do. */
export const words = wordsOf('shell/shortcuts', {
  title: 'Keyboard shortcuts',
  close: 'Close',
  or: ' or ',
  train: 'Train, or pause',
  step: 'Train for one epoch',
  reset: 'Reset the model',
  user: 'Look at another user, by chance',
  room: 'Go to the room “{room}”',
  language: 'Change the language: {language}',
  theme: 'Light or dark',
  list: 'This list',
  note: 'They are off while you type, and a control that has the focus keeps its own keys.',
});
