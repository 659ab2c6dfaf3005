// What the room of the evaluation shows, worked out by hand: the ladder, all users' bars, and what stands for the present state.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import {
  axisOf,
  binAt,
  binFrom,
  binText,
  curvesOf,
  histogramOf,
  histogramTable,
  hitsText,
  markOf,
  noHistogram,
  usersThere,
} from '../../web/rooms/evaluation/bins.js';
import { cutsOf, everybodyOf, obstacle, testOf, within } from '../../web/rooms/evaluation/present.js';
import { createQuestions } from '../../web/rooms/evaluation/questions.js';
import {
  eased,
  ladderOf,
  ladderTable,
  rungAt,
  rungFrom,
  rungText,
  shapesOf,
  shortened,
  standing,
} from '../../web/rooms/evaluation/rungs.js';
import { createSpeech } from '../../web/parts/speech.js';

/** @typedef {import('../../web/rooms/evaluation/rungs.js').Box} Box */
/** @typedef {import('../../web/rooms/evaluation/rungs.js').Label} Label */

const speech = createSpeech();

/** A film whose index is 100 more than its place. @param {number} place @param {number} score @param {boolean} [heldOut] */
const candidate = (place, score, heldOut = false) => ({
  ...{ item: 100 + place, title: `Film ${place}`, year: 1990, score, heldOut, place },
});
/** So many, whose scores fall by one a place. @param {number} n @param {number} held  its place */
const candidates = (n, held) => Array.from({ length: n }, (_, at) => candidate(at, n - at, at === held));

describe('the ladder', () => {
  const tops = (/** @type {import('../../web/rooms/evaluation/rungs.js').Ladder} */ { rungs }) =>
    rungs.map(({ to }) => to.top);

  test('ten films with their titles, the gap of the cut, and the others: lines where they are many', () => {
    const few = ladderOf(speech, candidates(12, 3));
    assert.deepEqual(tops(few), [0, 26, 52, 78, 104, 130, 156, 182, 208, 234, 288, 314]);
    assert.equal(few.height, 340);
    assert.equal(few.cut, 260 + 14, 'in the middle of the gap');
    assert.ok(few.rungs.every(({ line }) => !line));
    assert.deepEqual(few.gaps, []);

    const many = ladderOf(speech, candidates(61, 3));
    assert.deepEqual(tops(many).slice(9, 13), [234, 288, 293, 298]);
    assert.deepEqual(
      many.rungs.map(({ line }) => line),
      Array.from({ length: 61 }, (_, at) => at >= 10),
    );
    assert.equal(many.height, 10 * 26 + 28 + 51 * 5);
    assert.ok(
      ladderOf(speech, candidates(60, 3)).rungs.every(({ line }) => !line),
      'sixty are not many',
    );
  });

  test('nothing is below the cut of ten films, and there is nothing of none', () => {
    assert.equal(ladderOf(speech, candidates(10, 0)).cut, null);
    const none = ladderOf(speech, []);
    assert.deepEqual([none.rungs, none.gaps, none.height, none.cut], [[], [], 0, null]);
  });

  test('films that are left out leave a gap that says how many, at the start too', () => {
    const ladder = ladderOf(speech, [candidate(2, 9), candidate(3, 8, true), candidate(5, 7), candidate(12, 6)]);
    assert.deepEqual(ladder.gaps, [
      { top: 0, text: '2 films more' },
      { top: 80, text: '1 film more' },
      { top: 134, text: '6 films more' },
    ]);
    assert.deepEqual(tops(ladder), [28, 54, 108, 162]);
    assert.equal(ladder.height, 188);
    // The first film below the cut has that gap above its own.
    const [, below] = ladderOf(speech, [candidate(0, 2), candidate(10, 1)]).rungs;
    assert.equal(below.to.top, 26 + 28 + 28);
  });

  test('bars are as long as scores are above the lowest, which is still to be seen; none where there is no score', () => {
    const lengths = (/** @type {number[]} */ ...scores) =>
      ladderOf(
        speech,
        scores.map((score, at) => candidate(at, score)),
      ).rungs.map(({ to }) => to.length);
    assert.deepEqual(lengths(4, 3, 2), [1, 0.515, 0.03]);
    assert.deepEqual(lengths(2, 2), [0.5, 0.5]);
    assert.deepEqual(lengths(4, 2, NaN), [1, 0.03, 0]);
    assert.deepEqual(lengths(NaN), [0]);
  });

  test('films come from where they were drawn when the order changed', () => {
    const before = ladderOf(speech, [candidate(0, 3), candidate(1, 1)]);
    const [first, second] = before.rungs;
    const swapped = [{ ...second, place: 0, score: 9 }, { ...first, place: 1, score: 5 }, candidate(2, 1)];
    const after = ladderOf(speech, swapped, standing(before, 1));
    assert.deepEqual(
      after.rungs.map(({ from, to }) => [from, to]),
      [
        [
          { top: 26, length: 0.03 },
          { top: 0, length: 1 },
        ],
        [
          { top: 0, length: 1 },
          { top: 26, length: 0.515 },
        ],
        [
          { top: 52, length: 0.03 },
          { top: 52, length: 0.03 },
        ],
      ],
    );
    // Interrupted half way, they go on from there.
    assert.deepEqual(standing(after, 0.5).get(second.item), { top: 13, length: 0.515 });
    const { from, to } = ladderOf(speech, [{ ...second, place: 0 }], standing(after, 0.5)).rungs[0];
    assert.deepEqual([from.top, to.top], [13, 0]);
  });

  test('the way is fast at first and ends', () => {
    assert.deepEqual([0, 0.5, 1, 7].map(eased), [0, 0.875, 1, 1]);
  });

  test('a height is read as the film that comes to stand there', () => {
    const ladder = ladderOf(speech, candidates(61, 3), new Map([[100, { top: 400, length: 1 }]]));
    assert.deepEqual(
      [-1, 0, 25.9, 26, 259, 260, 287, 288, 292.9, 293, 542, 543].map((y) => rungAt(ladder, y)),
      [-1, 0, 0, 1, 9, -1, -1, 10, 10, 11, 60, -1],
    );
  });

  test('the arrows begin at the held-out film, and keys stop at the ends', () => {
    const ladder = ladderOf(speech, candidates(15, 12));
    const from = (/** @type {number} */ active) =>
      ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'a'].map((key) => rungFrom(ladder, key, active));
    assert.deepEqual(from(-1), [12, 12, 9, 0, 0, 14, undefined]);
    assert.deepEqual(from(3), [4, 2, 13, 0, 0, 14, undefined]);
    assert.deepEqual(from(14), [14, 13, 14, 4, 0, 14, undefined]);
    assert.deepEqual([rungFrom(ladder, 'ArrowUp', 0), rungFrom(ladder, 'ArrowDown', 0)], [0, 1]);
  });

  test('what is said of a film: its place, whether it is the held-out one, and the one that is looked at', () => {
    const ladder = ladderOf(speech, [candidate(0, 2.345), candidate(1, -1.5, true)]);
    assert.equal(rungText(speech, ladder, 0, -1), '1st: Film 0 (1990), score 2.35');
    assert.equal(
      rungText(speech, ladder, 1, 101),
      '2nd: Film 1 (1990), the held-out film, score −1.50 · chosen in every room',
    );
    assert.equal(rungText(speech, ladder, -1, 101), 'Point at a line or use the arrow keys to read it.');
  });

  test('scores that are nearly the same have more digits, in the table too', () => {
    const close = [candidate(0, 0.01), candidate(1, -0.1899, true)];
    assert.deepEqual(ladderTable(speech, ladderOf(speech, close)).rows, [
      [1, 'Film 0 (1990)', '0.0100'],
      [2, 'Film 1 (1990) (held out)', '−0.1899'],
    ]);
    const apart = [candidate(0, 0.01), candidate(1, -0.19, true)];
    assert.deepEqual(
      ladderTable(speech, ladderOf(speech, apart)).rows.map(([, , score]) => score),
      ['0.01', '−0.19'],
    );
    assert.equal(
      rungText(speech, ladderOf(speech, [{ ...candidate(0, NaN), year: 0 }]), 0, -1),
      '1st: Film 0, score NaN',
    );
  });

  describe('as it is drawn', () => {
    // 300 for names and bars: names from 36 on have 186, bars 114 from 230 on.
    const seen = { width: 28 + 52 + 24 + 300, share: 1, active: -1, film: -1 };
    const boxes = (/** @type {(Box | Label)[]} */ shapes) =>
      shapes.filter((shape) => !('text' in shape)).map((shape) => /** @type {Box} */ (shape));
    const labels = (/** @type {(Box | Label)[]} */ shapes) =>
      shapes.filter((shape) => 'text' in shape).map((shape) => /** @type {Label} */ (shape));

    test('a film has its bar, its title, its place and its score; the held-out one is of the model’s colour and on top', () => {
      const ladder = ladderOf(speech, [candidate(0, 3, true), candidate(1, 1)]);
      const shapes = shapesOf(speech, ladder, seen);
      assert.deepEqual(boxes(shapes), [
        { x: 230, y: 34, w: 0.03 * 114, h: 10, colour: 'edge', alpha: 0.8 },
        { x: 0, y: 2, w: 404, h: 22, colour: 'model-wash', alpha: 1 },
        { x: 230, y: 8, w: 114, h: 10, colour: 'model', alpha: 1 },
      ]);
      assert.deepEqual(
        labels(shapes).map(({ text, x, y, colour, right = false, bold }) => [text, x, y, colour, right, bold]),
        [
          ['Film 1 (1990)', 36, 39, 'ink', false, false],
          ['2', 28, 39, 'muted', true, false],
          ['1.00', 404, 39, 'muted', true, false],
          ['Film 0 (1990) (held out)', 36, 13, 'model', false, true],
          ['1', 28, 13, 'model', true, true],
          ['3.00', 404, 13, 'model', true, true],
        ],
      );
      assert.deepEqual(
        labels(shapes).map(({ room }) => room),
        [186, undefined, undefined, 186, undefined, undefined],
      );
    });

    test('below the cut of many a film is a thin line without a title, paler; the held-out one keeps its title', () => {
      const shapes = shapesOf(speech, ladderOf(speech, candidates(61, 60)), seen);
      const thin = boxes(shapes).filter(({ h }) => h === 3);
      assert.equal(thin.length, 50);
      assert.deepEqual([thin[0].y, thin[0].alpha], [288 + 1, 0.45]);
      assert.deepEqual(boxes(shapes).at(-1), {
        ...{ x: 230, y: 538, w: 0.03 * 114, h: 5, colour: 'model', alpha: 1 },
      });
      assert.equal(labels(shapes).length, 3 * 11);
    });

    test('a bar never vanishes', () => {
      assert.equal(boxes(shapesOf(speech, ladderOf(speech, [candidate(0, NaN)]), seen))[0].w, 1);
    });

    test('the film under the pointer is darker, and the one of every room has a frame', () => {
      const ladder = ladderOf(speech, candidates(61, 0));
      const looked = boxes(shapesOf(speech, ladder, { ...seen, active: 10 })).filter(({ colour }) => colour === 'ink');
      assert.deepEqual(
        looked.map(({ y, alpha, outline }) => [y, alpha, outline]),
        [[289, 1, undefined]],
      );
      const frame = (/** @type {number} */ film) =>
        boxes(shapesOf(speech, ladder, { ...seen, film })).filter(({ outline }) => outline);
      assert.deepEqual(frame(101), [{ x: 0.5, y: 28, w: 403, h: 22, colour: 'ink', alpha: 1, outline: true }]);
      assert.deepEqual(frame(110), [{ x: 0.5, y: 287, w: 403, h: 7, colour: 'ink', alpha: 1, outline: true }]);
      assert.deepEqual(frame(-1), []);
    });

    test('on the way films are drawn between their places', () => {
      const ladder = ladderOf(speech, [candidate(0, 1)], new Map([[100, { top: 40, length: 0 }]]));
      const [bar] = boxes(shapesOf(speech, ladder, { ...seen, share: 0.25 }));
      assert.deepEqual([bar.y, bar.w], [30 + 8, 0.125 * 114]);
    });

    test('what stands for films that are left out is in the middle of their gap', () => {
      const [gap] = shapesOf(speech, ladderOf(speech, [candidate(2, 1)]), seen);
      assert.deepEqual(gap, { text: '2 films more', x: 36, y: 14, colour: 'muted' });
    });

    test('a title is cut to its room, without a space before the dots', () => {
      const measure = (/** @type {string} */ text) => text.length;
      assert.equal(shortened('The Third Man', 13, measure), 'The Third Man');
      assert.equal(shortened('The Third Man', 12, measure), 'The Third M…');
      assert.equal(shortened('The Third Man', 11, measure), 'The Third…');
      assert.equal(shortened('The Third Man', 0, measure), 'T…');
    });
  });
});

/** @param {[rank: number, equal: number][]} places  by user, whose index is ten more @param {number} candidates */
const ranksOf = (places, candidates, epoch = 4) => ({
  ranks: Float32Array.from(places, ([rank]) => rank),
  equal: Uint32Array.from(places, ([, equal]) => equal),
  users: Uint32Array.from(places, (_, n) => 10 + n),
  candidates: Uint32Array.from(places, () => candidates),
  epoch,
});

describe('all users', () => {
  const small = histogramOf(
    ranksOf(
      [
        [0, 0],
        [2, 0],
        [2.5, 1],
        [9.5, 1],
        [10, 0],
        [99, 0],
      ],
      100,
    ),
  );

  test('a bar a rank, a rank between two with the worse of them', () => {
    assert.equal(small.bins.length, 100);
    assert.equal(small.ranges, false);
    assert.deepEqual(
      small.bins.flatMap(({ from, to, hit, users, height }) =>
        users.length > 0 ? [[from, to, hit, users, height]] : [],
      ),
      [
        [1, 1, true, [10], 0.5],
        [3, 3, true, [11], 0.5],
        [4, 4, true, [12], 0.5],
        [11, 11, false, [13, 14], 1],
        [100, 100, false, [15], 0.5],
      ],
    );
  });

  test('hits count ties by their expectation', () => {
    // Three whole ones, and one that is tenth or eleventh.
    assert.equal(small.hits, 3.5);
    assert.equal(hitsText(speech, small, false), '4 of 6 users have a hit: HR@10 0.583.');
    assert.equal(hitsText(speech, small, true), '4 of 6 users have a hit after epoch 4: HR@10 0.583.');
  });

  test('above 200 ranks a bar is a range of them, in steps of 1, 2 and 5 tens', () => {
    const large = histogramOf(
      ranksOf(
        [
          [9, 0],
          [10, 0],
          [1233, 0],
        ],
        1234,
      ),
    );
    assert.deepEqual(
      large.bins.map(({ from, to, hit }) => [from, to, hit]),
      [
        [1, 10, true],
        [11, 20, false],
        [21, 50, false],
        [51, 100, false],
        [101, 200, false],
        [201, 500, false],
        [501, 1000, false],
        [1001, 1234, false],
      ],
    );
    assert.deepEqual(
      [0, 1, 7].map((at) => large.bins[at].users),
      [[10], [11], [12]],
    );
    assert.equal(large.ranges, true);
    assert.deepEqual(
      axisOf(large).ticks.map(({ text }) => text),
      ['10', '20', '50', '100', '200', '500', '1k', '1.2k'],
    );
    assert.equal(axisOf(large).hits, 12.5);
    assert.equal(axisOf(large).ticks[1].left, 18.75);
    assert.equal(binText(speech, large, 1), 'Ranks 11 to 20: 1 user, 33.3 %');
    assert.deepEqual(histogramTable(speech, large).rows[0], ['1–10', 1]);
    assert.equal(histogramOf(ranksOf([[0, 0]], 200)).bins.length, 200);
    const ends = (/** @type {number} */ total) => histogramOf(ranksOf([[0, 0]], total)).bins.map(({ to }) => to);
    assert.deepEqual(ends(1000).slice(-2), [500, 1000], 'no empty range behind a step that ends it');
  });

  test('every tenth rank is named, and the line stands behind the tenth', () => {
    const { hits, ticks } = axisOf(small);
    assert.equal(hits, 10);
    assert.deepEqual(
      ticks.map(({ text }) => text),
      ['1', '10', '20', '30', '40', '50', '60', '70', '80', '90', '100'],
    );
    assert.deepEqual([ticks[0].left, ticks[1].left], [0.5, 9.5]);
  });

  test('the marker stands over the user’s bar, and leans away from the right end', () => {
    assert.deepEqual(markOf(small, 14), { at: 10, left: 10.5, end: false });
    assert.deepEqual(markOf(small, 15), { at: 99, left: 99.5, end: true });
    assert.equal(markOf(small, 3), null, 'this user is not tested');
    assert.equal(markOf(noHistogram, 10), null);
  });

  test('the pointer and the keys find bars, and stop at the ends', () => {
    assert.deepEqual(
      [-0.1, 0, 0.105, 0.999, 1, 2].map((share) => binAt(small, share)),
      [0, 0, 10, 99, 99, 99],
    );
    const keys = ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'a'];
    const from = (/** @type {number} */ chosen) => keys.map((key) => binFrom(small, key, chosen));
    assert.deepEqual(from(-1), [0, 0, 0, 0, 9, 0, 0, 99, undefined]);
    assert.deepEqual(from(95), [96, 96, 94, 94, 99, 85, 0, 99, undefined]);
    assert.equal(binFrom(histogramOf(ranksOf([[0, 0]], 1)), 'End', -1), 0, 'one bar is enough');
    assert.equal(binFrom(noHistogram, 'End', -1), undefined);
  });

  test('what is said of a bar', () => {
    assert.equal(binText(speech, small, 10), 'Rank 11: 2 users, 33.3 %');
    assert.equal(binText(speech, small, 2), 'Rank 3: 1 user, 16.7 %, hits');
    assert.equal(binText(speech, small, 9), 'Rank 10: 0 users, 0.0 %, hits');
    assert.equal(binText(speech, small, -1), 'Choose a bar to see whose films stand there.');
    assert.deepEqual(histogramTable(speech, small).rows[10], [11, 2]);
  });

  test('twelve users of a bar are named by their ids, the others counted', () => {
    const ids = Uint32Array.from({ length: 40 }, (_, user) => 1500 + user);
    const level = histogramOf(
      ranksOf(
        Array.from({ length: 14 }, () => [0, 0]),
        20,
      ),
    );
    const { named, more } = usersThere(speech, level, 0, ids);
    assert.equal(named.length, 12);
    assert.deepEqual(named[11], { user: 21, text: 'User 1521' });
    assert.equal(more, 'and 2 more');
    assert.deepEqual(usersThere(speech, small, 10, ids).more, '');
    assert.deepEqual(usersThere(speech, small, -1, ids), { named: [], more: '' });
  });

  test('HR@K and NDCG@K at every cut', () => {
    const { hr, ndcg } = curvesOf(
      ranksOf(
        [
          [0, 0],
          [2, 0],
        ],
        100,
      ),
    );
    assert.deepEqual([hr.length, ndcg.length], [20, 20]);
    assert.deepEqual(hr.slice(0, 4), [0.5, 0.5, 1, 1]);
    // 1 / log2(2) and 1 / log2(4).
    assert.deepEqual(ndcg.slice(0, 4), [0.5, 0.5, 0.75, 0.75]);
    // First or second, as ties fall.
    assert.deepEqual(curvesOf(ranksOf([[0.5, 1]], 100)).hr.slice(0, 2), [0.5, 1]);
  });
});

const metrics = { hr: 0.6, ndcg: 0.35, users: 40, hrCurve: [0.1], ndcgCurve: [0.2] };
/** A state that trains GMF, but for what is said. @param {Record<string, any>} [but] @returns {any} */
const stateOf = (but = {}) => ({
  ...{ run: 1, phase: 'training', loaded: false, user: 1, users: { ids: [501, 1502] }, progress: null, selected: null },
  settings: { model: 'gmf', eval: 'sampled', epochs: 20 },
  model: {
    settings: { model: 'gmf' },
    ...{ batches: 10, once: false, baseline: { model: 'itempop', metrics: { sampled: metrics } } },
    score: { kind: 'count', values: {} },
    test: { users: 40, least: 100, most: 100, chance: 0.1, holdOut: 'last' },
  },
  epochs: [0, 1, 2].map((epoch) => ({ epoch, metrics: { sampled: metrics } })),
  ...but,
});
const film = { item: 7, title: 'Laura', year: 1944 };
const ranked = {
  ...{ ready: /** @type {const} */ (true), heldOut: film, candidates: [candidate(0, 1, true)], total: 100 },
  ...{ rank: 2, equal: 0, hit: 1, ndcg: 0.5 },
  history: [
    { epoch: 0, rank: 50 },
    { epoch: 2, rank: 2 },
  ],
};
const unranked = { ready: true, heldOut: null, candidates: [], history: [] };
/** @param {Record<string, any>} [test] @returns {any} */
const answerOf = (test = ranked, but = {}) => ({ test, user: 1, within: 2, ...but });

describe('the present state', () => {
  test('why there is no ranking', () => {
    const { model } = stateOf();
    const of = (/** @type {Record<string, any>} */ but, answer = answerOf()) => obstacle(speech, stateOf(but), answer);
    assert.deepEqual(of({}), { why: '', gone: false });
    assert.deepEqual(of({ model: null }), {
      why: 'As soon as there is a model, its ranking stands here.',
      gone: true,
    });
    assert.match(of({ phase: 'diverged' }).why, /^Training has diverged/);
    const once = { ...model, once: true };
    assert.match(of({ model: once, epochs: [] }).why, /^This model is solved in one go/);
    assert.equal(of({ model: once }).why, '');
    assert.equal(of({ epochs: [] }).why, '', 'what is trained in epochs has a ranking before the first');
    const rated = { settings: { model: 'bias-mf', eval: 'sampled', epochs: 20 } };
    assert.match(of({ ...rated, epochs: [] }).why, /^.* predicts ratings, .* to see a ranking judged\.$/);
    const errors = { rmse: 0.8767, mae: 0.7 };
    assert.match(
      of({ ...rated, epochs: [{ epoch: 1, metrics: { errors } }] }).why,
      / RMSE 0\.877, MAE 0\.700 stars\.$/,
    );
  });

  test('a user without a held-out film is told of beside all others', () => {
    const { why, gone } = obstacle(speech, stateOf(), answerOf(unranked));
    assert.match(why, /^No film of this user is held out/);
    assert.equal(gone, false);
    assert.equal(obstacle(speech, stateOf({ user: 0 }), answerOf(unranked)).why, '', 'the answer is of another user');
    assert.equal(obstacle(speech, stateOf(), answerOf({ ...unranked, ready: false })).why, '');
  });

  test('of one user’s test is shown what is told of it', () => {
    const { lesson, told } = testOf(speech, stateOf(), false, answerOf());
    assert.match(lesson, /stands among 99 films .* sorts all 100\./);
    assert.ok(told);
    assert.deepEqual(told.candidates, ranked.candidates);
    assert.equal(told.scores, 'Scores are counts: users who have the film in train.');
    assert.match(testOf(speech, stateOf(), true, null).lesson, /among all films/);
    for (const [state, answer] of [
      [stateOf(), null],
      [stateOf(), answerOf(unranked)],
      [stateOf(), answerOf({ ...unranked, ready: false })],
      [stateOf({ phase: 'diverged' }), answerOf()],
    ])
      assert.equal(testOf(speech, state, false, answer).told, null);
  });

  test('the history has the rank of now where the weights are behind the last that was kept', () => {
    const history = (/** @type {number} */ x, state = stateOf()) =>
      testOf(speech, state, false, answerOf(ranked, { within: x })).told?.history;
    const ranks = [
      { epoch: 0, rank: 51 },
      { epoch: 2, rank: 3 },
    ];
    assert.deepEqual(history(2), { history: ranks, total: 100, epochs: 20, running: null });
    assert.deepEqual(history(2.5)?.running, { x: 2.5, y: 3 });
    assert.equal(history(2, stateOf({ model: { ...stateOf().model, once: true } }))?.epochs, 1);
    assert.equal(testOf(speech, stateOf(), false, answerOf({ ...ranked, history: [] })).told?.history.running, null);
  });

  test('how far the weights are within an epoch', () => {
    const { epochs } = stateOf();
    assert.equal(within({ epochs, progress: null }), 2);
    const progress = (/** @type {number} */ epoch) => /** @type {any} */ ({ epoch, share: 0.25 });
    assert.equal(within({ epochs, progress: progress(3) }), 2.25);
    assert.equal(within({ epochs, progress: progress(2) }), 2, 'that epoch is over');
  });

  describe('the verdict', () => {
    const verdict = (/** @type {Partial<typeof ranked>} */ but, state = stateOf()) =>
      testOf(speech, state, false, answerOf({ ...ranked, ...but })).told?.verdict ?? assert.fail();

    test('of a hit', () => {
      const { heldOut, film: name, gauges, hit } = verdict({});
      assert.deepEqual([heldOut, name, hit], ['Held out for user 1502:', 'Laura (1944)', true]);
      const { heldOut: before } = verdict({}, stateOf({ user: 0 }));
      assert.equal(before, heldOut, 'of the user who was asked for, until the chosen one is answered');
      assert.deepEqual(gauges, [
        ['3rd', 'of 100'],
        ['1', 'a hit'],
        ['0.500', '1 / log₂(3 + 1)'],
      ]);
    });

    test('of a miss', () => {
      const { gauges, hit } = verdict({ rank: 10, hit: 0, ndcg: 0 });
      assert.equal(hit, false);
      assert.deepEqual(gauges, [
        ['11th', 'of 100'],
        ['0', 'a miss'],
        ['0', 'below the cut: nothing'],
      ]);
    });

    test('of a tie across the cut', () => {
      const { gauges } = verdict({ rank: 9.5, equal: 1, hit: 0.5, ndcg: 0.145 });
      assert.deepEqual(gauges, [
        ['11th', 'of 100'],
        ['0.50', 'on average: 1 film has the same score'],
        ['0.145', 'on average: 1 film has the same score'],
      ]);
      assert.equal(verdict({ rank: 20, equal: 5, hit: 0, ndcg: 0 }).gauges[1][1], 'a miss', 'a tie below it is none');
    });

    test('beside what all users’ tests come to', () => {
      assert.equal(verdict({}).means, 'Their means over 40 users after epoch 2: HR@10 0.600, NDCG@10 0.350.');
      assert.match(verdict({}, stateOf({ selected: { epoch: 1 } })).means, /after epoch 1:/);
      const begun = { epochs: stateOf().epochs.slice(0, 1) };
      assert.match(verdict({}, stateOf(begun)).means, /^Not trained yet/);
      assert.match(verdict({}, stateOf({ ...begun, loaded: true })).means, /after epoch 0:/);
      const counted = { ...stateOf().model, batches: 0 };
      assert.match(
        verdict({}, stateOf({ ...begun, model: counted })).means,
        /after epoch 0:/,
        'nothing is to be learnt',
      );
      assert.equal(verdict({}, stateOf({ epochs: [{ epoch: 3, metrics: {} }] })).means, '');
    });
  });

  test('all users among all films are ranked where the run does so, else as one asks for it', () => {
    const asked = (/** @type {string} */ kind, /** @type {boolean} */ full) =>
      everybodyOf(speech, stateOf({ settings: { model: 'gmf', eval: kind } }), full, false).asked;
    assert.deepEqual(
      ['sampled', 'full', 'both'].map((kind) => [asked(kind, false), asked(kind, true)]),
      [
        [false, true],
        [false, false],
        [false, false],
      ],
    );
    const texts = (/** @type {boolean} */ ranking) => everybodyOf(speech, stateOf(), true, ranking);
    assert.equal(texts(false).button, 'Rank all 40 users');
    assert.match(texts(false).note, /takes a moment/);
    assert.equal(texts(true).note, 'Ranking all users among all films.');
  });

  test('the curves stand beside what the model has to beat, or it is said what is missing', () => {
    const { model } = stateOf();
    const ranks = {
      ...ranksOf(
        [
          [0, 0],
          [2, 0],
        ],
        0,
      ),
      candidates: Uint32Array.of(100, 90),
    };
    assert.deepEqual(cutsOf(speech, model, false, true, null), {
      note: 'The curves appear with the first evaluation.',
      cuts: null,
    });
    const sampled = cutsOf(speech, model, false, true, ranks);
    assert.equal(sampled.note, '');
    assert.deepEqual(sampled.cuts?.baseline, { hr: [0.1], ndcg: [0.2] });
    assert.equal(sampled.cuts?.candidates, 95);
    assert.equal(sampled.cuts?.model.hr[0], 0.5);
    const full = cutsOf(speech, model, true, false, ranks);
    assert.match(full.note, /^ItemPop among all films is measured where/);
    assert.equal(full.cuts?.baseline, null);
    // What has to be beaten is not told to beat itself.
    const itself = cutsOf(speech, { ...model, settings: { model: 'itempop' } }, false, false, ranks);
    assert.deepEqual([itself.note, itself.cuts?.baseline], ['', null]);
  });
});

describe('questions', () => {
  /** Questions whose answers are given by hand. */
  function asking() {
    /** @type {{type: string, what: any, answer: (told: any) => Promise<void>, refuse: (error: Error) => Promise<void>}[]} */
    const asked = [];
    /** @type {string[]} */
    const heard = [];
    /** @type {any} */
    const ask = (/** @type {string} */ type, /** @type {any} */ what) =>
      new Promise((resolve, reject) => {
        const settled = () => new Promise((done) => setTimeout(done));
        asked.push({
          ...{ type, what },
          answer: (told) => (resolve(told), settled()),
          refuse: (error) => (reject(error), settled()),
        });
      });
    const questions = createQuestions(ask, {
      test: () => heard.push('test'),
      ranks: () => heard.push(questions.seen.ranking ? 'ranking' : 'ranks'),
      fail: ({ message }) => heard.push(message),
    });
    questions.seen.state = stateOf();
    return { questions, asked, heard };
  }

  test('an answer is taken while it is of the user, the films and the run that are looked at', async () => {
    for (const [but, full, taken] of /** @type {const} */ ([
      [{}, false, true],
      [{ user: 0 }, false, false],
      [{ run: 2 }, false, false],
      [{}, true, false],
    ])) {
      const { questions, asked, heard } = asking();
      void questions.wishTest();
      assert.deepEqual([asked[0].type, asked[0].what], ['candidates', { user: 1, full: false }]);
      questions.seen.state = stateOf(but);
      questions.seen.full = full;
      await asked[0].answer(ranked);
      assert.deepEqual(heard, taken ? ['test'] : []);
      assert.equal(questions.seen.answer?.test, taken ? ranked : undefined);
    }
  });

  test('nothing is asked where there is no ranking, and no ranks before the first evaluation', () => {
    const { questions, asked } = asking();
    for (const but of [{ model: null }, { phase: 'diverged' }, { settings: { model: 'bias-mf' } }]) {
      questions.seen.state = stateOf(but);
      void questions.wishTest();
      void questions.wishRanks();
    }
    questions.seen.state = stateOf({ epochs: [] });
    void questions.wishRanks();
    assert.deepEqual(asked, []);
  });

  test('ranks among all films are asked for where the run has them', () => {
    for (const [kind, n] of /** @type {const} */ ([
      ['sampled', 0],
      ['both', 1],
    ])) {
      const { questions, asked } = asking();
      questions.seen.state = stateOf({ settings: { model: 'gmf', eval: kind } });
      questions.seen.full = true;
      void questions.wishRanks();
      assert.deepEqual(
        asked.map(({ type, what }) => [type, what]),
        Array.from({ length: n }, () => ['ranks', { full: true, fresh: false }]),
      );
    }
  });

  test('ranks stand for their run and kind alone', async () => {
    const { questions, asked, heard } = asking();
    void questions.wishRanks();
    const ranks = ranksOf([[0, 0]], 100);
    await asked[0].answer(ranks);
    assert.deepEqual(heard, ['ranks']);
    assert.equal(questions.ranks(), ranks);
    questions.seen.state = stateOf({ run: 2 });
    assert.equal(questions.ranks(), null);
  });

  test('to choose the other films forgets the ranks and asks both anew', async () => {
    const { questions, asked, heard } = asking();
    void questions.wishRanks();
    await asked[0].answer(ranksOf([[0, 0]], 100));
    questions.seen.state = stateOf({ settings: { model: 'gmf', eval: 'both' } });
    questions.choose(true);
    assert.equal(questions.ranks(), null);
    assert.deepEqual(heard.slice(1), ['test', 'ranks']);
    assert.deepEqual(
      asked.slice(1).map(({ type, what }) => [type, what.full]),
      [
        ['candidates', true],
        ['ranks', true],
      ],
    );
    questions.choose(true);
    assert.equal(asked.length, 3, 'they are chosen already');
  });

  test('ranking everybody is told of while it lasts, and how it failed', async () => {
    const { questions, asked, heard } = asking();
    questions.seen.full = true;
    void questions.rankEverybody();
    assert.deepEqual(asked[0].what, { full: true, fresh: true });
    assert.deepEqual(heard, ['ranking']);
    await asked[0].answer(ranksOf([[0, 0]], 3000));
    assert.deepEqual(heard, ['ranking', 'ranking', 'ranks']);
    assert.ok(questions.ranks());
    void questions.rankEverybody();
    await asked[1].refuse(new Error('no'));
    assert.deepEqual(heard.slice(3), ['ranking', 'no', 'ranks']);
  });
});
