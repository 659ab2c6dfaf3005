// `ncf verify`: results of real runs are true, and each kind of untruth is found and told.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { Pool } from '../../wasm/command/verify/pool.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { identityOfData } from '../../wasm/lab/identity.mjs';
import { makeResult, writeResult } from '../../wasm/lab/result.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, csv, fill, folder, ncf, root, source, world } from './fixtures.mjs';
import { drive, handed } from './handed.mjs';

const sideBySide = { concurrency: availableParallelism() };
const rows = world();
/** @typedef {import('node:test').TestContext} TestContext */
/** @typedef {import('../../wasm/lab/result.mjs').Result} Result */

const dataset = await readDataset(await core(), [source('ratings.csv', csv(rows))]);

/**
 * The result of a run.
 * @param {Record<string, unknown>} [settings]
 * @param {Partial<import('../../wasm/lab/result.mjs').Handed>} [more]
 * @param {(run: Run) => ReturnType<typeof drive>} [act]
 */
function resultOf(settings = {}, more = {}, act = drive) {
  const run = new Run(dataset, checkSettings({ model: 'gmf', factors: 4, epochs: 2, ...settings }));
  try {
    return makeResult({ ...handed(run, act(run)), ...more });
  } finally {
    run.free();
  }
}

/** @param {Result} result @param {(copy: any) => void} change */
function changed(result, change) {
  const copy = structuredClone(result);
  change(copy);
  return copy;
}

/**
 * A folder of data and one of results.
 * @param {TestContext} t
 * @param {Record<string, Result | string>} results
 */
function handedIn(t, results) {
  const path = folder(t);
  const data = fill(join(path, 'data'), { 'ratings.csv': csv(rows) });
  const texts = Object.entries(results).map(([name, result]) => [
    `${name}.json`,
    typeof result === 'string' ? result : writeResult(result),
  ]);
  return { data, results: fill(join(path, 'results'), Object.fromEntries(texts)) };
}

/** @param {TestContext} t @param {Record<string, Result | string>} results @param {string[]} options */
async function verify(t, results, ...options) {
  const paths = handedIn(t, results);
  const { code, stderr, json } = await ncf('verify', paths.results, '--data', paths.data, '--json', ...options);
  assert.equal(stderr, '');
  const lines = json();
  const sum = lines.pop();
  assert.equal(sum.event, 'result');
  const byName = Object.fromEntries(lines.map((line) => [/([^/]*)\.json$/.exec(line.file)?.[1], line]));
  assert.equal(code, lines.every((line) => line.true) ? 0 : 1);
  return { byName, sum };
}

describe('what is true', sideBySide, () => {
  test('is, of models of every fit, whatever happened on the way', async (t) => {
    const results = {
      gmf: resultOf(),
      neumf: resultOf({ model: 'neumf', pretrain: 1, eval: 'both', epochs: 1 }),
      ials: resultOf({ model: 'ials' }),
      ease: resultOf({ model: 'ease' }),
      itempop: resultOf({ model: 'itempop' }),
      ratings: resultOf({ model: 'bias-mf' }),
      validated: resultOf({ validation: 'on', patience: 2, epochs: 30, lr: 0.05 }),
      rates: resultOf({ epochs: 3, batchSize: 64 }, {}, (run) => {
        run.change({ epochs: 1 });
        const events = drive(run);
        run.change({ epochs: 3 });
        run.trainBatch();
        run.change({ lr: 0.02 });
        return [...events, ...drive(run)];
      }),
    };
    assert.equal(results.rates.rates.length, 2);
    const { byName, sum } = await verify(t, results);
    for (const name of Object.keys(results)) assert.equal(byName[name].true, true, JSON.stringify(byName[name]));
    assert.deepEqual([sum.files, sum.true, sum.untrue, sum.runs], [8, 8, 0, 8]);
  });

  test('takes one run for those that differ in their length, names and answers alone', async (t) => {
    const [short, long, other] = [resultOf({ epochs: 1 }), resultOf({ epochs: 4 }), resultOf({ seed: 2 })];
    const cut = changed(long, (copy) => {
      copy.epochs.splice(3);
      copy.epochs_trained = 2;
      copy.weights_hash = copy.epochs[2].hash;
    });
    const { byName, sum } = await verify(t, {
      short,
      long,
      other,
      cut,
      again: { ...long, name: 'Ada', answers: ['x'] },
    });
    assert.deepEqual([sum.true, sum.runs], [5, 2]);
    assert.equal(byName.again.name, 'Ada');
  });

  test('is not said to be where another has the same settings and lies', async (t) => {
    const result = resultOf({ epochs: 3 });
    const lie = changed(result, (copy) => (copy.epochs[1].loss += 1e-9));
    const { byName, sum } = await verify(t, { result, lie, longer: resultOf({ epochs: 5 }) });
    assert.deepEqual([byName.result.true, byName.lie.true, byName.longer.true, sum.runs], [true, false, true, 1]);
  });
});

describe('what is untrue is found, with where it parts', sideBySide, () => {
  const result = resultOf({ eval: 'both', validation: 'on', epochs: 3, lr: 0.01, seed: 3 });
  assert.ok(result.selected);
  const last = result.epochs[3];
  /** The next number that there is. @param {number} value */
  const next = (value) => {
    const bits = new BigUint64Array(new Float64Array([value]).buffer);
    bits[0]++;
    return new Float64Array(bits.buffer)[0];
  };
  const other = result.epochs.find(({ epoch }) => epoch !== result.selected)?.epoch ?? -1;
  /** @type {[string, (copy: any) => void, object][]} */
  const lies = [
    ['a loss', (copy) => (copy.epochs[3].loss = next(last.loss ?? 0)), { of: 'loss', epoch: 3 }],
    ['a hit', (copy) => (copy.epochs[1].metrics.sampled.hr += 0.025), { of: 'sampled HR@10', epoch: 1 }],
    [
      'the last digit',
      (copy) => (copy.epochs[2].metrics.full.ndcg = next(copy.epochs[2].metrics.full.ndcg)),
      { of: 'full NDCG@10', epoch: 2 },
    ],
    ['a validation', (copy) => (copy.epochs[2].validation.sampled.mrr = 1), { of: 'validation MRR', epoch: 2 }],
    ['a hash', (copy) => (copy.epochs[3].hash = '0123456789abcdef'), { of: 'weights hash', epoch: 3 }],
    ['the last hash', (copy) => (copy.weights_hash = '0123456789abcdef'), { of: 'weights hash' }],
    ['parameters', (copy) => copy.parameters--, { of: 'parameters' }],
    [
      'a kind of metrics left out',
      (copy) => copy.epochs.forEach((/** @type {any} */ one) => delete one.metrics.full),
      { of: 'metrics', epoch: 0 },
    ],
    [
      'no validation',
      (copy) => copy.epochs.forEach((/** @type {any} */ one) => delete one.validation),
      { of: 'validation metrics', epoch: 0 },
    ],
    ['epochs left out at the start', (copy) => copy.epochs.shift(), { of: 'epochs' }],
    [
      'another best epoch',
      (copy) => Object.assign(copy, { selected: other, weights_hash: copy.epochs[other].hash }),
      { of: 'best epoch on validation' },
    ],
    ['a seed', (copy) => (copy.settings.seed = copy.seed = 4), { epoch: 0 }],
    ['factors', (copy) => (copy.settings.factors = 5), { epoch: 0 }],
    ['negatives', (copy) => (copy.settings.negatives = 3), { of: 'loss', epoch: 1 }],
    [
      'a rate',
      (copy) =>
        (copy.rates = [
          { batch: 0, lr: 0.1 },
          { batch: 2, lr: 0.01 },
        ]),
      { of: 'loss', epoch: 1 },
    ],
    ['the data', (copy) => (copy.data.fingerprint = '0'.repeat(16)), { of: 'data' }],
    ['their order', (copy) => (copy.data.order = '0'.repeat(16)), { of: 'order of the data' }],
    ['how many there are', (copy) => copy.data.users++, { of: 'data, users' }],
  ];
  test('each in its place', async (t) => {
    const { byName } = await verify(t, {
      'what is true': result,
      ...Object.fromEntries(lies.map(([what, change]) => [what, changed(result, change)])),
    });
    assert.equal(byName['what is true'].true, true);
    for (const [what, , parts] of lies) {
      assert.equal(byName[what].true, false, what);
      for (const [key, value] of Object.entries(parts)) assert.equal(byName[what].parts[key], value, `${what}: ${key}`);
      assert.notEqual(byName[what].parts.told, byName[what].parts.found, what);
      assert.equal(byName[what].exercise, null);
    }
  });

  test('more epochs than there can be', async (t) => {
    const patient = resultOf({ validation: 'on', patience: 1, epochs: 50, lr: 0.05 });
    assert.ok(patient.epochs_trained < 50);
    const more = (/** @type {Result} */ one) =>
      changed(one, (copy) => {
        copy.epochs.push({ ...copy.epochs.at(-1), epoch: copy.epochs_trained + 1 });
        copy.epochs_trained++;
      });
    const solved = resultOf({ model: 'ease' });
    const huge = resultOf({ lr: 0.5 });
    const diverging = changed(huge, (copy) => (copy.settings.lr = 1e12));
    const { byName } = await verify(t, { patient: more(patient), solved: more(solved), diverging });
    assert.match(byName.patient.parts.found, /^it ends after epoch \d+$/);
    assert.match(byName.solved.parts.found, /^it ends after epoch 1$/);
    assert.equal(byName.diverging.true, false);
  });

  test('files that are none, beside others', async (t) => {
    const { byName, sum } = await verify(t, {
      good: resultOf(),
      cut: writeResult(resultOf()).slice(0, 300),
      other: '{"a": 1}',
      empty: '',
      damaged: writeResult(resultOf()).replace('"epochs_trained": 2', '"epochs_trained": -2'),
    });
    assert.deepEqual([sum.files, sum.true], [5, 1]);
    for (const name of ['cut', 'other', 'empty']) assert.match(byName[name].error, /^This is not a result file/);
    assert.match(byName.damaged.error, /epochs_trained is not what it should be/);
  });

  test('what can’t be run on these data', async (t) => {
    const result = resultOf({ model: 'mlp' });
    const side = changed(result, (copy) => (copy.settings.side_information = 'users'));
    const { byName } = await verify(t, { side, result });
    assert.match(byName.side.parts.found, /^it could not be run: This data has no gender/);
    assert.equal(byName.result.true, true, 'the others go on');
  });
});

describe('what was asked for', sideBySide, () => {
  const exercise = 'Learn | hr@10 >= 0 | parameters <= 1 | ? Which ratio: 1, 4';
  const honest = { exercise, answers: ['4'] };

  test('is judged by the file’s exercise, or by the instructor’s', async (t) => {
    const results = { own: resultOf({}, honest), none: resultOf(), broken: resultOf({}, { exercise: 'hr@11 > 0' }) };
    const { byName } = await verify(t, results);
    assert.equal(byName.own.exercise.reached, false);
    assert.deepEqual(
      byName.own.exercise.goals.map((/** @type {any} */ { goal, reached }) => [goal, reached]),
      [
        ['hr@10 >= 0', true],
        ['parameters <= 1', false],
      ],
    );
    assert.deepEqual([byName.own.exercise.answered, byName.own.answers], [[true], ['4']]);
    assert.equal(byName.none.exercise, null);
    assert.deepEqual([byName.broken.true, byName.broken.exercise], [true, null]);

    const asked = await verify(t, { none: resultOf() }, '--exercise', 'epochs <= 2');
    assert.equal(asked.byName.none.exercise.reached, true);
    const other = await verify(
      t,
      results,
      '--exercise',
      'Learn  | hr@10 >= 0 | parameters <= 100 | ? Which ratio: 1, 4',
    );
    assert.equal(other.byName.own.departures[0].of, 'exercise', 'an easier one was answered');
  });

  test('fixed settings have to be as they were', async (t) => {
    const results = {
      good: resultOf({ negatives: 7 }),
      factors: resultOf({ factors: 8 }),
      model: resultOf({ model: 'mlp' }),
      seed: resultOf({ seed: 5 }),
      long: resultOf({ epochs: 4 }),
      rates: resultOf({ epochs: 1 }, {}, (run) => {
        run.trainBatch();
        run.change({ lr: 0.01 });
        const events = drive(run);
        run.change({ lr: 0.001 });
        return events;
      }),
    };
    const text = 'model=gmf&factors=4&lock=model,factors,seed,lr&max-epochs=3';
    for (const asked of [
      text,
      `https://example.org/ncf/?lock=model,factors,seed,lr&max-epochs=3&theme=dark#model=gmf&factors=4&room=map`,
    ]) {
      const { byName } = await verify(t, results, '--settings', asked);
      const of = (/** @type {string} */ name) =>
        (byName[name].departures ?? []).map((/** @type {any} */ one) => one.of);
      assert.equal(byName.good.true, true);
      assert.deepEqual(byName.factors.departures, [{ of: 'factors', asked: '4', found: '8' }]);
      assert.deepEqual([of('model'), of('seed'), of('long')], [['model'], ['seed'], ['epochs']]);
      assert.deepEqual(of('rates'), ['lr'], 'a rate that changed on the way');
    }
  });

  test('all settings may be fixed, the tower by its factors', async (t) => {
    const results = { good: resultOf({ model: 'mlp' }), other: resultOf({ model: 'mlp', layers: '32,8' }) };
    const { byName } = await verify(t, results, '--settings', 'model=mlp&factors=4&epochs=2&lock=all');
    assert.equal(byName.good.true, true, JSON.stringify(byName.good));
    assert.deepEqual(byName.other.departures, [{ of: 'layers', asked: '32,16,8,4', found: '32,8' }]);
    const asked = 'model=mlp&factors=4&lock=all&max-epochs=2';
    const short = await verify(t, { good: results.good }, '--settings', asked);
    assert.equal(short.byName.good.true, true, 'the page has no more epochs than it allows');
    const free = await verify(
      t,
      { wide: resultOf({ model: 'mlp', factors: 8 }) },
      '--settings',
      'model=mlp&lock=layers',
    );
    assert.equal(free.byName.wide.true, true);
  });

  for (const [args, message] of /** @type {[string[], RegExp][]} */ ([
    [['--settings', 'model=gpt'], /Model must be one of/],
    [['--settings', 'modle=gmf'], /no setting “modle”/],
    [['--settings', 'lock=modle'], /no setting “modle”/],
    [['--settings', 'max-epochs=many'], /max-epochs is a whole number/],
    [['--settings', 'exercise=hr@11 > 0'], /no “hr@11”/],
    [['--exercise', 'hr@11 > 0'], /no “hr@11”/],
    [['--jobs', '0'], /--jobs takes a whole number/],
    [['--data', 'nowhere'], /no file or folder “nowhere”/],
  ]))
    test(`an instructor’s slip is told: ${args.join(' ')}`, async (t) => {
      const { data, results } = handedIn(t, { one: resultOf() });
      const { code, stdout, stderr } = await ncf('verify', results, '--data', data, ...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.match(stderr, /^ncf: [^\n]+\n$/);
      assert.equal(stdout, '');
    });
});

describe('the command', sideBySide, () => {
  test('prints a table of files, also from folders within, and a sum', async (t) => {
    const { data, results } = handedIn(t, {
      a: resultOf({}, { exercise: 'epochs <= 2 | ? Why', answers: ['so'], name: '王芳' }),
      b: changed(resultOf(), (copy) => (copy.epochs[2].metrics.sampled.hr = 0.5)),
    });
    mkdirSync(join(results, 'more'));
    writeFileSync(join(results, 'more', 'c.json'), 'x');
    writeFileSync(join(results, 'notes.txt'), 'x');
    const { code, lines } = await ncf('verify', results, '--data', data, '--jobs', '1');
    assert.equal(code, 1);
    assert.match(lines[0], /^file +name +exercise +true +answers +where it parts$/);
    assert.match(lines[1], /a\.json +王芳 +reached +yes +so$/);
    assert.match(lines[2], /b\.json +– +– +NO +epoch 2, HR@10: 0\.5 in the file, here 0\.\d+$/);
    assert.match(lines[3], /c\.json +– +– +NO +This is not a result file of NCF Lab/);
    assert.equal(lines.length, 6);
    assert.match(lines[5], /^1 of 3 is true; 1 runs in /);
  });

  test('writes nothing of a file that could move the cursor', async (t) => {
    const evil = '\x1b[2J\u202Eevil\r\n';
    const { data, results } = handedIn(t, { a: resultOf({}, { name: evil, answers: [evil], exercise: evil }) });
    const { stdout, stderr } = await ncf('verify', results, '--data', data);
    assert.match(stdout, /\?\[2J\?evil/);
    assert.doesNotMatch(stdout.replaceAll('\n', '') + stderr, /\p{C}/u);
  });

  test('refuses what is not there', async (t) => {
    for (const [words, message] of /** @type {[string[], RegExp][]} */ ([
      [[], /Say which files/],
      [['nowhere.json'], /no file or folder “nowhere\.json”/],
      [[folder(t)], /holds no result files/],
    ])) {
      const { code, stderr } = await ncf('verify', ...words);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });

  test('shows on a terminal how far it is, and ends with Ctrl-C', async (t) => {
    const { data, results } = handedIn(t, { long: resultOf({ epochs: 1000 }), other: resultOf({ seed: 2 }) });
    const args = ['verify', results, '--data', data, '--jobs', '1'];
    const script = `process.stderr.isTTY = true; process.argv.push(...${JSON.stringify(args)}); await import(${JSON.stringify(pathToFileURL(join(root, 'wasm/cli.mjs')).href)});`;
    // The words of -e are the program's from the second on.
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, 'ncf'], { stdio: 'pipe' });
    let [shown, said] = ['', ''];
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => {
      const before = shown;
      shown += chunk;
      if (/░ 0 of 2 results/.test(shown) && !/░ 0 of 2 results/.test(before)) child.kill('SIGINT');
    });
    const [code] = await once(child, 'exit');
    assert.match(shown, /\[Kncf: stopped, 0 of 2 results had been run again\.\n$/);
    assert.deepEqual([code, said], [130, '']);
  });

  test('does no more tasks once its threads are closed', async (t) => {
    const { data } = handedIn(t, {});
    const pool = new Pool({ data, identity: identityOfData(dataset) });
    const task = { settings: checkSettings({ model: 'gmf', factors: 4 }), rates: [], epochs: 1000 };
    let ended = 0;
    await pool.run(
      [task, task, task],
      1,
      () => (void pool.close(), true),
      () => ended++,
    );
    assert.equal(ended, 0);
  });

  test('its help and the overview tell of it', async () => {
    assert.match((await ncf('verify', '--help')).stdout, /--exercise TEXT/);
    assert.match((await ncf()).stdout, /ncf verify/);
    assert.match(readFileSync(join(root, 'README.md'), 'utf8'), /wasm\/cli\.mjs verify/);
  });
});
