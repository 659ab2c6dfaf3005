// What the room where the model learns shows of the state: the readouts, curves and moves, in numbers worked out by hand.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { checkSettings } from '../../wasm/settings/settings.mjs';
import { createSpeech } from '../../web/parts/speech.js';
import { measuresOf, textOf } from '../../web/rooms/learning/measures.js';
import { listsTheSame, noteOf, pageOf, topOf, verdictOf } from '../../web/rooms/learning/people_scene.js';
import { cursorOf, readoutOf, seriesOf } from '../../web/rooms/learning/scene.js';

const speech = createSpeech();

/** An epoch of a model that ranks. @param {number} epoch @param {number | null} loss @param {number} hr @param {object} [more] @returns {any} */
const ranked = (epoch, loss, hr, more) => ({
  ...{ epoch, loss },
  metrics: { sampled: { hr, hrHalfWidth: 0.02, ndcg: hr / 2, ...more } },
});

/**
 * The state of a page.
 * @param {{model?: string, epochs: any[], eval?: string, once?: boolean, batches?: number, to?: any, selected?: any, progress?: any}} of
 * @returns {any}
 */
function stateOf({ model = 'neumf', eval: full = 'sampled', once = false, batches = 10, to, ...rest }) {
  const settings = checkSettings({ model, epochs: 5, eval: full });
  const baseline = to ?? { model: 'itempop', metrics: { sampled: { hr: 0.4, ndcg: 0.25 } } };
  const test = { least: 100, most: 100, chance: 0.1, holdOut: 'last' };
  return { settings, selected: null, progress: null, model: { settings, baseline, once, batches, test }, ...rest };
}

/** The readouts of the three channels. @param {any} state */
const readouts = (state) => measuresOf(state).map((measure) => readoutOf(speech, measure, state));

describe('a readout', () => {
  test('tells the number now, its interval, and how far it is ahead of what it has to beat', () => {
    const state = stateOf({ epochs: [ranked(0, null, 0.1), ranked(1, 0.5, 0.45), ranked(2, 0.25, 0.5)] });
    const [loss, hr, ndcg] = readouts(state);
    assert.deepEqual(
      [loss, hr, ndcg].map(({ name, value, interval }) => [name, value, interval]),
      [
        ['Loss', '0.2500', ''],
        ['HR@10', '0.500', ' ± 0.020'],
        ['NDCG@10', '0.250', ''],
      ],
    );
    assert.deepEqual(
      [loss, hr, ndcg].map(({ lead, target, ahead }) => [lead, target, ahead]),
      [
        ['', '', false],
        ['+0.100 against ItemPop', ' 0.400', true],
        ['+0.000 against ItemPop', ' 0.250', false],
      ],
    );
    assert.match(hr.meaning, /top 10 of 100$/);
  });

  test('is of the epoch whose weights were kept', () => {
    const epochs = [ranked(0, null, 0.1), ranked(1, 0.5, 0.375), ranked(2, 0.25, 0.5)];
    const [loss, hr] = readouts(stateOf({ epochs, selected: { epoch: 1 } }));
    assert.deepEqual([loss.value, hr.value, hr.lead, hr.ahead], ['0.5000', '0.375', '−0.025 against ItemPop', false]);
    assert.equal(hr.summary, 'HR@10 by epoch: 0.100 at epoch 0, 0.375 at epoch 1; ItemPop 0.400');
    assert.equal(loss.summary, 'Loss by epoch: 0.5000 at epoch 1, 0.5000 at epoch 1');
  });

  test('of ratings is ahead where it is lower', () => {
    const to = { model: 'bias', metrics: { errors: { rmse: 0.95, mae: 0.75 } } };
    const epochs = [{ epoch: 1, loss: 0.8, metrics: { errors: { rmse: 0.9, rmseHalfWidth: 0.01, mae: 0.8 } } }];
    const [, rmse, mae] = readouts(stateOf({ model: 'bias-mf', epochs, to }));
    assert.deepEqual([rmse.name, rmse.value, rmse.interval, rmse.ahead], ['RMSE', '0.900', ' ± 0.010', true]);
    assert.deepEqual([mae.name, mae.value, mae.interval, mae.ahead], ['MAE', '0.800', '', false]);
  });

  test('says where there is nothing yet, nothing to beat, no loss, or mere chance', () => {
    const [loss, hr] = readouts(stateOf({ epochs: [] }));
    assert.deepEqual([hr.value, hr.interval, hr.lead, hr.target, hr.ahead], ['–', '', '', '', false]);
    assert.deepEqual(
      [loss.summary, hr.summary],
      ['Loss by epoch: nothing yet', 'HR@10 by epoch: nothing yet; ItemPop 0.400'],
    );
    const [none, itself] = readouts(stateOf({ model: 'itempop', batches: 0, epochs: [ranked(0, null, 0.4)] }));
    assert.match(none.meaning, /^none:/);
    assert.deepEqual([itself.value, itself.lead, itself.target], ['0.400', '', '']);
    const [, equal] = readouts(stateOf({ epochs: [ranked(0, null, 0.1, { allEqual: true })] }));
    assert.deepEqual([equal.lead, equal.target], ['all scores are equal: this is chance', '']);
    const [solved] = readouts(stateOf({ once: true, epochs: [] }));
    assert.match(solved.meaning, /^none:/);
  });

  test('against all films says so', () => {
    const [, hr] = readouts(stateOf({ eval: 'full', epochs: [] }));
    assert.match(hr.meaning, /of all films$/);
  });
});

describe('a curve', () => {
  /** @param {any} state */
  const series = (state) => measuresOf(state).map((measure) => seriesOf(speech, measure, state));

  test('has a number an epoch, its band, and the line to beat', () => {
    const [loss, hr] = series(stateOf({ epochs: [ranked(0, null, 0.1), ranked(1, NaN, 0.5)] }));
    assert.deepEqual([loss.model, loss.baseline, loss.fromZero], [[null, null], null, false]);
    assert.deepEqual(
      [hr.model, hr.low, hr.high],
      [
        [0.1, 0.5],
        [0.1 - 0.02, 0.48],
        [0.1 + 0.02, 0.52],
      ],
    );
    assert.deepEqual([hr.baseline, hr.fromZero, hr.epochs], [{ name: 'ItemPop', value: 0.4 }, true, 5]);
  });

  test('of the loss goes on into the epoch under way, until that has ended', () => {
    const epochs = [ranked(0, null, 0.1), ranked(1, 0.5, 0.5)];
    const under = (/** @type {any} */ progress) => series(stateOf({ epochs, progress })).map(({ running }) => running);
    assert.deepEqual(under({ epoch: 2, share: 0.25, loss: 0.4 }), [{ x: 1.25, y: 0.4 }, null, null]);
    assert.deepEqual(under({ epoch: 2, share: 0.25, loss: NaN })[0], null);
    assert.deepEqual(under({ epoch: 1, share: 1, loss: 0.4 })[0], null);
  });

  test('tells the number under the pointer', () => {
    const state = stateOf({ epochs: [ranked(0, null, 0.1), ranked(1, 12.34, 0.5)] });
    const [loss, hr] = measuresOf(state);
    const told = (/** @type {any} */ measure, /** @type {number | null} */ epoch) =>
      cursorOf(speech, measure, state.epochs, epoch);
    assert.deepEqual([told(loss, 1), told(hr, 0)], ['epoch 1: 12.3', 'epoch 0: 0.100']);
    assert.deepEqual([told(loss, 0), told(hr, 2), told(hr, null)], ['', '', '']);
    assert.equal(textOf(loss, 1234), '1,234');
  });
});

describe('one user', () => {
  const film = (/** @type {number} */ item) => ({ item, title: `Film ${item}`, year: item, genres: [] });
  /** @param {object} [own] @returns {import('../../web/worker/protocol.js').Person} */
  const person = (own) => ({
    ...{ user: 3, id: 4, task: 'ranking', ready: true, validationItem: 7, heldOut: null },
    history: [1, 2, 7].map((item) => ({ ...film(item), rating: 4, time: 0 })),
    recommendations: [10, 11, 12].map((item) => ({ ...film(item), score: 1 - item / 100, heldOut: item === 11 })),
    ...own,
  });
  const suggest = (/** @type {number[]} */ ...items) =>
    person({ recommendations: items.map((item) => ({ ...film(item), score: 0.5, heldOut: false })) });
  const moves = (/** @type {import('../../web/worker/protocol.js').Person} */ now, before = suggest(10, 11, 12)) =>
    topOf(speech, now, before).map(({ move }) => move);

  test('has a list of films with their scores, and the hidden one marked', () => {
    assert.deepEqual(
      topOf(speech, person(), null).map(({ score, flag, move }) => [score, flag, move]),
      [
        ['0.90', undefined, ''],
        ['0.89', 'the film that was hidden', ''],
        ['0.88', undefined, ''],
      ],
    );
  });

  test('sees films move up and down, and new ones come, in a list of the same user alone', () => {
    assert.deepEqual(moves(suggest(12, 11, 10)), ['↑2', '', '↓2']);
    assert.deepEqual(moves(suggest(13, 10, 11)), ['new', '↓1', '↓1']);
    assert.deepEqual(moves({ ...suggest(12, 13), user: 4 }), ['', '']);
    // The same index in other data.
    assert.deepEqual(moves({ ...suggest(12, 13), history: [] }), ['', '']);
    assert.deepEqual(moves(suggest(12, 13), person({ ready: false, recommendations: [] })), ['', '']);
  });

  test('has a hidden film that is a hit among ten, or a miss', () => {
    const hidden = (/** @type {object} */ own) =>
      verdictOf(speech, person({ heldOut: { ...film(11), title: 'Heat', year: 1995, candidates: 100, ...own } }));
    assert.deepEqual(hidden({ rank: 10 }), {
      before: 'Hidden from the model: ',
      film: 'Heat (1995)',
      after: '. It ranks 10th of 100: a hit.',
    });
    assert.deepEqual(hidden({ rank: 10.5, year: 0 }).film, 'Heat');
    assert.match(hidden({ rank: 10.5 }).after ?? '', /a miss/);
    assert.deepEqual(verdictOf(speech, person()), { before: 'This user has no hidden film.' });
    assert.deepEqual(verdictOf(speech, person({ ready: false })), { before: '' });
    assert.match(verdictOf(speech, person({ task: 'rating' })).before, /by the rating that the model predicts/);
  });

  test('has a history in pages of thirty, with what was held out marked', () => {
    const history = Array.from({ length: 70 }, (_, item) => ({ ...film(item), rating: 4, time: 0 }));
    const of = person({ history, validationItem: 0, heldOut: { ...film(31), rank: 1, candidates: 100 } });
    const pages = [0, 30, 60].map((listed) => pageOf(speech, of, listed));
    assert.deepEqual(
      pages.map(({ films, left }) => [films.length, films[0].film.item, left]),
      [
        [30, 0, 40],
        [30, 30, 10],
        [10, 60, 0],
      ],
    );
    assert.deepEqual([pages[0].more, pages[1].more], ['Show 30 more of 40', 'Show 10 more of 10']);
    assert.deepEqual(
      [pages[0].films[0].flag, pages[1].films[0].flag, pages[1].films[1].flag],
      ['held out for validation', undefined, 'hidden from the model'],
    );
  });

  test('keeps the history in its place while nothing of it is another', () => {
    assert.equal(listsTheSame(null, person()), false);
    assert.equal(listsTheSame(person(), suggest(12)), true);
    assert.equal(listsTheSame(person(), person({ user: 4 })), false);
    assert.equal(listsTheSame(person(), person({ validationItem: 2 })), false);
    assert.equal(listsTheSame(person(), person({ heldOut: { ...film(2), rank: 1, candidates: 9 } })), false);
  });

  test('is told what the list is made from', () => {
    const note = (/** @type {any} */ own, /** @type {object} */ more = {}) =>
      noteOf(speech, { ...stateOf({ epochs: [], ...own }), person: person(), loaded: false, ...more });
    const epochs = [ranked(0, null, 0.1), ranked(1, 0.5, 0.2), ranked(2, 0.4, 0.3)];
    assert.equal(note({}, { person: null }), 'as soon as the data are read');
    assert.equal(note({}, { person: person({ ready: false }) }), 'as soon as the model is solved: press Train');
    assert.equal(note({ model: 'itempop' }), 'the most rated films not yet seen');
    assert.deepEqual([note({}), note({}, { loaded: true })], ['not trained yet', 'with the loaded weights']);
    assert.deepEqual(
      [note({ epochs }), note({ epochs }, { loaded: true }), note({ epochs, selected: { epoch: 1 } })],
      ['after 2 epochs', 'after 2 more epochs', 'after 1 epoch'],
    );
    assert.equal(note({ epochs, once: true }), 'solved');
  });
});
