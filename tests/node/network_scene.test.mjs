// What the network room decides before anything is written: what it knows, what is shown of that, and where keys lead.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { networkGraph } from '../../wasm/settings/graph.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { noPolicy } from '../../web/shell/policy.js';
import { createSpeech } from '../../web/parts/speech.js';
import { answerOf, curvePoints, kindOf, onCurve, predictionText } from '../../web/rooms/network/answer_scene.js';
import {
  cellIn,
  goesDown,
  indent,
  leaving,
  pressesOf,
  standIn,
  walkFrom,
} from '../../web/rooms/network/diagram_scene.js';
import { Look } from '../../web/rooms/network/look.js';
import { matrixOf } from '../../web/rooms/network/matrix_scene.js';
import { progressOf, readoutOf, sceneOf } from '../../web/rooms/network/scene.js';
import { RATES, placeOf, stepsOf } from '../../web/rooms/network/steps_scene.js';
import { tableOf } from '../../web/rooms/network/table.js';
import {
  cellBeside,
  cellUnder,
  gridOf,
  headingOf,
  layersOf,
  weightText,
} from '../../web/rooms/network/weights_scene.js';

const speech = createSpeech();

/** @param {Record<string, unknown>} [settings] */
function graphOf(settings = {}) {
  const graph = networkGraph(checkSettings(settings));
  assert(graph);
  return graph;
}

const films = {
  titles: ['Heat', 'Alien', 'Brazil', 'Clue'],
  years: Uint16Array.of(1995, 1979, 0, 1985),
  genres: [[], [], [], []],
  counts: Uint32Array.of(9, 8, 7, 6),
};
const users = { ids: [10, 20, 30], order: [2, 0, 1], counts: Uint32Array.of(1, 1, 1) };

const aModel = { score: { kind: 'rating', values: { lowest: 0.5, highest: 5 } } };

/** The page's state, as far as the room reads it. @param {Record<string, unknown>} [more] @returns {any} */
const stateOf = ({ settings = {}, ...more } = {}) => ({
  settings: checkSettings(/** @type {any} */ (settings)),
  ...{ users, films, user: 1, film: -1, phase: 'paused', model: aModel, loading: null, person: null },
  ...{ policy: noPolicy, fixed: {}, epochs: [] },
  ...more,
});

/** An example under way: number 3 of its batch. @param {Record<string, unknown>} [more] @returns {any} */
const underOf = (more = {}) => ({
  example: { user: 1, item: 0, label: 1, positive: 0, negatives: [2, 3] },
  peek: { epoch: 1, batch: 2, batches: 9, size: 64, examples: [] },
  n: 2,
  traced: {
    ...{ logit: 0, prediction: 0.5, shares: { gmf: 0 }, label: 1, loss: 0.7, known: true },
    nodes: [{ id: 'output', values: Float32Array.of(0) }],
    gradients: [
      { id: 'output', values: Float32Array.of(-0.5) },
      { id: 'gmf.user', values: Float32Array.of(0.03, 0.04) },
    ],
  },
  trained: null,
  ...more,
});

/** @param {number} logit @param {Record<string, unknown>} [more] @returns {any} */
const passed = (logit, more = {}) => ({
  ...{ user: 1, item: 0, known: true, logit, prediction: 0.25, shares: { gmf: logit } },
  nodes: [{ id: 'output', values: Float32Array.of(logit) }],
  ...more,
});

/** @param {Partial<Look>} more */
const lookOf = (more) => Object.assign(new Look(), { state: stateOf(), graph: graphOf(), film: 0 }, more);

describe('the answer', () => {
  test('the output is a probability, a rating or a score, and is said as such', () => {
    assert.deepEqual(
      [{}, { model: 'bias-mf' }, { model: 'ials' }].map((settings) => kindOf(checkSettings(settings))),
      ['probability', 'rating', 'score'],
    );
    assert.equal(predictionText('probability', 0.256), '25.6 %');
    assert.equal(predictionText('probability', 0.9995), '> 99.9 %');
    assert.equal(predictionText('probability', 0.0005), '< 0.1 %');
    assert.equal(predictionText('score', -0.25), '−0.250');
    assert.notEqual(predictionText('rating', 3.5), predictionText('score', 3.5));
  });

  test('a logit stands on the sigmoid, and at its edge where it is beyond', () => {
    assert.deepEqual(onCurve(0), { x: 80, y: 36 });
    assert.deepEqual(
      [-6, 3, 6, 60].map(onCurve).map(({ x }) => x),
      [4, 118, 156, 156],
    );
    assert(onCurve(60).y < 4.01 && onCurve(-60).y > 67.99, 'a sure yes is above');
    const points = curvePoints();
    assert.equal(points.length, 49);
    assert.deepEqual([points[0].x, points[24], points[48].x], [4, { x: 80, y: 36 }, 156]);
  });

  test('shares are measured by the largest of them, their sum included', () => {
    const { shares, curve, value } = answerOf(
      speech,
      stateOf(),
      passed(-1, { shares: { gmf: 1, mlp: -2, bias: 0 } }),
      0,
      null,
    );
    assert.deepEqual(
      shares.map(({ key, name, text, negative, width }) => [key, name, text, negative, width]),
      [
        ['gmf', 'GMF', '+1.00', false, 25],
        ['mlp', 'MLP', '−2.00', true, 50],
        ['bias', 'Bias', '0', false, 0],
        ['sum', 'Logit', '−1.00', true, 25],
      ],
    );
    assert.equal(value, '25.0 %');
    assert(Math.abs((curve?.x ?? 0) - (80 - 76 / 6)) < 1e-9);
    assert.match(curve?.label ?? '', /−1\.00 becomes 25\.0 %/);
  });

  test('a dot product is named so, and what is no probability has no curve and no logit', () => {
    const state = stateOf({ settings: { model: 'bias-mf' } });
    const { shares, curve, meaning } = answerOf(speech, state, passed(3.5), 0, null);
    assert.deepEqual(
      shares.map(({ name }) => name),
      ['p · q', 'Sum'],
    );
    assert.equal(curve, null);
    assert.match(meaning, /from 0\.5 to 5\.$/);
    assert.match(answerOf(speech, stateOf(), passed(0), 0, null).meaning, /\(4 beside each/);
  });

  test('what the data say of the pair: hidden before all else, and nothing while nothing is known', () => {
    const factOf = (/** @type {any} */ person, /** @type {any} */ pair) =>
      answerOf(speech, stateOf({ person }), passed(0), 2, pair).fact;
    const held = { user: 1, heldOut: { item: 2 }, validationItem: -1 };
    assert.match(factOf(held, passed(0)), /^Held out/);
    assert.match(factOf({ user: 1, heldOut: { item: 0 }, validationItem: 2 }, passed(0)), /^Held out/);
    assert.match(factOf({ ...held, user: 0 }, passed(0)), /has it\.$/, 'another user’s film is not meant');
    assert.match(factOf(null, passed(0, { known: false })), /not rated\.$/);
    assert.equal(factOf(null, null), '');
  });
});

describe('the piece of the matrix', () => {
  const piece = { users: [1, 0], items: [0, 2], known: Uint8Array.of(1, 0, 0, 1), pair: { user: 1, item: 0 } };
  /** @param {Record<string, unknown>} [settings] @param {any} [under] */
  const shown = (settings, under = null) => {
    const matrix = matrixOf(speech, { state: stateOf({ settings }), under }, piece);
    assert(matrix);
    return matrix;
  };
  const cellsOf = (/** @type {ReturnType<typeof shown>} */ { rows }) =>
    rows.map(({ cells }) => cells.map(({ sign, meaning, marks }) => [sign, meaning, marks]));

  test('what is rated, and which cell is the pair', () => {
    const matrix = shown();
    assert.deepEqual(cellsOf(matrix), [
      [
        ['●', 'rated, the pair', 'lit own column'],
        ['○', 'not rated, or hidden', 'own'],
      ],
      [
        ['○', 'not rated, or hidden', 'column'],
        ['●', 'rated', ''],
      ],
    ]);
    assert.deepEqual(
      matrix.rows.map(({ id, user, marks, moved }) => [id, user, marks, moved]),
      [
        ['20', 1, 'own', null],
        ['10', 0, '', null],
      ],
    );
    assert.deepEqual(
      matrix.films.map(({ letter, name, title, role, own }) => [letter, name, title, role, own]),
      [
        ['A', 'Heat (1995)', 'Heat', '', true],
        ['B', 'Brazil', 'Brazil', '', false],
      ],
    );
    assert.equal(matrix.moved, false);
  });

  test('an example’s group stands in its own row alone', () => {
    const matrix = shown({}, underOf());
    assert.deepEqual(cellsOf(matrix), [
      [
        ['1', 'positive, the pair', 'positive lit own column'],
        ['0', 'negative', 'negative own'],
      ],
      [
        ['○', 'not rated, or hidden', 'column'],
        ['●', 'rated', ''],
      ],
    ]);
    assert.deepEqual(
      matrix.films.map(({ role }) => role),
      ['positive', 'negative'],
    );
  });

  test('where ratings are predicted nothing is a negative', () => {
    const matrix = shown({ model: 'bias-mf' }, underOf());
    assert.deepEqual(
      matrix.rows[0].cells.map(({ sign }) => sign),
      ['●', '○'],
    );
    assert.deepEqual(
      matrix.films.map(({ role }) => role),
      ['', ''],
    );
  });

  test('what a batch has moved glows; what took part and did not move is told from what took none', () => {
    const moved = { users: [{ index: 1, distance: 0.0123 }], items: [{ index: 0, distance: 0 }] };
    const matrix = shown({}, underOf({ trained: { moved } }));
    assert.equal(matrix.moved, true);
    assert.deepEqual(
      matrix.rows.map(({ marks, moved: text }) => [marks, text]),
      [
        ['own glows', '0.012'],
        ['', null],
      ],
    );
    assert.deepEqual(
      matrix.films.map(({ marks, moved: text }) => [marks, text]),
      [
        ['own', ''],
        ['', null],
      ],
    );
  });

  test('without data there is none', () => {
    assert.equal(matrixOf(speech, { state: stateOf({ films: null }), under: null }, piece), null);
  });
});

describe('steps', () => {
  const graph = graphOf();
  const idle = { under: null, busy: false, trouble: '' };
  const steps = (/** @type {any} */ state, /** @type {any} */ look = {}, phase = -1) =>
    stepsOf(speech, stateOf(state), graph, { ...idle, ...look }, phase);

  test('a rate stands at the nearest place of the slider, by ratio', () => {
    assert.deepEqual([1e-5, 0.001, 0.0014, 0.0015, 0.03, 1, 40].map(placeOf), [0, 6, 6, 7, 10, 15, 15]);
    assert.equal(RATES[7], 0.002);
  });

  test('what can be done: nothing without a model or while something goes on; no batches where none are learnt', () => {
    const can = (/** @type {any} */ state, /** @type {any} */ look = {}) => {
      const { steps: batches, epochs, able } = steps(state, look);
      return [batches, epochs, able];
    };
    assert.deepEqual(can({}), [true, true, true]);
    for (const phase of ['training', 'evaluating', 'diverged', 'failed'])
      assert.deepEqual(can({ phase }), [false, false, true], phase);
    assert.deepEqual(can({}, { busy: true }), [false, false, true]);
    assert.deepEqual(can({ model: null }), [false, false, false]);
    assert.deepEqual(can({ loading: { done: 1 } }), [false, false, false]);
    assert.deepEqual(can({ settings: { model: 'ials' } }), [false, true, true]);
  });

  test('the learning rate is that of the settings, where the model has one', () => {
    assert.equal(steps({ settings: { lr: 0.02 } }).lr, 0.02);
    assert.equal(steps({ settings: { model: 'ials' } }).lr, null);
  });

  test('where the steps are: a trouble before all else, then the example, then what may come', () => {
    const where = (/** @type {any} */ state, /** @type {any} */ look = {}) => steps(state, look).where;
    assert.equal(where({}, { trouble: 'no.', under: underOf() }), 'The numbers could not be had: no.');
    assert.equal(where({}, { under: underOf() }), 'Epoch 1, batch 2 of 9, example 3 of 64');
    const trained = {
      epoch: 1,
      batch: 3,
      batches: 9,
      loss: 1,
      rows: { users: 1, items: 1 },
      moved: { users: [], items: [] },
    };
    assert.equal(where({}, { under: underOf({ trained }) }), 'Epoch 1, batch 3 of 9');
    assert.match(where({ phase: 'training' }), /^Training runs/);
    assert.match(where({}), /^Next example shows/);
    assert.match(where({ settings: { model: 'ials' } }), /does not learn in batches/);
  });

  test('six sentences, of the example or in general', () => {
    assert.equal(steps({}).sentences.length, 6);
    assert.match(steps({}).sentences[3], /^The loss says/);
    assert.equal(
      steps({}, { under: underOf() }, 3).sentences[3],
      'The answer is 50.0 %, the label 1: the loss is 0.700.',
    );
    assert.equal(steps({}, { under: underOf() }, 3).phase, 3);
  });
});

describe('the weights of a layer', () => {
  const graph = graphOf({ factors: 2, layers: '4,2' });
  const name = 'mlp.layers.0.weight';
  const weights = { name, shape: [2, 4], values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, -8) };

  test('layers that have weights can be chosen; a dot product has none', () => {
    assert.deepEqual(layersOf(speech, graph), [
      { id: 'mlp.layers.0', name: 'Layer 1' },
      { id: 'output', name: 'Output' },
    ]);
    assert.deepEqual(layersOf(speech, graphOf({ model: 'mf' })), []);
  });

  test('a heading names what leads there, as wide as it is', () => {
    const { title, how, groups } = headingOf(speech, graph, 'mlp.layers.0', weights);
    assert.equal(title, 'Weights into Layer 1');
    assert.match(how, /^2 rows, one for each number of Layer 1; 4 columns/);
    assert.deepEqual(groups, [
      { name: 'MLP user', width: 2 },
      { name: 'MLP film', width: 2 },
    ]);
    const uneven = graphOf({ factors: 2, layers: '6,3' });
    assert.deepEqual(headingOf(speech, uneven, 'output', null).groups, [
      { name: 'Product', width: 2 },
      { name: 'Layer 1', width: 3 },
    ]);
    assert.equal(headingOf(speech, graph, 'output', null).how, 'Too many weights to draw.');
  });

  test('cells are as large as there is room, within bounds, and whole pixels', () => {
    const of = (/** @type {number[]} */ shape, /** @type {number} */ room) => {
      const { wide, tall, right, bottom, width, height, signs } = gridOf(shape, room);
      return [wide, tall, right, bottom, width, height, signs];
    };
    assert.deepEqual(of([2, 4], 100), [20, 20, 19, 19, 80, 40, true], 'no larger than 20');
    assert.deepEqual(of([40, 80], 590), [7, 6, 6, 5, 560, 240, true], 'room for a minus');
    assert.deepEqual(of([48, 80], 590), [7, 5, 6, 4, 560, 240, true], 'just room');
    assert.deepEqual(of([60, 80], 590), [7, 4, 6, 3, 560, 240, false], 'too low for one');
    assert.deepEqual(of([64, 300], 600), [2, 3, 2, 3, 600, 192, false], 'without gaps');
    assert.deepEqual(of([500, 900], 600), [1, 1, 1, 1, 900, 500, false], 'no smaller than a pixel');
  });

  test('a pointer finds the cell that it is over, in whatever size it is drawn', () => {
    const box = { left: 10, top: 20, width: 80, height: 40 };
    const at = (/** @type {number} */ clientX, /** @type {number} */ clientY) =>
      cellUnder([2, 4], box, { clientX, clientY });
    assert.deepEqual(at(10, 20), { row: 0, column: 0 });
    assert.deepEqual(at(71, 39), { row: 0, column: 3 });
    assert.deepEqual(at(49, 41), { row: 1, column: 1 });
    for (const [x, y] of [
      [9, 30],
      [90, 30],
      [50, 19],
      [50, 60],
    ])
      assert.equal(at(x, y), null);
  });

  test('keys lead from cell to cell and no further than the edge', () => {
    const walk = (/** @type {string[]} */ ...keys) =>
      keys.reduce((cell, key) => cellBeside([2, 4], cell, key) ?? assert.fail(key), { row: 0, column: 0 });
    assert.deepEqual(walk('ArrowRight', 'ArrowRight', 'ArrowDown'), { row: 1, column: 2 });
    assert.deepEqual(walk('ArrowUp', 'ArrowLeft'), { row: 0, column: 0 });
    assert.deepEqual(walk('ArrowDown', 'ArrowDown', 'End', 'ArrowRight'), { row: 1, column: 3 });
    assert.deepEqual(walk('ArrowDown', 'End', 'Home'), { row: 1, column: 0 });
    const about = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].map((key) =>
      cellBeside([9, 9], { row: 4, column: 4 }, key),
    );
    assert.deepEqual(
      about.map((cell) => [cell?.row, cell?.column]),
      [
        [3, 4],
        [5, 4],
        [4, 3],
        [4, 5],
      ],
    );
    assert.deepEqual(cellBeside([2, 4], null, 'ArrowRight'), { row: 0, column: 1 });
    assert.equal(cellBeside([2, 4], null, 'Tab'), undefined);
  });

  test('a weight is told by where its column comes from', () => {
    const said = (/** @type {number} */ row, /** @type {number} */ column) =>
      weightText(speech, graph, weights, { row, column });
    assert.equal(said(1, 3), 'From MLP film, number 2, to number 2: weight −8.00');
    assert.equal(said(0, 2), 'From MLP film, number 1, to number 1: weight 3.00');
    assert.equal(said(0, 1), 'From MLP user, number 2, to number 1: weight 2.00');
    assert.equal(weightText(speech, graph, weights, null), '');
    assert.equal(weightText(speech, graph, null, { row: 0, column: 0 }), '');
  });
});

describe('the drawing', () => {
  /** @param {boolean} down @param {Record<string, Partial<import('../../web/rooms/network/layout.js').Block> & {width: number}>} blocks @returns {any} */
  const layoutOf = (down, blocks) => ({
    down,
    blocks: new Map(
      Object.entries(blocks).map(([id, { width, ...block }]) => [id, { node: { id, kind: 'layer', width }, ...block }]),
    ),
  });

  test('the way goes down where the page is narrow, and is then as wide as there is room', () => {
    assert.deepEqual([519, 520].map(goesDown), [true, false]);
    const { layout, height } = standIn(graphOf(), { down: true, width: 300, finger: true });
    assert.equal(layout.across, 300);
    assert.equal(height, layout.along + 24);
  });

  test('two paths through the network stand higher than one; biases are one, a fusion tower is none', () => {
    const tall = (/** @type {Record<string, unknown>} */ settings) =>
      standIn(graphOf(settings), { down: false, width: 700, finger: false }).height;
    assert.deepEqual([{ model: 'gmf' }, { model: 'mlp' }, { model: 'ials' }].map(tall), [320, 320, 320]);
    assert.deepEqual([{}, { fusionLayers: '8' }, { model: 'bpr' }].map(tall), [448, 448, 448]);
    const { layout } = standIn(graphOf(), { down: false, width: 700, finger: false });
    const ends = [...layout.blocks.values()].map(({ x, w }) => x + w);
    assert(Math.max(...ends) <= 700 - 48 + 1e-6, '24 are left free on both sides');
  });

  test('a finger’s blocks stand further apart', () => {
    const middles = (/** @type {boolean} */ finger) => {
      const { layout } = standIn(graphOf({ model: 'bias-mf' }), { down: false, width: 700, finger });
      const [a, b] = ['bias.user', 'bias.item'].map((id) => layout.blocks.get(id) ?? assert.fail(id));
      return Math.abs(b.y - a.y);
    };
    assert.equal(middles(true) - middles(false), 8);
  });

  test('what is pressed of a block is as large as a pointer needs, and downwards a finger', () => {
    const small = { 'gmf.user': { x: 100, y: 50, w: 10, h: 24, width: 3 } };
    const graph = graphOf();
    const [across] = pressesOf(speech, graph, layoutOf(false, small));
    assert.deepEqual(across, {
      ...{ id: 'gmf.user', kind: 'layer', name: 'GMF user', numbers: '3 numbers' },
      ...{ left: 24 + 100 - 14, top: 44, width: 38, height: 36, raise: 2 },
    });
    const [down] = pressesOf(speech, graph, layoutOf(true, small));
    const { left, top, width, height, raise } = down;
    assert.deepEqual([left, top, width, height, raise], [86, 40, 38, 44, 6]);
    const [large] = pressesOf(speech, graph, layoutOf(false, { output: { x: 0, y: 9, w: 60, h: 200, width: 1 } }));
    assert.deepEqual([large.left, large.top, large.width, large.height], [18, 5, 72, 208]);
    assert.equal(large.numbers, '1 number');
    assert.deepEqual(
      [true, false].map((way) => indent(layoutOf(way, {}))),
      [0, 24],
    );
  });

  test('keys go along a block and on to the first cell of the next', () => {
    const blocks = { a: { width: 3 }, b: { width: 1 }, c: { width: 2 } };
    const to = (
      /** @type {boolean} */ down,
      /** @type {string} */ id,
      /** @type {number} */ index,
      /** @type {string} */ key,
    ) => {
      const cell = walkFrom(layoutOf(down, blocks), { id, index }, key);
      return cell && `${cell.id}${cell.index}`;
    };
    assert.equal(to(false, 'a', 1, 'ArrowDown'), 'a2');
    assert.equal(to(false, 'a', 2, 'ArrowDown'), 'a2');
    assert.equal(to(false, 'a', 0, 'ArrowDown'), 'a1');
    assert.equal(to(false, 'a', 2, 'ArrowUp'), 'a1');
    assert.equal(to(false, 'a', 0, 'ArrowUp'), 'a0');
    assert.equal(to(false, 'a', 0, 'End'), 'a2');
    assert.equal(to(false, 'a', 2, 'Home'), 'a0');
    assert.equal(to(false, 'a', 2, 'ArrowRight'), 'b0');
    assert.equal(to(false, 'c', 1, 'ArrowLeft'), 'b0');
    assert.equal(to(false, 'c', 1, 'ArrowRight'), 'c1', 'the last block is left nowhere');
    assert.equal(to(false, 'a', 1, 'ArrowLeft'), 'a1');
    assert.equal(to(false, 'a', 1, 'Tab'), null);
    assert.equal(to(true, 'a', 1, 'ArrowRight'), 'a2', 'downwards the arrows are others');
    assert.equal(to(true, 'a', 1, 'ArrowDown'), 'b0');
    assert.equal(to(true, 'c', 1, 'ArrowUp'), 'b0');
  });

  test('a pointer finds the nearest cell of its block', () => {
    const layout = layoutOf(false, { a: { x: 10, y: 20, lines: 1, per: 4, cell: 5, thick: 16, width: 4 } });
    assert.deepEqual(cellIn(layout, 'a', { x: 0, y: 31 }), { id: 'a', index: 2 });
    assert.deepEqual(cellIn(layout, 'a', { x: 99, y: 99 }), { id: 'a', index: 3 });
    assert.equal(cellIn(layout, 'b', { x: 0, y: 0 }), null);
  });

  test('lines leave a row at its end, and downwards the whole of the rows below', () => {
    const box = { left: 10, right: 30, top: 5, bottom: 15 };
    const frame = { left: 4, right: 99, top: 2, bottom: 99 };
    assert.deepEqual(leaving(false, box, frame), { x: 28, y: 8 });
    assert.deepEqual(leaving(true, box, frame), { x: 16, y: 15 });
  });
});

describe('what the room knows', () => {
  test('another network is another drawing of which nothing is known; the same is left alone', () => {
    const look = new Look();
    look.turn(stateOf());
    assert.equal(look.picked, 'mlp.layers.0');
    const { graph } = look;
    look.pointed = { id: 'output', index: 0 };
    look.learn(passed(2), new Map());
    look.turn(stateOf({ settings: { lr: 0.5 } }));
    assert.equal(look.graph, graph);
    assert.equal(look.values.get('output')?.[0], 2);
    look.turn(stateOf({ settings: { model: 'gmf' } }));
    assert.deepEqual([look.pair, look.pointed, look.values.size, look.picked], [null, null, 0, 'output']);
    look.turn(stateOf({ settings: { model: 'mf' } }));
    assert.equal(look.picked, '', 'a dot product has no weights');
    look.turn(stateOf({ settings: { model: 'ease' } }));
    assert.deepEqual([look.graph, look.picked], [null, '']);
  });

  test('only what has weights can be picked', () => {
    const look = lookOf({ picked: 'output' });
    assert.deepEqual(
      ['gmf.user', 'gmf.product', 'nothing', 'mlp.layers.1'].map((id) => look.pick(id)),
      [...[false, false, false, true]],
    );
    assert.equal(look.picked, 'mlp.layers.1');
  });

  test('an example’s numbers stay until its batch is trained', () => {
    const look = lookOf({});
    look.trouble = 'some';
    look.learn(passed(1), new Map());
    assert.deepEqual([look.values.get('output')?.[0], look.trouble], [1, '']);
    const under = underOf();
    look.follow(under);
    assert.deepEqual([look.values.get('output')?.[0], look.film, look.under], [0, 0, under]);
    look.learn(passed(2), new Map());
    assert.equal(look.values.get('output')?.[0], 0);
    under.trained = {};
    look.learn(passed(3), new Map());
    assert.equal(look.values.get('output')?.[0], 3);
  });

  test('an example is left for another pair, another model, and training that is no step', () => {
    const here = { user: 1, film: 0 };
    const left = (/** @type {any} */ next, busy = false) => {
      const look = lookOf({ state: stateOf(here), busy, pair: passed(5) });
      look.follow(underOf());
      const is = look.turn(stateOf({ ...here, ...next }));
      assert.equal(look.under === null, is);
      assert.equal(look.values.get('output')?.[0], is ? 5 : 0, 'the pair’s numbers are back');
      return is;
    };
    assert.equal(left({}), false);
    assert.equal(left({ user: 2 }), true);
    assert.equal(left({ film: 3 }), true);
    assert.equal(left({ model: { ...aModel } }), true);
    assert.equal(left({ phase: 'training' }), true);
    assert.equal(left({ phase: 'training' }, true), false, 'a step of its own');
    assert.equal(left({ phase: 'evaluating' }), false);
    const look = lookOf({});
    assert.equal(look.turn(stateOf({ user: 2 })), false, 'there is none to leave');
  });

  test('what is asked for: a pair and its piece, once there are a model and a film', () => {
    const look = lookOf({ film: 2 });
    assert.deepEqual([look.wanted()?.user, look.wanted()?.item], [1, 2]);
    assert.deepEqual(look.piece(), { users: [1, 2, 0], items: [2], pair: { user: 1, item: 2 } });
    assert.equal(lookOf({ film: 0 }).wanted()?.item, 0);
    assert.deepEqual(lookOf({ film: 0 }).piece()?.items, [0]);
    look.follow(underOf());
    assert.deepEqual(look.piece()?.items, [0, 2, 3], 'an example’s group');
    for (const none of [{ film: -1 }, { state: stateOf({ model: null }) }, { state: null }])
      assert.deepEqual([lookOf(none).wanted(), lookOf(none).piece()], [null, null]);
    assert.equal(lookOf({ graph: null }).wanted(), null);
    assert.equal(lookOf({ state: stateOf({ users: null }) }).piece(), null);
  });
});

describe('the scene', () => {
  test('numbers come stage by stage, then the loss, then gradients go back', () => {
    const at = (/** @type {number} */ phase, /** @type {number} */ share) => {
      const { reveal, back, said } = progressOf({ phase, share }, 4);
      return [reveal, back, said];
    };
    assert.deepEqual(at(-1, 1), [4, 0, true]);
    assert.deepEqual(at(0, 0.5), [-1, 0, false]);
    assert.deepEqual(at(1, 0.25), [-0.75, 0, false]);
    assert.deepEqual(at(2, 0.5), [2, 0, false]);
    assert.deepEqual(at(2, 1), [4, 0, true]);
    assert.deepEqual(at(3, 0.1), [4, 0, true]);
    assert.deepEqual(at(4, 0.5), [4, 2, true]);
    assert.deepEqual(at(5, 1), [4, 0, true]);
  });

  test('the number that is pointed at, with its gradient once that has come back', () => {
    const values = new Map([
      ['gmf.user', Float32Array.of(0.25, -0.5)],
      ['output', Float32Array.of(1)],
    ]);
    const said = (/** @type {any} */ pointed, /** @type {any} */ under = null, phase = -1) =>
      readoutOf(speech, { graph: graphOf(), pointed, values, under }, phase);
    assert.match(said(null), /^Point at a cell/);
    assert.equal(said({ id: 'gmf.user', index: 1 }), 'GMF user, number 2 of 2: −0.500');
    assert.equal(said({ id: 'output', index: 0 }), 'Output: 1.00');
    assert.equal(said({ id: 'gmf.item', index: 0 }), '', 'its numbers have not come');
    const cell = { id: 'gmf.user', index: 1 };
    assert.equal(said(cell, underOf(), 3), 'GMF user, number 2 of 2: −0.500');
    assert.equal(said(cell, underOf(), 4), 'GMF user, number 2 of 2: −0.500; gradient 0.0400');
  });

  /** @param {Partial<Look>} more @param {number} [phase] @param {number} [share] */
  const shown = (more, phase = -1, share = 1) => {
    const scene = sceneOf(speech, lookOf(more), { phase, share });
    assert(scene?.shown);
    return scene.shown;
  };

  test('the room is there with films and a network, else it says why not', () => {
    const instead = (/** @type {Partial<Look>} */ more) =>
      sceneOf(speech, lookOf(more), { phase: -1, share: 1 })?.instead;
    assert.equal(instead({}), null);
    assert.match(instead({ state: stateOf({ films: null }) }) ?? '', /^The network appears when/);
    const ease = { state: stateOf({ settings: { model: 'ease' } }), graph: null };
    assert.match(instead(ease) ?? '', /^EASE has no network/);
    assert.equal(sceneOf(speech, lookOf(ease), { phase: -1, share: 1 })?.shown, null);
    assert.equal(sceneOf(speech, lookOf({ state: null }), { phase: -1, share: 1 }), null);
  });

  test('the answer is the example’s until its batch is trained, and none before numbers have come there', () => {
    const pair = passed(2, { prediction: 0.75 });
    assert.equal(shown({}).answer, null);
    assert.equal(shown({ pair }).answer?.value, '75.0 %');
    assert.equal(shown({ pair, under: underOf() }, 4).answer?.value, '50.0 %');
    assert.equal(shown({ pair, under: underOf() }, 1).answer, null);
    const trained = { moved: { users: [], items: [] }, batch: 1, loss: 1, rows: { users: 1, items: 1 } };
    assert.equal(shown({ pair, under: underOf({ trained }) }, 5).answer?.value, '75.0 %');
  });

  test('lengths of gradients are noted while they are on their way back, and only then', () => {
    const { notes, gradients, back } = shown({ under: underOf() }, 4, 0.5).drawing;
    assert.deepEqual(
      [...notes],
      [
        ['output', '0.50'],
        ['gmf.user', '0.050'],
      ],
    );
    assert.equal(gradients.get('output'), 0.5);
    // NeuMF's output is the fifth stage.
    assert.equal(back, 2);
    assert.equal(shown({ under: underOf() }, 3).drawing.notes.size, 0);
    assert.equal(shown({}, 4).drawing.notes.size, 0);
  });

  test('embeddings glow by how far the batch has moved them, against the furthest of all', () => {
    const moved = {
      users: [
        { index: 1, distance: 0.1 },
        { index: 2, distance: 0.4 },
      ],
      items: [{ index: 0, distance: 0.2 }],
    };
    const under = underOf({ trained: { moved, batch: 1, loss: 1, rows: { users: 2, items: 1 } } });
    const { glow } = shown({ under }, 5).drawing;
    assert.deepEqual(
      [...glow],
      [
        ...[
          ['gmf.user', 0.25],
          ['gmf.item', 0.5],
        ],
        ...[
          ['mlp.user', 0.25],
          ['mlp.item', 0.5],
        ],
      ],
    );
    assert.equal(shown({ under }, 4).drawing.glow.size, 0);
  });

  test('the weights of the layer that is picked, where they are known', () => {
    const known = { name: 'output.weight', shape: [1, 2], values: Float32Array.of(1, 2) };
    const weights = new Map([['output.weight', known]]);
    assert.equal(shown({ picked: 'output', weights }).weights?.known, known);
    assert.equal(shown({ picked: 'mlp.layers.0', weights }).weights?.known, null);
    assert.equal(shown({ picked: '' }).weights, null);
  });
});

test('the table has every number of the pair, gradients beside them, and gaps where a vector is shorter', () => {
  const graph = graphOf({ model: 'mf', factors: 2 });
  const values = new Map([
    ['gmf.user', Float32Array.of(0.5, -1)],
    ['output', Float32Array.of(2)],
  ]);
  const table = tableOf(speech, lookOf({ graph, values, under: underOf() }));
  assert.equal(table?.caption, 'The numbers of user 20 and Heat (1995)');
  assert.deepEqual(table?.head.slice(0, 3), ['Number', 'User', 'User, gradient']);
  assert.deepEqual(table?.head.slice(-2), ['Output', 'Output, gradient']);
  assert.deepEqual(
    table?.rows.map((row) => [...row.slice(0, 3), ...row.slice(-2)]),
    [
      [1, '0.500', '0.0300', '2.00', '−0.500'],
      [2, '−1.00', '0.0400', '', ''],
    ],
  );
  assert.equal(tableOf(speech, lookOf({ film: -1 })), null);
});
