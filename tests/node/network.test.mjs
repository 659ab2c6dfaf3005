// What the network's room asks the worker for: against a reference that goes through the graph node by node, against
// counting by hand, and against training that nobody looked into.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { decodeWeights } from '../../wasm/lab/weights.mjs';
import { networkGraph } from '../../wasm/settings/graph.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { finish, lab, outcome } from './fixtures.mjs';
import { base, configured, opened } from './worker_client.mjs';

/** @typedef {Awaited<ReturnType<typeof configured>>} Lab */

const small = { factors: 4, layers: '12,8,5', std: 0.5 };
/** Compositions of all kinds. @type {Record<string, any>[]} */
const kinds = [
  { model: 'gmf' },
  { model: 'mlp' },
  { model: 'mlp', layers: '8' },
  { model: 'mlp', side: 'items', ids: 'off' },
  { model: 'neumf' },
  { model: 'neumf', activation: 'tanh', layers: '6' },
  { model: 'neumf', embeddings: 'shared', layers: '8,7,4' },
  { model: 'neumf', fusion: 'add', side: 'items' },
  { model: 'neumf', fusionLayers: '6,3', loss: 'squared', negativeWeight: 0.5 },
  { model: 'mf' },
  { model: 'bpr' },
  { model: 'mf-ratings' },
  { model: 'bias-mf', l2: '0' },
  { model: 'bias-mf', output: 'sigmoid' },
  { model: 'ncf-ratings' },
  { model: 'ancf' },
  { model: 'neural-ncf', activation: 'sigmoid', fusionLayers: '5' },
];
const nameOf = (/** @type {object} */ kind) => Object.values(kind).join(', ');
const learnt = (/** @type {object} */ kind) => ({ ...base, lr: 0.05, ...small, ...kind });

/** @param {Lab} worker */
async function tensorsOf({ ask }) {
  return decodeWeights(new Uint8Array((await ask('save')).bytes)).tensors;
}

/** A batch, and where it ends an epoch that one's evaluation. @param {Lab} worker @param {object} [fields] */
async function trainBatch({ ask, until, events }, fields) {
  const from = events.length;
  const answer = await ask('batch', fields);
  if (answer.epochEnded)
    await until(({ event, state }) => event === 'state' && (state === 'paused' || state === 'finished'), from);
  return answer;
}

/** @type {Record<string, (x: number) => number>} */
const activations = { relu: (x) => Math.max(0, x), tanh: Math.tanh, sigmoid: (x) => 1 / (1 + Math.exp(-x)) };

/**
 * What every node holds, as its edges say, in double precision.
 * @param {any} settings
 * @param {Map<string, any>} tensors
 * @param {number} user
 * @param {number} item
 */
function walk(settings, tensors, user, item) {
  const { nodes, edges } = /** @type {import('../../wasm/settings/graph.mjs').Graph} */ (networkGraph(settings));
  /** @type {Record<string, number[]>} */
  const values = {};
  const rowOf = (/** @type {string} */ name, /** @type {number} */ row, /** @type {number} */ width) =>
    Array.from(tensors.get(name).values.slice(row * width, (row + 1) * width));
  const add = (/** @type {number[]} */ sums, /** @type {import('../../wasm/settings/graph.mjs').GraphEdge} */ edge) => {
    const x = values[edge.from];
    if (!edge.tensor)
      return sums.length === 1 ? [sums[0] + x.reduce((a, b) => a + b, 0)] : sums.map((z, n) => z + x[n]);
    const { values: weights, shape } = tensors.get(edge.tensor);
    return sums.map((z, n) => x.reduce((sum, each, c) => sum + each * weights[n * shape[1] + edge.column + c], z));
  };
  for (const { id, kind, width, tensor } of nodes) {
    const row = id.endsWith('.user') ? user : id.endsWith('.item') ? item : 0;
    const into = edges.filter(({ to }) => to === id);
    if (kind === 'embedding' || kind === 'bias') values[id] = rowOf(String(tensor), row, width);
    else if (kind === 'product') values[id] = values['gmf.user'].map((p, n) => p * values['gmf.item'][n]);
    else {
      const bias = tensor ? Array.from(tensors.get(tensor.replace('weight', 'bias')).values) : [0];
      values[id] = into.reduce(add, /** @type {number[]} */ (bias));
      if (kind === 'layer') values[id] = values[id].map(activations[settings.activation]);
    }
  }
  return values;
}

/** @param {ArrayLike<number>} got @param {ArrayLike<number>} expected @param {string} what */
function near(got, expected, what) {
  assert.equal(got.length, expected.length, what);
  Array.from(expected).forEach((each, n) =>
    assert(Math.abs(got[n] - each) < 1e-5 * (1 + Math.abs(each)), `${what}[${n}]: got ${got[n]}, expected ${each}`),
  );
}

describe('the graph of a network', () => {
  for (const kind of kinds)
    test(`of ${nameOf(kind)} has the widths of the model’s own tensors, and all of its weights`, async (t) => {
      const { model, settings } = (await lab(t)).run(learnt(kind));
      const { nodes, edges } = /** @type {any} */ (networkGraph(settings));
      const shapes = new Map(model.tensors.map(({ name, shape }) => [name, shape]));
      const widths = new Map(nodes.map((/** @type {any} */ { id, width }) => [id, width]));
      assert.equal(widths.size, nodes.length, 'each node once');
      const used = new Set();
      for (const { id, kind: what, width, tensor } of nodes) {
        if (tensor) used.add(tensor);
        if (what === 'embedding') assert.equal(shapes.get(tensor)[1], width, id);
        if (what === 'layer') assert.equal(shapes.get(tensor)[0], width, id);
        const into = edges.filter((/** @type {any} */ { to }) => to === id);
        const weighed = into.filter((/** @type {any} */ edge) => edge.tensor);
        let column = 0;
        for (const edge of weighed) {
          assert.equal(edge.tensor, tensor);
          assert.equal(edge.column, column);
          column += widths.get(edge.from);
        }
        if (weighed.length > 0) assert.equal(shapes.get(tensor)[1], column, id);
        assert.equal(into.length > 0, what !== 'embedding' && what !== 'bias', id);
      }
      assert(edges.every((/** @type {any} */ { from, to }) => widths.has(from) && widths.has(to)));
      const rest = [...shapes.keys()].filter((name) => !used.has(name));
      assert(
        rest.every((name) => /^(mlp|fusion)\.layers\.\d\.bias$|^output\.bias$|_features/.test(name)),
        String(rest),
      );
    });

  test('of NeuMF leads from four embeddings to one number', () => {
    const { nodes, edges } = /** @type {any} */ (networkGraph(checkSettings({ model: 'neumf' })));
    assert.deepEqual(
      nodes.map((/** @type {any} */ { id, kind, width, part }) => [id, kind, width, part]),
      [
        ['gmf.user', 'embedding', 8, 'gmf'],
        ['gmf.item', 'embedding', 8, 'gmf'],
        ['gmf.product', 'product', 8, 'gmf'],
        ['mlp.user', 'embedding', 32, 'mlp'],
        ['mlp.item', 'embedding', 32, 'mlp'],
        ['mlp.layers.0', 'layer', 32, 'mlp'],
        ['mlp.layers.1', 'layer', 16, 'mlp'],
        ['mlp.layers.2', 'layer', 8, 'mlp'],
        ['output', 'output', 1, 'output'],
      ],
    );
    assert.deepEqual(edges.slice(-2), [
      { from: 'gmf.product', to: 'output', tensor: 'output.weight', column: 0 },
      { from: 'mlp.layers.2', to: 'output', tensor: 'output.weight', column: 8 },
    ]);
  });

  test('is none for models that have no network', () => {
    for (const model of ['random', 'itempop', 'itemknn', 'ease', 'global-mean', 'user-mean', 'item-mean', 'bias'])
      assert.equal(networkGraph(checkSettings({ model })), null, model);
  });
});

describe('an example’s way', () => {
  for (const kind of [...kinds, { model: 'ials', l2: 0.01 }])
    test(`through ${nameOf(kind)} has what each node is computed to be`, async (t) => {
      const worker = await configured(t, learnt(kind));
      const { settings } = worker.model;
      if (kind.model === 'ials') await worker.ask('step').then(() => worker.state('paused'));
      // Within an epoch, where the model itself may lag behind.
      else for (let n = 0; n < 3; n++) await worker.ask('batch');
      const tensors = await tensorsOf(worker);
      const { nodes } = /** @type {any} */ (networkGraph(settings));
      for (const [user, item] of [
        [3, 5],
        [17, 2],
      ]) {
        const way = await worker.ask('pair', { user, item });
        assert.deepEqual(
          way.nodes.map((/** @type {any} */ { id }) => id),
          nodes.map((/** @type {any} */ { id }) => id),
        );
        near([Object.values(way.shares).reduce((a, b) => a + b, 0)], [way.logit], 'shares');
        near(way.nodes.at(-1).id === 'output' ? way.nodes.at(-1).values : [], [way.logit], 'output');
        // What features add to an embedding the graph doesn't tell.
        if (settings.side !== 'off') continue;
        const expected = walk(settings, tensors, user, item);
        for (const { id, values } of way.nodes) near(values, expected[id], id);
      }
    });

  test('knows what the user has, and gives the probability', async (t) => {
    const worker = await configured(t);
    const { dataset, split } = await lab(t);
    const own = new Set(dataset.history(4).map(({ item }) => item));
    for (let item = 0; item < 40; item++) {
      const { known, logit, prediction } = await worker.ask('pair', { user: 4, item });
      assert.equal(known, own.has(item) && item !== split.testItem(4));
      near([prediction], [1 / (1 + Math.exp(-logit))], 'prediction');
    }
    await assert.rejects(worker.ask('pair', { user: 4, item: 1e6 }), /^LabError: There is no film 1000000/);
    await assert.rejects(worker.ask('pair', { user: -1, item: 0 }), /^LabError: There is no user -1/);
  });

  test('of ratings ends with a rating, the scale’s where the output is scaled', async (t) => {
    const { ask } = await configured(t, learnt({ model: 'bias-mf', output: 'sigmoid' }));
    const { dataset } = await lab(t);
    const [{ item }] = dataset.history(1);
    const { logit, prediction, known } = await ask('pair', { user: 1, item });
    near([prediction], [0.5 + 4.5 / (1 + Math.exp(-logit))], 'prediction');
    assert.equal(known, true);
    assert.equal(
      (await ask('example', { user: 1, item, label: 3 })).loss.toFixed(4),
      ((3 - prediction) ** 2).toFixed(4),
    );
  });

  test('is refused where there is no network', async (t) => {
    const { ask } = await configured(t, { model: 'itempop' });
    await assert.rejects(ask('pair', { user: 1, item: 1 }), { message: 'ItemPop has no network to look into.' });
  });
});

describe('an example’s gradients', () => {
  for (const kind of kinds)
    test(`in ${nameOf(kind)} are the slopes of its loss`, async (t) => {
      const worker = await configured(t, learnt(kind));
      const { settings } = worker.model;
      const ratings = ['mf-ratings', 'bias-mf', 'ncf-ratings', 'ancf', 'neural-ncf'].includes(settings.model);
      const label = ratings ? 4 : 1;
      const way = await worker.ask('example', { user: 3, item: 5, label, other: 9 });
      const other = (await worker.ask('pair', { user: 3, item: 9 })).logit;
      const lossOf = (/** @type {number} */ z) => {
        const rating = settings.output === 'sigmoid' ? 0.5 + 4.5 / (1 + Math.exp(-z)) : z;
        if (ratings) return (label - rating) ** 2;
        if (settings.loss === 'squared') return (1 - z) ** 2;
        return Math.log1p(Math.exp(settings.loss === 'bpr' ? other - z : -z));
      };
      near([way.loss], [lossOf(way.logit)], 'loss');
      const slope = (lossOf(way.logit + 1e-4) - lossOf(way.logit - 1e-4)) / 2e-4;
      near(way.gradients.at(-1).values, [slope], 'output');
      assert.deepEqual(
        way.gradients.map((/** @type {any} */ { id, values }) => [id, values.length]),
        way.nodes.map((/** @type {any} */ { id, values }) => [id, values.length]),
      );
      assert.deepEqual(
        way.tensors.map((/** @type {any} */ { name }) => name),
        worker.model.tensors.map((/** @type {any} */ { name }) => name),
      );
      assert(way.tensors.every((/** @type {any} */ { norm }) => norm >= 0) && way.tensors[0].norm > 0);
      // By the chain rule that of a table is that of the node it gives, and that of h what it multiplies.
      const norm = (/** @type {string} */ name) =>
        way.tensors.find((/** @type {any} */ each) => each.name === name)?.norm;
      const user = way.gradients.find((/** @type {any} */ { id }) => /^(gmf|mlp)\.user$/.test(id));
      const [part] = user.id.split('.');
      near([norm(`${part}.user_embedding.weight`)], [Math.hypot(...user.values)], user.id);
    });

  test('are refused where no single example is learnt from, and of half a pair', async (t) => {
    const { ask } = await configured(t, { model: 'bpr' });
    await assert.rejects(ask('example', { user: 1, item: 1, label: 1 }), /name the other film of the pair/);
    await ask('configure', { settings: { ...base, model: 'ials' } });
    await assert.rejects(ask('example', { user: 1, item: 1, label: 1 }), /^LabError: iALS doesn’t learn from single/);
  });

  test('of the second of a pair push the other way', async (t) => {
    const { ask } = await configured(t, learnt({ model: 'bpr' }));
    const first = await ask('example', { user: 1, item: 2, label: 1, other: 3 });
    const second = await ask('example', { user: 1, item: 3, label: 0, other: 2 });
    near([second.loss], [first.loss], 'the pair’s loss');
    near(second.gradients.at(-1).values, [-first.gradients.at(-1).values[0]], 'output');
    assert(first.gradients.at(-1).values[0] < 0);
  });
});

describe('a look at the next batch', () => {
  for (const settings of [{}, { order: 'grouped', negatives: 50 }, { model: 'bpr', negatives: 3 }, { batchSize: 500 }])
    test(`(${JSON.stringify(settings)}) tells what it trains on`, async (t) => {
      const worker = await configured(t, settings);
      const { ask } = worker;
      const { run: runOf, split } = await lab(t);
      const run = runOf({ ...base, ...settings });
      const trainer = /** @type {import('../../wasm/core.mjs').Trainer} */ (run.trainer);
      const { negatives } = run.settings;
      // Past the end of the epoch, where a batch may be smaller.
      for (let n = 0; n < Math.min(run.batches + 2, 12); n++) {
        const next = await ask('peek', { from: 0, count: 1e6 });
        trainer.run(1);
        const now = trainer.batch();
        assert.deepEqual(
          next.examples.map((/** @type {any} */ { user, item, label }) => [user, item, label]),
          Array.from(now.users, (user, b) => [user, now.items[b], now.labels[b]]),
        );
        assert.equal(next.size, now.users.length);
        assert.equal(next.batches, run.batches);
        for (const { user, item, label, positive, negatives: drawn } of next.examples) {
          assert.equal(drawn.length, negatives);
          assert(split.has(user, positive) && drawn.every((/** @type {number} */ film) => !split.has(user, film)));
          assert(label === 1 ? item === positive : drawn.includes(item));
        }
        const trained = await trainBatch(worker);
        const { done, epoch } = trainer.progress();
        assert.deepEqual([next.epoch, next.batch], [epoch, Math.ceil(done / trainer.batchSize)]);
        assert.deepEqual([trained.epoch, trained.batch, trained.batches], [next.epoch, next.batch, next.batches]);
        assert.deepEqual(trained.rows, { users: new Set(now.users).size, items: new Set(now.items).size });
      }
    });

  test('begins where it is asked to and ends with the batch', async (t) => {
    const { ask } = await configured(t);
    const all = await ask('peek', { from: 0, count: 64 });
    assert.deepEqual((await ask('peek', { from: 60, count: 10 })).examples, all.examples.slice(60));
    assert.deepEqual((await ask('peek', { from: 3, count: 2 })).examples, all.examples.slice(3, 5));
    assert.deepEqual((await ask('peek', { from: 64, count: 2 })).examples, []);
    assert.deepEqual((await ask('peek', { from: -1, count: 2 })).examples, all.examples.slice(0, 2));
  });

  test('of ratings has these as labels, and no negatives', async (t) => {
    const { ask } = await configured(t, { model: 'bias-mf' });
    const { dataset } = await lab(t);
    const { examples } = await ask('peek', { from: 0, count: 20 });
    for (const { user, item, label, positive, negatives } of examples) {
      assert.equal(dataset.history(user).find((rated) => rated.item === item)?.rating, label);
      assert.deepEqual([positive, negatives], [item, []]);
    }
  });
});

describe('training by batches', () => {
  for (const settings of [
    { model: 'neumf', optimizer: 'adam' },
    { model: 'bpr' },
    { model: 'mf', batchSize: 1, optimizer: 'sgd', lr: 0.02 },
    { model: 'bias-mf', validation: 'on' },
  ])
    test(`(${JSON.stringify(settings)}) is training: the same numbers and bits`, async (t) => {
      const all = { ...base, epochs: 2, ...settings };
      const worker = await configured(t, all);
      const run = (await lab(t)).run(all);
      finish(run);
      const losses = [];
      const { batches } = worker.model;
      for (let n = 1; n <= batches; n++) {
        const { batch, loss, epochEnded } = await trainBatch(worker);
        assert.deepEqual([batch, epochEnded], [n, n === batches]);
        losses.push(loss);
      }
      const size = run.settings.batchSize;
      const instances = run.trainer?.instances ?? 0;
      const sum = losses.reduce((total, loss, n) => total + loss * Math.min(size, instances - n * size), 0);
      near([sum / instances], [Number(worker.epochs()[1].loss)], 'mean loss');
      const told = worker.events.filter(({ event }) => event === 'progress');
      assert.deepEqual([told.length, told.at(-1).share], [batches, 1]);
      // The second epoch partly by batches, partly by training.
      await trainBatch(worker);
      const from = worker.events.length;
      await worker.ask('train');
      await worker.state('finished', from);
      assert.deepEqual(
        worker.epochs().map(({ epoch, loss, metrics }) => ({ epoch, loss, metrics })),
        outcome(run).epochs,
      );
      assert.equal(worker.events.findLast(({ hash }) => hash).hash, run.model.hash());
    });

  test('the last batch of all finishes the run, and more epochs go on from the last weights', async (t) => {
    const settings = { ...base, epochs: 1, validation: 'on', patience: 0, lr: 0.3 };
    const worker = await configured(t, settings);
    for (let n = 0; n < worker.model.batches; n++) await trainBatch(worker);
    assert.equal(worker.events.findLast(({ event }) => event === 'state').state, 'finished');
    await assert.rejects(worker.ask('batch'), /^LabError: All epochs are trained\. Choose more/);
    await worker.ask('live', { settings: { epochs: 2 } });
    for (let n = 0; n < worker.model.batches; n++) await trainBatch(worker);
    const run = (await lab(t)).run({ ...settings, epochs: 2 });
    finish(run);
    assert.deepEqual(worker.epochs().at(-1).metrics, run.history[2].metrics);
  });

  test('tells how far the watched embeddings moved', async (t) => {
    const worker = await configured(t, { model: 'neumf', lr: 0.05 });
    const watch = { users: [0, 7, 39], items: [1, 0] };
    for (let n = 0; n < 3; n++) {
      const before = await tensorsOf(worker);
      const { moved } = await worker.ask('batch', { watch });
      const after = await tensorsOf(worker);
      for (const [side, indices] of Object.entries(watch)) {
        const expected = indices.map((row) => {
          let squares = 0;
          for (const part of ['gmf', 'mlp']) {
            const name = `${part}.${side.slice(0, -1)}_embedding.weight`;
            const { shape, values } = /** @type {any} */ (before.get(name));
            for (let d = row * shape[1]; d < (row + 1) * shape[1]; d++)
              squares += /** @type {any} */ (after.get(name).values[d] - values[d]) ** 2;
          }
          return Math.sqrt(squares);
        });
        assert.deepEqual(
          moved[side].map((/** @type {any} */ { index }) => index),
          indices,
        );
        near(
          moved[side].map((/** @type {any} */ { distance }) => distance),
          expected,
          side,
        );
        assert(expected.some((distance) => distance > 0.01));
      }
    }
  });

  test('waits for the measure of the untrained model', async (t) => {
    const worker = await opened(t);
    await worker.ask('configure', { settings: { ...base, eval: 'full' } });
    const [first, second] = await Promise.all([worker.ask('batch'), worker.ask('batch')]);
    assert.deepEqual([first.batch, second.batch], [1, 2]);
    const run = (await lab(t)).run({ ...base, eval: 'full' });
    for (const { event } of run.slices()) if (event === 'epoch') break;
    assert.deepEqual(worker.epochs()[0].metrics, run.history[0].metrics);
    assert.equal(worker.epochs().length, 1);
  });

  test('comes after an evaluation that was paused', async (t) => {
    const worker = await configured(t);
    let ended = false;
    for (let n = 1; n < worker.model.batches; n++) await worker.ask('batch');
    // The pause is there before the evaluation has begun.
    const asked = worker.ask('batch').then(({ epochEnded }) => (ended = epochEnded));
    const paused = worker.ask('pause');
    await Promise.all([asked, paused]);
    assert.equal(ended, true);
    assert.equal(worker.events.findLast(({ event }) => event === 'state').state, 'paused');
    const { epoch, batch } = await worker.ask('batch');
    assert.deepEqual([epoch, batch], [2, 1]);
    assert.deepEqual(
      worker.epochs().map((each) => each.epoch),
      [0, 1],
    );
  });

  test('is refused while the epoch that it ended is evaluated', async (t) => {
    const worker = await configured(t);
    for (let n = 1; n < worker.model.batches; n++) await worker.ask('batch');
    const from = worker.events.length;
    const [last, next] = await Promise.allSettled([worker.ask('batch'), worker.ask('batch')]);
    assert(last.status === 'fulfilled' && last.value.epochEnded);
    assert(next.status === 'rejected' && /^Training runs already/.test(next.reason.message));
    await worker.state('paused', from);
    assert.equal((await worker.ask('batch')).epoch, 2);
  });

  test('is refused with a reason', async (t) => {
    const { ask, state, events, until } = await configured(t, { epochs: 1000 });
    await ask('train');
    await until(({ event }) => event === 'progress');
    await assert.rejects(ask('batch'), { message: 'Training runs already. Pause it to go batch by batch.' });
    await ask('pause');
    for (const model of ['itempop', 'ease', 'itemknn', 'ials', 'bias']) {
      await ask('configure', { settings: { ...base, model } });
      await assert.rejects(ask('batch'), /does not learn in batches of examples\.$/, model);
      await assert.rejects(ask('peek', { from: 0, count: 1 }), /does not learn in batches/, model);
    }
    await ask('configure', { settings: { ...base, model: 'neumf', pretrain: 1 } });
    await assert.rejects(ask('batch'), /^LabError: GMF and MLP are to be trained first/);
    await ask('configure', { settings: { ...base, model: 'mf', optimizer: 'sgd', lr: 1, std: 10, loss: 'squared' } });
    const from = events.length;
    const diverge = async () => {
      for (let n = 0; n < 1000; n++) await trainBatch(/** @type {any} */ ({ ask, until, events }));
    };
    await assert.rejects(diverge, /training diverged/);
    await state('diverged', from);
    await assert.rejects(ask('batch'), /^LabError: Training diverged\. Reset/);
  });
});

describe('weights', () => {
  test('of layers and output are those of a file, also within an epoch', async (t) => {
    const worker = await configured(t, { model: 'neumf', fusionLayers: '6' });
    await worker.ask('batch');
    const tensors = await tensorsOf(worker);
    for (const [name, { shape, values }] of tensors) {
      if (/embedding/.test(name)) continue;
      const told = await worker.ask('weights', { name });
      assert.deepEqual(told, { name, shape, values: Float32Array.from(values) });
    }
    for (const name of ['gmf.user_embedding.weight', 'none', 'mlp.layers.9.weight'])
      await assert.rejects(worker.ask('weights', { name }), {
        message: `The model has no layer or output weights “${name}”.`,
      });
  });

  test('of more than a million numbers are not handed out', async (t) => {
    const { ask } = await configured(t, { model: 'mlp', layers: '1200,1000,8', epochs: 1 });
    await assert.rejects(ask('weights', { name: 'mlp.layers.0.weight' }), /more than a million numbers/);
    assert.equal((await ask('weights', { name: 'mlp.layers.1.weight' })).values.length, 8000);
  });
});
