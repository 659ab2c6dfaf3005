import { wordsOf } from '../speech.js';

/** Pictures of charts. */
export const words = wordsOf('parts/picture_menu', {
  save: 'Save picture',
  failed: 'The picture could not be made.',
});
