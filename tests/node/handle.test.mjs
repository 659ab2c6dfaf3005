// free(): once, with what it was made from at the latest, and nothing that was freed can be used: of every class by one table.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { Handle, createLearner, Evaluator, FilmMap, NewUser, loadCore } from '../../wasm/core.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights, encodeWeights, fitWeights } from '../../wasm/lab/weights.mjs';
import { checkSettings, toConfig } from '../../wasm/settings/settings.mjs';
import { core, csv, moviesCsv, root, world } from './fixtures.mjs';

/** @typedef {import('../../wasm/core.mjs').Core} Core */
/** @typedef {import('../../wasm/core.mjs').Split} Split */

const rows = world();
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
const SETTINGS = { factors: 4, epochs: 1 };

/** A dataset and what is made from it, each once and when it is asked for; in a list, the last last. */
class Chain {
  /** @type {any[]} */
  all = [];
  /** @type {Record<string, any>} */
  byName = {};

  /** @param {Core} core */
  constructor(core) {
    this.core = core;
  }

  /**
   * @template {{free: () => void}} T
   * @param {string} name
   * @param {() => T} make
   * @returns {T}
   */
  once(name, make) {
    if (!this.byName[name]) this.all.push((this.byName[name] = make()));
    return this.byName[name];
  }

  get reader() {
    return this.once('reader', () => {
      const reader = this.core.readDataset();
      reader.feed('ratings', bytes(csv(rows)));
      return reader;
    });
  }
  get dataset() {
    return this.once('dataset', () => {
      const { reader } = this;
      reader.finish('ratings');
      reader.feed('films', bytes(moviesCsv(rows)));
      reader.finish('films');
      return reader.dataset();
    });
  }
  get features() {
    return this.once('features', () => this.dataset.features('items'));
  }
  get split() {
    return this.once('split', () => this.dataset.leaveOneOut());
  }
  get holdout() {
    return this.once('holdout', () => this.dataset.holdOut());
  }
  /** @param {string} model @param {object} [more] */
  modelOf(model, more = {}) {
    const settings = checkSettings({ ...SETTINGS, model, ...more });
    return this.once('model', () => this.split.createModel(settings));
  }
  get model() {
    return this.modelOf('gmf');
  }
  /** @param {string} model */
  ratingModelOf(model) {
    return this.once('model', () => this.holdout.createModel(checkSettings({ ...SETTINGS, model })));
  }
  get evaluator() {
    return this.once('evaluator', () => {
      const evaluator = (this.byName.model ?? this.model).createEvaluator();
      evaluator.start();
      return evaluator;
    });
  }
  get run() {
    return this.once('run', () => new Run(this.split, checkSettings({ ...SETTINGS, model: 'gmf', validation: 'on' })));
  }

  /** In the order in which a careful caller would. */
  free() {
    for (const each of this.all.reverse()) each.free();
  }
}

/**
 * make: the object. parents: names of the chain, whichever of which is freed, it is. uses: each works before and is an
 * error after.
 * @typedef {{what: string, make: (chain: Chain) => any, parents: string[], uses: Record<string, (made: any, chain: Chain) => unknown>}} Entry
 */

/** @type {Entry['uses']} */
const learns = { progress: (made) => made.progress(), run: (made) => made.run(1) };

/** @param {string} model @returns {Entry} */
const learner = (model) => ({
  what: 'trainer',
  make: (chain) => createLearner(chain.modelOf(model)),
  parents: ['model', 'split', 'dataset'],
  uses: learns,
});

/** @type {Record<string, Entry>} */
const table = {
  DatasetReader: {
    what: 'dataset reader',
    make: ({ reader }) => reader,
    parents: [],
    uses: {
      ratings: (made) => made.ratings,
      feed: (made) => made.feed('ratings', bytes('1,2,3,4\n')),
      finish: (made) => made.finish('ratings'),
      test: (made) => made.feed('test', bytes('1,2,3,4\n')),
    },
  },
  Dataset: {
    what: 'dataset',
    make: ({ dataset }) => dataset,
    parents: [],
    uses: {
      film: (made) => made.film(0),
      history: (made) => made.history(0),
      rating: (made) => made.rating(0),
      leaveOneOut: (made) => made.leaveOneOut(),
      holdOut: (made) => made.holdOut(),
      features: (made) => made.features('items'),
    },
  },
  Features: {
    what: 'side information',
    make: ({ features }) => features,
    parents: ['dataset'],
    uses: {
      ofFilm: (made) => made.ofFilm({ genres: ['Drama'], year: 1990 }, () => 0),
      ofPerson: (made) => made.ofPerson({}, () => 0),
    },
  },
  Split: {
    what: 'split',
    make: ({ split }) => split,
    parents: ['dataset'],
    uses: {
      trainRows: (made) => made.trainRows(),
      trainCounts: (made) => made.trainCounts(),
      has: (made) => made.has(0, 0),
      testItem: (made) => made.testItem(0),
      validationItem: (made) => made.validationItem(0),
      testNegatives: (made) => made.testNegatives(0),
      withValidation: (made) => made.withValidation(1),
      createModel: (made) => made.createModel(checkSettings({ ...SETTINGS, model: 'gmf' })),
      run: (made) => new Run(made, checkSettings({ ...SETTINGS, model: 'itempop' })),
      'run of ratings': (made) => new Run(made, checkSettings({ ...SETTINGS, model: 'bias' })),
    },
  },
  Holdout: {
    what: 'holdout',
    make: ({ holdout }) => holdout,
    parents: ['dataset'],
    uses: { createModel: (made) => made.createModel(checkSettings({ ...SETTINGS, model: 'mf-ratings' })) },
  },
  Model: {
    what: 'model',
    make: ({ model }) => model,
    parents: ['split', 'dataset'],
    uses: {
      hash: (made) => made.hash(),
      values: (made) => made.values(made.tensors[0]),
      row: (made) => made.row(made.tensors[0], 0),
      setValues: (made) => made.setValues(made.tensors[0], new Float32Array(made.tensors[0].shape[0] * 4)),
      startAt: (made) => made.startAt(3),
      createTrace: (made) => made.createTrace(),
      createTrainer: (made) => made.createTrainer(),
      createEvaluator: (made) => made.createEvaluator(),
      createMap: (made) => new FilmMap(made),
      createLearner: (made) => createLearner(made),
      save: (made) => encodeWeights(made, {}),
    },
  },
  'Model with side information': {
    what: 'model',
    make: (chain) => chain.features && chain.modelOf('mlp', { side: 'items', layers: [8, 4] }),
    parents: ['features', 'split', 'dataset'],
    uses: { hash: (made) => made.hash(), createTrainer: (made) => made.createTrainer().run(1) },
  },
  'Model of ratings': {
    what: 'model',
    make: (chain) => chain.ratingModelOf('mf-ratings'),
    parents: ['holdout', 'dataset'],
    uses: { hash: (made) => made.hash(), createPredictor: (made) => made.createPredictor() },
  },
  Trainer: {
    what: 'trainer',
    make: ({ model }) => model.createTrainer(),
    parents: ['model', 'split', 'dataset'],
    uses: {
      ...learns,
      setRate: (made) => made.setRate(0.1),
      next: (made) => made.next(),
      batch: (made) => made.batch(),
      examples: (made) => made.examples(1, 0, 1),
    },
  },
  'Trainer of ratings': {
    what: 'trainer',
    make: (chain) => createLearner(chain.ratingModelOf('mf-ratings')),
    parents: ['model', 'holdout', 'dataset'],
    uses: learns,
  },
  Als: learner('ials'),
  'Als (eALS)': learner('eals'),
  'ItemFit (EASE)': learner('ease'),
  'ItemFit (ItemKNN)': learner('itemknn'),
  Means: {
    what: 'trainer',
    make: (chain) => createLearner(chain.ratingModelOf('bias')),
    parents: ['model', 'holdout', 'dataset'],
    uses: { run: (made) => made.run(1) },
  },
  Evaluator: {
    what: 'evaluator',
    make: ({ evaluator }) => evaluator,
    parents: ['model', 'split', 'dataset'],
    uses: {
      start: (made) => made.start(),
      run: (made) => made.run(false, 1000),
      metrics: (made) => made.metrics(false),
      expectedMetrics: (made) => made.expectedMetrics(),
      ranks: (made) => made.ranks(false),
      rank: (made) => made.rank(0, false),
      scores: (made) => made.scores(0),
      recommend: (made) => made.recommend(0, 3),
      scorePair: (made) => made.scorePair(0, 0),
      newUser: (made) => new NewUser(made),
    },
  },
  'Evaluator on another split': {
    what: 'evaluator',
    make: (chain) => {
      const other = chain.once('another split', () => chain.split.withValidation(1));
      const evaluator = new Evaluator(chain.model, other, true);
      evaluator.start();
      return evaluator;
    },
    parents: ['model', 'another split', 'dataset'],
    uses: { recommend: (made) => made.recommend(0, 3) },
  },
  Predictor: {
    what: 'predictor',
    make: (chain) => chain.ratingModelOf('mf-ratings').createPredictor(),
    parents: ['model', 'holdout', 'dataset'],
    uses: {
      start: (made) => made.start({ clip: true }),
      run: (made) => made.run(1000),
      errors: (made) => made.errors(),
      predict: (made) => made.predict(0, 0),
    },
  },
  NewUser: {
    what: 'new user',
    make: ({ evaluator }) => new NewUser(evaluator),
    parents: ['evaluator', 'model', 'split', 'dataset'],
    uses: { recommend: (made) => made.recommend([1, 2], 3) },
  },
  'NewUser without an address': {
    what: 'new user',
    make: (chain) => chain.modelOf('itemknn') && new NewUser(chain.evaluator),
    parents: ['evaluator', 'model', 'split', 'dataset'],
    uses: { recommend: (made) => made.recommend([1, 2], 3), 'of nothing': (made) => made.recommend([], 3) },
  },
  AlsFold: {
    what: 'new user',
    make: (chain) => chain.modelOf('ials') && chain.once('new user', () => new NewUser(chain.evaluator)).fold,
    parents: ['new user', 'evaluator', 'model', 'split', 'dataset'],
    uses: {
      fit: (made, { core: of }) => of.borrow(4, (pointer) => made.fit(pointer, 1)),
      shares: (made) => made.shares(0, [1, 2]),
    },
  },
  Trace: {
    what: 'trace',
    make: ({ model }) => model.createTrace(),
    parents: ['model', 'split', 'dataset'],
    uses: {
      forward: (made, chain) => made.forward(chain.byName.model, 0, 0),
      backward: (made, chain) => made.backward(chain.byName.model, 1),
    },
  },
  FilmMap: {
    what: 'map',
    make: ({ model }) => new FilmMap(model),
    parents: ['model', 'split', 'dataset'],
    uses: {
      take: (made, chain) => made.take(chain.byName.model),
      run: (made) => made.run(1e6),
      places: (made) => made.places(),
      explained: (made) => made.explained(),
      neighbours: (made) => made.neighbours(0, 3),
    },
  },
  Run: {
    what: 'run',
    make: ({ run }) => run,
    parents: ['split', 'dataset'],
    uses: {
      slices: (made) => made.slices().next(),
      trainBatch: (made) => made.trainBatch(),
      present: (made) => made.present(),
      view: (made) => made.view(),
      load: (made, chain) => {
        const saved = new Chain(chain.core);
        made.load(fitWeights(decodeWeights(encodeWeights(saved.model, toConfig(saved.model.settings))), saved.dataset));
        saved.free();
      },
    },
  },
};

/** @param {string} what @param {string} [end] */
const refusal = (what, end = 'was freed') => ({
  name: 'FreedError',
  message: new RegExp(`^This ${what} ${end}, so it can’t be used any more\\.$`),
});

/** @param {Core} of @param {Entry} entry */
function build(of, { make }) {
  const chain = new Chain(of);
  return { chain, made: make(chain) };
}

describe('what was freed can’t be used, and free() twice is harmless', async () => {
  const of = await core();
  for (const [name, entry] of Object.entries(table))
    test(name, (t) => {
      const { chain, made } = build(of, entry);
      t.after(() => chain.free());
      for (const use of Object.values(entry.uses)) assert.doesNotThrow(() => use(made, chain));
      made.free();
      const [one, two] = [of.exports.ncf_alloc(64), of.exports.ncf_alloc(64)];
      made.free();
      const again = of.exports.ncf_alloc(64);
      assert.ok(again !== one && again !== two, 'a second free() frees what has the address by now');
      for (const each of [one, two, again]) of.exports.ncf_free(each);
      for (const [use, call] of Object.entries(entry.uses))
        assert.throws(() => call(made, chain), refusal(entry.what), use);
      assert.throws(() => made.handle, refusal(entry.what));
    });
});

describe('what was made from something is freed with it', async () => {
  const of = await core();
  for (const [name, entry] of Object.entries(table))
    for (const parent of entry.parents)
      test(`${name} with its ${parent}`, (t) => {
        const { chain, made } = build(of, entry);
        t.after(() => chain.free());
        chain.byName[parent].free();
        const [use] = Object.values(entry.uses);
        // The other things that it is used with are gone too, so the error may be about one of these.
        assert.throws(() => use(made, chain), { name: 'FreedError' });
        assert.throws(() => made.handle, refusal(entry.what, 'was freed with its [a-z ]+'));
        made.free();
      });
});

test('freeing the parent alone gives everything back', async (t) => {
  const bytesOfModule = readFileSync(join(root, 'build/wasm/ncf.wasm'));
  for (const [name, entry] of Object.entries(table)) {
    const root = entry.parents.length > 0 ? 'dataset' : null;
    await t.test(name, async () => {
      const fresh = await loadCore({ simd: () => bytesOfModule });
      const once = () => {
        const { chain, made } = build(fresh, entry);
        for (const use of Object.values(entry.uses)) use(made, chain);
        if (root) chain.byName[root].free();
        else made.free();
      };
      once();
      const first = fresh.memoryBytes;
      for (let n = 0; n < 150; n++) once();
      assert.equal(fresh.memoryBytes, first);
    });
  }
});

test('every class that has an address is in the table', async () => {
  const folder = join(root, 'wasm/core');
  const files = [...readdirSync(folder).map((name) => join(folder, name)), join(root, 'wasm/lab/run.mjs')];
  const classes = new Set();
  for (const file of files)
    for (const [name, each] of Object.entries(await import(pathToFileURL(file).href)))
      if (each?.prototype instanceof Handle) classes.add(name);
  for (const name of classes) assert.ok(name in table, name);
  const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const frees = [...source.matchAll(/_free\b/g)].length - [...source.matchAll(/ncf_(free|settings_free)\b/g)].length;
  // Each function of the core that frees is named once, where a class is told to use it; the dataset has two classes.
  assert.equal(frees, new Set([...source.matchAll(/ncf_\w+_free\b/g)].map(([name]) => name)).size);
});

test('a dataset takes its reader’s place, which can’t be used any more and frees nothing', async (t) => {
  const chain = new Chain(await core());
  t.after(() => chain.free());
  const { reader, dataset } = chain;
  const history = dataset.history(3);
  reader.free();
  assert.deepEqual(dataset.history(3), history);
  for (const use of Object.values(table.DatasetReader.uses))
    assert.throws(() => use(reader, chain), refusal('dataset reader', 'has become a dataset'));
  assert.throws(() => reader.dataset(), refusal('dataset reader', 'has become a dataset'));
});

test('a freed model stands for no other: neither its weights nor those of the next are read or written by it', async (t) => {
  const chain = new Chain(await core());
  t.after(() => chain.free());
  const [one, other] = [3, 4].map((seed) =>
    chain.split.createModel(checkSettings({ ...SETTINGS, model: 'gmf', seed })),
  );
  const { handle } = one;
  const hash = one.hash();
  one.free();
  const next = chain.split.createModel(checkSettings({ ...SETTINGS, model: 'gmf', seed: 5 }));
  assert.equal(next.handle, handle, 'the address is handed out again: else this test tests nothing');
  assert.throws(() => one.hash(), refusal('model'));
  one.free();
  assert.notEqual(next.hash(), hash);
  const last = chain.split.createModel(checkSettings({ ...SETTINGS, model: 'gmf', seed: 6 }));
  assert.notEqual(last.handle, next.handle, 'no address is handed to two');
  // What a model takes from others.
  const neumf = chain.split.createModel(checkSettings({ ...SETTINGS, model: 'neumf', layers: [8, 4] }));
  assert.throws(() => neumf.pretrain(one, other, 0.5), refusal('model'));
  const trainer = other.createTrainer();
  assert.throws(() => trainer.snapshot(one), refusal('model'));
  assert.throws(() => new FilmMap(other).take(one), refusal('model'));
});

test('side information that was freed is made anew when it is asked for', async (t) => {
  const chain = new Chain(await core());
  t.after(() => chain.free());
  const { dataset, features } = chain;
  assert.equal(dataset.features('items'), features);
  features.free();
  assert.equal(dataset.features('items').list.length, features.list.length);
});

test('a run ends where it is freed between two slices, and one that could not be made leaves nothing to free', async (t) => {
  const chain = new Chain(await core());
  t.after(() => chain.free());
  const slices = chain.run.slices();
  slices.next();
  chain.run.free();
  assert.throws(() => [...slices], { name: 'FreedError' });
  assert.throws(() => new Run(chain.split, checkSettings({ model: 'mlp', side: 'users' })), { name: 'DataError' });
  assert.throws(() => new Run(chain.split, checkSettings({ model: 'bias', testShare: 0.5, folds: 4001 })));
  chain.split.free();
});
