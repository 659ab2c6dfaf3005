// `ncf search`: what it goes through, what it chooses by, and that it goes on where it was stopped.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';

import { SettingError, checkSettings } from '../../wasm/settings/settings.mjs';
import { keyOf } from '../../wasm/command/runs.mjs';
import { rowsOf, tableOf, testOf } from '../../wasm/command/search/board.mjs';
import {
  MOST,
  checkCombinations,
  combinations,
  drawn,
  parseGrid,
  parseRanges,
} from '../../wasm/command/search/space.mjs';
import { csv, fill, folder, moviesCsv, ncf, root, world } from './fixtures.mjs';

/**
 * A module that stops the program by Ctrl-C once it has appended so many results, however fast it is.
 * @param {number} results
 */
const interruptAfter = (results) =>
  `data:text/javascript,${encodeURIComponent(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const append = fs.appendFileSync;
    let left = ${results};
    fs.appendFileSync = (...args) => {
      append(...args);
      if (--left > 0) return;
      process.kill(process.pid, 'SIGINT');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    };
    syncBuiltinESMExports();
  `)}`;

const sideBySide = { concurrency: availableParallelism() };

/** @param {() => unknown} call @param {RegExp} message */
function refuses(call, message) {
  assert.throws(call, (error) => {
    assert(error instanceof SettingError, String(error));
    assert.match(error.message, message);
    return true;
  });
}

describe('a grid', () => {
  test('is every combination, the first setting changing slowest', () => {
    assert.deepEqual(combinations(parseGrid('factors=8,16 lr=0.001,0.01')), [
      { factors: '8', lr: '0.001' },
      { factors: '8', lr: '0.01' },
      { factors: '16', lr: '0.001' },
      { factors: '16', lr: '0.01' },
    ]);
    assert.deepEqual(combinations(parseGrid('  batch-size=64,64\tbatch_size=7 '.split('\t')[1])), [{ batchSize: '7' }]);
    assert.deepEqual(combinations(parseGrid('batch-size=64,64')), [{ batchSize: '64' }], 'a value counts once');
  });

  test('has slashes between values that have commas', () => {
    const values = (/** @type {string} */ text) => combinations(parseGrid(text)).map((one) => Object.values(one)[0]);
    assert.deepEqual(values('layers=64,32,16/32,16,8'), ['64,32,16', '32,16,8']);
    assert.deepEqual(values('layers=64,32'), ['64,32']);
    assert.deepEqual(values('l2=0,0.01'), ['0', '0.01']);
    assert.deepEqual(values('l2=gmf:0.01,mlp:0.1/0'), ['gmf:0.01,mlp:0.1', '0']);
    assert.deepEqual(values('l2=gmf:0.01,mlp:0.1'), ['gmf:0.01,mlp:0.1']);
    assert.deepEqual(values('optimizer=adam/sgd'), ['adam', 'sgd']);
  });

  test('that can’t be', () => {
    refuses(() => parseGrid(''), /^--grid takes NAME=VALUE,VALUE …, and is empty\.$/);
    refuses(() => parseGrid('factors'), /^--grid takes NAME=VALUE,VALUE …, not “factors”\.$/);
    refuses(() => parseGrid('factors=8,'), /has an empty value of factors: “factors=8,”/);
    refuses(() => parseGrid('factors='), /has an empty value of factors/);
    refuses(() => parseGrid('dropout=1'), /^There is no setting “dropout” for --grid: ncf train --help lists them\.$/);
    refuses(() => parseGrid('seed=1,2'), /“seed” does not belong in --grid: --seeds N/);
    refuses(() => parseGrid('validation=on'), /a search always chooses by validation/);
    refuses(() => combinations(parseGrid('lr=1,2 lr=3')), /“lr” is searched twice/);
    const many = Array.from({ length: 101 }, (_, n) => n + 1).join();
    refuses(() => combinations(parseGrid(`factors=${many} epochs=${many}`)), /10201 combinations: draw some/);
    refuses(() => drawn(parseGrid('factors=1,2'), MOST + 1, 1), /draws at most 10000 combinations/);
  });
});

describe('ranges', () => {
  test('are drawn from evenly, whole numbers with both ends, the same for the same seed', () => {
    const axes = [
      ...parseRanges('factors=3..6 lr=1e-4..1e-1:log alpha=0..1 negatives=1..32:log'),
      ...parseGrid('activation=relu,tanh'),
    ];
    const all = drawn(axes, 2000, 5);
    assert.equal(all.length, 2000);
    assert.deepEqual(drawn(axes, 2000, 5), all);
    assert.notDeepEqual(drawn(axes, 2000, 6), all);
    const share = (/** @type {(one: any) => boolean} */ is) => all.filter(is).length / 2000;
    /** Half a percent of all worlds have one of these farther away. @param {number} got @param {number} expected */
    const near = (got, expected) => assert(Math.abs(got - expected) < 0.035, `${got} is not ${expected}`);
    for (const factors of [3, 4, 5, 6])
      near(
        share((one) => one.factors === factors),
        1 / 4,
      );
    // Orders of magnitude are equally likely.
    for (const low of [1e-4, 1e-3, 1e-2])
      near(
        share((one) => one.lr >= low && one.lr < 10 * low),
        1 / 3,
      );
    near(
      share((one) => one.alpha < 0.25),
      1 / 4,
    );
    near(
      share((one) => one.negatives <= 5),
      Math.log2(5.5) / 5,
    );
    near(
      share((one) => one.activation === 'tanh'),
      1 / 2,
    );
    for (const one of all) {
      assert(one.lr >= 1e-4 && one.lr <= 1e-1 && Number(one.lr.toPrecision(3)) === one.lr);
      assert(one.negatives >= 1 && one.negatives <= 32 && Number.isInteger(one.negatives));
    }
  });

  test('with fewer combinations than are asked for give all of them once', () => {
    const all = drawn([...parseRanges('factors=1..3'), ...parseGrid('activation=relu,tanh')], 100, 1);
    assert.equal(all.length, 6);
    assert.equal(new Set(all.map((one) => JSON.stringify(one))).size, 6);
  });

  test('that can’t be', () => {
    for (const values of ['8', '8..', '..8', '8..x', '9..8', '8..8', '1e-4..1e-2:lin'])
      refuses(() => parseRanges(`factors=${values}`), /^--ranges takes factors=FROM\.\.TO with FROM below TO, not “/);
    refuses(() => parseRanges('alpha=0..1:log'), /by logarithms starts above 0/);
    refuses(() => parseRanges('optimizer=adam..sgd'), /“optimizer” has no range: name its values in --grid/);
    refuses(() => parseRanges('layers=8..16'), /“layers” has no range/);
    refuses(() => parseRanges('width=8..16'), /There is no setting “width” for --ranges/);
  });
});

test('every combination is checked before anything runs', () => {
  const check = (/** @type {string} */ grid, base = {}) => {
    const axes = parseGrid(grid);
    return checkCombinations({ model: 'gmf', ...base }, axes, combinations(axes));
  };
  assert.deepEqual(
    check('factors=8,16').map(({ settings }) => settings),
    [8, 16].map((factors) => checkSettings({ model: 'gmf', factors, validation: 'on' })),
  );
  refuses(() => check('factors=8,0'), /^Predictive factors must be a whole number from 1 to 512, not “0”\.$/);
  refuses(() => check('activation=relu,tanh'), /^“activation” changes nothing here: gmf does not read it\.$/);
  assert.equal(check('activation=relu,tanh model=gmf,mlp').length, 4, 'one of the models reads it');
  const axes = parseRanges('factors=8..999');
  refuses(() => checkCombinations({}, axes, [{ factors: 9 }]), /^Predictive factors must be .* not “999”\.$/);
});

describe('the order', () => {
  const data = { fingerprint: 'd', order: 'o' };
  const combination = (/** @type {number} */ factors, seeds = 2) => ({
    varied: { factors },
    runs: Array.from({ length: seeds }, (_, n) => checkSettings({ factors, seed: n + 1 })),
  });
  /** @param {[number, (number | null)[]][]} all  validation by seed of factors @param {string} measure @param {'higher' | 'lower'} better */
  const rows = (all, measure = 'ndcg', better = 'higher') => {
    const byKey = new Map();
    for (const [factors, values] of all)
      combination(factors).runs.forEach((settings, n) => {
        const value = values[n];
        const validation = value === null ? undefined : { measure, better, value };
        // On test the worst are the best: nobody may look there.
        const metrics = { sampled: { ndcg: 1 - Number(value), hr: 0.25 } };
        byKey.set(keyOf(data, settings), { key: '', config: {}, validation, epoch: 3, metrics, seconds: 1 });
      });
    return rowsOf(
      data,
      all.map(([factors]) => combination(factors)),
      byKey,
    );
  };
  const order = (/** @type {ReturnType<typeof rows>} */ all) =>
    all.map(({ combination: { varied } }) => varied.factors);

  test('is that of the mean on validation over the seeds, and not of the test', () => {
    const all = rows([
      [8, [0.3, 0.5]],
      [16, [0.9, null]],
      [32, [0.45, 0.45]],
      [64, [0.1, 0.7]],
      [99, [0.6, 0.1]],
    ]);
    assert.deepEqual(order(all), [32, 8, 64, 99, 16], 'ties as they come, and what diverged last');
    assert.deepEqual(
      all.map(({ place }) => place),
      [1, 2, 3, 4, 5],
    );
    assert.deepEqual(testOf(all[0]).sampled.ndcg, { n: 2, mean: 0.55, halfWidth: 0 });
    assert.match(tableOf(all)[0], /validation NDCG@10 +seeds +epoch/);
    assert.match(tableOf(all)[1], /^1 {2}0\.4500 ± 0\.0000 +2 +3 +2\.0 {2}factors=32$/);
    assert.match(tableOf(all)[5], /^5 {2}diverged/);
  });

  test('goes down where less is better', () => {
    const all = rows(
      [
        [8, [0.9, 0.95]],
        [16, [0.8, 0.85]],
        [32, [1.1, null]],
      ],
      'rmse',
      'lower',
    );
    assert.deepEqual(order(all), [16, 8, 32]);
    assert.match(tableOf(all)[0], /validation RMSE/);
  });
});

describe('ncf search', sideBySide, () => {
  /** @param {import('node:test').TestContext} t */
  const place = (t) => {
    const path = fill(folder(t), { 'ratings.csv': csv(world()) });
    const results = join(path, 'r.jsonl');
    const args = ['search', '--data', path, '--results', results, '--jobs', '2', '--model', 'gmf', '--epochs', '6'];
    return { path, results, args: (/** @type {string[]} */ ...more) => [...args, ...more] };
  };
  const stored = (/** @type {string} */ path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const timeless = (/** @type {any} */ { seconds, ...rest }) => [typeof seconds, rest];

  test('runs what ncf train does, chooses by validation, and says the test of the chosen alone', async (t) => {
    const { path, results, args } = place(t);
    const said = await ncf(...args('--grid', 'factors=2,4 lr=0.002,0.05', '--seeds', '2', '--json'));
    assert.equal(said.code, 0, said.stderr);
    const events = said.json();
    const runs = events.filter(({ event }) => event === 'result');
    const rows = events.filter(({ event }) => event === 'combination');
    const [chosen] = events.slice(-1);
    assert.deepEqual([runs.length, rows.length, chosen.event], [8, 4, 'chosen']);
    assert.deepEqual(
      runs.sort((a, b) => a.key.localeCompare(b.key)),
      stored(results).sort((a, b) => a.key.localeCompare(b.key)),
    );

    const one = runs.find(({ config }) => config.factors === 4 && config.lr === 0.05 && config.seed === 2);
    const options = [
      '--model',
      'gmf',
      '--epochs',
      '6',
      '--factors',
      '4',
      '--lr',
      '0.05',
      '--seed',
      '2',
      '--validation',
      'on',
    ];
    const trained = (await ncf('train', '--data', path, ...options, '--patience', '5', '--json')).json().at(-1);
    for (const name of ['config', 'data', 'epoch', 'epochs_trained', 'loss', 'metrics', 'weights_hash'])
      assert.deepEqual(one[name], trained[name], name);
    const { ndcg } = trained.best_on_validation.validation.sampled;
    assert.deepEqual(one.validation, { measure: 'ndcg', better: 'higher', value: ndcg });

    const means = rows.map(({ validation }) => validation.mean);
    assert.deepEqual(
      means,
      [...means].sort((a, b) => b - a),
    );
    const mine = runs.filter(
      ({ config }) => config.factors === Number(chosen.settings.factors) && config.lr === Number(chosen.settings.lr),
    );
    const mean = (/** @type {(run: any) => number} */ of) => (of(mine[0]) + of(mine[1])) / 2;
    assert.equal(mine.length, 2);
    assert(Math.abs(chosen.validation.mean - mean((run) => run.validation.value)) < 1e-12);
    assert(Math.abs(chosen.metrics.sampled.hr.mean - mean((run) => run.metrics.sampled.hr)) < 1e-12);
    assert(chosen.metrics.sampled.hr.half_width >= 0);
    assert.deepEqual(rows[0].settings, chosen.settings);
    assert(rows.every((row) => !('metrics' in row)));

    // What it kept is what ncf compare reads.
    const [told] = (await ncf('compare', results, '--json')).json();
    assert.deepEqual([told.a.seeds, told.b.seeds], [2, 2]);
    const text = await ncf(...args('--grid', 'factors=2,4 lr=0.002,0.05', '--seeds', '2'));
    assert.match(text.lines[0], /^4 combinations, 8 runs, of which 8 stand in .*r\.jsonl$/);
    assert.match(text.stdout, /\n1 {2}0\.\d{4} ± 0\.\d{4} +2 .*factors=\d lr=0\.\d+\n/);
    assert.match(
      text.stdout,
      /\nchosen by validation: factors=\d lr=[\d.]+\non test: sampled HR@10 0\.\d{4} ± .*\nagain: ncf train --model \w+ --seed /,
    );
    assert.equal(text.stdout.match(/HR@10/g)?.length, 1, 'the test is told of the chosen one alone');
  });

  // Each with settings that the table of settings has as defaults and the model has not.
  const own = {
    mf: '--grid=init-std=0.01 --epochs=3',
    bpr: '--grid=loss=log --init-std=0.01 --negatives=4 --epochs=3 --eval=full',
    ials: '--grid=factors=8 --init-std=0.01 --l2=0 --epochs=3',
    ease: '--grid=l2=100 --seed=3',
    eals: '--grid=l2=0 --epochs=2',
    neumf: '--grid=layers=8,4/64,32,16,8 --factors=16 --epochs=2 --side-information=items --ids=off',
    'bias-mf': '--grid=l2=0 --factors=8 --init-std=0.01 --lr=0.001 --epochs=3 --folds=3',
    'neural-ncf': '--grid=fusion-layers=none --init-std=0.01 --lr=0.001 --l2=0 --epochs=2 --seeds=2',
  };
  for (const [model, options] of Object.entries(own)) {
    test(`“again:” is the run that was chosen: ${model}`, async (t) => {
      const rows = world();
      const path = fill(join(folder(t), `it's $HOME "\`x\` & more`), {
        'ratings.csv': csv(rows),
        'movies.csv': moviesCsv(rows),
      });
      const results = join(folder(t), 'r.jsonl');
      const search = ['search', '--data', path, '--results', results, '--jobs=1', `--model=${model}`];
      const { stdout, stderr } = await ncf(...search, ...options.split(' '));
      const line = /^again: (.*)$/m.exec(stdout)?.[1];
      assert.ok(line, stdout + stderr);
      const shell = `ncf() { '${process.execPath}' '${join(root, 'wasm/cli.mjs')}' "$@"; }; ${line} --json`;
      const again = JSON.parse(execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).trim().split('\n').at(-1) ?? '');
      const { config } = (await ncf(...search, ...options.split(' '), '--json')).json().at(-1);
      const chosen = stored(results).find((each) => isDeepStrictEqual(each.config, config));
      for (const name of ['config', 'data', 'epoch', 'metrics', 'weights_hash'])
        assert.deepEqual(again[name], chosen[name], `${name} of ${line}`);
    });
  }

  test('stopped in the middle goes on and ends as if it had not been', async (t) => {
    const { path, results, args } = place(t);
    const search = args('--grid', 'factors=2,3,4,5,6', '--epochs', '300', '--patience', '0', '--jobs', '1');
    const whole = await ncf(...search, '--results', join(path, 'whole.jsonl'));
    assert.equal(whole.code, 0, whole.stderr);
    const command = ['--import', interruptAfter(2), join(root, 'wasm/cli.mjs'), ...search];
    const child = spawn(process.execPath, command, { cwd: root });
    assert.equal(await new Promise((end) => child.on('close', (code, signal) => end(signal))), 'SIGINT');
    const before = readFileSync(results, 'utf8');
    const done = stored(results).length;
    assert.equal(done, 2);
    // And the power failed while a line was being written.
    writeFileSync(results, before + before.slice(0, 77));
    const rest = await ncf(...search);
    assert.equal(rest.code, 0, rest.stderr);
    assert.match(rest.lines[0], new RegExp(`^5 combinations, 5 runs, of which ${done} stand in`));
    assert.equal(rest.stdout.match(/, seed 1: validation/g)?.length, 5 - done);
    assert(readFileSync(results, 'utf8').startsWith(before), 'what was done is not touched');
    assert.deepEqual(stored(results).map(timeless), stored(join(path, 'whole.jsonl')).map(timeless));
    const table = (/** @type {string} */ text) => text.slice(text.indexOf('\n\n')).replaceAll(/ \d+\.\d(?= )/g, '');
    assert.equal(table(rest.stdout), table(whole.stdout));
  });

  test('draws at random, by the seed', async (t) => {
    const { path, args } = place(t);
    const random = (/** @type {string} */ seed, /** @type {string} */ name) =>
      ncf(
        ...args(
          '--random',
          '3',
          '--ranges',
          'lr=1e-3..1e-1:log',
          '--grid',
          'factors=2,4',
          '--seed',
          seed,
          '--json',
          '--results',
          join(path, name),
        ),
      );
    const settings = (/** @type {Awaited<ReturnType<typeof random>>} */ said) => {
      assert.equal(said.code, 0, said.stderr);
      return said.json().flatMap((line) => (line.event === 'combination' ? [line.settings] : []));
    };
    const [first, again, other] = await Promise.all([random('1', 'a'), random('1', 'b'), random('2', 'c')]);
    assert.equal(settings(first).length, 3);
    assert.deepEqual(settings(first), settings(again));
    assert.notDeepEqual(settings(first), settings(other));
    for (const { lr, factors } of settings(first)) assert(lr >= 1e-3 && lr <= 1e-1 && ['2', '4'].includes(factors));
  });

  test('puts what diverges last and goes on; patience ends runs; a model that reads nothing runs once', async (t) => {
    const { args } = place(t);
    const grid = ['--grid', 'model=itempop,mlp lr=1e12,0.01', '--epochs', '200', '--patience', '30'];
    const events = (await ncf(...args(...grid, '--json'))).json();
    const rows = events.filter(({ event }) => event === 'combination');
    const settings = rows.map((row) => row.settings);
    assert.equal(rows.length, 3);
    assert.deepEqual([settings[2], rows[2].validation], [{ model: 'mlp', lr: '1e12' }, null]);
    assert.deepEqual(
      settings.find(({ model }) => model === 'itempop'),
      { model: 'itempop' },
      'without what it does not read',
    );
    assert.equal(events.filter(({ event }) => event === 'diverged').length, 1);
    const mlp = events.find(({ event, model }) => event === 'result' && model === 'mlp');
    assert.equal(mlp.epochs_trained, mlp.epoch + 30);
    const all = await ncf(...args('--grid', 'lr=1e12', '--model', 'mlp'));
    assert.deepEqual([all.code, all.lines.at(-1)], [0, 'All of them diverged: search smaller learning rates.']);
  });

  test('refuses what it can’t search in one sentence', async (t) => {
    const { path, results, args } = place(t);
    fill(path, { 'broken.jsonl': 'not JSON\n' });
    /** @type {[string[], RegExp][]} */
    const refused = [
      [[], /^Say what to search: --grid/],
      [['--grid', 'dropout=0.1'], /^There is no setting “dropout”/],
      [['--grid', 'factors=8,'], /^--grid has an empty value of factors/],
      [['--grid', 'factors=8,1000'], /^Predictive factors must be a whole number from 1 to 512, not “1000”\.$/],
      [['--grid', 'lr=abc'], /^Learning rate must be a number/],
      [['--grid', 'activation=relu'], /changes nothing here/],
      [['--ranges', 'lr=1e-4..1e-2'], /say how many to draw with --random N\.$/],
      [['--random', '0', '--ranges', 'lr=1e-4..1e-2'], /^--random takes a whole number from 1, not “0”\.$/],
      [['--random', '2', '--ranges', 'lr=1e-9..1e-2'], /^Learning rate must be a number from 0\.000001/],
      [['--grid', 'factors=8', '--seeds', 'x'], /^--seeds takes a whole number/],
      [['--grid', 'factors=8', '--jobs', '0'], /^--jobs takes a whole number/],
      [['--grid', 'factors=8', '--validation', 'off'], /^A search chooses by validation and never by the test/],
      [['--grid', 'factors=8', '--folds', '5'], /^Leave-one-out has no folds: /],
      [['--grid', 'model=gmf,neumf', '--folds', '5'], /^Leave-one-out has no folds: /],
      [['--grid', 'factors=8', '--folds', '1'], /^--folds takes a whole number from 2/],
      [['--grid', 'factors=8', '--results', join(path, 'none', 'r')], /^Results can’t be kept in/],
      [['--grid', 'factors=8', '--results', join(path, 'broken.jsonl')], /^Line 1 of .* is not a result of ncf search/],
      [['--grid', 'factors=8', '--data', join(path, 'none')], /^There is no file or folder/],
      [['--grid', 'factors=8', '--model', 'svd'], /^Model must be one of/],
    ];
    for (const [more, message] of refused) {
      const { code, stdout, stderr } = await ncf(...args(...more));
      assert.match(stderr, /^ncf: [^\n]+\n$/, more.join(' '));
      assert.match(stderr.slice('ncf: '.length, -1), message);
      assert.deepEqual([code, stdout], [2, ''], more.join(' '));
    }
    assert(!existsSync(results), 'and nothing is written');
  });

  test('does not take the results of other data for its own', async (t) => {
    const { path, results, args } = place(t);
    const search = args('--grid', 'factors=2');
    const first = await ncf(...search);
    assert.equal(first.code, 0);
    const kept = readFileSync(results, 'utf8');
    // As many users, films and ratings, but one of them another one; then the same in another order.
    const rows = world();
    const changed = [{ ...rows[0], rating: rows[0].rating === 1 ? 2 : 1 }, ...rows.slice(1)];
    for (const [n, other] of [changed, [...rows.slice(1), rows[0]]].entries()) {
      fill(path, { 'ratings.csv': csv(other) });
      const { code, stdout, stderr } = await ncf(...search);
      assert.equal(code, 0, stderr);
      assert.match(
        stdout,
        n === 0 ? /^note: 1 result in .*r\.jsonl is of other data/m : /^note: 2 results in .* are of other/m,
      );
      assert.match(stdout, /^1 combinations, 1 runs$/m);
      assert.equal(stored(results).length, n + 2);
      assert(readFileSync(results, 'utf8').startsWith(kept));
    }
    fill(path, { 'ratings.csv': csv(rows) });
    assert.match((await ncf(...search)).stdout, /^1 combinations, 1 runs, of which 1 stand in/m);
    // Of different data, they are not compared either.
    const compared = await ncf('compare', results);
    assert.equal(compared.code, 2);
    assert.match(compared.stderr, /are not of the same data: runs of one dataset can be compared\.$/m);
  });
});
