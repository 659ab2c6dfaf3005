// What the room of the user shows, without a page: likes and what is offered, the list with its reasons, and what is new in it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { checkSettings } from '../../wasm/settings/settings.mjs';
import { createSpeech } from '../../web/parts/speech.js';
import { followed, listed, noCourse } from '../../web/rooms/you/list.js';
import { likesScene, topScene } from '../../web/rooms/you/scene.js';

const speech = createSpeech();

/** Sixty films, each better known than the next; twenty of each decade, and of genres that take turns by three. */
const films = /** @type {any} */ ({
  titles: Array.from({ length: 60 }, (_, item) => (item === 2 ? 'Ran (Chaos)' : `Film ${item}`)),
  years: Array.from({ length: 60 }, (_, item) => (item === 5 ? 0 : 1970 + Math.floor(item / 2))),
  genres: Array.from({ length: 60 }, (_, item) => (item === 3 ? [] : [`Genre ${item % 3}`, 'Drama'])),
  counts: Uint32Array.from({ length: 60 }, (_, item) => 100 - item),
});

const epochs = (/** @type {number} */ last) => Array.from({ length: last + 1 }, (_, epoch) => ({ epoch }));
/** @param {object} [changes] @returns {any} */
const stateWith = (changes) => ({
  ...{ films, likes: [], settings: checkSettings({ model: 'gmf' }), model: { once: false, score: undefined } },
  ...{ epochs: epochs(0), selected: null, loaded: false, phase: 'idle' },
  ...changes,
});
/** @param {number[]} items @param {object} [changes] @returns {any} */
const answerOf = (items, changes) => ({
  recommendations: items.map((item) => ({ item, score: 1.5, exact: false, reasons: [] })),
  ...{ learns: true, rating: null },
  ...changes,
});
const still = { before: null, cause: '', answering: false };
const sceneOf = (/** @type {object} */ state, /** @type {any} */ answer, course = still) =>
  topScene(speech, stateWith(state), films, answer, course);

describe('likes', () => {
  test('none yet: twelve to begin with, of several decades and genres', () => {
    const { count, liked, note, offered } = likesScene(speech, films, []);
    assert.equal(count, '0 of 50');
    assert.deepEqual(liked, []);
    assert.match(note, /^Nothing yet\./);
    // Three of a decade and three of a first genre; then those passed over, the best known first.
    assert.deepEqual(
      offered.map(({ item }) => item),
      [0, 1, 2, 5, 20, 21, 22, 40, 42, 3, 4, 6],
    );
  });

  test('some: by name with the year, and six more that are not among them', () => {
    const { count, liked, note, offered } = likesScene(speech, films, [2, 5]);
    assert.equal(count, '2 of 50');
    assert.deepEqual(liked, [
      { item: 2, title: 'Ran (Chaos) (1971)', remove: 'Take off Ran (Chaos) (1971)' },
      { item: 5, title: 'Film 5', remove: 'Take off Film 5' },
    ]);
    assert.equal(note, 'Some more that many people know');
    assert.equal(offered.length, 6);
    assert.ok(offered.every(({ item }) => item !== 2 && item !== 5));
    assert.deepEqual(offered[0], { item: 0, title: 'Film 0', add: 'Like Film 0 (1970)' });
    const named = likesScene(speech, films, []).offered.find(({ item }) => item === 2);
    assert.deepEqual(named, { item: 2, title: 'Ran', add: 'Like Ran (Chaos) (1971)' }, 'brief, but not for the ear');
  });

  test('as many as there can be: nothing is offered', () => {
    const fifty = Array.from({ length: 50 }, (_, item) => item);
    assert.equal(likesScene(speech, films, fifty.slice(1)).offered.length, 6);
    const { count, note, offered } = likesScene(speech, films, fifty);
    assert.equal(count, '50 of 50');
    assert.match(note, /^That is the most there can be\./);
    assert.deepEqual(offered, []);
  });
});

describe('what a list is compared with', () => {
  const begun = followed(speech, noCourse, stateWith());
  const [model, other] = [stateWith().model, stateWith().model];
  /** Once two films are liked and a list of them is shown. */
  const settled = listed(followed(speech, begun, stateWith({ model, likes: [7, 8] })), [1, 2]);
  const next = (/** @type {object} */ changes) => followed(speech, settled, stateWith({ model, ...changes }));
  const told = (/** @type {import('../../web/rooms/you/list.js').Course} */ { before, cause, answering }) => ({
    ...{ before, cause, answering },
  });

  test('nothing, before there is a list', () => {
    assert.deepEqual(told(begun), still);
    const first = followed(speech, begun, stateWith({ likes: [7] }));
    assert.deepEqual(told(first), { before: null, cause: 'With Film 7', answering: true });
    assert.equal(listed(first, [1]).answering, false, 'what is shown is no answer any more');
  });

  test('the list before a film was liked, or taken off', () => {
    assert.deepEqual(told(next({ likes: [7, 8, 2] })), { before: [1, 2], cause: 'With Ran', answering: true });
    assert.deepEqual(told(next({ likes: [8] })), { before: [1, 2], cause: 'Without Film 7', answering: true });
    const emptied = next({ likes: [] });
    assert.equal(emptied.before, null, 'without likes there is no list');
    for (const course of [emptied, listed(emptied, [])])
      assert.equal(followed(speech, course, stateWith({ model, likes: [3] })).before, null, 'nor was there one');
  });

  test('the list of an epoch ago, which is no answer', () => {
    const later = next({ likes: [7, 8], epochs: epochs(4) });
    assert.deepEqual(told(later), { before: [1, 2], cause: 'Since epoch 3', answering: false });
    assert.equal(followed(speech, listed(settled, []), stateWith({ model, epochs: epochs(4) })).before, null);
    const same = followed(speech, listed(later, [5, 6]), stateWith({ model, likes: [7, 8], epochs: epochs(4) }));
    assert.deepEqual(told(same), { before: [1, 2], cause: 'Since epoch 3', answering: false }, 'until the next one');
  });

  test('nothing, with another model or other data', () => {
    const compared = next({ likes: [7, 8, 2] });
    assert.equal(followed(speech, compared, stateWith({ model: other, likes: [7, 8, 2] })).before, null);
    const trained = followed(speech, compared, stateWith({ model, likes: [7, 8, 2], epochs: epochs(4) }));
    const anew = followed(
      speech,
      listed(trained, [3, 4]),
      stateWith({ model: other, likes: [7, 8, 2], epochs: epochs(0) }),
    );
    assert.equal(anew.before, null, 'whose epochs begin anew');
    assert.deepEqual(followed(speech, compared, stateWith({ model, likes: [7, 8, 2] })).before, [1, 2]);
    const elsewhere = followed(speech, settled, stateWith({ model, likes: [], films: { ...films } }));
    assert.deepEqual(told(elsewhere), { before: null, cause: 'With Film 7', answering: false }, 'nobody took them off');
  });
});

describe('the list', () => {
  test('is said to be of a model that learnt so much', () => {
    const likes = [7];
    const noteOf = (/** @type {object} */ state, answer = answerOf([1])) => sceneOf({ likes, ...state }, answer).note;
    assert.match(noteOf({ likes: [] }, answerOf([])), /^Like a film,/);
    assert.match(noteOf({}), /^The model is not trained yet/);
    assert.equal(noteOf({ loaded: true }), 'after 0 epochs', 'weights of a file are not chance');
    assert.equal(noteOf({ phase: 'training' }), 'after 0 epochs');
    assert.equal(noteOf({ epochs: epochs(1) }), 'after 1 epoch');
    assert.equal(noteOf({ epochs: epochs(5), selected: { epoch: 2 } }), 'after 2 epochs', 'the weights are of epoch 2');
    assert.equal(noteOf({ model: { once: true }, epochs: epochs(1) }), 'solved');
    assert.match(noteOf({}, answerOf([1], { learns: false })), /^GMF shows everybody the same films/);
    assert.match(noteOf({}, answerOf([], { why: 'unsolved' })), /^GMF is not solved yet\./);
    assert.match(noteOf({ likes: [] }, answerOf([], { why: 'features' })), /^This model knows people only by/);
  });

  test('has a title, and says what its scores are', () => {
    const score = { kind: 'count', values: {} };
    const model = { once: false, score };
    assert.equal(sceneOf({ model }, answerOf([])).title, 'Your top 10');
    assert.equal(sceneOf({ model }, answerOf([])).scores, '', 'no scores of no films');
    const { title, scores } = sceneOf({ likes: [7], model }, answerOf([1], { rating: 4 }));
    assert.equal(title, 'GMF’s top 10 for you');
    assert.match(scores, /\. Each film that you like counts as rated 4\.$/);
    assert.doesNotMatch(sceneOf({ likes: [7], model }, answerOf([1])).scores, /rated/);
  });

  test('names each film with its score and its reasons', () => {
    const reasons = [
      { item: 2, share: 0.625 },
      { item: 5, share: 1.2 },
    ];
    const recommendations = [
      { item: 4, score: -0.456, exact: false, reasons },
      { item: 3, score: 2, exact: false, reasons: [] },
    ];
    const scene = sceneOf({ likes: [2, 5] }, answerOf([], { recommendations }));
    assert.deepEqual(scene.films[0], {
      item: 4,
      title: 'Film 4 (1972)',
      onMap: 'Show Film 4 (1972) on the map',
      add: 'Like Film 4 (1972)',
      genres: 'Genre 1, Drama',
      reasons: [
        { because: 'near', title: 'Ran (Chaos)', brief: 'Ran', bar: 0.625, share: '63 %' },
        { because: null, title: 'Film 5', brief: 'Film 5', bar: 1, share: '120 %' },
      ],
      score: '−0.46',
      move: null,
    });
    assert.deepEqual([scene.films[1].genres, scene.films[1].reasons], ['', []]);
    assert.match(scene.why, /heuristic/);
    const exact = recommendations.map((film) => ({ ...film, exact: true }));
    const rated = sceneOf({ likes: [2, 5] }, answerOf([], { recommendations: exact, rating: 5 }));
    assert.match(rated.why, /exact\.$/);
    assert.equal(rated.films[0].reasons[0].because, 'for');
    assert.equal(rated.films[1].score, '★ 2.00');
    assert.equal(sceneOf({ likes: [2] }, answerOf([], { recommendations, learns: false })).why, '');
    assert.equal(sceneOf({ likes: [2] }, answerOf([1])).why, '', 'no reasons, nothing to explain');
  });

  test('tells what is new in it, what moved, and what is gone', () => {
    const before = [10, 11, 12, 2, 13, 14];
    const compared = { before, cause: 'With Film 7', answering: true };
    const { films: list, change, live } = sceneOf({ likes: [7] }, answerOf([12, 11, 20, 10]), compared);
    assert.deepEqual(
      list.map(({ move }) => move),
      [{ arrow: '↑2', text: 'up 2' }, null, { arrow: '', text: 'new' }, { arrow: '↓3', text: 'down 3' }],
    );
    assert.equal(change, 'With Film 7: 1 new in the list. Gone: Ran, Film 13, Film 14.');
    assert.equal(live, 'polite');
    const few = sceneOf({ likes: [7] }, answerOf([12]), { ...compared, answering: false });
    assert.equal(few.change, 'With Film 7: 0 new in the list. Gone: Film 10, Film 11, Ran + 2.');
    assert.equal(few.live, 'off', 'while the model learns nothing is read out');
    const kept = sceneOf({ likes: [7] }, answerOf(before), compared);
    assert.equal(kept.change, 'With Film 7: 0 new in the list.');
    assert.equal(sceneOf({ likes: [7] }, answerOf([]), compared).change, '', 'there is no list');
    assert.equal(sceneOf({ likes: [7] }, answerOf([20]), still).change, '', 'nothing to compare it with');
    assert.deepEqual(sceneOf({ likes: [7] }, answerOf([20]), still).films[0].move, null);
  });
});
