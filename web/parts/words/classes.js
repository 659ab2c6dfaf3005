import { wordsOf } from '../speech.js';

/** Kinds of films. */
export const words = wordsOf('parts/classes', {
  decade: '{year}s',
  before: 'Before {year}',
  since: '{year} on',
  noYear: 'Year unknown',
  other: 'Other',
});
