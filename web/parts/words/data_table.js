import { wordsOf } from '../speech.js';

export const words = wordsOf('parts/data_table', {
  table: 'The numbers as a table',
  of: 'Table: {name}',
});
