// Result files: what is made of a run, what is refused, what comes back of a file, and that a run can be run again from it,
// however it went.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { firstSettings, rerun } from '../../wasm/lab/rerun.mjs';
import { ResultError, judgeResult, makeResult, readResult, resultFile, writeResult } from '../../wasm/lab/result.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { version } from '../../wasm/lab/version.mjs';
import { decodeWeights, encodeWeights, fitWeights } from '../../wasm/lab/weights.mjs';
import { checkSettings, defaultSettings, toConfig } from '../../wasm/settings/settings.mjs';
import { finish, lab, root } from './fixtures.mjs';
import { drive, handed } from './handed.mjs';

/** @typedef {import('../../wasm/lab/result.mjs').Handed} Handed */

/**
 * Runs a result again.
 * @param {import('../../wasm/core.mjs').Dataset} dataset
 * @param {ReturnType<typeof readResult>} result
 */
function again(dataset, { checked, rates, epochs_trained: epochs }) {
  const run = new Run(dataset, firstSettings(checked, rates));
  try {
    return [...rerun(run, rates, epochs)];
  } finally {
    run.free();
  }
}

test('the version of the program is that of its package', () =>
  assert.equal(version, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version));

describe('a run is run again from its file alone', () => {
  /** @type {[string, Record<string, unknown>, (run: Run) => import('../../wasm/lab/run.mjs').RunEvent[]][]} */
  const ways = [
    ['to its end', { model: 'neumf', epochs: 3, eval: 'both' }, drive],
    ['solved in one go', { model: 'ease' }, drive],
    ['of a model that learns nothing', { model: 'itempop' }, drive],
    ['by other ways than gradients', { model: 'ials', epochs: 2 }, drive],
    ['of a model that predicts ratings', { model: 'bias-mf', epochs: 2 }, drive],
    ['pretrained', { model: 'neumf', pretrain: 2, epochs: 2 }, drive],
    ['with validation, back at its best epoch', { model: 'gmf', validation: 'on', epochs: 6, lr: 0.05 }, drive],
    ['until patience is over', { model: 'gmf', validation: 'on', patience: 1, epochs: 50, lr: 0.05 }, drive],
    [
      'left within an epoch',
      { model: 'gmf', epochs: 5, batchSize: 64 },
      (run) => {
        run.change({ epochs: 2 });
        const events = drive(run);
        run.change({ epochs: 5 });
        run.trainBatch();
        return events;
      },
    ],
    [
      'given more epochs, and fewer than it has',
      { model: 'mlp', epochs: 2 },
      (run) => {
        const events = drive(run);
        run.change({ epochs: 4 });
        events.push(...drive(run));
        run.change({ epochs: 3 });
        return events;
      },
    ],
    [
      'with more epochs after validation went back',
      { model: 'gmf', epochs: 4, validation: 'on', lr: 0.05 },
      (run) => {
        const events = drive(run);
        run.change({ epochs: 6 });
        return [...events, ...drive(run)];
      },
    ],
    [
      'with learning rates that changed before, within and between epochs',
      { model: 'neumf', epochs: 1, batchSize: 64 },
      (run) => {
        run.change({ lr: 0.5 });
        run.change({ lr: 0.01 });
        const events = drive(run);
        run.change({ epochs: 3, lr: 0.003 });
        run.trainBatch();
        run.trainBatch();
        run.change({ lr: 0.1 });
        run.trainBatch();
        run.change({ lr: 0.02 });
        run.change({ lr: 0.03 });
        return [...events, ...drive(run)];
      },
    ],
  ];
  for (const [what, settings, act] of ways)
    test(what, async (t) => {
      const { dataset } = await lab(t);
      const run = new Run(dataset, checkSettings({ factors: 4, ...settings }));
      t.after(() => run.free());
      const made = makeResult(handed(run, act(run)));
      const result = readResult(writeResult(made));
      const { checked, ...rest } = result;
      assert.deepEqual(rest, made, 'what is read is what was written');
      assert.deepEqual(toConfig(checked), toConfig(run.settings));
      assert.equal(result.epochs.at(-1)?.epoch, result.epochs_trained);
      assert.deepEqual(again(dataset, result), result.epochs);
      const standing = result.epochs.find(({ epoch }) => epoch === (result.selected ?? result.epochs_trained));
      assert.equal(result.weights_hash, standing?.hash);
    });

  test('rates that no batch was trained with leave no trace', async (t) => {
    const { dataset } = await lab(t);
    const run = new Run(dataset, checkSettings({ model: 'gmf', factors: 4, epochs: 1 }));
    t.after(() => run.free());
    run.change({ lr: 0.5 });
    run.change({ lr: 0.01 });
    assert.deepEqual(run.rates, []);
    finish(run);
    run.change({ lr: 0.5 });
    run.change({ lr: 0.01 });
    assert.deepEqual(run.rates, [], 'back at what it was');
    run.change({ lr: 0.02 });
    const { batches } = run;
    assert.deepEqual(run.rates, [
      { batch: 0, lr: 0.01 },
      { batch: batches, lr: 0.02 },
    ]);
  });
});

/** A result of two epochs of GMF, and its data. @param {import('node:test').TestContext} t @param {Partial<Handed>} [more] */
async function small(t, more = {}) {
  const { dataset } = await lab(t);
  const run = new Run(dataset, checkSettings({ model: 'gmf', factors: 4, epochs: 2 }));
  t.after(() => run.free());
  const whole = handed(run, drive(run));
  return { whole, result: makeResult({ ...whole, ...more }) };
}

describe('what can’t be handed in is refused by one sentence', () => {
  for (const [what, more, message] of /** @type {[string, Partial<Handed>, RegExp][]} */ ([
    ['what came with the page', { shipped: true, loaded: true }, /came with the page/],
    ['what began with a file', { loaded: true }, /began with the weights of a file/],
    ['what has not ended an epoch', { epochs: [] }, /nothing to hand in yet/],
  ]))
    test(what, async (t) => {
      const { whole } = await small(t);
      assert.throws(
        () => makeResult({ ...whole, ...more }),
        (error) => {
          assert.ok(error instanceof ResultError);
          return message.test(error.message);
        },
      );
      assert.throws(() => makeResult({ ...whole, epochs: whole.epochs.slice(0, 1) }), /nothing to hand in yet/);
    });

  test('a run that was loaded says so itself', async (t) => {
    const { dataset } = await lab(t);
    const settings = checkSettings({ model: 'gmf', factors: 4, epochs: 1 });
    const [first, second] = [new Run(dataset, settings), new Run(dataset, settings)];
    t.after(() => [first, second].forEach((run) => run.free()));
    finish(first);
    second.load(fitWeights(decodeWeights(encodeWeights(first.model, first.config())), dataset));
    assert.throws(() => makeResult(handed(second, drive(second))), /began with the weights of a file/);
  });
});

test('a result says who, what was asked and answered, and how far it has come', async (t) => {
  const exercise = 'Learn | hr@10 >= 0 | parameters <= 1 | ? Why';
  const more = {
    exercise,
    answers: ['so'],
    name: 'Ada Lovelace',
    policy: [
      ['lock', 'seed'],
      ['max-epochs', '9'],
    ],
  };
  const { result } = await small(t, /** @type {any} */ (more));
  const read = readResult(writeResult(result));
  assert.deepEqual([read.name, read.answers, read.policy], ['Ada Lovelace', ['so'], more.policy]);
  assert.deepEqual(
    judgeResult(read)?.goals.map(({ reached }) => reached),
    [true, false],
  );
  assert.equal(judgeResult(read, 'epochs <= 2')?.reached, true);
  assert.equal(judgeResult({ ...read, exercise: null }), null);
  assert.equal(resultFile(result), 'Ada-Lovelace-gmf-seed-1.result.json');
  assert.equal(resultFile({ ...result, name: '../../王 芳\n' }), '王-芳-gmf-seed-1.result.json');
  assert.equal(resultFile({ ...result, name: '' }), 'gmf-seed-1.result.json');
});

test('each field of a file is looked at: nothing else than what it should be comes in', async (t) => {
  const { result } = await small(t, { exercise: 'x', answers: ['y'], policy: [['lock', 'all']] });
  const text = writeResult(result);
  const wrong = [null, -1, 1.5, 'x'.repeat(5000), {}, [], [[]], true, [null], { a: 1 }, '', 1e300, NaN];
  const fields = /** @type {(keyof typeof result)[]} */ (Object.keys(result));
  /** What fits, though it is another value. @type {Record<string, (value: any) => boolean>} */
  const fits = {
    program: (value) => value === '',
    name: (value) => value === '',
    exercise: (value) => value === null || value === '' || Number.isNaN(value),
    answers: (value) => Array.isArray(value) && value.length === 0,
    rates: (value) => Array.isArray(value) && value.length === 0,
    policy: (value) => Array.isArray(value) && value.length === 0,
    selected: (value) => value === null || Number.isNaN(value),
    parameters: (value) => Number.isSafeInteger(value) && value >= 0,
  };
  for (const field of fields) {
    const { [field]: _, ...without } = result;
    assert.throws(() => readResult(JSON.stringify(without)), ResultError, `without ${field}`);
    for (const value of wrong) {
      const other = JSON.stringify({ ...result, [field]: value });
      if (fits[field]?.(value)) readResult(other);
      else
        assert.throws(
          () => readResult(other),
          (error) => {
            assert.ok(error instanceof ResultError, `${field}: ${error}`);
            assert.doesNotMatch(error.message, /undefined|\p{Cc}/u);
            return error.message.length < 300;
          },
          `${field} as ${String(JSON.stringify(value)).slice(0, 40)}`,
        );
    }
  }
  for (const field of fields) {
    const { [field]: _, ...without } = result;
    const deep = `${'['.repeat(1e5)}${']'.repeat(1e5)}`;
    assert.throws(() => readResult(JSON.stringify(without).replace('{', `{"${field}":${deep},`)), ResultError, field);
  }
  assert.ok(readResult(`\uFEFF${text}`), 'as some editors save it');
  for (const other of ['', 'null', '[]', '"x"', '{', text.slice(0, -20), '{"format":"other"}'])
    assert.throws(() => readResult(other), /not a result file/);
  assert.throws(() => readResult(' '.repeat(2 ** 21 + 1)), /at most 2,?097,?152 characters/);
  assert.throws(() => readResult(JSON.stringify({ ...result, version: 2 })), /of version 2, and version 1 can be read/);
});

test('what is wrong within a field is found too', async (t) => {
  const { result } = await small(t);
  /** @param {(result: any) => void} change */
  const changed = (change) => {
    const copy = structuredClone(result);
    change(copy);
    return () => readResult(JSON.stringify(copy));
  };
  for (const [change, message] of /** @type {[(result: any) => void, RegExp][]} */ ([
    [(r) => (r.settings.factors = 10_000), /settings: Predictive factors must be/],
    [(r) => (r.settings.model = 'gpt'), /settings: Model must be one of/],
    [(r) => (r.settings.toString = 1), /“toString”, which there is not here/],
    [(r) => (r.settings.factors = [[8]]), /settings\.factors is not/],
    [(r) => (r.settings.factors = { of: 'part', name: 'x' }), /settings\.factors is not/],
    [(r) => (r.seed = 2), /seed is not/],
    [
      (r) =>
        (r.rates = [
          { batch: 0, lr: 0.1 },
          { batch: 3, lr: 0.2 },
        ]),
      /rates is not/,
    ],
    [(r) => (r.rates = [{ batch: 1, lr: r.settings.lr }]), /rates is not/],
    [
      (r) =>
        (r.rates = [
          { batch: 0, lr: 1 },
          { batch: 0, lr: r.settings.lr },
        ]),
      /rates is not/,
    ],
    [(r) => (r.policy = [['lock']]), /policy is not/],
    [(r) => (r.data.fingerprint = 'XYZ'), /data is not/],
    [(r) => (r.data.users = -1), /data is not/],
    [(r) => (r.epochs[1].epoch = 0), /epochs is not/],
    [(r) => r.epochs.splice(1, 1), /epochs is not/],
    [(r) => (r.epochs[0].metrics = {}), /epochs is not/],
    [(r) => (r.epochs[0].metrics.other = r.epochs[0].metrics.sampled), /epochs is not/],
    [(r) => (r.epochs[0].metrics.sampled.hr = '0.5'), /epochs is not/],
    [(r) => delete r.epochs[0].metrics.sampled.hr, /epochs is not/],
    [(r) => (r.epochs[0].loss = 'x'), /epochs is not/],
    [(r) => (r.epochs[0].hash = 'x'), /epochs is not/],
    [(r) => (r.epochs_trained = 3), /epochs_trained is not/],
    [(r) => (r.selected = 7), /selected is not/],
  ]))
    assert.throws(changed(change), message, String(change));
  // What nobody knows is left away.
  const more = {
    ...result,
    __proto__: null,
    extra: { a: 1 },
    epochs: result.epochs.map((one) => ({ ...one, more: 1 })),
  };
  const { checked, ...read } = readResult(JSON.stringify(more));
  assert.deepEqual(read, result);
  assert.deepEqual(toConfig(checked), result.settings);
});

test('a text with __proto__ in it changes nothing', async (t) => {
  const { result } = await small(t);
  const text = writeResult(result).replace('{\n', '{ "__proto__": {"polluted": 1},\n');
  const settings = text.replace('"settings": {', '"settings": {"__proto__": {"factors": 2},');
  assert.equal(/** @type {any} */ (readResult(text)).polluted, undefined);
  assert.throws(() => readResult(settings), ResultError);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  assert.equal(defaultSettings().factors, 8);
});
