import { wordsOf } from '../../parts/speech.js';

/** The lab in a box. */
export const words = wordsOf('shell/brief', {
  what: '{model} · seed {seed}',
  whole: 'Whole lab',
  wholeTitle: 'Everything: all settings, one user’s films, files, and what the words mean',
  compact: 'Compact',
  compactTitle: 'Only what fits into this box',
});
