// What `ncf compare` reads, and what it says of it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { compareContenders, compareRanks } from '../../wasm/lab/compare.mjs';
import { contendersOf, readRuns } from '../../wasm/lab/stats/contenders.mjs';
import { gainOf, hitOf, parseRanks, rankLines } from '../../wasm/lab/stats/ranks.mjs';
import { meanInterval, welch } from '../../wasm/lab/stats/significance.mjs';
import { userVerdict } from '../../wasm/lab/stats/verdict.mjs';
import { csv, fill, folder, lab, ncf, world } from './fixtures.mjs';

/** @param {number} got @param {number} expected */
const near = (got, expected) => assert(Math.abs(got - expected) < 1e-12, `${got} is not ${expected}`);

const ranks = Array.from({ length: 200 }, (_, n) => (n * 7) % 20);
const lines = (/** @type {(string | number)[]} */ all) => all.map((line) => `${line}\n`).join('');

/**
 * A result as ncf train --json prints it.
 * @param {Record<string, unknown>} config
 * @param {Record<string, unknown>} metrics
 * @param {Record<string, unknown>} [more]
 */
const result = (config, metrics, more) =>
  JSON.stringify({
    event: 'result',
    config: { model: 'gmf', factors: 8, seed: 1, eval: 'sampled', ...config },
    data: { name: 'd', users: 200, items: 30, ratings: 999, fingerprint: 'f', order: 'o', test: 't' },
    metrics: { sampled: metrics },
    weights_hash: `${JSON.stringify(config)}`,
    ...more,
  });

/** @param {Record<string, unknown>} config @param {number[]} all  NDCG by seed */
const seeds = (config, all) => lines(all.map((ndcg, n) => result({ seed: n + 1, ...config }, { hr: 0.5, ndcg })));

/** The contenders of texts. @param {string[]} texts */
const contenders = (...texts) => contendersOf(texts.flatMap((text, n) => readRuns(text, `file${n}`)));

describe('ranks', () => {
  test('in a file', () => {
    assert.deepEqual(parseRanks('0\n12\n99\n'), [0, 12, 99]);
    assert.deepEqual(parseRanks('3\r\n4'), [3, 4]);
    assert.deepEqual(parseRanks(''), []);
    for (const text of ['1\n\n2\n', '1\nx\n', '-1\n', '1.5\n', ' 1\n'])
      assert.throws(() => parseRanks(text), /^RangeError: line \d: “.*” is not a rank\.$/);
  });

  test('with ties count by their expectation over all places', () => {
    for (let greater = 0; greater < 14; greater++)
      for (let equal = 0; equal < 14; equal++) {
        const places = Array.from({ length: equal + 1 }, (_, n) => greater + n);
        const mean = (/** @type {(place: number) => number} */ of) =>
          places.reduce((sum, place) => sum + of(place), 0) / places.length;
        near(
          hitOf({ greater, equal }, 10),
          mean((place) => (place < 10 ? 1 : 0)),
        );
        near(
          gainOf({ greater, equal }, 10),
          mean((place) => (place < 10 ? 1 / Math.log2(place + 2) : 0)),
        );
      }
    assert.equal(hitOf({ greater: 0, equal: 99 }, 10), 0.1);
    assert.equal(hitOf(9, 10), 1);
    assert.equal(hitOf(10, 10), 0);
    assert.equal(gainOf(0, 10), 1);
  });

  test('of a model make the metrics that its evaluation printed', async (t) => {
    const { run, dataset } = await lab(t);
    for (const model of ['itempop', 'gmf']) {
      const mine = run({ model });
      for (const event of mine.slices()) assert(event);
      const found = mine.evaluator.ranks(false);
      if (model === 'itempop') assert(found.some(({ equal }) => equal > 0));
      const { sampled } = mine.history.at(-1).metrics;
      const [read] = readRuns(lines(rankLines('sampled', dataset.userIds, found)), 'r');
      const { a, users } = compareRanks(found, read.ranks.sampled.ranks, 10);
      near(a.hr, sampled.hr);
      near(a.ndcg, sampled.ndcg);
      assert.equal(users, 40);
      assert.equal(compareRanks([...found, null, 3], [...found, 3, null]).users, 40, 'pairs alone count');
      assert.throws(() => compareRanks(found, [...found, null]), /40 and 41 users can’t be paired/);
      assert.deepEqual(read.ranks.sampled.users, [...dataset.userIds]);
    }
  });
});

describe('a verdict', () => {
  test('over users only says what a test says', () => {
    const better = ranks.map((rank) => Math.max(0, rank - 2));
    assert.match(
      userVerdict(compareRanks(ranks, ranks, 10)),
      /^A and B can’t be told apart: .* no test over users finds a difference\.$/,
    );
    const { t } = compareRanks(better, ranks, 10);
    assert.equal(
      userVerdict(compareRanks(better, ranks, 10)),
      `A is better by ${t.mean.toFixed(4)} NDCG@10 (95 % interval ${(t.mean - t.halfWidth).toFixed(4)} to ${(t.mean + t.halfWidth).toFixed(4)} over 200 users); all tests over users say so.`,
    );
    assert.equal(
      userVerdict(compareRanks(ranks, better, 10)),
      userVerdict(compareRanks(better, ranks, 10)).replace('A is', 'B is'),
    );
    // The same hits, better places: NDCG differs alone.
    const higher = ranks.map((rank) => (rank < 10 ? 0 : rank));
    const partly = userVerdict(compareRanks(higher, ranks, 10));
    assert.match(
      partly,
      /^A is better by .* the t test of NDCG@10 and Wilcoxon’s test of NDCG@10 say so, the rest find/,
    );
    // More hits for B, better places for A.
    const few = ranks.map((rank, n) => (n < 20 ? 0 : n < 40 ? 9 : 15));
    const many = ranks.map((rank, n) => (n < 20 ? 4 : n < 60 ? 9 : 15));
    const divided = compareRanks(few, many, 10);
    assert(divided.t.mean > 0 && divided.mcnemar.onlyB === 20);
    assert.match(
      userVerdict(divided),
      /^A and B can’t be told apart.*; the t test of NDCG@10 and Wilcoxon’s test of NDCG@10 and McNemar’s test of hits@10 contradict each other\.$/,
    );
  });

  test('over seeds is Welch’s', () => {
    const [x, y] = [
      [0.41, 0.42, 0.43],
      [0.3, 0.32, 0.31, 0.3],
    ];
    const [told] = compareContenders(contenders(seeds({}, x), seeds({ factors: 16 }, y))).comparisons;
    assert.deepEqual(told.seeds.ndcg, welch(x, y));
    assert.match(
      told.verdict,
      /^A is better by 0\.1125 NDCG@10 \(95 % interval 0\.0\d+ to 0\.1\d+ over 3 and 4 seeds\)\.$/,
    );
    assert.deepEqual(told.a.means.ndcg, meanInterval(x));
    const [turned] = compareContenders(contenders(seeds({ factors: 16 }, y), seeds({}, x))).comparisons;
    assert.equal(turned.verdict.replace('B', 'A').replace('4 and 3', '3 and 4'), told.verdict);
    const [alike] = compareContenders(contenders(seeds({}, x), seeds({ factors: 16 }, [0.4, 0.44, 0.41]))).comparisons;
    assert.match(alike.verdict, /^A and B can’t be told apart: A − B in NDCG@10 is 0\.00\d\d \(95 % interval −0\./);
  });

  test('of RMSE: less is better', () => {
    const rated = (/** @type {number} */ factors, /** @type {number[]} */ all) =>
      lines(all.map((rmse, n) => result({ factors, seed: n }, { rmse, mae: 0.7 })));
    const [{ measure, verdict }] = compareContenders(
      contenders(rated(8, [0.91, 0.92, 0.91]), rated(16, [0.85, 0.86, 0.85])),
    ).comparisons;
    assert.deepEqual([measure.name, measure.better], ['rmse', 'lower']);
    assert.match(verdict, /^B is better by 0\.0600 RMSE \(95 % interval 0\.0\d+ to 0\.0\d+ over 3 and 3 seeds\)\.$/);
    assert.throws(
      () => compareContenders(contenders(rated(9, [0.9]), seeds({}, [0.4]))),
      /^RangeError: A and B have no measure in common/,
    );
  });

  test('of single runs without ranks says what is missing', () => {
    const [{ verdict, users }] = compareContenders(
      contenders(seeds({}, [0.4]), seeds({ factors: 9 }, [0.5])),
    ).comparisons;
    assert.equal(users, null);
    assert.match(
      verdict,
      /^A and B can’t be told apart: B is ahead by 0\.1000 NDCG@10, but a single run of A and of B/,
    );
  });

  test('says so where seeds and users do not agree', () => {
    const [better, worse] = [
      [2, 1.9, 2.1],
      [1, 0.9, 1.1],
    ].map((all) => seeds({ factors: all[0] }, all).split('\n'));
    const user = (/** @type {number} */ n) =>
      JSON.stringify({ event: 'rank', eval: 'sampled', user: n, greater: ranks[n], equal: 0, candidates: 50 });
    const some = lines(ranks.map((_, n) => user(n)));
    const [{ verdict }] = compareContenders(contenders(some + lines(better), some + lines(worse))).comparisons;
    assert.match(
      verdict,
      /^A and B can’t be told apart for sure: over 3 and 3 seeds A is better, over 200 users there is no telling \(A − B/,
    );
  });
});

describe('contenders', () => {
  test('are runs that differ in nothing but the seed, from whichever file', () => {
    const all = contenders(
      seeds({}, [0.4, 0.5]),
      seeds({ model: 'neumf', lr: 0.01 }, [0.5]),
      lines([result({ seed: 3, eval: 'both' }, { ndcg: 0.6 })]),
    );
    assert.deepEqual(
      all.map(({ name, label, sources, runs }) => [name, label, sources, runs.length]),
      [
        ['A', 'gmf', ['file0', 'file2'], 3],
        ['B', 'neumf', ['file1'], 1],
      ],
    );
    const labels = contenders(seeds({ factors: 8 }, [1]), seeds({ factors: 16 }, [1])).map(({ label }) => label);
    assert.deepEqual(labels, ['gmf factors=8', 'gmf factors=16']);
    const many = contenders(...Array.from({ length: 28 }, (_, n) => seeds({ factors: n + 1 }, [1])));
    assert.deepEqual([many[25].name, many[26].name, many[27].name], ['Z', 'AA', 'AB']);
  });

  test('count a run once, however often it is there', () => {
    const [one] = contenders(seeds({}, [0.4, 0.5]), seeds({}, [0.4]));
    assert.equal(one.runs.length, 2);
    assert.throws(
      () => contenders(seeds({}, [0.4]), lines([result({}, { ndcg: 0.4 }, { weights_hash: 'other' })])),
      /“file0” and “file1” have runs of the same settings and seed with different weights/,
    );
  });

  test('with ranks of several seeds are compared by each user’s mean', () => {
    const run = (/** @type {number} */ seed, /** @type {number} */ factors, /** @type {number[]} */ all) =>
      lines([
        ...all.map((greater, user) =>
          JSON.stringify({ event: 'rank', eval: 'sampled', user, greater, equal: 0, candidates: 50 }),
        ),
        result({ seed, factors }, { hr: 0, ndcg: 0 }),
      ]);
    const [a1, a2, b1] = [
      [0, 5, 20, 3],
      [1, 12, 9, 3],
      [2, 2, 2, 30],
    ];
    const [{ users }] = compareContenders(contenders(run(1, 8, a1) + run(2, 8, a2), run(1, 16, b1))).comparisons;
    const gain = (/** @type {number} */ rank) => (rank < 10 ? 1 / Math.log2(rank + 2) : 0);
    near(users.t.mean, a1.reduce((sum, rank, n) => sum + (gain(rank) + gain(a2[n])) / 2 - gain(b1[n]), 0) / 4);
    near(users.mcnemar.onlyA, 1);
    near(users.mcnemar.onlyB, 1);
  });
});

describe('ncf compare', () => {
  test('of plain ranks', async (t) => {
    const path = fill(folder(t), { 'a.txt': lines(ranks), 'b.txt': lines(ranks.map((rank) => rank + 5)) });
    const [a, b] = ['a.txt', 'b.txt'].map((name) => join(path, name));
    const said = await ncf('compare', a, b);
    assert.equal(said.code, 0, said.stderr);
    assert.match(said.stdout, /HR@10 +NDCG@10 +seeds\nA {2}0\.5000 .*a\.txt\nB {2}0\.2500 /);
    assert.match(said.stdout, /\nA is better by 0\.\d+ NDCG@10/);
    const [json] = (await ncf('compare', a, b, '-k', '5', '--json')).json().filter(({ event }) => event !== 'note');
    assert.deepEqual(
      [json.event, json.k, json.users.count, json.a.hr, json.b.hr, json.seeds],
      ['comparison', 5, 200, 0.25, 0, null],
    );
    const { t_test: told, wilcoxon, mcnemar } = json.users;
    assert.deepEqual([mcnemar.only_a, mcnemar.only_b, mcnemar.exact], [50, 0, true]);
    assert(told.p < 1e-6 && wilcoxon.p < 1e-6 && json.verdict.startsWith('A is better'));
  });

  test('of what ncf train --json printed, with ranks among it; ItemPop’s ties count', async (t) => {
    const path = fill(folder(t), { 'ratings.csv': csv(world()) });
    const train = (/** @type {string[]} */ ...args) =>
      ncf('train', '--data', path, '--epochs', '2', '--factors', '4', '--json', '--ranks', '-', ...args);
    const gmf = await Promise.all(
      [1, 2].map((seed) => train('--model', 'gmf', '--seed', String(seed), '--eval', 'both')),
    );
    const pop = await train('--model', 'itempop');
    for (const { code, stderr } of [...gmf, pop]) assert.deepEqual([code, stderr], [0, '']);
    fill(path, { 'gmf.jsonl': gmf.map(({ stdout }) => stdout).join(''), 'pop.jsonl': pop.stdout });
    const files = ['gmf.jsonl', 'pop.jsonl'].map((name) => join(path, name));
    const [json] = (await ncf('compare', ...files, '--json')).json();
    const results = gmf.map((run) => run.json().at(-1));
    assert.deepEqual([json.a.label, json.a.seeds, json.b.label, json.b.seeds], ['gmf', 2, 'itempop', 1]);
    near(json.a.ndcg, (results[0].metrics.sampled.ndcg + results[1].metrics.sampled.ndcg) / 2);
    assert.deepEqual([json.eval, json.seeds, json.users.count], ['sampled', null, 40]);
    near(json.users.t_test.mean_difference, json.a.ndcg - json.b.ndcg);
    near((json.users.mcnemar.only_a - json.users.mcnemar.only_b) / 40, json.a.hr - json.b.hr);
    const [alone] = (await ncf('compare', files[0], '--eval', 'full', '--json')).json();
    assert.deepEqual([alone.event, alone.eval, alone.seeds], ['summary', 'full', 2]);
    near(alone.hr, (results[0].metrics.full.hr + results[1].metrics.full.hr) / 2);
    const { stdout } = await ncf('compare', ...files, '-k', '3');
    assert.match(stdout, /HR@3 +NDCG@3 +seeds\nA {2}0\.\d{4} ± 0\.\d{4} .* 2 +gmf {2}\(/);
    assert.match(stdout, /A − B over 40 users, NDCG@3: [+−]0\.\d{4} ± 0\.\d{4} \(paired t, p [=<]/);
  });

  test('refuses what it can’t compare in one sentence', async (t) => {
    const rank = (/** @type {Record<string, unknown>} */ more) =>
      JSON.stringify({ event: 'rank', eval: 'sampled', user: 1, greater: 0, equal: 0, candidates: 100, ...more });
    const path = fill(folder(t), {
      'a.txt': lines(ranks),
      'short.txt': lines(ranks.slice(1)),
      'bad.txt': '1\nx\n',
      'empty.txt': '',
      'text.txt': 'Once upon a time\n',
      'epochs.jsonl': lines(['{"event":"epoch","epoch":0}']),
      'cut.jsonl': seeds({}, [0.4]).slice(0, 50),
      'bad.jsonl': lines([rank({ greater: 100 })]),
      'one.jsonl': lines([rank({})]),
      'other.jsonl': lines([rank({ user: 2 })]),
      'more.jsonl': lines([rank({ candidates: 500 })]),
      'full.jsonl': lines([rank({ eval: 'full' })]),
      'd.jsonl': seeds({}, [0.4]),
      'e.jsonl': lines([result({ factors: 9 }, { ndcg: 0.4 }, { data: { users: 7, items: 7, ratings: 7 } })]),
      'f.jsonl': seeds({ factors: 10 }, [0.4]),
    });
    /** @type {[string[], RegExp][]} */
    const refused = [
      [[], /Say which files: ncf compare A B/],
      [['a.txt', 'short.txt'], /200 and 199 users: they are not of the same data/],
      [['a.txt', 'bad.txt'], /bad\.txt”, line 2: “x” is not a rank/],
      [['a.txt', 'none.txt'], /none\.txt” can't be read/],
      [['empty.txt', 'a.txt'], /There is nothing in “.*empty\.txt”/],
      [['text.txt', 'a.txt'], /text\.txt” is neither the output of ncf train --json nor ranks/],
      [['epochs.jsonl', 'a.txt'], /epochs\.jsonl” has neither the result of a run nor ranks/],
      [['cut.jsonl', 'a.txt'], /cut\.jsonl”, line 1: this is not JSON: is the file cut off/],
      [['bad.jsonl', 'one.jsonl'], /bad\.jsonl”, line 1: this is not a rank/],
      [['one.jsonl', 'other.jsonl'], /ranks of different users/],
      [['one.jsonl', 'more.jsonl'], /among different numbers of films: evaluate both alike/],
      [['one.jsonl', 'full.jsonl'], /no evaluation in common: A has sampled, B has full/],
      [['d.jsonl', 'e.jsonl'], /are not of the same data/],
      [['d.jsonl', 'f.jsonl', '-k', '5'], /results at the cut-off 10 and no ranks to cut off elsewhere/],
      [['d.jsonl', 'f.jsonl', '--eval', 'full'], /d\.jsonl” has no full evaluation, but sampled/],
      [['a.txt', 'a.txt', '-k', '0'], /-k takes a whole number from 1/],
    ];
    for (const [args, message] of refused) {
      const words = args.map((word) => (/\.(txt|jsonl)$/.test(word) ? join(path, word) : word));
      const { code, stderr, stdout } = await ncf('compare', ...words);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
  });
});

describe('--ranks', () => {
  test('of train and evaluate are the same, by the weights that are kept', async (t) => {
    const path = fill(folder(t), { 'ratings.csv': csv(world()) });
    const file = (/** @type {string} */ name) => join(path, name);
    const args = ['--model', 'gmf', '--epochs', '6', '--factors', '4', '--lr', '0.05', '--validation', 'on'];
    const trained = await ncf(
      'train',
      '--data',
      path,
      ...args,
      '--eval',
      'both',
      '--json',
      '--ranks',
      file('t.jsonl'),
      '--save',
      file('w'),
    );
    assert.equal(trained.code, 0, trained.stderr);
    const { epoch, epochs_trained: last, metrics } = trained.json().at(-1);
    assert(epoch < last, 'the best epoch is not the last, so that the ranks must be those of another one');
    const evaluated = await ncf(
      'evaluate',
      '--data',
      path,
      '--weights',
      file('w'),
      '--eval',
      'both',
      '--json',
      '--ranks',
      file('e.jsonl'),
    );
    assert.equal(evaluated.code, 0, evaluated.stderr);
    const text = readFileSync(file('t.jsonl'), 'utf8');
    assert.equal(readFileSync(file('e.jsonl'), 'utf8'), text);
    const [run] = readRuns(text, 't');
    for (const kind of ['sampled', 'full']) {
      const { a } = compareRanks(run.ranks[kind].ranks, run.ranks[kind].ranks, 10);
      near(a.ndcg, metrics[kind].ndcg);
    }
    await ncf('evaluate', '--data', path, '--weights', file('w'), '--ranks', file('plain'));
    assert.deepEqual(
      parseRanks(readFileSync(file('plain'), 'utf8')),
      run.ranks.sampled.ranks.map((rank) => Object(rank).greater),
    );
  });

  test('on the standard output need --json', async () => {
    const { code, stderr } = await ncf('train', '--model', 'itempop', '--ranks', '-');
    assert.equal(code, 2);
    assert.match(stderr, /^ncf: “--ranks -” puts ranks among the lines of --json: give that, too, or name a file\.\n$/);
  });
});

test('runs that were saved before a setting existed are of the same model', () => {
  const run = (/** @type {object} */ more, /** @type {number} */ seed) =>
    JSON.stringify({
      event: 'result',
      config: { model: 'gmf', factors: 8, ...more, seed },
      metrics: { sampled: { hr: 0.5, ndcg: 0.4 } },
      weights_hash: String(seed),
    });
  const [, ...others] = contenders(
    run({}, 1),
    run({ known_negatives: 'reject' }, 2),
    run({ known_negatives: 'accept' }, 3),
  );
  assert.deepEqual(
    others.map(({ runs }) => runs.length),
    [1],
  );
});

describe('runs of other data, or tested otherwise', () => {
  const print = 'abcdef0123456789';
  const data = { users: 200, items: 30, ratings: 999, fingerprint: print, order: print, test: `${print}${print}` };
  /** @param {object} other @param {string} [kind] */
  const compared = (other, kind) => {
    const [a, b] = [{}, other].map((more, n) => {
      const text = result({ factors: n + 1 }, { ndcg: 0.4 }, { data: { ...data, ...more } });
      return text.replace('"sampled":{', `"${kind ?? 'sampled'}":{`);
    });
    return compareContenders(contenders(a, b), { kind });
  };

  test('are refused where the ratings are not the same, however many there are', () => {
    assert.doesNotThrow(() => compared({}));
    assert.throws(() => compared({ fingerprint: 'f' }), /^RangeError: “file0” and “file1” are not of the same data:/);
    assert.throws(() => compared({ ratings: 998 }), /are not of the same data:/);
  });

  test('are refused where the test is another one', () => {
    const negatives = { test: `${print}0123456789abcdef` };
    const items = { test: `0123456789abcdef${print}` };
    assert.throws(
      () => compared(negatives),
      /^RangeError: “file0” \(gmf\) and “file1” \(gmf\) were tested among other films:/,
    );
    assert.doesNotThrow(() => compared(negatives, 'full'), 'all films are the same, whatever negatives are drawn');
    for (const kind of ['sampled', 'full'])
      assert.throws(() => compared(items, kind), /were tested on other films\. Train both on one file,/);
  });

  test('of ratings have a test by seed', () => {
    const [a, b] = [1, 2].map((seed) =>
      JSON.stringify({
        event: 'result',
        config: { model: 'bias', seed },
        data: { ...data, test: `${seed}${print.slice(1)}` },
        metrics: { errors: { rmse: 0.9 + seed / 100, mae: 0.7 } },
        weights_hash: String(seed),
      }),
    );
    assert.equal(compareContenders(contenders(a, b), {}).summaries[0].contender.runs.length, 2);
  });

  test('by the command, on files of ranks too; what says nothing of its data is told', async (t) => {
    const path = fill(folder(t), { 'ratings.csv': csv(world()) });
    const at = (/** @type {string} */ name) => join(path, name);
    const train = (/** @type {string} */ model, /** @type {string} */ name) =>
      ncf('train', '--data', path, '--model', model, '--factors=2', '--epochs=1', '--ranks', at(name));
    for (const name of ['a.jsonl', 'a.txt']) assert.equal((await train('itempop', name)).code, 0);
    const changed = world().map((row) => ({ ...row, rating: 5.5 - row.rating }));
    fill(path, { 'ratings.csv': csv(changed) });
    assert.equal((await train('gmf', 'b.jsonl')).code, 0);
    const refused = await ncf('compare', at('a.jsonl'), at('b.jsonl'));
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /a\.jsonl” and “.*b\.jsonl” are not of the same data/);
    const told = await ncf('compare', at('a.txt'), at('b.jsonl'));
    assert.equal(told.code, 0, told.stderr);
    assert.match(
      told.lines[0],
      /^note: .*a\.txt does not say which data its runs are of: they are taken to be the same/,
    );
  });
});
