// THE table of data files, in the order of reading: which names tell them, and which reader of the core's takes them
// (wasm/api/data.c). What is wrong in one is said in the words of its row.

import { fault } from '../words/fault.mjs';

/** @typedef {import('../words/fault.mjs').Told} Told */
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

/**
 * MovieLens' files that go together, in the order in which they are looked for.
 * @type {({ratings: string} & Partial<Record<Role, string>>)[]}
 */
export const releases = [
  { ratings: 'ratings.csv', films: 'movies.csv' },
  { ratings: 'ratings.dat', films: 'movies.dat', people: 'users.dat' },
  { ratings: 'u.data', films: 'u.item', people: 'u.user' },
];

/** @param {Role} role */
const names = (role) => releases.flatMap(({ [role]: name }) => (name ? [name] : []));

/** @type {Record<Role, FileKind>} */
export const fileKinds = {
  ratings: { reader: 'ratings', names: names('ratings'), ofTriple: 'train.rating' },
  films: { reader: 'films', names: names('films') },
  people: { reader: 'people', names: names('people') },
  test: { reader: 'ratings', names: [], ofTriple: 'test.rating', after: 'ratings' },
  negatives: { reader: 'negatives', names: [], ofTriple: 'test.negative', after: 'test' },
};

export const roles = /** @type {Role[]} */ (Object.keys(fileKinds));

/** MovieLens' names of some files, for a sentence. @param {...Role} of */
export const namesOf = (...of) =>
  Object.fromEntries(
    of.flatMap((role) => {
      const { names } = fileKinds[role];
      return Object.entries({ [role]: names.slice(0, -1).join(', '), [`${role}Last`]: names.at(-1) });
    }),
  );

/** What the lines of a reader’s files have, what such a file is, and what it holds. @type {Record<DataFile, {columns: Part, what: Told, holds: Part}>} */
export const readers = {
  ratings: { columns: 'ratingColumns', what: fault('ratingFile', namesOf('ratings')), holds: 'ratings' },
  films: { columns: 'filmColumns', what: fault('filmFile', namesOf('films')), holds: 'films' },
  negatives: { columns: 'negativeColumns', what: fault('negativeFile'), holds: 'negatives' },
  people: { columns: 'peopleColumns', what: fault('peopleFile', namesOf('people')), holds: 'users' },
};
