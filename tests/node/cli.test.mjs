// The command, run as a user runs it: arguments in; exit code, two streams and files out.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { zipSync } from 'fflate';

import { models as modelTable } from '../../wasm/settings/models.mjs';
import { settings as table } from '../../wasm/settings/table.mjs';
import { identityOf } from '../../wasm/lab/identity.mjs';
import { decodeWeights } from '../../wasm/lab/weights.mjs';
import { presets } from '../../wasm/settings/presets.mjs';
import { checkSettings, reads, toConfig } from '../../wasm/settings/settings.mjs';
import { csv, fill, filmsOf, finish, folder, lab, listing, moviesCsv, ncf, outcome, root, world } from './fixtures.mjs';

// Each test waits for processes, so as many run as there are cores.
const sideBySide = { concurrency: availableParallelism() };
/** Each way of learning once, models of several parts too; what all models promise is in models.test.mjs. */
const models = ['itempop', 'itemknn', 'ease', 'gmf', 'mlp', 'neumf'];
const rows = world();
const files = { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) };

/** @typedef {import('node:test').TestContext} TestContext */

/** A folder with the world in it. @param {TestContext} t @param {Record<string, string | Uint8Array>} [more] */
const data = (t, more = {}) => fill(folder(t), { ...files, ...more });

/** Arguments of a short training. @param {string} path @param {string} [model] */
const short = (path, model = 'gmf') => ['train', '--data', path, '--model', model, '--factors', '4', '--epochs', '2'];

/** Runs the command and expects that all went well. @param {string[]} args */
async function good(...args) {
  const result = await ncf(...args);
  assert.equal(result.stderr, '');
  assert.equal(result.code, 0);
  return result;
}

/**
 * Expects that the command refuses: exit code 2, one sentence that says what to do, and nothing else.
 * @param {string[]} args
 * @param {RegExp} message
 */
async function refuses(args, message) {
  const { code, stdout, stderr } = await ncf(...args);
  assert.match(stderr, /^ncf: [^\n]+\n$/, args.join(' '));
  assert.match(stderr.slice('ncf: '.length, -1), message);
  assert.doesNotMatch(stderr, /undefined|\[object|Error:|\p{Cc}(?!$)/u);
  assert.equal(stdout, '', args.join(' '));
  assert.equal(code, 2, args.join(' '));
}

/** The weights of a short training on the world. @param {TestContext} t @param {string} [model] */
async function trained(t, model = 'neumf') {
  const path = data(t);
  const weights = join(folder(t), 'w.safetensors');
  await good(...short(path, model), '--save', weights);
  return { path, weights };
}

describe('help', sideBySide, () => {
  for (const args of [[], ['help'], ['--help'], ['-h']])
    test(`ncf ${args.join(' ')} lists the commands`, async () => {
      const { stdout } = await good(...args);
      for (const name of ['train', 'evaluate', 'recommend', 'compare', 'search', 'models'])
        assert.match(stdout, new RegExp(`ncf ${name} `));
    });

  test('of every command names its options; that of train every setting with range and default', async () => {
    const options = {
      train: ['--data', '--save', '--ranks', '--beyond', '--json'],
      evaluate: ['--data', '--weights', '--eval', '--ranks', '--beyond', '--json'],
      recommend: ['--data', '--weights', '--user', '-k', '--json'],
      compare: ['-k', '--eval', '--json'],
      search: ['--data', '--grid', '--random', '--ranges', '--seeds', '--folds', '--jobs', '--results', '--json'],
      models: ['--json'],
    };
    for (const [name, named] of Object.entries(options)) {
      const { stdout } = await good(name, '--help');
      assert(stdout.startsWith(`ncf ${name} `));
      for (const option of named) assert(stdout.includes(option), `${name} ${option}`);
      assert.equal((await good(name, '-h', '--json')).stdout, stdout);
    }
    const lines = (await good('train', '--help')).lines;
    for (const { option, default: standard, min, max } of table) {
      const line = lines.find((each) => each.trim().startsWith(`--${option} `)) ?? '';
      assert(line.includes(`default ${standard}`), option);
      if (min !== undefined) assert(line.includes(`${min}–${max}`), option);
    }
  });
});

test('ncf models lists the models by task, what each reads and the defaults of its own', async () => {
  const { lines } = await good('models');
  const titles = lines.filter((line) => /^\S/.test(line));
  assert.deepEqual(titles, [
    'Models that rank films (HR@10, NDCG@10):',
    'Models that predict ratings (RMSE, MAE):',
    'Presets (--preset NAME):',
  ]);
  const named = lines.flatMap((line) => /^ {2}(\S+) /.exec(line)?.[1] ?? []);
  assert.deepEqual(
    named,
    [...modelTable, ...presets].map(({ value }) => value),
  );
  assert(lines.indexOf(titles[1]) > lines.findIndex((line) => line.startsWith('  neumf ')));
  assert(lines.indexOf(titles[1]) < lines.findIndex((line) => line.startsWith('  global-mean ')));
  assert(lines.some((line) => /^ +defaults of its own: --init-std 0\.1 --negatives 1 --loss bpr$/.test(line)));
  const all = (await good('models', '--json')).json();
  const json = all.filter(({ model }) => model);
  assert.deepEqual(
    all.filter(({ preset }) => preset).map(({ preset, settings }) => [preset, settings]),
    presets.map(({ value, settings }) => [value, toConfig(checkSettings(settings))]),
  );
  assert.deepEqual(
    json.map(({ model, name, task }) => ({ model, name, task })),
    modelTable.map(({ value, label, task }) => ({ model: value, name: label, task })),
  );
  for (const { model, settings } of json)
    assert.deepEqual(
      settings,
      table.filter(({ name }) => reads(model, name)).map(({ option }) => option),
    );
  const of = Object.fromEntries(json.map(({ model, ...rest }) => [model, rest]));
  assert.deepEqual(of.itempop.settings, ['model', 'seed', 'positive-from', 'hold-out', 'eval', 'validation']);
  assert.deepEqual(of.ease.defaults, { l2: 500 });
  assert(!of.gmf.settings.includes('layers') && of.gmf.settings.includes('factors'));
});

test('a preset sets what a paper found good, and what is set beside it takes its place', async (t) => {
  const config = async (/** @type {string[]} */ ...options) =>
    (await good('train', '--data', data(t), '--epochs', '1', ...options, '--json')).json().at(-1).config;
  const tuned = await config('--preset', 'mf-2020');
  assert.deepEqual(
    [tuned.model, tuned.factors, tuned.optimizer, tuned.lr, tuned.l2, tuned.negatives, tuned.known_negatives],
    ['mf', 16, 'sgd', 0.002, 0.005, 8, 'accept'],
  );
  assert.deepEqual([tuned.batch_size, tuned.init_std, tuned.epochs], [1, 0.1, 1]);
  assert.deepEqual(await config('--preset', 'mf-2020', '--factors', '5'), { ...tuned, factors: 5 });
  await refuses(['train', '--preset', 'best'], /^There is no preset “best”\. There are: gmf-2017, /);
});

describe('train', sideBySide, () => {
  for (const model of models)
    test(`${model}: the same numbers as a run of core.mjs; saved weights give them again`, async (t) => {
      const path = data(t);
      const weights = join(folder(t), 'w.safetensors');
      const epochs = model === 'itempop' ? 0 : reads(model, 'epochs') ? 2 : 1;
      const mine = (await lab(t)).run({ model, factors: 4, epochs: 2, eval: 'both', seed: 3 });
      finish(mine);
      const expected = outcome(mine);

      const json = (
        await good(...short(path, model), '--seed=3', '--eval', 'both', '--json', '--save', weights)
      ).json();
      const result = json.pop();
      assert.deepEqual(
        json.map(({ event, epoch, loss, metrics: { sampled, full } }) => [event, epoch, loss, sampled.hr, full.ndcg]),
        expected.epochs.map(({ epoch, loss, metrics }) => [
          'epoch',
          epoch,
          loss,
          metrics.sampled.hr,
          metrics.full.ndcg,
        ]),
      );
      const { metrics } = json.at(-1);
      const { sampled } = expected.epochs.at(-1).metrics;
      assert.deepEqual(metrics.sampled, {
        hr: sampled.hr,
        ndcg: sampled.ndcg,
        mrr: sampled.mrr,
        hr_half_width: sampled.hrHalfWidth,
        ndcg_half_width: sampled.ndcgHalfWidth,
        mrr_half_width: sampled.mrrHalfWidth,
        users: 40,
        all_equal: false,
      });
      const { data: about, best_on_test: best, samples_per_second: speed, ...rest } = result;
      assert.deepEqual(rest, {
        event: 'result',
        model,
        config: mine.config(),
        epochs_trained: epochs,
        epoch: epochs,
        loss: json.at(-1).loss,
        metrics,
        notes: [],
        weights_hash: expected.hash,
      });
      assert.deepEqual(about, { name: path, ...identityOf(mine.model.source) });
      assert.deepEqual([about.users, about.items, about.ratings], [40, filmsOf(rows).length, rows.length]);
      const top = mine.bestOnTest();
      assert.equal(best.epoch, top.epoch);
      assert.equal(best.metrics.full.hr, top.metrics.full.hr);
      assert(epochs === 0 ? speed === null : speed > 0);

      const { tensors, config } = decodeWeights(readFileSync(weights));
      assert.deepEqual(config, mine.config());
      for (const tensor of mine.model.tensors)
        assert.deepEqual(tensors.get(tensor.name)?.values, mine.model.values(tensor));
      const args = ['evaluate', '--data', path, '--weights', weights, '--eval', 'both'];
      const [again] = (await good(...args, '--json')).json();
      assert.deepEqual(again.metrics, metrics);
      assert.equal(again.weights_hash, expected.hash);
      assert.deepEqual(again.config, mine.config());
      assert.match((await good(...args)).stdout, new RegExp(`^${model}  sampled HR@10 0\\.\\d{4} ± .*full HR@10`));
      assert.deepEqual(readdirSync(join(weights, '..')), ['w.safetensors'], 'and nothing else is left behind');
    });

  test('prints a line an epoch for people', async (t) => {
    const { lines } = await good(...short(data(t)));
    assert.match(lines[0], /^480 ratings, 40 users, [\d,]+ films; gmf, [\d,]+ parameters, seed 1$/);
    assert.match(lines[1], /^epoch {3}0 {2}HR@10 0\.\d{4} ± 0\.\d{4} {2}NDCG@10 0\.\d{4}$/);
    for (const epoch of [1, 2])
      assert.match(
        lines[epoch + 1],
        new RegExp(
          `^epoch   ${epoch}  HR@10 .* NDCG@10 0\\.\\d{4}  loss \\d\\.\\d{5}  \\d+\\.\\d s  [\\d,]+ samples/s$`,
        ),
      );
    assert.match(lines[4], /^best epoch on test: \d, HR@10/);
    assert.match(lines[5], /^weights [0-9a-f]{16}$/);
    assert.equal(lines.length, 6);
  });

  test('takes every setting as an option', async (t) => {
    /** @type {Record<string, string>} */
    const chosen = {
      model: 'mlp',
      factors: '6',
      layers: '12,6',
      activation: 'tanh',
      embeddings: 'own',
      pretrain: '0',
      alpha: '0.25',
      fusion: 'add',
      'fusion-layers': '3',
      'init-std': '0.2',
      'side-information': 'items',
      ids: 'off',
      neighbours: '7',
      shrinkage: '2',
      unobserved: '0.1',
      nu: '0.5',
      missing: '64',
      'missing-power': '0.3',
      negatives: '2',
      loss: 'squared',
      'negative-weight': '0.5',
      'popularity-power': '0.75',
      'known-negatives': 'accept',
      optimizer: 'rmsprop',
      lr: '1e-2',
      'batch-size': '50',
      order: 'grouped',
      l2: 'mlp:0.01,layers:1e-3',
      epochs: '1',
      seed: '4294967295',
      'positive-from': '1.5',
      'hold-out': 'random',
      eval: 'full',
      validation: 'on',
      output: 'sigmoid',
      clip: 'off',
      'test-share': '0.2',
      folds: '3',
      fold: '2',
      patience: '3',
    };
    assert.deepEqual(
      Object.keys(chosen),
      table.map(({ option }) => option),
    );
    const options = Object.entries(chosen).map(([option, value]) => `--${option}=${value}`);
    const { config, metrics } = (await good('train', '--data', data(t), '--json', ...options)).json().at(-1);
    assert.deepEqual(config, {
      model: 'mlp',
      factors: 6,
      layers: [12, 6],
      activation: 'tanh',
      init_std: 0.2,
      side_information: 'items',
      ids: 'off',
      negatives: 2,
      loss: 'squared',
      negative_weight: 0.5,
      popularity_power: 0.75,
      known_negatives: 'accept',
      optimizer: 'rmsprop',
      lr: 0.01,
      batch_size: 50,
      order: 'grouped',
      l2: 'mlp:0.01,layers:0.001',
      epochs: 1,
      seed: 4294967295,
      positive_from: 1.5,
      hold_out: 'random',
      eval: 'full',
      validation: 'on',
      patience: 3,
    });
    assert.deepEqual(Object.keys(metrics), ['full', 'expected']);
  });

  test('reads the bundled set where no data is named', async () => {
    const result = (await good('train', '--model', 'itempop', '--json')).json().at(-1);
    const { name, users, items, ratings, ...prints } = result.data;
    assert.deepEqual([name, users, items, ratings], ['movielens-small', 671, 9066, 100004]);
    assert.deepEqual(Object.keys(prints), ['fingerprint', 'order', 'test']);
  });

  test('reads a folder, its rating file, a zip and a file of another name alike', async (t) => {
    const zip = zipSync(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`ml/${name}`, Buffer.from(text)])),
    );
    const path = data(t, { 'ml.zip': zip, 'mine.txt': files['ratings.csv'] });
    const hashes = [];
    for (const name of ['', 'ratings.csv', 'ml.zip', 'mine.txt']) {
      const result = (await good(...short(join(path, name)), '--json')).json().at(-1);
      hashes.push(result.weights_hash);
    }
    assert.equal(new Set(hashes).size, 1, hashes.join());
  });

  test('--save takes the place of a file, through a link too', async (t) => {
    const path = folder(t);
    const args = [...short(data(t)), '--save'];
    writeFileSync(join(path, 'old'), 'old');
    symlinkSync('old', join(path, 'link'));
    await good(...args, join(path, 'link'));
    assert.equal(decodeWeights(readFileSync(join(path, 'old'))).tensors.size, 4);
    assert.deepEqual(readdirSync(path), ['link', 'old']);
    assert.equal(readFileSync(join(path, 'link')).length, readFileSync(join(path, 'old')).length);
  });

  test('--save to a device writes there and leaves it a device', { skip: process.platform === 'win32' }, async (t) => {
    const pipe = join(folder(t), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [bytes] = await Promise.all([
      new Promise((done) => {
        /** @type {Buffer[]} */
        const parts = [];
        const cat = spawn('timeout', ['300', 'cat', pipe]);
        cat.stdout.on('data', (part) => parts.push(part)).on('close', () => done(Buffer.concat(parts)));
      }),
      good(...short(data(t)), '--save', pipe),
    ]);
    assert.equal(decodeWeights(bytes).tensors.size, 4);
    assert.deepEqual(readdirSync(join(pipe, '..')), ['pipe']);
  });
});

describe('evaluate', sideBySide, () => {
  test('without --eval measures sampled, whatever the weights were trained with', async (t) => {
    const path = data(t);
    const weights = join(path, 'w.safetensors');
    await good(...short(path), '--eval', 'full', '--save', weights);
    const [said] = (await good('evaluate', '--data', path, '--weights', weights, '--json')).json();
    assert.deepEqual(Object.keys(said.metrics), ['sampled']);
    assert.deepEqual(Object.keys(said), ['event', 'model', 'config', 'data', 'metrics', 'notes', 'weights_hash']);
  });

  test('--ranks writes each test user’s rank, from which the metrics follow', async (t) => {
    const { path, weights } = await trained(t);
    const ranks = join(folder(t), 'ranks.txt');
    for (const kind of ['sampled', 'full']) {
      const args = ['evaluate', '--data', path, '--weights', weights, '--eval', kind, '--ranks', ranks, '--json'];
      const [{ metrics }] = (await good(...args)).json();
      const text = readFileSync(ranks, 'utf8');
      assert.match(text, /^(\d+\n){40}$/);
      const places = text.split('\n').slice(0, -1).map(Number);
      const hr = places.filter((place) => place < 10).length / 40;
      assert(Math.abs(metrics[kind].hr - hr) < 1e-12);
      assert.equal(
        places.some((place) => place > 99),
        kind === 'full',
      );
    }
  });
});

describe('recommend', sideBySide, () => {
  /** @type {{movie_id: number, title: string, year: number, genres: string[], score: number, held_out: boolean, rank: number}[]} */
  let all;

  test('lists films that the user does not have in train, best first, with title, year and genres', async (t) => {
    const { path, weights } = await trained(t);
    const args = ['recommend', '--data', path, '--weights', weights, '--user', '14'];
    all = (await good(...args, '-k', '1000', '--json')).json();
    const mine = rows.filter(({ user }) => user === 14).sort((a, b) => b.time - a.time);
    assert.equal(all.length, filmsOf(rows).length - mine.length + 1);
    all.forEach(({ rank, movie_id: id, title, year, genres, score, held_out: held }, n) => {
      assert.equal(rank, n + 1);
      assert(n === 0 || score <= all[n - 1].score);
      const film = filmsOf(rows).find((each) => each.id === id);
      assert.deepEqual({ id, title, year, genres: genres.sort() }, film);
      assert.equal(held, id === mine[0].item);
      assert(!mine.slice(1).some(({ item }) => item === id));
    });

    const { lines: told } = await good(...args);
    assert.match(told[0], /^Scores are logits: .* \(4 beside each in training\)\.$/);
    const lines = told.slice(1);
    assert.equal(lines.length, 10);
    lines.forEach((line, n) => {
      const { title, year, score } = all[n];
      assert(
        line.startsWith(`${String(n + 1).padStart(3)}  ${score.toFixed(3).padStart(8)}  ${title} (${year})  `),
        line,
      );
    });
    assert.equal(
      (await good(...args, '-k3')).stdout,
      told
        .slice(0, 4)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const whole = await good(...args, '-k', '1000');
    assert.equal(whole.lines.filter((line) => line.endsWith('[held out]')).length, 1);
  });

  test('names films by their id where the data has no titles', async (t) => {
    const { path, weights } = await trained(t);
    const bare = fill(folder(t), { 'my.csv': readFileSync(join(path, 'ratings.csv')) });
    const args = ['recommend', '--data', join(bare, 'my.csv'), '--weights', weights, '--user', '14', '-k', '1'];
    assert.match((await good(...args)).stdout, /\n {2}1 +-?\d\.\d{3} {2}Film \d+( {2}\[held out\])?\n$/);
  });
});

describe('refuses with exit code 2 and one sentence', sideBySide, () => {
  test('a command or option that there is not, and arguments of the wrong form', async () => {
    await refuses(
      ['learn'],
      /^There is no command “learn”: ncf train, ncf evaluate, ncf recommend, ncf export, ncf compare, ncf search, ncf models, ncf verify, ncf reproduce, ncf bench\.$/,
    );
    await refuses(['toString'], /^There is no command “toString”/);
    await refuses([''], /^There is no command “”/);
    await refuses(['train', '--dropout', '0.5'], /^Unknown option '--dropout'\. See “ncf train --help”\.$/);
    await refuses(['evaluate', '--factors', '8'], /^Unknown option '--factors'\. See “ncf evaluate --help”\.$/);
    await refuses(['train', '-x'], /^Unknown option '-x'\. See/);
    await refuses(['train', 'gmf'], /^Unexpected argument 'gmf'\. .*See “ncf train --help”\.$/);
    await refuses(['train', '--factors'], /^Option '--factors <value>' argument missing\. See/);
    await refuses(
      ['train', '--lr', '-1'],
      /^Option '--lr' argument is ambiguous\. .*'--lr=-XYZ'\. See “ncf train --help”\.$/,
    );
    await refuses(['train', '--json=yes'], /^Option '--json' does not take an argument\. See/);
    await refuses(['train', '--a. b\nc'], /^Unknown option '--a\. b c'\. See/);
  });

  test('a setting out of range', async (t) => {
    const path = data(t);
    for (const [option, value, message] of [
      ['model', 'svd', /^Model must be one of random, itempop, .*, neural-ncf, not “svd”\.$/],
      ['model', 'a\nb', /^Model must be one of .*, not “a b”\.$/],
      ['factors', '1.5', /^Predictive factors must be a whole number/],
      ['layers', '7,3', /so it must be even, not 7\.$/],
      ['lr', 'NaN', /^Learning rate must be a number from .*, not “NaN”\.$/],
      ['epochs', '', /^Epochs must be a whole number from 1 to 1000, not “”\.$/],
      ['seed', '4294967296', /^Seed must be a whole number from 0 to 4294967295/],
      ['eval', 'half', /^Evaluation must be one of/],
    ])
      await refuses(['train', '--data', path, `--${option}=${value}`], message);
    const { weights, path: there } = await trained(t);
    await refuses(['evaluate', '--data', there, '--weights', weights, '--eval', 'half'], /^Evaluation must be one of/);
  });

  test('data that is not there or can’t be read', async (t) => {
    const path = folder(t);
    const nowhere = join(path, 'ml-1m');
    await refuses(['train', '--data', nowhere], /^There is no file or folder “.*ml-1m”\. --data takes movielens-small/);
    await refuses(['train', '--data', ''], /^There is no file or folder “”/);
    await refuses(['train', '--data', `${nowhere}\n`], /^There is no file or folder “.*ml-1m ”/);
    await refuses(['train', '--data', path], /^The folder “.*” holds none of ratings\.csv, ratings\.dat, u\.data\.$/);
    await refuses(['train', '--data', 'data/movies.csv'], /^There is no rating file here\. Choose ratings\.csv/);
    mkdirSync(join(path, 'ratings.csv'));
    await refuses(['train', '--data', path], /^“.*ratings\.csv” could not be read: .*directory/);
  });

  test('a file that may not be read', { skip: process.getuid?.() === 0 && 'root may read all' }, async (t) => {
    const path = data(t);
    chmodSync(join(path, 'ratings.csv'), 0);
    await refuses(['train', '--data', path], /^“.*ratings\.csv” could not be read: .*permission/);
    chmodSync(path, 0);
    await refuses(['train', '--data', path], /could not be read|no file or folder/);
    chmodSync(path, 0o700);
  });

  test('damaged data, with the file’s name and the line', async (t) => {
    const path = folder(t);
    const text = files['ratings.csv'];
    const tenth = text.split('\n').slice(0, 10).join('\n');
    const binary = Uint8Array.from({ length: 4000 }, (_, n) => (n * 7919) & 255);
    const zip = zipSync({ 'ml/ratings.csv': Buffer.from(text), 'ml/movies.csv': Buffer.from(files['movies.csv']) });
    for (const [name, content, message] of /** @type {[string, string | Uint8Array, RegExp][]} */ ([
      ['ratings.csv', '', /^ratings\.csv: The file holds no ratings\. Is it empty/],
      ['ratings.csv', text.slice(0, text.indexOf('\n') + 1), /^ratings\.csv, line 1: The file holds no ratings\./],
      ['ratings.csv', binary, /^ratings\.csv, line 1: This is binary data/],
      ['ratings.csv', zip, /^ratings\.csv, line 1: This is binary data.* open the zip itself\.$/],
      ['ratings.csv', 'user,item\n1,2\n', /^ratings\.csv, line 1: .*four columns/],
      ['ratings.csv', `${tenth}\n1,2`, /^ratings\.csv, line 11: This line does not have four columns/],
      ['ratings.csv', `${tenth}\n1,2,x,4\n`, /^ratings\.csv, line 11: A field here should be a number/],
      ['ratings.csv', `${tenth}\n4294967296,2,3,4\n`, /^ratings\.csv, line 11: A field here .* out of range/],
      ['ratings.csv', `1,2,3,4\n2,2,3,4\n`, /^No user has rated two different films/],
      ['ratings.csv', 'x'.repeat(70_000), /^ratings\.csv, line 1: .*longer than 65,536 bytes/],
      ['ml.zip', '', /^ml\.zip is empty\.$/],
      ['ml.zip', text, /^ml\.zip is not a zip file/],
      ['ml.zip', zip.subarray(0, zip.length - 10), /^ml\.zip is cut off/],
      ['ml.zip', zip.subarray(0, 500), /^ml\.zip is cut off/],
    ]))
      await refuses(['train', '--data', join(fill(path, { [name]: content }), name)], message);
    const half = fill(folder(t), { ...files, 'movies.csv': 'movieId,title,genres\n5,"A\n' });
    await refuses(['train', '--data', half], /^movies\.csv, line 2: A quoted field is not closed/);
  });

  test('weights that are not there, are not weights or do not fit', async (t) => {
    const { path, weights } = await trained(t);
    const bytes = readFileSync(weights);
    const other = fill(folder(t), {
      'short.safetensors': bytes.subarray(0, bytes.length - 1),
      'text.safetensors': files['ratings.csv'],
      'empty.safetensors': '',
    });
    for (const [args, command] of /** @type {[string[], string][]} */ ([
      [[], 'evaluate'],
      [['--user', '14'], 'recommend'],
    ])) {
      const given = (/** @type {string} */ file) => [command, '--data', path, '--weights', file, ...args];
      await refuses([command, '--data', path, ...args], /^Say which weights: --weights FILE\.safetensors/);
      await refuses(given(join(other, 'none')), /^The weights file “.*none” can't be read\.$/);
      await refuses(given(other), /^The weights file “.*” can't be read\.$/);
      await refuses(given(join(other, 'short.safetensors')), /^The weights file is cut off or damaged/);
      await refuses(given(join(other, 'text.safetensors')), /^This is not a safetensors file/);
      await refuses(given(join(other, 'empty.safetensors')), /^This is not a safetensors file/);
      await refuses(
        [command, '--data', 'movielens-small', '--weights', weights, ...args],
        /^The weights file lacks 631 of the data’s users \(1, 2, 3, 4, 5 …\): open the data that it was trained on\. Nothing was changed\.$/,
      );
    }
  });

  test('a user that is not there, and a k that is none', async (t) => {
    const { path, weights } = await trained(t);
    const args = ['recommend', '--data', path, '--weights', weights];
    await refuses(
      [...args, '--user', '999'],
      /^User 999 is not in the data, which has 40 users with ids from 11 to 50\.$/,
    );
    await refuses([...args, '--user=-1'], /^User -1 is not in the data/);
    await refuses(args, /^Say for whom: --user ID, --likes ID,ID,… for a new user, or --all\.$/);
    await refuses([...args, '--user', '11', '--likes', '1'], /^Say for whom: --user ID, --likes/);
    await refuses([...args, '--likes', '999999'], /^Film 999999 is not in the data\./);
    await refuses([...args, '--likes', ','], /^Say what the new user likes/);
    for (const user of ['1.5', ''])
      await refuses([...args, '--user', user], /^Say for whom: --user ID, a whole number\.$/);
    for (const k of ['0', 'ten'])
      await refuses([...args, '--user', '14', '-k', k], /^-k takes a whole number from 1, not “.*”\.$/);
  });

  test('--ranks of a model that predicts ratings, before it trains and before it is measured', async (t) => {
    const path = data(t);
    const [weights, ranks] = ['w.safetensors', 'ranks.txt'].map((name) => join(path, name));
    const options = ['--data', path, '--model', 'bias-mf', '--epochs', '1'];
    const refusal =
      /^Biased MF predicts ratings, so it is measured by its errors and ranks nothing: leave --ranks out, or choose a model that ranks films\.$/;
    await refuses(['train', ...options, '--save', weights, '--ranks', ranks], refusal);
    assert(!existsSync(weights));
    await good('train', ...options, '--save', weights);
    for (const file of [ranks, join(path, 'ranks.jsonl')])
      await refuses(['evaluate', '--data', path, '--weights', weights, '--ranks', file], refusal);
    await refuses(['evaluate', '--data', path, '--weights', weights, '--json', '--ranks', '-'], refusal);
    assert(!existsSync(ranks));
  });

  test('a place for --save or --ranks that can’t be written, before it trains', async (t) => {
    const { path, weights } = await trained(t);
    const place = fill(folder(t), { file: 'old' });
    const inside = join(path, 'ratings.csv', 'w');
    const before = listing(place);
    for (const [file, message] of /** @type {[string, RegExp][]} */ ([
      [join(place, 'none', 'w'), /^“.*w” can't be written: /],
      [inside, /^“.*w” can't be written: /],
      [place, /^“.*” can't be written: it is a folder\.$/],
      [`${join(place, 'file')}/`, /^“.*” can't be written: /],
      [join(place, 'x'.repeat(300)), /^“.*” can't be written: /],
      ['', /^“” can't be written: /],
    ])) {
      await refuses([...short(path), '--save', file], message);
      await refuses(['evaluate', '--data', path, '--weights', weights, '--ranks', file], message);
    }
    if (existsSync('/proc/self'))
      await refuses([...short(path), '--save', '/proc/w'], /^“\/proc\/w” can't be written: /);
    assert.deepEqual(listing(place), before);
  });
});

describe('nothing half-written stays', sideBySide, () => {
  const shell = (/** @type {string} */ script, /** @type {string[]} */ ...args) =>
    new Promise((done) => {
      const child = spawn('sh', ['-c', script, process.execPath, join(root, 'wasm/cli.mjs'), ...args], { cwd: root });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (part) => (stdout += part));
      child.stderr.on('data', (part) => (stderr += part));
      child.on('close', (code) => done({ code, stdout, stderr }));
    });

  test('a --save that fails half-way keeps the file that was there', async (t) => {
    const place = fill(folder(t), { w: 'old' });
    const before = listing(place);
    // Files may not grow beyond 512 or 1,024 bytes here, which the weights do.
    const args = [...short(data(t)), '--save', join(place, 'w')];
    const { code, stderr } = await shell('ulimit -f 1; exec "$0" "$@"', ...args);
    assert.match(stderr, /^ncf: “.*w” can't be written: EFBIG[^\n]*\n$/);
    assert.equal(code, 2);
    assert.deepEqual(listing(place), before);
  });

  test('training that diverges says so, saves nothing and keeps the file that was there', async (t) => {
    const place = fill(folder(t), { w: 'old' });
    const before = listing(place);
    const args = [...short(data(t), 'neumf'), '--lr', '1e12', '--json', '--save', join(place, 'w')];
    const { code, stderr, json } = await ncf(...args);
    assert.match(stderr, /^ncf: The loss is no longer a finite number: training diverged\. Choose a smaller .*\n$/);
    assert.equal(code, 2);
    assert(
      json().every(({ event }) => event === 'epoch'),
      'there is no result',
    );
    assert.deepEqual(listing(place), before);
  });

  test('a reader that has seen enough ends training without a word', async (t) => {
    const script = '{ "$0" "$@"; echo "code $?" >&2; } | head -n 2';
    const place = folder(t);
    // More than a pipe holds: what goes on writing must find out that nobody reads.
    const args = ['train', '--data', data(t), '--epochs', '1000', '--factors', '64', '--batch-size', '8', '--json'];
    const { stdout, stderr } = await shell(script, ...args, '--save', join(place, 'w'));
    assert.equal(stdout.split('\n').length, 3);
    assert.equal(stderr, 'code 0\n');
    assert.deepEqual(listing(place), [], 'rather than train a thousand epochs for nobody');
  });

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    test(`${signal} ends training at once and saves nothing`, async (t) => {
      const place = fill(folder(t), { w: 'old' });
      const before = listing(place);
      const args = ['train', '--data', data(t), '--epochs', '1000', '--json', '--save', join(place, 'w')];
      const child = spawn(process.execPath, [join(root, 'wasm/cli.mjs'), ...args], { cwd: root });
      let [stdout, stderr] = ['', ''];
      child.stderr.on('data', (part) => (stderr += part));
      const ended = new Promise((done) => child.on('close', (code, by) => done({ code, by })));
      let sent = false;
      child.stdout.on('data', (part) => {
        stdout += part;
        if (sent || stdout.split('\n').length < 4) return;
        // It can't be at its end: a thousand lines are more than the pipe and what was read of it hold.
        sent = true;
        child.kill(signal);
      });
      assert.deepEqual(await ended, { code: null, by: signal });
      assert(stdout.split('\n').length < 1000);
      assert.equal(stderr, '');
      for (const line of stdout.split('\n').slice(0, -1)) assert.equal(JSON.parse(line).event, 'epoch');
      assert.deepEqual(listing(place), before);
    });
});

describe('the module', sideBySide, () => {
  test('runs from any folder', (t) => {
    const stdout = execFileSync(process.execPath, [join(root, 'wasm/cli.mjs'), 'train', '--model', 'itempop'], {
      cwd: folder(t),
      encoding: 'utf8',
    });
    assert.match(stdout, /^100,004 ratings/);
  });
});
