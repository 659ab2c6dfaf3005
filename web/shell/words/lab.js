import { wordsOf } from '../../parts/speech.js';

/** The head of the page and the parts that it has. */
export const words = wordsOf('shell/lab', {
  title: 'NCF Lab: a neural recommender learns in front of you',
  tagline: 'A neural recommender learns MovieLens in front of you',
  skip: 'Skip to the controls',
  light: 'Use the light theme',
  dark: 'Use the dark theme',
  shortcuts: 'Keyboard shortcuts',
  drop: 'Drop the files to open them',

  rooms: 'Rooms of the lab',
  settings: 'Settings',
  progress: 'Progress',
});
