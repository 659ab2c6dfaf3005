// Where --data leads: which files of a folder are read, and which beside a rating file.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { openData } from '../../wasm/command/source.mjs';
import { core, csv, fill, filmsOf, folder, moviesCsv, world } from './fixtures.mjs';

const rows = world({ users: 6, films: 20, each: 5 });
const ids = [...new Set(rows.map(({ user }) => user))];
const flags = (/** @type {string[]} */ genres) =>
  Array.from({ length: 19 }, (_, n) =>
    Number((n === 5 && genres.includes('Comedy')) || (n === 8 && genres.includes('Drama'))),
  );

/** Each release's files: ratings first, what is known of films, of users. @type {Record<string, {ratings: string, others: Record<string, string>}>} */
const releases = {
  latest: { ratings: 'ratings.csv', others: { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) } },
  '1M': {
    ratings: 'ratings.dat',
    others: {
      'ratings.dat': rows.map(({ user, item, rating, time }) => `${user}::${item}::${rating}::${time}\n`).join(''),
      'movies.dat': filmsOf(rows)
        .map(({ id, title, year, genres }) => `${id}::${title} (${year})::${genres.join('|')}\n`)
        .join(''),
      'users.dat': ids.map((id, n) => `${id}::${n % 2 ? 'F' : 'M'}::25::2::12345\n`).join(''),
    },
  },
  '100K': {
    ratings: 'u.data',
    others: {
      'u.data': rows.map(({ user, item, rating, time }) => `${user}\t${item}\t${rating}\t${time}\n`).join(''),
      'u.item': filmsOf(rows)
        .map(({ id, title, year, genres }) => `${id}|${title} (${year})|01-Jan-1995||url|${flags(genres).join('|')}\n`)
        .join(''),
      'u.user': ids.map((id, n) => `${id}|25|${n % 2 ? 'F' : 'M'}|writer|12345\n`).join(''),
    },
  },
};

describe('a folder, and its rating file alone, are read with all that stands beside', async () => {
  const loaded = await core();
  for (const [release, { ratings, others }] of Object.entries(releases)) {
    /** @param {import('node:test').TestContext} t @param {string[]} without @param {boolean} alone  the file rather than the folder */
    const open = async (t, without, alone) => {
      const path = fill(folder(t), {
        ...Object.fromEntries(Object.entries(others).filter(([name]) => !without.includes(name))),
        'README.txt': 'not data',
        'tags.csv': 'userId,movieId,tag,timestamp\n1,5,fun,3\n',
      });
      const dataset = await openData(loaded, alone ? join(path, ratings) : path);
      t.after(() => dataset.free());
      return dataset;
    };
    const [, films, people] = Object.keys(others);
    for (const alone of [false, true]) {
      const what = `${release}, ${alone ? ratings : 'the folder'}`;
      test(what, async (t) => {
        const dataset = await open(t, [], alone);
        assert.deepEqual([dataset.users, dataset.items, dataset.ratings], [6, filmsOf(rows).length, rows.length]);
        const [film] = filmsOf(rows);
        const read = dataset.film(dataset.itemIds.indexOf(film.id));
        assert.deepEqual([read.title, read.year, read.genres.sort()], [film.title, film.year, film.genres.sort()]);
        if (!people) return assert.throws(() => dataset.features('users'), { name: 'DataError' });
        const genders = dataset.features('users').list.filter(({ kind }) => kind === 'gender');
        assert.deepEqual(genders.map(({ name, rows: count }) => [name, count]).sort(), [
          ['female', 3],
          ['male', 3],
        ]);
      });
      test(`${what}, without ${[films, people].filter(Boolean).join(' and ')}`, async (t) => {
        const dataset = await open(t, [films, people], alone);
        assert.match(dataset.film(0).title, /^Film \d+$/);
        for (const side of /** @type {const} */ (['items', 'users']))
          assert.throws(() => dataset.features(side), { name: 'DataError' });
      });
      if (people)
        test(`${what}, without ${films} alone`, async (t) => {
          const dataset = await open(t, [films], alone);
          assert.ok(dataset.features('users').list.length > 0);
        });
    }
  }
});
