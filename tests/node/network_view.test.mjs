// What the drawing of the network is made of: where blocks stand, what flows between them, and numbers in words.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { networkGraph } from '../../wasm/settings/graph.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { cellAt, cellNear, layOut, stagesOf } from '../../web/rooms/network/layout.js';
import { lengthOf, linksOf } from '../../web/rooms/network/links.js';
import { number, short, signed } from '../../web/rooms/network/numbers.js';
import { filmName, findFilms } from '../../web/parts/film_picker.js';

const models = [
  ...[{}, { model: 'gmf' }, { model: 'mlp' }, { model: 'mf' }, { model: 'bpr' }, { model: 'ials' }],
  ...[{ model: 'bias-mf' }, { model: 'ancf' }, { model: 'neural-ncf' }, { embeddings: 'shared' }, { fusion: 'add' }],
  ...[{ factors: 1 }, { factors: 512 }, { model: 'mlp', layers: '64' }, { fusionLayers: '32,16,8,4' }],
  { model: 'mlp', layers: Array(10).fill(4096).join() },
];
const rooms = [
  { down: false, along: 480, across: 448, target: 36 },
  { down: false, along: 820, across: 448, target: 36 },
  { down: true, along: 0, across: 328, target: 44 },
];

/** @param {Record<string, unknown>} settings */
function graphOf(settings) {
  const graph = networkGraph(checkSettings(settings));
  assert(graph);
  return graph;
}

describe('layout', () => {
  for (const settings of models)
    test(`blocks of ${JSON.stringify(settings).slice(0, 60)} are inside, apart and in the order of the way`, () => {
      const graph = graphOf(settings);
      for (const room of rooms) {
        const layout = layOut(graph, room);
        const blocks = [...layout.blocks.values()];
        const [width, height] = room.down ? [room.across, layout.along] : [room.along, room.across];
        assert.equal(blocks.length, graph.nodes.length);
        for (const { node, x, y, w, h, lines, per } of blocks) {
          assert(x >= 0 && y >= 0 && x + w <= width + 1e-6 && y + h <= height + 1e-6, `${node.id} is inside`);
          assert(lines * per >= node.width && (lines - 1) * per < node.width, `${node.id} has room for its cells`);
        }
        for (const a of blocks)
          for (const b of blocks)
            if (a !== b)
              assert(
                a.x + a.w <= b.x + 1e-6 ||
                  b.x + b.w <= a.x + 1e-6 ||
                  a.y + a.h <= b.y + 1e-6 ||
                  b.y + b.h <= a.y + 1e-6,
                `${a.node.id} and ${b.node.id} are apart`,
              );
        for (const { from, to } of graph.edges) {
          const [a, b] = [from, to].map((id) => layout.blocks.get(id) ?? assert.fail(id));
          assert(room.down ? a.y + a.h < b.y : a.x + a.w < b.x, `${from} stands before ${to}`);
        }
      }
    });

  test('every cell is found again where it is drawn', () => {
    for (const room of rooms) {
      const layout = layOut(graphOf({ factors: 12 }), room);
      for (const block of layout.blocks.values())
        for (let index = 0; index < block.node.width; index++) {
          const { x, y } = cellAt(layout, block, index);
          assert.equal(cellNear(layout, block, x, y), index);
        }
    }
  });

  test('a stage is the longest way that leads there', () => {
    const stages = stagesOf(graphOf({}));
    assert.deepEqual(
      ['gmf.user', 'gmf.product', 'mlp.layers.0', 'mlp.layers.2', 'output'].map((id) => stages.get(id)),
      [0, 1, 1, 3, 4],
    );
  });
});

describe('links', () => {
  const graph = graphOf({ factors: 2, layers: '4,2' });
  const values = new Map(
    Object.entries({
      'gmf.user': [1, -2],
      'gmf.item': [3, 0.5],
      'gmf.product': [3, -1],
      'mlp.user': [1, 2],
      'mlp.item': [-1, 0],
      'mlp.layers.0': [0.5, 0],
      output: [4],
    }).map(([id, all]) => [id, Float32Array.from(all)]),
  );
  const tensor = (/** @type {string} */ name, /** @type {number[]} */ shape, /** @type {number[]} */ all) => [
    name,
    { name, shape, values: Float32Array.from(all) },
  ];
  const weights = new Map(
    /** @type {any} */ ([
      tensor('mlp.layers.0.weight', [2, 4], [1, 2, 3, 4, 5, 6, 7, 8]),
      tensor('output.weight', [1, 4], [10, 20, 30, 40]),
    ]),
  );
  const link = (/** @type {any} */ links, /** @type {string} */ from, /** @type {string} */ to) =>
    links.find((/** @type {any} */ one) => one.from === from && one.to === to);

  test('a line is what a number gives: its weight, from its own columns, times the number', () => {
    const links = linksOf(graph, values, weights, null);
    const lines = link(links, 'mlp.item', 'mlp.layers.0').lines;
    assert.deepEqual(
      lines.map((/** @type {any} */ { a, b, value }) => [a, b, value]),
      [
        [0, 0, -3],
        [1, 0, 0],
        [0, 1, -7],
        [1, 1, 0],
      ],
    );
    const out = link(links, 'mlp.layers.0', 'output');
    assert.deepEqual(
      out.lines.map((/** @type {any} */ { value }) => value),
      [15, 0],
    );
    assert.equal(out.most, 15);
  });

  test('products lead number to number, and what has no weights yet has no lines', () => {
    const links = linksOf(graph, values, new Map(), null);
    const lines = link(links, 'gmf.user', 'gmf.product').lines;
    assert.deepEqual(
      lines.map((/** @type {any} */ { a, b, value }) => [a, b, value]),
      [
        [0, 0, 3],
        [1, 1, -1],
      ],
    );
    assert.deepEqual(link(links, 'mlp.user', 'mlp.layers.0').lines, []);
  });

  test('of a cell in focus only its own lines are shown', () => {
    const links = linksOf(graph, values, weights, { id: 'mlp.layers.0', index: 1 });
    assert(link(links, 'mlp.user', 'mlp.layers.0').lines.every((/** @type {any} */ { b }) => b === 1));
    assert(link(links, 'mlp.layers.0', 'output').lines.every((/** @type {any} */ { a }) => a === 1));
    assert.equal(link(links, 'gmf.product', 'output').lines.length, 2);
  });

  test('the strongest lines are kept where there are many', () => {
    const wide = graphOf({ model: 'mlp', layers: '64,32' });
    const x = Float32Array.from({ length: 32 }, () => 1);
    const w = Float32Array.from({ length: 32 * 64 }, (_, n) => (n % 2 === 0 ? 1 : -1) * n);
    const name = 'mlp.layers.0.weight';
    const all = new Map(wide.nodes.map(({ id, width }) => [id, id.startsWith('mlp') ? x : new Float32Array(width)]));
    const lines = link(
      linksOf(wide, all, new Map([[name, { name, shape: [32, 64], values: w }]]), null),
      'mlp.item',
      'mlp.layers.0',
    ).lines;
    const least = Math.min(...lines.map((/** @type {any} */ { value }) => Math.abs(value)));
    assert(lines.length < 32 * 32 && lines.length >= 32);
    // The item's columns are the second half of each row: the largest weights are the last of the last rows.
    assert.equal(least, 64 * 32 - (lines.length / 32) * 64 + 32);
  });

  test('the length of a vector', () => {
    assert.equal(lengthOf(Float32Array.of(3, -4)), 5);
    assert.equal(lengthOf(undefined), 0);
  });
});

test('numbers in words', () => {
  assert.deepEqual([0, 1, -0.25, 1234.4, 0.000123, -2.5e-7, 3e8, NaN].map(number), [
    ...['0', '1.00', '−0.250', '1234', '0.000123', '−2.5 · 10⁻⁷', '3.0 · 10⁸', '–'],
  ]);
  assert.deepEqual([0.5, -0.5, 0].map(signed), ['+0.500', '−0.500', '0']);
  assert.deepEqual([0.00001, 0.00034, 0.0123, 1.23].map(short), ['≈ 0', '0.0003', '0.012', '1.2']);
});

test('films are found by their titles: beginnings first, then the best known, whatever the case and the accents', () => {
  const films = {
    titles: ['The Heat', 'Heat', 'Amélie', 'Heathers', 'Dead Heat'],
    years: Uint16Array.of(2013, 1995, 2001, 0, 1988),
    genres: [[], [], [], [], []],
    counts: Uint32Array.of(50, 3, 20, 9, 60),
  };
  assert.deepEqual(findFilms(films, 'HEAT'), [3, 1, 4, 0]);
  assert.deepEqual(findFilms(films, 'amelie'), [2]);
  assert.deepEqual(findFilms(films, ' '), [4, 0, 2, 3, 1]);
  assert.deepEqual(findFilms(films, '', 2), [4, 0]);
  assert.deepEqual(findFilms(films, 'nothing'), []);
  assert.equal(filmName(films, 1), 'Heat (1995)');
  assert.equal(filmName(films, 3), 'Heathers');
});
