import { wordsOf } from '../../parts/speech.js';

/** Data and weights, opened, saved and loaded. */
export const words = wordsOf('shell/files', {
  title: 'Data and weights',
  dataFile: 'Open a ratings file',
  weightsFile: 'Load a weights file',
  open: 'Open ratings…',
  save: 'Save weights',
  load: 'Load weights…',
  more: 'More to take away',
  hint: 'Or drop files anywhere: ratings.csv with movies.csv, u.data, ratings.dat, or a MovieLens zip. They stay in this browser.',
  none: 'No data yet',
  counts: '{ratings} {ratings|rating|ratings}, {users} {users|user|users}, {films} {films|film|films}',
  and: ' and ',
});
