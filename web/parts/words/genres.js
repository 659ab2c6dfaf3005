import { wordsOf } from '../speech.js';

/** By the names that MovieLens gives them. */
export const genres = wordsOf('parts/genres', {
  Action: 'Action',
  Adventure: 'Adventure',
  Animation: 'Animation',
  Children: 'Children',
  "Children's": "Children's",
  Comedy: 'Comedy',
  Crime: 'Crime',
  Documentary: 'Documentary',
  Drama: 'Drama',
  Fantasy: 'Fantasy',
  'Film-Noir': 'Film-Noir',
  Horror: 'Horror',
  IMAX: 'IMAX',
  Musical: 'Musical',
  Mystery: 'Mystery',
  Romance: 'Romance',
  'Sci-Fi': 'Sci-Fi',
  Thriller: 'Thriller',
  War: 'War',
  Western: 'Western',
});
