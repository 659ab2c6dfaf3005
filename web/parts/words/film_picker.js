import { wordsOf } from '../speech.js';

export const words = wordsOf('parts/film_picker', {
  films: 'Films',
  viewers: '{count} {count|rating|ratings}',
  noFilm: 'No film has “{text}” in its title.',
});
