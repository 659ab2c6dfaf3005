import { wordsOf } from '../../parts/speech.js';

/** The curves, and one user: their films and what the model shows them. */
export const words = wordsOf('rooms/learning', {
  curves: 'Curves',
  title: 'One user’s films',

  recommendations: 'Recommendations',
  history: 'History',
  rated: 'Films rated',
  topOfModel: 'The model’s top 10',
  top: '{model}’s top 10',
  hasRated: 'User {id} has rated',
  newestFirst: '{n} {n|film|films}, newest first',
  more: 'Show {n} more of {left}',
  validation: 'held out for validation',
  hidden: 'hidden from the model',
  wasHidden: 'the film that was hidden',
  new: 'new',

  onceRead: 'as soon as the data are read',
  onceSolved: 'as soon as the model is solved: press Train',
  counted: 'the most rated films not yet seen',
  byChance: 'by chance',
  loaded: 'with the loaded weights',
  untrained: 'not trained yet',
  solved: 'solved',
  after: 'after {n} {n|epoch|epochs}',
  afterMore: 'after {n} more {n|epoch|epochs}',

  unrated: 'The films that this user has not rated, by the rating that the model predicts.',
  noHidden: 'This user has no hidden film.',
  hiddenFilm: 'Hidden from the model: ',
  hit: '. It ranks {place} of {n}: a hit.',
  miss: '. It ranks {place} of {n}: a miss.',
  noYear: 'year unknown',
  noGenres: 'no genres',
  comma: ', ',
  stars: 'Rated {rating} of 5',
});
