// `ncf reproduce` on a small triple: its runs are those of `ncf train`, its file of results is picked up where it ended.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { experiments, towerOf } from '../../wasm/command/reproduce/paper.mjs';
import { Results, keyOf, withSeeds } from '../../wasm/command/reproduce/runs.mjs';
import { present } from '../../wasm/command/reproduce/tables.mjs';
import { toConfig } from '../../wasm/settings/settings.mjs';
import { folder, ncf, root } from './fixtures.mjs';

/** A triple of 30 users and 60 films that fall into two halves; 20 test negatives a user. @param {string} path */
function writeTriple(path) {
  const train = [];
  const tests = [];
  const negatives = [];
  for (let user = 0; user < 30; user++) {
    const own = Array.from({ length: 12 }, (_, n) => ((user * 7 + n * 2) % 30) + 30 * (user % 2));
    own.slice(1).forEach((item) => train.push(`${user}\t${item}\t5\t0`));
    tests.push(`${user}\t${own[0]}\t5\t1`);
    const others = Array.from({ length: 60 }, (_, item) => item).filter((item) => !own.includes(item));
    negatives.push([`(${user},${own[0]})`, ...others.slice(0, 20)].join('\t'));
  }
  writeFileSync(join(path, 'tiny.train.rating'), `${train.join('\n')}\n`);
  writeFileSync(join(path, 'tiny.test.rating'), `${tests.join('\n')}\n`);
  writeFileSync(join(path, 'tiny.test.negative'), `${negatives.join('\n')}\n`);
  return join(path, 'tiny');
}

test('every experiment has a cell for each of the paper’s settings', () => {
  const cells = (/** @type {string} */ name, /** @type {number[]} */ factors) => experiments[name].cells(factors);
  assert.equal(cells('table2', [8, 16, 32, 64]).length, 8);
  assert.equal(cells('table3', [8, 16]).length, 10);
  assert.equal(cells('figure7', [16]).length, 30);
  assert.deepEqual(towerOf(3, 8), [64, 32, 16, 8]);
  assert.deepEqual(towerOf(0, 8), [8]);
  const [cell] = cells('table2', [8]);
  assert.equal(cell.settings.pretrain, 20);
  // Whatever an experiment asks for, the settings take.
  for (const { cells: of, factors } of Object.values(experiments))
    for (const { settings } of of(factors)) assert.ok(withSeeds(settings, 2).length >= 1);
});

describe('results written before a setting existed', () => {
  const settings = { model: 'gmf', factors: 16, lr: 0.002 };
  const data = { fingerprint: 'd', order: 'o' };
  /** @param {Record<string, unknown>} config */
  const line = (config) =>
    `${JSON.stringify({ key: JSON.stringify({ data, ...config }), config, epochs: [], best: { epoch: 1, hr: [], ndcg: [] }, seconds: 1, weights_hash: 'old' })}\n`;

  test('count as those with its default', (t) => {
    const file = join(folder(t), 'r.jsonl');
    const [full] = withSeeds(settings, 1);
    const text = line({ model: 'gmf', factors: 16, negatives: 4, lr: 0.002, batch_size: 256, epochs: 20, seed: 1 });
    writeFileSync(file, text);
    const results = new Results(file);
    assert.equal(results.byKey.get(keyOf(data, full))?.weights_hash, 'old');
    const [other] = withSeeds({ ...settings, std: 0.1 }, 1);
    assert.equal(results.byKey.get(keyOf(data, other)), undefined);
    for (const other of [
      { ...data, fingerprint: 'e' },
      { ...data, order: 'e' },
    ])
      assert.equal(results.byKey.get(keyOf(other, full)), undefined);
    assert.equal(readFileSync(file, 'utf8'), text, 'the file stays as it is');
  });

  test('with settings that there are no more are left alone', (t) => {
    const file = join(folder(t), 'r.jsonl');
    writeFileSync(file, line({ model: 'svd', factors: 16 }) + line({ model: 'gmf', factors: 4096 }));
    assert.equal(new Results(file).byKey.size, 2);
  });

  test('that do not say of which data they are belong to none', (t) => {
    const file = join(folder(t), 'r.jsonl');
    const [full] = withSeeds(settings, 1);
    writeFileSync(
      file,
      line({ ...toConfig(full) }).replace(JSON.stringify(JSON.stringify(data)).slice(1, -1), '\\"ml-1m\\"'),
    );
    const results = new Results(file);
    assert.equal(results.byKey.size, 1);
    assert.equal(results.byKey.get(keyOf(data, full)), undefined);
    assert.deepEqual(results.notes(data), [{ code: 'foreign-results', values: { results: 1, file } }]);
  });

  test('the figures of this project are not run again', () => {
    const stored = new Results(join(root, 'tests/reproduce/results.jsonl'));
    const [{ data: of }] = stored.byKey.values();
    assert.deepEqual(stored.notes(of), [], 'all are of one dataset');
    const { cells, factors } = experiments.figure6;
    const text = present(experiments.figure6, cells(factors), stored, of, 1);
    assert.match(text, /### Figure 6/);
    assert.doesNotMatch(text, /: –/);
  });
});

describe('the command', () => {
  test('runs, keeps results, and goes on where it was stopped', async (t) => {
    const path = folder(t);
    const data = writeTriple(path);
    const results = join(path, 'results.jsonl');
    const args = ['reproduce', 'figure6', '--data', data, '--factors', '4', '--results', results, '--jobs', '2'];
    const first = await ncf(...args);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /### Figure 6: training loss/);
    assert.match(first.stdout, /\| NeuMF, epoch \| loss \| HR@10 \| NDCG@10 \|/);
    const lines = readFileSync(results, 'utf8').trim().split('\n');
    assert.equal(lines.length, 3);

    // The same run by ncf train has the same epochs and weights.
    const gmf = lines.map((line) => JSON.parse(line)).find(({ config }) => config.model === 'gmf');
    const train = await ncf('train', '--data', data, '--model', 'gmf', '--factors', '4', '--json');
    const events = train.json();
    const result = events.at(-1);
    const epochs = events.filter(({ event }) => event === 'epoch');
    assert.equal(result.weights_hash, gmf.weights_hash);
    assert.deepEqual(result.data, gmf.data);
    assert.deepEqual(
      epochs.map(({ epoch, loss, metrics: { sampled } }) => ({ epoch, loss, hr: sampled.hr, ndcg: sampled.ndcg })),
      gmf.epochs,
    );
    assert.equal(gmf.best.hr[9], Math.max(...gmf.epochs.map(({ hr }) => hr)));

    // Stopped in the middle of a line: that run alone is done again.
    writeFileSync(results, `${lines.slice(0, 2).join('\n')}\n${lines[2].slice(0, 40)}`);
    const second = await ncf(...args);
    assert.equal(second.code, 0, second.stderr);
    assert.equal(second.stdout.match(/ in epoch /g)?.length, 1);
    const again = readFileSync(results, 'utf8').trim().split('\n');
    assert.deepEqual(again.slice(0, 2), lines.slice(0, 2));
    assert.equal(JSON.parse(again[2]).weights_hash, JSON.parse(lines[2]).weights_hash);
    const third = await ncf(...args);
    assert.equal(third.stdout.match(/ in epoch /g), null, 'nothing is left to do');
    assert.match(third.stdout, /### Figure 6/);

    // Another file in its place: as many users, films and rows, but not the same ones.
    const train0 = readFileSync(`${data}.train.rating`, 'utf8');
    writeFileSync(`${data}.train.rating`, train0.replace(/^0\t(\d+)\t5/, '0\t$1\t4'));
    const other = await ncf(...args);
    assert.match(
      other.stdout,
      /note: 3 results in .*results\.jsonl are of other data, .*neither taken up nor changed\./,
    );
    assert.equal(other.stdout.match(/ in epoch /g)?.length, 3);
    assert(readFileSync(results, 'utf8').startsWith(`${again.slice(0, 2).join('\n')}\n`));
  });

  test('sets the paper’s number beside ours', (t) => {
    const file = join(folder(t), 'r.jsonl');
    const data = { fingerprint: 'd', order: 'o' };
    const results = new Results(file);
    const [cell] = experiments.table2.cells([8]).filter(({ row }) => row === 'without pretraining');
    for (const [n, settings] of withSeeds(cell.settings, 2).entries())
      results.add({
        key: keyOf(data, settings),
        config: {},
        data: { name: 'd', users: 1, items: 1, ratings: 1, test: '', ...data },
        epochs: [],
        best: { epoch: 1, hr: Array(20).fill(0.69 + n / 100), ndcg: Array(20).fill(0.4) },
        seconds: 1,
        weights_hash: '',
      });
    const text = present(experiments.table2, [cell], new Results(file), data, 2);
    assert.match(text, /\| without pretraining \| 0\.6950 ± 0\.0635 \(paper 0\.688, \+0\.007\) \|/);
    assert.match(text, /\| without pretraining \| 0\.4000 ± 0\.0000 \(paper 0\.410, −0\.010\) \|/);
    assert.match(text, /means of 2 seeds/);
  });

  test('refuses what it can’t do in one sentence', async (t) => {
    const path = folder(t);
    const refuse = async (/** @type {RegExp} */ message, /** @type {string[]} */ ...args) => {
      const { code, stdout, stderr } = await ncf('reproduce', ...args);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    };
    await refuse(/Say which one: ncf reproduce table2\|table3/);
    await refuse(/Say which one/, 'table9');
    await refuse(/--seeds takes a whole number from 1/, 'table2', '--seeds', '0');
    await refuse(/--factors takes a whole number from 1, not “x”/, 'table2', '--factors', '8,x');
    await refuse(/There is no file or folder “nowhere\/ml-1m”/, 'table2', '--data', 'nowhere/ml-1m');
    await refuse(/Results can’t be kept in “.*nowhere/, 'table2', '--results', join(path, 'nowhere', 'r.jsonl'));
    await refuse(/Results can’t be kept in “.*”: EISDIR/, 'table2', '--results', path);
    const broken = join(path, 'broken.jsonl');
    appendFileSync(broken, 'not JSON\n');
    await refuse(/Line 1 of “.*broken\.jsonl” is not a result/, 'table2', '--results', broken);
  });
});
