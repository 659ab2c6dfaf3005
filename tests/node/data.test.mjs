// data/ is MovieLens' own format, byte for byte: read here with a few lines of plain JS, apart from the core's parser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bundled } from './fixtures.mjs';

const decode = (/** @type {string} */ name) =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bundled(name));
const ratings = decode('ratings.csv');
const movies = decode('movies.csv');

/** A line of RFC 4180 as fields, with whether each was quoted. @param {string} line */
function fields(line) {
  const found = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)];
  assert.equal(found.map(([whole]) => whole).join(''), line, line);
  return found.map(([, quoted, plain]) => ({
    text: quoted?.replaceAll('""', '"') ?? plain,
    quoted: quoted !== undefined,
  }));
}

const rows = ratings.split('\n').slice(1, -1);
const films = movies.split('\n').slice(1, -1).map(fields);

test('text without a byte order mark, lines that end in LF, no blank line', () => {
  for (const text of [ratings, movies]) {
    assert(!text.startsWith('\ufeff'));
    assert(!text.includes('\r') && !text.includes('\n\n'));
    assert(text.endsWith('\n'));
  }
});

test('headers and counts', () => {
  assert(ratings.startsWith('userId,movieId,rating,timestamp\n'));
  assert(movies.startsWith('movieId,title,genres\n'));
  assert.equal(rows.length, 100004);
  assert.equal(films.length, 9066);
  assert.equal(new Set(rows.map((row) => row.split(',', 1)[0])).size, 671);
});

test('every rating: ids, half stars from 0.5 to 5.0, seconds between January 1995 and October 2016', () => {
  const [first, last] = [Date.UTC(1995, 0, 1) / 1000, Date.UTC(2016, 10, 1) / 1000];
  for (const row of rows) {
    assert.match(row, /^[1-9]\d*,[1-9]\d*,([0-4]\.5|[1-5]\.0),\d+$/);
    const time = Number(row.split(',')[3]);
    assert(time >= first && time < last, row);
  }
});

test('ratings are sorted by user and within it by film, none twice', () => {
  const keys = rows.map((row) => row.split(',', 2).map(Number));
  for (let n = 1; n < keys.length; n++) {
    const [[user, film], [nextUser, nextFilm]] = [keys[n - 1], keys[n]];
    assert(user < nextUser || (user === nextUser && film < nextFilm), rows[n]);
  }
});

test('127 users have several ratings in their last second, so the order of rows decides their test film', () => {
  /** @type {Map<string, {last: number, count: number}>} */
  const ends = new Map();
  for (const row of rows) {
    const [user, , , time] = row.split(',');
    const end = ends.get(user);
    if (!end || Number(time) > end.last) ends.set(user, { last: Number(time), count: 1 });
    else if (Number(time) === end.last) end.count++;
  }
  assert.equal([...ends.values()].filter(({ count }) => count > 1).length, 127);
});

test('films are sorted, exactly those with ratings', () => {
  const ids = films.map(([id]) => Number(id.text));
  for (let n = 1; n < ids.length; n++) assert(ids[n - 1] < ids[n]);
  assert.deepEqual(new Set(ids), new Set(rows.map((row) => Number(row.split(',')[1]))));
});

test('a field is quoted where it holds a comma or a quote and nowhere else', () => {
  let quoted = 0;
  for (const film of films) {
    assert.equal(film.length, 3);
    for (const field of film) {
      assert.equal(field.quoted, /[",]/.test(field.text), field.text);
      quoted += Number(field.quoted);
    }
  }
  assert(quoted > 1000);
});

test('titles are “Name (Year)”, but for the five that README.md names', () => {
  const odd = films.filter(([, title]) => !/^\S.* \((18|19|20)\d\d\)$/.test(title.text)).map(([id]) => id.text);
  assert.deepEqual(odd, ['108548', '108583', '143410', '151307', '162376']);
  assert.equal(films[0][1].text, 'Toy Story (1995)');
  assert(films.some(([, title]) => title.text === 'City of Lost Children, The (Cité des enfants perdus, La) (1995)'));
});

test('genres are MovieLens’ own, joined by |, or said to be none', () => {
  const genres = new Set(films.flatMap(([, , list]) => list.text.split('|')));
  assert.deepEqual([...genres].sort(), [
    '(no genres listed)',
    'Action',
    'Adventure',
    'Animation',
    'Children',
    'Comedy',
    'Crime',
    'Documentary',
    'Drama',
    'Fantasy',
    'Film-Noir',
    'Horror',
    'IMAX',
    'Musical',
    'Mystery',
    'Romance',
    'Sci-Fi',
    'Thriller',
    'War',
    'Western',
  ]);
  for (const [, , list] of films) {
    const names = list.text.split('|');
    assert.equal(new Set(names).size, names.length, list.text);
    if (list.text.includes('(')) assert.equal(list.text, '(no genres listed)');
  }
  assert.equal(films.filter(([, , list]) => list.text === '(no genres listed)').length, 17);
});

test('GroupLens’ terms lie beside the data', () => {
  const terms = decode('LICENSE-MovieLens.md');
  for (const part of [/endorse/, /acknowledge/, /same (license )?conditions/, /commercial/, /Harper/])
    assert.match(terms, part);
});
