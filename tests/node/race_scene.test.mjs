// What the room of the race shows, without a page: the chart's lines and words, where its names stand, the table's rows, and
// what can be pressed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { checkSettings } from '../../wasm/settings/settings.mjs';
import { createSpeech } from '../../web/parts/speech.js';
import { chartScene, measures, noteAt, numbersOf } from '../../web/rooms/race/chart_scene.js';
import { columnsOf, marginOf, plotScene, rangeOf, spread } from '../../web/rooms/race/plot_scene.js';
import { presets, takenIn } from '../../web/rooms/race/presets.js';
import { noRace } from '../../web/rooms/race/race.js';
import { controlsScene, paperOf, roomScene } from '../../web/rooms/race/scene.js';
import { bestOf, rowScene, testsTable } from '../../web/rooms/race/table_scene.js';

const speech = createSpeech();
const dataset = { fingerprint: 'these', order: 'so' };

/** @param {number} id @param {object} [changes] @returns {any} */
const runner = (id, changes) => ({
  ...{ id, name: `run ${id}`, look: id, settings: checkSettings({ epochs: 10 }), data: { dataset }, phase: 'finished' },
  ...{ message: () => '', hidden: false, kept: false, once: false, parameters: 0, baseline: null, epochs: [] },
  ...{ selected: null, share: 0, pretraining: null, pretrainSeconds: 0, samplesPerSecond: 0, results: null },
  ...changes,
});
/** @param {number} epoch @param {number} hr @param {object} [changes] */
const epoch = (epoch, hr, changes) => ({
  ...{ epoch, loss: epoch === 0 ? null : 1 / epoch, seconds: epoch === 0 ? 0 : 2 },
  metrics: { sampled: { hr, ndcg: hr / 2, hrHalfWidth: 0.01 } },
  ...changes,
});
const rated = (/** @type {number} */ rmse) => ({ metrics: { errors: { rmse, rmseHalfWidth: 0.02 } } });

const [HR, NDCG, LOSS, RMSE] = measures(speech);
const itempop = { model: 'itempop', metrics: { sampled: { hr: 0.45, ndcg: 0.2 } } };
const gmf = runner(1, { name: 'GMF', baseline: itempop, epochs: [epoch(0, 0.1), epoch(1, 0.5), epoch(2, 0.6)] });
const mlp = runner(2, { name: 'MLP', pretrainSeconds: 3, epochs: [epoch(0, 0.1), epoch(1, 0.7)] });
const chosen = (/** @type {object} */ changes) => ({ measure: HR, bySecond: false, runners: [gmf, mlp], ...changes });

describe('the chart', () => {
  const chart = (/** @type {object} */ changes) => chartScene(speech, chosen(changes));

  test('has a line for each run, up to the epochs that are planned, and the line to beat', () => {
    const { picture, hint, label } = chart({});
    assert.deepEqual(picture, {
      lines: [
        { id: 1, name: 'GMF', look: 1, x: [0, 1, 2], y: [0.1, 0.5, 0.6], learnt: 1 },
        { id: 2, name: 'MLP', look: 2, x: [0, 1], y: [0.1, 0.7], learnt: 1 },
      ],
      level: { name: 'ItemPop', value: 0.45 },
      end: 10,
      whole: true,
    });
    assert.equal(hint, '');
    assert.equal(label, 'HR@10 of 2 runs. GMF 0.600, MLP 0.700, ItemPop 0.450');
    const longer = { ...gmf, settings: checkSettings({ epochs: 1 }) };
    assert.equal(chart({ runners: [longer] }).picture.end, 2, 'epochs are there that were planned once');
    assert.equal(chart({ runners: [{ ...mlp, once: true }] }).picture.end, 1);
    assert.equal(chart({ runners: [] }).picture.end, 1);
    assert.equal(chart({ measure: NDCG }).picture.level?.value, 0.2);
  });

  test('by seconds goes as far as there are any', () => {
    const { picture, hint } = chart({ bySecond: true });
    assert.deepEqual(
      picture.lines.map(({ x }) => x),
      [
        [0, 2, 4],
        [3, 5],
      ],
    );
    assert.deepEqual([picture.end, picture.whole], [5, false]);
    assert.match(hint, /^Seconds of training/);
    assert.equal(chart({ bySecond: true, runners: [runner(1)] }).picture.end, 1);
  });

  test('of the loss begins where something is lost, and there is nothing to beat', () => {
    const wild = { ...mlp, epochs: [epoch(0, 0.1), epoch(1, 0.7, { loss: NaN }), epoch(2, 0.7)] };
    const { picture, hint } = chart({ measure: LOSS, runners: [gmf, wild], bySecond: true });
    assert.deepEqual(
      picture.lines.map(({ x, y, learnt }) => [x, y, learnt]),
      [
        [[2, 4], [1, 0.5], 0],
        [[7], [0.5], 0],
      ],
    );
    assert.equal(picture.level, null);
    assert.match(hint, /^Loss is measured on/, 'rather than what seconds are');
  });

  test('tells the epoch that validation went back to, and nothing of what was not measured', () => {
    const back = { ...gmf, selected: { epoch: 1 } };
    assert.match(chart({ runners: [back, runner(3)] }).label, /^HR@10 of 2 runs\. GMF 0\.500, ItemPop 0\.450$/);
    const rating = runner(4, { baseline: { model: 'itempop', ...rated(1.2) }, epochs: [epoch(0, 0, rated(1.1))] });
    const scene = chart({ measure: RMSE, runners: [gmf, rating] });
    assert.deepEqual(
      scene.picture.lines.map(({ y, learnt }) => [y, learnt]),
      [
        [[], 0],
        [[1.1], 1],
      ],
    );
    assert.equal(scene.picture.level?.value, 1.2, 'of the first that has one');
  });

  test('says at the pointer what each had come to, the highest first', () => {
    assert.deepEqual(noteAt(speech, chosen({}), 1.4), { title: 'Epoch 1', values: ['MLP 0.700', 'GMF 0.500'] });
    assert.deepEqual(noteAt(speech, chosen({}), 6), { title: 'Epoch 6', values: ['MLP 0.700', 'GMF 0.600'] });
    assert.deepEqual(noteAt(speech, chosen({ bySecond: true }), 2.96), { title: '3.0 s', values: ['GMF 0.500'] });
    assert.equal(noteAt(speech, chosen({ bySecond: true, runners: [mlp] }), 2.5), null, 'it was pretrained then');
  });

  test('as a table has all epochs of all', () => {
    assert.deepEqual(numbersOf(speech, chosen({})), {
      caption: 'HR@10 by epoch',
      head: ['Epoch', 'GMF', 'MLP', 'ItemPop'],
      rows: [
        [0, '0.100', '0.100', '0.450'],
        [1, '0.500', '0.700', '0.450'],
        [2, '0.600', '–', '0.450'],
      ],
    });
    // The first of them came in later than the other's epochs.
    const late = { ...gmf, epochs: [epoch(3, 0.7, { loss: NaN })] };
    const ofLoss = numbersOf(speech, chosen({ measure: LOSS, runners: [late, mlp] }));
    assert.deepEqual(ofLoss.head, ['Epoch', 'GMF', 'MLP']);
    assert.deepEqual(ofLoss.rows.flat(), [...[0, '–', '–'], ...[1, '–', '1.0000'], ...[3, '–', '–']]);
  });
});

describe('the plot', () => {
  /** @param {number} id @param {number[]} x @param {number[]} y @param {object} [changes] */
  const line = (id, x, y, changes) => ({ id, name: `L${id}`, look: id, x, y, learnt: 1, ...changes });
  const pictureOf = (/** @type {object} */ changes) => ({ lines: [], level: null, end: 40, whole: true, ...changes });
  const level = { name: 'Pop', value: 0.6 };
  /** From 0 to 40, 10 px each, and from 1 down to 0; a letter is 10 px wide. */
  const frame = {
    ...{ ratio: 2, width: 700, bbox: { left: 100, top: 20, width: 400, height: 200 } },
    across: (/** @type {number} */ x) => 100 + 10 * x,
    up: (/** @type {number} */ y) => Math.round(220 - 200 * y),
    widthOf: (/** @type {string} */ text) => 10 * text.length,
  };
  const drawn = (/** @type {object} */ picture, focus = 0) => plotScene(pictureOf(picture), focus, frame);
  const marksOf = (/** @type {any[]} */ marks) => marks.filter(({ look, x }) => look !== undefined && x <= 500);
  const namesOf = (/** @type {any[]} */ marks) => marks.filter(({ text }) => text !== undefined);

  test('labels that would cover each other are moved apart, in order and within bounds', () => {
    assert.deepEqual(spread([], 10, 0, 100), []);
    assert.deepEqual(spread([5, 50], 10, 0, 100), [5, 50]);
    assert.deepEqual(spread([50, 51, 52], 10, 0, 100), [50, 60, 70]);
    assert.deepEqual(spread([97, 98, 99], 10, 0, 100), [80, 90, 100]);
    assert.deepEqual(spread([-9, 4], 10, 0, 100), [0, 10]);
  });

  test('a line that goes to the end, and the line to beat', () => {
    assert.deepEqual(drawn({ lines: [line(1, [0, 20, 40], [0.1, 0.5, 0.75])], level }), [
      { alpha: 1, colour: 'pop', line: [100, 100, 500, 100], width: 3, dash: [12, 10] },
      { alpha: 1, colour: 'race-1', look: 1, x: 100, y: 200 },
      { alpha: 1, colour: 'race-1', look: 1, x: 300, y: 120 },
      { alpha: 1, colour: 'race-1', look: 1, x: 500, y: 70 },
      { alpha: 1, colour: 'race-1', line: [510, 70, 516, 70], width: 2, dash: [] },
      { alpha: 1, colour: 'race-1', look: 1, x: 528, y: 70 },
      { alpha: 1, colour: 'ink', text: 'L1', x: 544, y: 70 },
      { alpha: 1, colour: 'pop', line: [500, 100, 516, 100], width: 2, dash: [] },
      { alpha: 1, colour: 'pop', text: 'Pop', x: 544, y: 100 },
    ]);
  });

  test('a line that ends early has a dotted way to its name, which stands clear of the others', () => {
    const marks = drawn({ lines: [line(1, [40], [0.75]), line(8, [10], [0.74])], level });
    assert.deepEqual(
      marks.filter((mark) => 'line' in mark && mark.colour === 'race-2'),
      [
        { alpha: 0.5, colour: 'race-2', line: [210, 72, 500, 72], width: 2, dash: [2, 6] },
        { alpha: 1, colour: 'race-2', line: [500, 72, 516, 100], width: 2, dash: [] },
      ],
    );
    assert.deepEqual(
      namesOf(marks).map(({ text, y }) => [text, y]),
      [
        ['L1', 70],
        ['L8', 100],
        ['Pop', 130],
      ],
    );
  });

  test('a gap of 12 px is bridged without dots', () => {
    const dots = (/** @type {number} */ x) =>
      drawn({ lines: [line(1, [x], [0.5])] }).filter((mark) => 'line' in mark && mark.dash.length > 0).length;
    assert.deepEqual([dots(37.5), dots(37.6)], [1, 0]);
  });

  test('one run stands out, and the rest are faint but for the line to beat', () => {
    const marks = drawn({ lines: [line(1, [10], [0.2]), line(2, [10], [0.9])], level }, 2);
    assert.deepEqual(
      marksOf(marks).map(({ look, alpha }) => [look, alpha]),
      [
        [1, 0.2],
        [2, 1],
      ],
    );
    assert.deepEqual(
      namesOf(marks).map(({ text, alpha }) => [text, alpha]),
      [
        ['L2', 1],
        ['Pop', 1],
        ['L1', 0.25],
      ],
    );
    assert.deepEqual(
      marks.flatMap((mark) => ('line' in mark && mark.dash[0] === 2 ? [mark.alpha] : [])),
      [0.5, 0.125],
    );
  });

  test('markers are left out where they would crowd, or stand below the plot', () => {
    const many = (/** @type {number} */ n) => Array.from({ length: n }, (_, at) => at);
    assert.equal(marksOf(drawn({ lines: [line(1, many(30), Array(30).fill(0.5))] })).length, 30);
    const [only, ...others] = marksOf(drawn({ lines: [line(1, many(31), Array(31).fill(0.5))] }));
    assert.deepEqual([only.x, others], [400, []]);
    const below = drawn({ lines: [line(1, [0, 10], [0.5, -0.1])] });
    assert.deepEqual(
      marksOf(below).map(({ x }) => x),
      [100],
    );
    assert.equal(namesOf(below)[0].y, 220, 'its name stands at the bottom');
    assert.deepEqual(drawn({ lines: [line(1, [], [])] }), [], 'nothing of a run that has no number yet');
  });

  test('names are cut off at the edge', () => {
    const [{ text }] = namesOf(drawn({ lines: [line(1, [0], [0.5], { name: 'A name that is long' })] }));
    assert.equal(text, 'A name that is…');
    const [whole] = namesOf(drawn({ lines: [line(1, [0], [0.5], { name: 'Fifteen letters' })] }));
    assert.equal(whole.text, 'Fifteen letters');
    const edge = { ...frame, width: 694 };
    const [cut] = namesOf(plotScene(pictureOf({ lines: [line(1, [0], [0.5], { name: 'Fifteen letters' })] }), 0, edge));
    assert.equal(cut.text, 'Fifteen lette…', '146 px are left');
    const lines = [line(1, [0], [0]), line(2, [0], [0], { name: 'NeuMF' })];
    assert.equal(marginOf(pictureOf({ lines }), 300, frame.widthOf), 50 + 26);
    assert.equal(marginOf(pictureOf({ lines }), 150, frame.widthOf), 50, 'a third of the whole');
    assert.equal(marginOf(pictureOf({ lines, level: { name: 'ItemPop', value: 0 } }), 300, frame.widthOf), 70 + 26);
    assert.equal(marginOf(pictureOf({}), 300, frame.widthOf), 26);
  });

  test('the range is of what is learnt, where there is any', () => {
    const near = (/** @type {object} */ picture, /** @type {number[]} */ wanted) =>
      rangeOf(pictureOf(picture)).forEach((value, at) => assert.ok(Math.abs(value - wanted[at]) < 1e-9, `${value}`));
    near({}, [0, 1]);
    near({ lines: [line(1, [0], [0.1])] }, [0.095, 0.105]);
    near({ lines: [line(1, [0, 1, 2], [0.1, 0.5, 0.7])] }, [0.484, 0.716]);
    near({ lines: [line(1, [0, 1, 2], [0.1, 0.5, 0.7])], level: { name: 'Pop', value: 0.2 } }, [0.16, 0.74]);
    near({ lines: [line(1, [0, 1], [0.1, 0])] }, [0, 0.005]);
  });

  test('all lines have the same places on the axis, with gaps', () => {
    const lines = [line(1, [0, 1, 2], [0.1, 0.2, 0.3]), line(2, [10, 0, 2], [0.6, 0.4, 0.5]), line(3, [], [])];
    assert.deepEqual(columnsOf(pictureOf({ lines })), [
      [0, 1, 2, 10],
      [0.1, 0.2, 0.3, null],
      [0.4, null, 0.5, 0.6],
      [null, null, null, null],
    ]);
  });
});

/** The ranks of twelve users, who take turns. @param {number[]} turns @param {string} [held] what is tested */
const resultsOf = (turns, held = 'held out') => {
  const greater = Array.from({ length: 12 }, (_, user) => turns[user % turns.length]);
  const users = greater.map((_, user) => user);
  return { data: { test: held }, ranks: { sampled: { users, greater, equal: users.map(() => 0) } } };
};

describe('a row', () => {
  const row = (/** @type {any} */ one, reference = runner(9), all = [one]) =>
    rowScene(speech, one, reference, bestOf(all));

  test('says how far it is', () => {
    const stateOf = (/** @type {object} */ changes) => row(runner(1, changes)).state;
    const epochs = [epoch(0, 0.1), epoch(1, 0.2), epoch(2, 0.3)];
    assert.equal(stateOf({ phase: 'waiting' }), 'waiting');
    assert.equal(stateOf({ phase: 'opening' }), 'opening the data');
    assert.equal(stateOf({ phase: 'training', epochs }), 'epoch 3 of 10');
    assert.equal(stateOf({ phase: 'training', epochs: [...epochs, epoch(10, 0.3)] }), 'epoch 10 of 10');
    assert.equal(stateOf({ phase: 'training', once: true }), 'solving');
    assert.equal(stateOf({ phase: 'paused', epochs }), 'paused in epoch 3 of 10');
    assert.equal(stateOf({ epochs }), '2 epochs');
    assert.equal(stateOf({ epochs, selected: { epoch: 1 } }), 'best on validation: epoch 1 of 2');
    assert.equal(stateOf({ epochs: [epoch(1, 0.2)], once: true }), 'solved');
    assert.equal(stateOf({ epochs: [epoch(0, 0.2)] }), 'nothing to learn');
    assert.match(stateOf({ phase: 'diverged' }), /^Stopped: the loss/);
    assert.equal(stateOf({ phase: 'failed', message: () => 'no wind' }), 'Stopped: no wind');
    const pretraining = { model: 'gmf', epoch: 2, epochs: 4 };
    const settings = checkSettings({ epochs: 10, pretrain: 4 });
    assert.equal(stateOf({ phase: 'training', settings, pretraining }), 'pretraining GMF: epoch 2 of 4');
  });

  test('has a bar, which pretraining fills once for itself', () => {
    const shareOf = (/** @type {object} */ changes) => row(runner(1, { phase: 'training', ...changes })).share;
    const epochs = [epoch(0, 0.1), epoch(2, 0.3)];
    assert.equal(shareOf({ epochs, share: 0.5 }), 0.25);
    assert.equal(shareOf({ epochs: [epoch(10, 0.3)], share: 0.5 }), 1);
    assert.equal(shareOf({ once: true, share: 0.5 }), 0.5);
    assert.equal(shareOf({ epochs, phase: 'finished' }), 1);
    const pretraining = { epoch: 2, epochs: 4, batch: 5, batches: 10 };
    assert.equal(shareOf({ pretraining: { model: 'gmf', ...pretraining } }), 0.1875);
    assert.equal(shareOf({ pretraining: { model: 'mlp', ...pretraining } }), 0.6875);
  });

  test('has its numbers, of the epoch that counts', () => {
    const texts = (/** @type {any} */ one) => row(one).numbers.map(({ text, interval = '' }) => text + interval);
    assert.deepEqual(texts(runner(1)), ['–', '–', '–', '–', '–']);
    const trained = { ...gmf, parameters: 12345, samplesPerSecond: 1234.4 };
    assert.deepEqual(texts(trained), ['0.600 ± 0.010', '0.300', '4.0 s', '1,234', '12,345']);
    const solved = { ...trained, selected: { epoch: 1 }, once: true };
    assert.deepEqual(texts(solved), ['0.500 ± 0.010', '0.250', '4.0 s', '–', '12,345']);
    assert.equal(texts({ ...mlp, epochs: [] })[2], '3.0 s', 'pretraining takes time before there is an epoch');
    const full = { metrics: { full: { hr: 0.2, ndcg: 0.1, hrHalfWidth: null } } };
    assert.equal(texts(runner(1, { epochs: [epoch(0, 0, full)] }))[0], '0.200');
    const rating = runner(1, { epochs: [epoch(0, 0, rated(0.9))] });
    assert.deepEqual(texts(rating).slice(0, 2), ['RMSE 0.900 ± 0.020', '–']);
  });

  test('is marked where it is the best of all', () => {
    const all = [gmf, mlp, runner(3)];
    const bests = all.map((one) =>
      row(one, gmf, all)
        .numbers.map(({ best = false }) => best)
        .slice(0, 3),
    );
    assert.deepEqual(bests, [
      [false, false, false],
      [true, true, false],
      [false, false, false],
    ]);
  });

  test('has tools that say what they hold and whether they can be used', () => {
    const tools = (/** @type {object} */ changes) => row(runner(1, changes)).tools;
    const { hide, keep, refer, stop, remove } = tools({ name: 'GMF', hidden: true });
    assert.deepEqual(hide, { label: 'Hide GMF in the chart', pressed: true });
    assert.deepEqual(keep, { label: 'Keep GMF for the next race', pressed: false });
    assert.deepEqual(refer, { label: 'Compare the others with GMF', pressed: false });
    assert.deepEqual(stop, { label: 'Stop GMF after this epoch', disabled: true });
    assert.deepEqual(remove, { label: 'Remove GMF' });
    assert.equal(row(gmf, gmf).tools.refer.pressed, true);
    assert.equal(tools({ phase: 'training' }).stop.disabled, false);
    assert.equal(tools({ phase: 'paused' }).stop.disabled, false);
    for (const changes of [{ phase: 'waiting' }, { phase: 'training', once: true }])
      assert.equal(tools(changes).stop.disabled, true);
    assert.equal(tools({ phase: 'training', pretraining: { model: 'gmf' } }).stop.disabled, true);
    const marksOf = (/** @type {object} */ changes) => Object.values(row(runner(1, changes)).marks);
    assert.deepEqual(marksOf({}), [true, false, false]);
    assert.deepEqual(marksOf({ phase: 'diverged', hidden: true }), [true, true, true]);
    assert.deepEqual(marksOf({ phase: 'waiting' }), [false, false, false]);
  });

  test('tells what is chance from what is not', () => {
    // NDCG is 1 at the first place, ½ at the third, and 0 beyond the tenth.
    const reference = runner(1, { name: 'GMF', results: resultsOf([2, 30]) });
    const better = runner(2, { results: resultsOf([0]) });
    const against = (/** @type {any} */ one, other = reference) => row(one, other).difference;
    const label = 'Against GMF';
    assert.deepEqual(against(reference), { label, verdict: 'the reference', hint: '', sure: 0 });
    assert.deepEqual(against(runner(3)), { label, verdict: '–', hint: '', sure: 0 });
    assert.deepEqual(against(better), { label, verdict: 'NDCG +0.750, p < .001', hint: '', sure: 1 });
    assert.deepEqual(
      [against(reference, better).verdict, against(reference, better).sure],
      ['NDCG −0.750, p < .001', -1],
    );
    const turned = runner(4, { results: resultsOf([30, 2]) });
    const same = { label, verdict: 'can’t be told apart', hint: 'NDCG +0.000, p = 1.000', sure: 0 };
    assert.deepEqual(against(turned), same);
    assert.equal(against(runner(5, { results: resultsOf([2, 30]) })).verdict, 'the same ranks');
    const otherwise = runner(6, { results: resultsOf([0], 'another') });
    assert.equal(against(otherwise).verdict, 'not measured alike');

    const { caption, note, head, rows } = testsTable(speech, [reference, better, otherwise, runner(3)], reference);
    assert.equal(caption, 'Against GMF, over 12 users');
    assert.match(note ?? '', /^Each user’s NDCG@10 is paired/);
    assert.equal(head.length, 5);
    assert.equal(rows.length, 1, 'of those that can be compared');
    assert.equal(rows[0][0], 'run 2');
    assert.match(String(rows[0][1]), /^\+0\.750 ± 0\.1\d\d$/);
    assert.equal(rows[0][2], 'p < .001');
    assert.match(testsTable(speech, [reference], reference).caption, /over 0 users$/);
  });
});

describe('the room', () => {
  const room = (/** @type {any[]} */ runners, changes = {}) =>
    roomScene(speech, /** @type {any} */ ({ race: { ...noRace, runners, ...changes }, dataset }));

  test('shows the runs on the data that are open', () => {
    const other = runner(3, { data: { dataset: { fingerprint: 'others', order: 'so' } } });
    const hidden = runner(4, { hidden: true, results: {} });
    const scene = room([other, gmf, hidden], { reference: 4 });
    assert.deepEqual(scene.runners, [gmf, hidden]);
    assert.deepEqual(scene.charted, [gmf]);
    assert.equal(scene.reference, hidden);
    assert.deepEqual([scene.empty, scene.downloadable], [false, true]);
    assert.match(scene.elsewhere, /^1 run on other data can’t be compared with these\. .* to see it again\.$/);
    const alone = room([other]);
    assert.deepEqual([alone.status, alone.empty, alone.downloadable], ['', true, false]);
    assert.equal(room([gmf]).elsewhere, '');
  });

  test('says where the race stands', () => {
    const phases = ['finished', 'failed', 'training', 'paused', 'opening', 'waiting'];
    const all = phases.map((phase, at) => runner(at + 1, { phase }));
    assert.equal(room(all).status, '2 of 6 runs finished, 3 under way, 1 waiting.');
    assert.match(room(all, { paused: true }).status, /^Paused\. 2 of 6/);
    assert.equal(room([gmf, mlp]).status, 'The race is over. Highest NDCG@10: MLP, 0.350.');
    assert.equal(room([gmf, { ...mlp, selected: { epoch: 0 } }]).status.slice(-11), 'GMF, 0.300.');
    assert.equal(room([gmf]).status, 'The race is over.', 'of one there is no highest');
    assert.equal(room([gmf, { ...mlp, phase: 'diverged' }]).status, 'The race is over.');
  });

  test('knows what can be pressed', () => {
    const controls = (/** @type {object} */ changes) =>
      controlsScene(
        speech,
        /** @type {any} */ ({ race: noRace, dataset, model: {}, epochs: [epoch(0, 0.1)], phase: 'idle', ...changes }),
      );
    assert.deepEqual(controls({}), {
      pause: { text: 'Pause the race', disabled: true },
      start: { disabled: false },
      take: { disabled: false, title: null },
    });
    const going = controls({ race: { ...noRace, runners: [gmf, runner(3, { phase: 'waiting' })], paused: true } });
    assert.deepEqual(going.pause, { text: 'Go on', disabled: false });
    assert.equal(
      controls({ race: { ...noRace, runners: [gmf, runner(3, { phase: 'failed' })] } }).pause.disabled,
      true,
    );
    assert.equal(controls({ dataset: null }).start.disabled, true);
    for (const changes of [
      { model: null },
      { epochs: [] },
      ...['training', 'evaluating', 'diverged'].map((phase) => ({ phase })),
    ]) {
      const { take } = controls(changes);
      assert.equal(take.disabled, true, JSON.stringify(changes));
      assert.match(String(take.title), /^The present run can be taken in when/);
    }
  });

  test('tells what the paper found, and the seed', () => {
    assert.match(paperOf(speech, presets[4], 1234), /^Rendle .*with seed 1234\.$/);
  });

  test('takes in the page’s own run as one that is over', () => {
    const settings = checkSettings({ model: 'gmf', factors: 4, epochs: 3 });
    const model = /** @type {any} */ ({ settings, parameters: 7, baseline: itempop, once: false });
    const results = /** @type {any} */ ({ pretrainSeconds: 2.5 });
    const epochs = /** @type {any[]} */ ([epoch(0, 0.1), epoch(1, 0.2)]);
    assert.deepEqual(takenIn({ epochs, selected: null, samplesPerSecond: 9 }, model, results), {
      entry: { name: 'GMF factors=4', settings },
      known: {
        ...{ phase: 'finished', kept: true, parameters: 7, baseline: itempop, once: false },
        ...{ epochs, selected: null, samplesPerSecond: 9, pretrainSeconds: 2.5, results },
      },
    });
  });
});
