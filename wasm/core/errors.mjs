// The core's status codes as sentences that say what to do.

/** What a data file holds; 'ratings' are those of the paper's test file too. @typedef {'ratings'|'films'|'negatives'|'people'} DataFile */

/** What the core refused. `status` is src/base/status.h's; `file` and `line` are set for errors in a data file. */
export class CoreError extends Error {
  /**
   * @param {number} status
   * @param {{file?: DataFile, line?: number}} [place]
   */
  constructor(status, place = {}) {
    const message = messages[status] ?? `The core answered with status ${status}.`;
    super(typeof message === 'function' ? message(place.file ?? 'ratings') : message);
    this.name = 'CoreError';
    this.status = status;
    this.file = place.file;
    this.line = place.line;
  }
}

/** A file that isn't what it should be. `line` where the fault is on a line. */
export class DataError extends Error {
  /**
   * @param {string} message
   * @param {number} [line]
   */
  constructor(message, line) {
    super(message);
    this.name = 'DataError';
    this.line = line;
  }
}

export const STATUS_ARGUMENT = 2;
export const STATUS_NO_TEST_USERS = 12;
export const STATUS_NOT_FINITE = 14;

const columns = {
  ratings: 'four columns: user, item, rating, timestamp',
  films: 'three columns (movieId, title, genres), or the 24 of u.item',
  negatives: '(user,item) and after it the ids of one or more negatives, with tabs between them',
  people:
    'five columns: user, gender, age, occupation, zip code (users.dat), or user, age, gender, occupation, zip code (u.user)',
};
const known = {
  ratings: 'a MovieLens rating file (ratings.csv, ratings.dat or u.data)',
  films: 'a MovieLens film file (movies.csv, movies.dat or u.item)',
  negatives: 'a file of test negatives (NAME.test.negative)',
  people: 'a MovieLens file about users (users.dat or u.user)',
};

/** @type {Record<number, string | ((file: DataFile) => string)>} by enum status */
const messages = {
  1: 'There is not enough memory for this. Choose fewer factors, smaller layers or a smaller dataset.',
  [STATUS_ARGUMENT]: 'A value is out of range.',
  3: 'The file is larger than the core can hold: at most 60 million ratings and 16 million users or films.',
  4: (file) => `The file holds no ${file === 'people' ? 'users' : file}. Is it empty, or cut off after its header?`,
  5: (file) => `This is binary data, not ${known[file]}. If it is a zip, open the zip itself.`,
  6: (file) => `This line is longer than 65,536 bytes, so the file is not ${known[file]}.`,
  7: (file) => `This line does not have ${columns[file]}. Is the file cut off or damaged here?`,
  8: 'A field here should be a number and is not one, or is out of range (ids and timestamps are whole numbers below 4,294,967,296, ratings are -1,000,000 to 1,000,000).',
  9: 'A quoted field is not closed on this line.',
  10: (file) => `The first line is not that of ${known[file]}, which has ${columns[file]}.`,
  11: 'The films have more than 32 different genres, or one whose name is longer than 31 bytes.',
  [STATUS_NO_TEST_USERS]:
    'No user has rated two different films, so there is nothing to leave out for the test. Choose a dataset with more ratings a user.',
  13: 'All users have every film that could be drawn as a negative, so there is nothing to learn. Choose a dataset with more films.',
  [STATUS_NOT_FINITE]:
    'The loss is no longer a finite number: training diverged. Choose a smaller learning rate and start again from the first weights.',
  15: 'This user has a line in the test file already. Leave-one-out tests one item a user.',
  16: 'The (user,item) of this line is not this user’s pair in the test file, or has a line already.',
  17: 'A pair of the test file has no line of negatives here. Is the file cut off?',
  18: 'No user has two films left besides the one for the test, so none can be held out for validation. Turn validation off, or choose a dataset with more ratings a user.',
  19: 'No rating is as high as a positive has to be. Choose a lower “positive from” (--positive-from).',
  30: 'There are too few ratings for this split: no part of it may be empty. Choose fewer folds or another share for the test, or more data.',
  31: 'All ratings of this data are the same, so there is nothing to predict. Choose a model that ranks films, or data with ratings.',
  32: 'A gender here is neither M nor F, as MovieLens writes them.',
  33: 'There are more than 32 different occupations here, or one with a name longer than 31 bytes.',
};
