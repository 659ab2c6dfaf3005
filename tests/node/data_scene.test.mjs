// What the room of the data shows, worked out by hand: the pictures of the matrix, the tail, the bars, and the split of one user.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { divisionOf, divisionTable, dotFrom } from '../../web/rooms/data/division.js';
import { decadesOf, genresOf, groupBars, groupText, valuesOf } from '../../web/rooms/data/groups.js';
import { tailOf, tailTable } from '../../web/rooms/data/head.js';
import { cellAt, cellFrom, cornerOf, densityOf, matrixTable, matrixTexts } from '../../web/rooms/data/pictures.js';
import { createSpeech } from '../../web/parts/speech.js';

const speech = createSpeech();

/** Five users and three films in 2 × 3 bins; the corner has two of each. @type {import('../../web/worker/protocol.js').Overview} */
const overview = {
  matrix: { rows: 2, columns: 3, counts: Uint32Array.of(2, 1, 0, 3, 0, 0) },
  corner: { users: Uint32Array.of(4, 1), films: Uint32Array.of(2, 0), cells: Uint8Array.of(2, 1, 0, 1) },
  popularity: Uint32Array.of(5, 1, 0),
  activity: Uint32Array.of(2, 1, 1, 1, 1),
  ratings: [
    { value: 3, count: 1 },
    { value: 4.5, count: 4 },
  ],
  mean: 4.2,
  genres: [
    { genre: 'Drama', films: 2, ratings: 4000, mean: 4 },
    { genre: 'My own', films: 1, ratings: 1000, mean: 3 },
  ],
  decades: [
    { decade: 0, films: 1, ratings: 1 },
    { decade: 1990, films: 2, ratings: 5 },
  ],
  split: { train: 5, test: 1, users: 5, negatives: 99 },
  density: 0.4,
};
/** @type {any} */
const names = {
  users: { ids: Uint32Array.of(11, 12, 13, 14, 1500) },
  films: { titles: ['Laura', 'Gilda', 'Rope'], years: Uint16Array.of(1944, 0, 1948) },
};

describe('the matrix', () => {
  test('its texts say how full it is and what a dot stands for', () => {
    const texts = matrixTexts(speech, overview);
    assert.match(texts.lesson, /Only 40\.0\u00a0% of the 15 cells are filled/);
    // Two and a half users, rounded up, and one film.
    assert.equal(texts.density, 'A dot stands for some 3 users × 1 films; the darker, the fuller.');
    assert.equal(
      texts.corner,
      'The 2 most active users × the 2 most popular films, cell by cell. 1 of these users’ held-out films is among them.',
    );
    assert.equal(texts.held, true);
    const none = matrixTexts(speech, { ...overview, corner: { ...overview.corner, cells: new Uint8Array(4) } });
    assert.match(none.corner, /None of these users/);
    assert.equal(none.held, false);
    assert.match(matrixTexts(speech, { ...overview, density: 0.0632 }).lesson, /Only 6\.32\u00a0%/);
    assert.match(matrixTexts(speech, { ...overview, density: 0.1 }).lesson, /Only 10\.0\u00a0%/);
  });

  test('the table has bands of users, as many as there are rows, at most ten', () => {
    assert.deepEqual(matrixTable(speech, overview).rows, [
      ['1–2', '3', '50.0\u00a0%'],
      ['3–5', '3', '33.3\u00a0%'],
    ]);
    const many = {
      ...overview,
      matrix: { rows: 25, columns: 1, counts: Uint32Array.from({ length: 25 }, (_, row) => row) },
      activity: new Uint32Array(50),
      popularity: new Uint32Array(100),
    };
    const { rows } = matrixTable(speech, many);
    assert.equal(rows.length, 10);
    // Rows 0 and 1, of two users each; then 2, 3 and 4.
    assert.deepEqual(rows.slice(0, 2), [
      ['1–4', '1', '0.25\u00a0%'],
      ['5–10', '9', '1.50\u00a0%'],
    ]);
  });

  test('a cell of the density is as dark as the root of its share, and empty where nothing is', () => {
    const { rows, columns, unit, shades, tell } = densityOf(speech, overview);
    assert.deepEqual([rows, columns, unit], [2, 3, 1]);
    // Two of 2 × 1 cells are full; one of two: 0.06 + 1.1 √½; three of 3 × 1 again full.
    assert.deepEqual([...shades], [255, Math.round(255 * 0.8378), 0, 255, 0, 0]);
    assert.equal(tell(1, 0), 'Users 3 to 5 by activity × films 1 to 1 by popularity: 3 ratings, 100.0\u00a0% filled');
    assert.equal(tell(0, 1), 'Users 1 to 2 by activity × films 2 to 2 by popularity: 1 rating, 50.0\u00a0% filled');
  });

  test('the corner has a mark a cell: filled where it is learnt from, a frame where it is held out', () => {
    const { rows, columns, unit, marks, tell } = cornerOf(speech, overview, names);
    assert.deepEqual([rows, columns, unit], [2, 2, 12]);
    assert.deepEqual(marks, [
      { x: 2.25, y: 2.25, side: 7.5, colour: 'ink', alpha: 1, outline: true },
      { x: 13, y: 1, side: 10, colour: 'model', alpha: 0.6, outline: false },
      { x: 1, y: 13, side: 10, colour: 'line', alpha: 1, outline: false },
      { x: 13, y: 13, side: 10, colour: 'model', alpha: 0.6, outline: false },
    ]);
    assert.equal(tell(0, 0), 'User 1500 has rated Rope: held out for the test');
    assert.equal(tell(0, 1), 'User 1500 has rated Laura');
    assert.equal(tell(1, 0), 'User 12 has not rated Rope: it may be drawn as a negative');
  });

  test('the pointer and the keys find cells, and stop at the edges', () => {
    const grid = { rows: 20, columns: 30, unit: 1, tell: () => '' };
    assert.deepEqual(cellAt(grid, 0.5, 0.999), [10, 29]);
    assert.deepEqual(cellAt(grid, 1, -0.1), [19, 0]);
    const from = (/** @type {string} */ key, far = false, row = 15, column = 3) =>
      cellFrom(grid, key, far, row, column);
    assert.deepEqual(
      ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].map((key) => from(key)),
      [
        [14, 3],
        [16, 3],
        [15, 2],
        [15, 4],
      ],
    );
    assert.deepEqual(
      ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].map((key) => from(key, true)),
      [
        [5, 3],
        [19, 3],
        [15, 0],
        [15, 13],
      ],
    );
    assert.deepEqual(
      ['Home', 'End', 'PageUp', 'PageDown'].map((key) => from(key)),
      [
        [15, 0],
        [15, 29],
        [0, 3],
        [19, 3],
      ],
    );
    assert.deepEqual(from('ArrowDown', false, 0, 3), [1, 3], 'the first row is a row');
    assert.deepEqual(from('End', false, -1, -1), [0, 0], 'any way in leads to the first');
    assert.equal(from('Enter'), null);
    assert.equal(from('a', false, -1, -1), null);
  });
});

describe('the long tail', () => {
  const tail = {
    ...overview,
    popularity: Uint32Array.of(50, 25, 15, 10),
    activity: Uint32Array.of(40, 30, 20, 10),
  };

  test('the first have their share, and there is always a first', () => {
    const of = (/** @type {number} */ part) => tailOf(speech, tail, false, part).sentence;
    assert.equal(of(50), 'The most popular 50 % of films (2) have 75 % of the ratings.');
    assert.equal(of(1), 'The most popular 1 % of films (1) have 50 % of the ratings.');
    assert.equal(of(100), 'The most popular 100 % of films (4) have 100 % of the ratings.');
    const { sentence, lesson, name } = tailOf(speech, tail, true, 50);
    assert.equal(sentence, 'The most active 50 % of users (2) have given 70 % of the ratings.');
    assert.match(lesson, /the busiest has rated 40 films, half of them at most 20\.$/);
    assert.equal(name, 'Ratings by place, falling from 40 to 10');
    assert.equal(tailOf(speech, tail, false, 1).name, 'Ratings by place, falling from 50 to 10');
    assert.match(tailOf(speech, tail, false, 1).lesson, /^Few films are rated by many/);
  });

  test('its outline goes on behind the head, steps down with the counts and closes on the ground', () => {
    const { head, rest } = tailOf(speech, tail, false, 50);
    assert.ok(head.startsWith('M0.0,300L0.0,0.0L1.0,0.0L'), head.slice(0, 40));
    // The second film begins at a quarter of the width, with half of the height.
    assert.ok(head.includes('L249.0,0.0L250.0,150.0L'));
    assert.ok(head.endsWith('L500.0,210.0L500.0,300Z'));
    assert.ok(rest.startsWith('M500.0,300L500.0,210.0L'));
    assert.ok(rest.endsWith('L1000.0,240.0L1000.0,300Z'));
  });

  test('its table', () => {
    const { head, rows } = tailTable(speech, tail, true);
    assert.deepEqual(head, ['First', 'Users', 'Share']);
    assert.deepEqual(
      [rows[0], rows[6], rows.at(-1)],
      [
        ['1 %', '1', '40 %'],
        ['50 %', '2', '70 %'],
        ['100 %', '4', '100 %'],
      ],
    );
    assert.deepEqual(
      rows.map(([part]) => part),
      [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((part) => `${part} %`),
    );
    assert.equal(tailTable(speech, tail, false).head[1], 'Films');
  });
});

describe('bars', () => {
  test('of the ratings, of which the most frequent has the whole height', () => {
    assert.deepEqual(valuesOf(overview), [
      { name: '3', part: '20%', height: 25 },
      { name: '4.5', part: '80%', height: 100 },
    ]);
  });

  test('of genres and decades, by their names', () => {
    assert.deepEqual(genresOf(speech, overview)[1], { name: 'My own', films: 1, ratings: 1000, mean: 3 });
    assert.deepEqual(
      decadesOf(speech, overview).map(({ name }) => name),
      ['unknown', '1990s'],
    );
  });

  test('begin at nothing, but those of means at three quarters of the lowest', () => {
    const groups = genresOf(speech, overview);
    assert.deepEqual(groupBars(groups, 'ratings'), [
      { name: 'Drama', width: 100, text: '4,000' },
      { name: 'My own', width: 25, text: '1,000' },
    ]);
    // From 2.25 to 4.
    const [first, second] = groupBars(groups, 'mean');
    assert.deepEqual([first.width, first.text, second.text], [100, '4.00', '3.00']);
    assert.equal(second.width.toFixed(3), ((100 * 0.75) / 1.75).toFixed(3));
    assert.equal(groupBars([{ name: 'a', films: 0, ratings: 0 }], 'films')[0].width, 0);
    assert.equal(groupText({ name: 'a', films: 1, ratings: 1 }, 'mean'), 'NaN');
    assert.deepEqual(groupBars([], 'mean'), []);
  });
});

describe('the split of one user', () => {
  /** A day of 1995 each. @param {number[]} items */
  const films = (items) => items.map((item, day) => ({ item, rating: 4, timestamp: 788918400 + 86400 * day }));
  /** @type {import('../../web/worker/protocol.js').Timeline} */
  const timeline = {
    films: films([1, 0, 2]),
    heldOut: 2,
    validation: 0,
    negatives: Uint32Array.of(1, 2),
    ratings: null,
  };
  /** @type {any} */
  const state = { ...names, user: 4, settings: { model: 'gmf' }, model: null };
  /** @type {any} */
  const predicting = { ...state, settings: { model: 'bias-mf' } };

  test('the films by time, with what each is used for, and the negatives', () => {
    const division = divisionOf(speech, overview.split, timeline, state);
    assert.deepEqual(division.all, [
      { item: 1, kind: 'train', text: 'Gilda, 4.0 stars, Jan 1, 1995' },
      { item: 0, kind: 'validation', text: 'Laura (1944), 4.0 stars, Jan 2, 1995' },
      { item: 2, kind: 'held', text: 'Rope (1948), 4.0 stars, Jan 3, 1995' },
    ]);
    assert.deepEqual(division.against, [
      { item: 1, kind: 'negative', text: 'Gilda' },
      { item: 2, kind: 'negative', text: 'Rope (1948)' },
    ]);
    assert.equal(division.title, 'The 2 it has to beat');
    assert.equal(division.learnt, '1 learnt from');
    assert.deepEqual(division.kept, ['validation', 'held']);
    assert.equal(division.name, 'Films of user 1500 by time');
    assert.match(division.lesson, /from the other 5 ratings and never sees these 1\. Below is user 1500,/);
    assert.deepEqual(
      divisionTable(speech, [...division.all, ...division.against]).rows.map(([place, , use]) => [place, use]),
      [
        [1, 'learnt from'],
        [2, 'kept for validation'],
        [3, 'held out'],
        [4, 'test negative'],
        [5, 'test negative'],
      ],
    );
  });

  test('of many films the latest 120 are drawn, and the others counted', () => {
    const drawn = (/** @type {number} */ n) => {
      const all = films(Array.from({ length: n }, () => 1));
      return divisionOf(speech, overview.split, { ...timeline, films: all }, state);
    };
    assert.deepEqual([drawn(120).drawn.length, drawn(120).earlier], [120, '']);
    const many = drawn(123);
    assert.deepEqual([many.drawn.length, many.earlier, many.learnt], [120, '3 earlier', '123 learnt from']);
    assert.equal(many.drawn[0], many.all[3]);
    assert.deepEqual(many.kept, []);
  });

  test('of a model of ratings no film of the user is kept out, and no negative is drawn', () => {
    const told = { ...timeline, ratings: { train: 5, validation: 0, test: 2 } };
    const { all, against, kept, learnt, lesson } = divisionOf(speech, overview.split, told, predicting);
    assert.deepEqual([all.map(({ kind }) => kind), against, kept, learnt], [['train', 'train', 'train'], [], [], '']);
    assert.match(lesson, /: 2 ratings drawn at random are held out, and it learns from 5\. $/);
    const validated = { ...told, ratings: { train: 5, validation: 3, test: 2 } };
    assert.match(
      divisionOf(speech, overview.split, validated, predicting).lesson,
      / from 5\. Another 3 are kept for validation\.$/,
    );
    assert.equal(divisionOf(speech, overview.split, timeline, predicting).lesson, '');
  });

  test('keys go along the dots and stop at their ends', () => {
    const keys = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home', 'End', 'a'];
    const from = (/** @type {number} */ active) => keys.map((key) => dotFrom(5, key, active));
    assert.deepEqual(from(-1), [0, 0, 0, 0, 0, 4, undefined]);
    assert.deepEqual(from(3), [4, 4, 2, 2, 0, 4, undefined]);
    assert.deepEqual(from(4), [4, 4, 3, 3, 0, 4, undefined]);
  });
});
