import { wordsOf } from '../../parts/speech.js';

export const words = wordsOf('rooms/data', {
  loading: 'Counting the ratings.',
  failed: 'The data could not be counted: {message}',

  matrix: 'The matrix',
  matrixLesson:
    'A row a user, a column a film, a cell filled where the user has rated the film. Only {share} of the {cells} cells are filled: the model has to guess the rest. The most active users are on top, the most popular films on the left.',
  density: 'All users and films',
  densityNote: 'A dot stands for some {users} users × {films} films; the darker, the fuller.',
  corner: 'The fullest corner',
  cornerNote: 'The {users} most active users × the {films} most popular films, cell by cell.',
  cornerHeld: '{n} of these users’ held-out films {n|is|are} among them.',
  cornerNoneHeld: 'None of these users’ held-out films is among them.',
  pointCells: 'Point at a cell or use the arrow keys to read it.',
  bin: 'Users {fromUser} to {toUser} by activity × films {fromFilm} to {toFilm} by popularity: {n} {n|rating|ratings}, {share} filled',
  cellTrain: 'User {id} has rated {film}',
  cellHeld: 'User {id} has rated {film}: held out for the test',
  cellEmpty: 'User {id} has not rated {film}: it may be drawn as a negative',
  keyTrain: 'rated: learnt from',
  keyHeld: 'rated last: held out',
  keyEmpty: 'not rated',
  users: 'Users',
  films: 'Films',
  ratings: 'Ratings',
  share: 'Share',
  byActivity: 'Users by activity',
  filled: 'Cells filled',

  tail: 'The long tail',
  tailOf: 'Tail of',
  tailLesson:
    'Few films are rated by many and many by few. This is why ItemPop, which offers everybody the most popular films, is hard to beat.',
  tailLessonUsers: 'Users have a tail, too: the busiest has rated {most} films, half of them at most {median}.',
  headFilms: 'The most popular {part} of films ({n}) have {share} of the ratings.',
  headUsers: 'The most active {part} of users ({n}) have given {share} of the ratings.',
  headPart: 'Share of films or users counted from the most rated',
  tailSummary: 'Ratings by place, falling from {first} to {last}',
  first: 'First',

  values: 'Ratings',
  valuesLesson:
    'People rate what they like: the mean is {mean}. For films to be ranked, the stars are left aside: that somebody rated a film at all is the signal. This is implicit feedback.',
  value: 'Stars',

  genres: 'Genres',
  genre: 'Genre',
  by: 'Bars show',
  mean: 'Mean rating',
  genresLesson: 'A film can have several genres. What a genre has in numbers it need not have in stars.',
  noGenres: 'These data do not tell genres.',
  decades: 'Decades',
  decade: '{from}s',
  unknown: 'unknown',

  split: 'What is kept out',
  splitLesson:
    'Leave-one-out. {which} of each user is the test. The model learns from the other {train} ratings and never sees these {test}. Below is user {id}, from the first film on the left to the newest on the right.',
  splitRatings:
    '{model} predicts ratings, so it is tested otherwise: {test} ratings drawn at random are held out, and it learns from {train}.',
  validationRatings: 'Another {n} are kept for validation.',
  timeline: 'Films of user {id} by time',
  earlier: '{n} earlier',
  learnt: '{n} learnt from',
  validation: 'kept for validation',
  heldOut: 'held out',
  negatives: 'The {n} it has to beat',
  negativesLesson:
    'Films that the user has not rated, drawn once and kept for all epochs. The held-out film is ranked among them.',
  toTest: 'See this test',
  nothing: 'Point at a film or use the arrow keys to read it.',
  ratedOn: '{film}, {stars} stars, {date}',
  order: 'Place',
  film: 'Film',
  use: 'Use',
  negative: 'test negative',
  train: 'learnt from',
});
