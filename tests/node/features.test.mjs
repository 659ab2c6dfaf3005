// What a film or a person that the data do not have is told by: its features, and nothing for what is not known.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { readDataset } from '../../wasm/lab/files.mjs';
import { core, source } from './fixtures.mjs';

const lines = (/** @type {unknown[][]} */ rows) => rows.map((row) => `${row.join('::')}\n`).join('');

/** Eight people of all ages, seven films, the last of which nobody has rated. */
const files = {
  'ratings.dat': lines(Array.from({ length: 40 }, (_, n) => [1 + (n % 8), 1 + ((n * 7) % 6), 4, n])),
  'movies.dat': lines([
    [1, 'A (1985)', 'Comedy|Drama'],
    [2, 'B (1994)', 'Drama'],
    [3, 'C (2001)', 'Action'],
    [4, 'D', 'Crime'],
    [5, 'E (1985)', 'Comedy'],
    [6, 'F (1931)', 'Action'],
    [7, 'G (1950)', 'Western|Film-Noir'],
  ]),
  'users.dat': lines(
    [1, 18, 25, 35, 45, 50, 56, 25].map((age, n) => [n + 1, n % 2 ? 'M' : 'F', age, [20, 2, 7, 20, 2, 7, 20, 2][n], 1]),
  ),
};

describe('the features', async () => {
  const loaded = await core();
  const dataset = await readDataset(
    loaded,
    Object.entries(files).map(([name, text]) => source(name, text)),
  );
  const [films, people] = [dataset.features('items'), dataset.features('users')];
  /** @param {typeof films} features */
  const named = (features) => (/** @type {number} */ pointer, /** @type {number} */ count) =>
    Array.from(loaded.copy(Uint32Array, pointer, count), (at) => `${features.list[at].kind} ${features.list[at].name}`);

  test('are those that some film or somebody has, with how many', () => {
    const told = [films, people].map(({ list }) => list.map(({ kind, name, rows }) => `${kind} ${name}: ${rows}`));
    assert.deepEqual(told, [
      [
        ...['genre Comedy: 2', 'genre Drama: 2', 'genre Action: 2', 'genre Crime: 1'],
        ...['decade 1930s: 1', 'decade 1980s: 2', 'decade 1990s: 1', 'decade 2000s: 1'],
      ],
      [
        ...['gender female: 4', 'gender male: 4'],
        ...['age under 18: 1', 'age 18-24: 1', 'age 25-34: 2', 'age 35-44: 1'],
        ...['age 45-49: 1', 'age 50-55: 1', 'age 56+: 1'],
        ...['occupation writer: 3', 'occupation artist: 3', 'occupation executive/managerial: 2'],
      ],
    ]);
  });

  /** @type {[Parameters<typeof people.ofPerson>[0], string[]][]} */
  const persons = [
    [{}, []],
    [{ gender: 'female' }, ['gender female']],
    [{ gender: 'male' }, ['gender male']],
    [{ occupation: 'writer' }, ['occupation writer']],
    [{ occupation: 'artist' }, ['occupation artist']],
    [{ gender: 'male', age: 30, occupation: 'writer' }, ['gender male', 'age 25-34', 'occupation writer']],
    .../** @type {[number, string][]} */ ([
      [0, 'under 18'],
      [17, 'under 18'],
      [18, '18-24'],
      [24, '18-24'],
      [25, '25-34'],
      [44, '35-44'],
      [45, '45-49'],
      [50, '50-55'],
      [55, '50-55'],
      [56, '56+'],
      [120, '56+'],
    ]).map(([age, name]) => /** @type {[{age: number}, string[]]} */ ([{ age }, [`age ${name}`]])),
  ];
  for (const [person, right] of persons)
    test(`of a person: ${JSON.stringify(person)}`, () =>
      assert.deepEqual(people.ofPerson(person, named(people)), right));

  /** @type {[Parameters<typeof films.ofFilm>[0], string[]][]} */
  const strangers = [
    [{}, []],
    [{ year: 0 }, []],
    [{ genres: ['Drama'] }, ['genre Drama']],
    [{ genres: ['Crime', 'Comedy'], year: 1989 }, ['genre Comedy', 'genre Crime', 'decade 1980s']],
    [{ genres: ['Drama', 'Drama'] }, ['genre Drama']],
    [{ year: 1990 }, ['decade 1990s']],
    [{ year: 1999 }, ['decade 1990s']],
    [{ year: 2000 }, ['decade 2000s']],
    // What no rated film is or was made in tells a model nothing.
    [{ genres: ['Western'], year: 1950 }, []],
    [{ genres: ['Film-Noir', 'Action'], year: 2020 }, ['genre Action']],
  ];
  for (const [film, right] of strangers)
    test(`of a film: ${JSON.stringify(film)}`, () => assert.deepEqual(films.ofFilm(film, named(films)), right));

  test('of men alone are still those of men', async (t) => {
    const men = { ...files, 'users.dat': files['users.dat'].replaceAll('::F::', '::M::') };
    const other = await readDataset(
      loaded,
      Object.entries(men).map(([name, text]) => source(name, text)),
    );
    t.after(() => other.free());
    const features = other.features('users');
    assert.deepEqual(features.ofPerson({ gender: 'male' }, named(features)), ['gender male']);
    assert.throws(() => features.ofPerson({ gender: 'female' }, () => 0), /There is no gender “female”: male\./);
  });

  test('have names of their own kind alone', () => {
    assert.throws(() => films.ofFilm({ genres: ['1980s'] }, () => 0), /There is no genre “1980s”: Comedy, Drama/);
    assert.throws(() => people.ofPerson({ gender: 'writer' }, () => 0), /There is no gender “writer”: female, male\./);
    assert.throws(
      () => people.ofPerson({ occupation: 'male' }, () => 0),
      /There is no occupation “male”: writer, artist/,
    );
  });
});
