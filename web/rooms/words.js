import { wordsOf } from '../parts/speech.js';

/** What the rooms are called. */
export const words = wordsOf('rooms', {
  learn: 'Learning',
  network: 'Network',
  evaluation: 'Evaluation',
  race: 'Race',
  you: 'You',
  map: 'Map',
  data: 'Data',
});
