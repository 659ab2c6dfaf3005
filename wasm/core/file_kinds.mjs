// THE table of data files, in the order of reading: which names tell them, and which reader of the core's takes them
// (wasm/api/data.c). What is wrong in one is said in the words of its row.

/** A reader of the core's, which what is wrong in a file is told of. @typedef {'ratings' | 'films' | 'negatives' | 'people'} DataFile */
/** What a file is for. @typedef {'ratings' | 'films' | 'people' | 'test' | 'negatives'} Role */
/** @typedef {keyof typeof import('../words/faults.mjs').parts} Part */
/**
 * @typedef {object} FileKind
 * @property {DataFile} reader
 * @property {readonly string[]} names  MovieLens’ own, in whatever folder
 * @property {string} [ofTriple]        how the name ends in the NCF paper’s split
 * @property {Role} [after]             the kind that has to be read before
 */

/** @type {Record<Role, FileKind>} */
export const fileKinds = {
  ratings: { reader: 'ratings', names: ['ratings.csv', 'ratings.dat', 'u.data'], ofTriple: 'train.rating' },
  films: { reader: 'films', names: ['movies.csv', 'movies.dat', 'u.item'] },
  people: { reader: 'people', names: ['users.dat', 'u.user'] },
  test: { reader: 'ratings', names: [], ofTriple: 'test.rating', after: 'ratings' },
  negatives: { reader: 'negatives', names: [], ofTriple: 'test.negative', after: 'test' },
};

export const roles = /** @type {Role[]} */ (Object.keys(fileKinds));

/** What the lines of a reader’s files have, what such a file is, and what it holds. @type {Record<DataFile, {columns: Part, what: Part, holds: Part}>} */
export const readers = {
  ratings: { columns: 'ratingColumns', what: 'ratingFile', holds: 'ratings' },
  films: { columns: 'filmColumns', what: 'filmFile', holds: 'films' },
  negatives: { columns: 'negativeColumns', what: 'negativeFile', holds: 'negatives' },
  people: { columns: 'peopleColumns', what: 'peopleFile', holds: 'users' },
};
