import { wordsOf } from '../speech.js';

export const words = wordsOf('parts/format', {
  bytes: '{n} bytes',
  speed: '{n} k',
  speedUnit: '1000',
  th: '{n}th',
  st: '{n}st',
  nd: '{n}nd',
  rd: '{n}rd',
  last: 'The newest film',
  random: 'A random film',
});
