// The page and its worker have one run: whatever is done to the page, and however slowly the worker follows.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { encodeWeights } from '../../wasm/lab/weights.mjs';
import { defaultSettings } from '../../wasm/settings/settings.mjs';
import { createEvents } from '../../web/shell/events.js';
import { PassedOver } from '../../web/parts/latest.js';
import { createSpeech } from '../../web/parts/speech.js';
import { Store, initialState } from '../../web/shell/state.js';
import { csv, finish, lab, numbers, world } from './fixtures.mjs';
import { assertOne, openPage } from './page.mjs';
import { addresses, rows } from './worker_client.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

const small = '#model=gmf&factors=8&epochs=4&batch-size=64&lr=0.01';
const other = world({ users: 12, films: 40, each: 9 });
const worlds = { world: rows, 'other.csv': other };

/** @param {typeof rows} of @param {string} [name] */
const ratings = (of, name = 'other.csv') => new File([csv(of)], name);

/** Weights of a run that was trained here. @param {TestContext} t @param {object} [settings] */
async function weights(t, settings = {}) {
  const { run } = await lab(t);
  const mine = run({ model: 'gmf', factors: 4, epochs: 1, ...settings });
  finish(mine);
  const bytes = encodeWeights(mine.model, mine.config());
  return { hash: mine.model.hash(), file: (name = 'mine.safetensors') => new File([bytes], name) };
}

/** What was called has said all that it says without an answer. */
const soon = () => new Promise((done) => setTimeout(done, 5));

/** Data whose streams have come but for their ends. @param {Awaited<ReturnType<typeof openPage>>} page @param {{name: string, url: string}[]} files @param {string} name */
async function openHeld({ actions, assets, thread }, files, name) {
  const sources = files.map((file) => ({ ...file, url: `held:${file.url}` }));
  assets.data = { name, sources };
  const opening = actions.openBundled();
  await soon();
  const end = () => {
    for (const { url } of sources) thread.postMessage({ end: url });
  };
  return { opening, end };
}

/** One epoch of training. @param {Awaited<ReturnType<typeof openPage>>} page */
async function step({ actions, until, store }) {
  const { epochs } = store.state;
  await actions.step();
  await until(({ epochs: now, phase }) => now.length > epochs.length && phase !== 'training');
}

describe('undo', () => {
  test('after three quick presses is back at the run that was trained, whatever was built between', async (t) => {
    for (const held of [true, false]) {
      const page = await openPage(t, small);
      const { actions, store, hold, release, rest } = page;
      await step(page);
      const { model, epochs } = store.state;
      if (held) hold();
      const presses = [9, 10].map((factors) => actions.change('factors', factors));
      if (!held) await presses[0];
      presses.push(actions.change('factors', 11));
      // The field shows what is wished until that is answered.
      const shown = new Set();
      t.mock.method(store, 'set', (/** @type {any} */ patch) => {
        Store.prototype.set.call(store, patch);
        shown.add(store.state.settings.factors);
      });
      release();
      await Promise.all(presses);
      assert.deepEqual([[...shown], store.state.before], [[11], { model: 'gmf', epochs: 1 }]);
      await actions.undo();
      await rest();
      assert.deepEqual([store.state.model, store.state.epochs], [model, epochs]);
      assert.equal(store.state.settings.factors, 8);
      await assertOne(page, worlds);
      // It goes on from there, and once more goes to what was never trained.
      await step(page);
      await actions.undo();
      assert.deepEqual([store.state.settings.factors, store.state.before?.epochs], [11, 2]);
      await actions.change('factors', 3);
      assert.deepEqual(store.state.before, { model: 'gmf', epochs: 2 }, 'which takes nothing’s place that was trained');
      await assertOne(page, worlds);
    }
  });

  test('of a run that was in training is paused, not “training”', async (t) => {
    const page = await openPage(t, '#model=mlp&factors=8&epochs=400&batch-size=4');
    const { actions, store, until } = page;
    await actions.train();
    await until(({ epochs }) => epochs.length > 1);
    await actions.change('seed', 2);
    // A change goes on training.
    await until(({ epochs, settings, phase }) => settings.seed === 2 && epochs.length > 1 && phase !== 'idle');
    await actions.undo();
    assert.deepEqual([store.state.settings.seed, store.state.phase], [1, 'paused']);
    await assertOne(page, worlds);
    await actions.undo();
    assert.deepEqual([store.state.settings.seed, store.state.phase], [2, 'paused']);
  });

  test('twice at once goes there and back', async (t) => {
    const page = await openPage(t, small);
    const { actions, store, rest } = page;
    await step(page);
    await actions.change('factors', 5);
    await Promise.all([actions.undo(), actions.undo()]);
    await rest();
    assert.equal(store.state.settings.factors, 5);
    await assertOne(page, worlds);
  });
});

describe('a change', () => {
  test('that fails after one that was built leaves the one that was built', async (t) => {
    const bend = (/** @type {any} */ message) =>
      message.settings?.factors === 10 ? { ...message, settings: { factors: 'many' } } : message;
    for (const held of [true, false]) {
      const page = await openPage(t, small, { bend });
      const { actions, store, hold, release, rest } = page;
      if (held) hold();
      // A pause stands between them, so that the first is not passed over.
      const changes = [actions.change('factors', 9)];
      await soon();
      changes.push(actions.pause(), actions.change('factors', 10));
      await soon();
      release();
      await Promise.all(changes);
      await rest();
      assert.equal(store.state.settings.factors, 9);
      assert.match(store.state.fieldErrors.factors(createSpeech()), /many/);
      await assertOne(page, worlds);
    }
  });

  test('while weights are loaded: the later one counts', async (t) => {
    const mine = await weights(t);
    const page = await openPage(t, small);
    const { actions, store, hold, release, rest } = page;
    hold();
    const loads = [actions.change('factors', 9), actions.openFiles([mine.file()])];
    await soon();
    loads.push(actions.openFiles([mine.file('again.safetensors')]), actions.change('seed', 3));
    await soon();
    release();
    await Promise.all(loads);
    await rest();
    assert.deepEqual([store.state.loaded, store.state.settings.factors], [true, 4]);
    assert.equal(store.state.epochs[0].hash, mine.hash);
    await assertOne(page, worlds);
  });

  test('just before Train is trained for its own epochs', async (t) => {
    const page = await openPage(t, small);
    const { actions, store, until } = page;
    await actions.train();
    await until(({ phase }) => phase === 'finished');
    await Promise.all([actions.change('factors', 5), actions.train()]);
    await until(({ phase }) => phase === 'finished');
    assert.deepEqual([store.state.settings.epochs, store.state.epochs.length], [4, 5]);
    await assertOne(page, worlds);
  });
});

test('events of a run that is not the page’s change nothing', () => {
  const store = new Store({ ...initialState(defaultSettings(), 'en'), run: 2 });
  const hear = createEvents(store, () => {});
  const epoch = /** @type {any} */ ({ event: 'epoch', epoch: 0, metrics: {}, loss: null, hash: '1' });
  hear({ ...epoch, run: 1 });
  hear({ event: 'state', state: 'training', run: 3 });
  assert.deepEqual([store.state.epochs, store.state.phase], [[], 'loading']);
  hear({ ...epoch, run: 2 });
  assert.equal(store.state.epochs.length, 1);
  store.close();
});

describe('data', () => {
  test('of two opened at once the later stay, though the earlier end last', async (t) => {
    const page = await openPage(t, small);
    const { actions, store, rest } = page;
    const { opening, end } = await openHeld(page, addresses(t), 'world');
    await actions.openFiles([ratings(other)]);
    end();
    await opening;
    await rest();
    assert.equal(store.state.dataset?.name, 'other.csv');
    await step(page);
    await assertOne(page, worlds);
  });

  test('that can’t be opened leave all as it was', async (t) => {
    const page = await openPage(t, small);
    await step(page);
    const { run, epochs } = page.store.state;
    await page.actions.openFiles([new File(['nothing'], 'bad.csv')]);
    assert.deepEqual([page.store.state.run, page.store.state.epochs], [run, epochs]);
    assert.match(page.said()[0], /^bad\.csv could not be opened: .* world is still open/);
    await assertOne(page, worlds);
  });

  test('take the user, the film and the likes of the data before with them', async (t) => {
    const page = await openPage(t, `${small}&user=50&film=800&likes=700,790`);
    const { store, actions } = page;
    assert.deepEqual([store.state.user, store.state.likes.length, store.state.film >= 0], [39, 2, true]);
    await actions.openFiles([ratings(other)]);
    assert.deepEqual([store.state.user, store.state.film, store.state.likes], [0, -1, []]);
    assert.deepEqual(store.state.before, null);
  });

  test('answer no question that was put about others', async (t) => {
    const page = await openPage(t, small);
    const { actions, until, hold, release } = page;
    const { opening, end } = await openHeld(page, addresses(t, other), 'other.csv');
    hold();
    actions.chooseUser(39);
    const question = assert.rejects(actions.ask('candidates', { user: 39, full: false }), PassedOver);
    end();
    await until(({ dataset }) => dataset?.name === 'other.csv');
    release();
    await question;
    await opening;
    assert.deepEqual(page.said(), []);
    await assertOne(page, worlds);
  });
});

describe('after anything in any order, page, worker and saved file are one', () => {
  // What can be done, with n numbers from the seed.
  /** @typedef {(page: Awaited<ReturnType<typeof openPage>>, next: (n: number) => number, mine: Awaited<ReturnType<typeof weights>>) => Promise<unknown>[]} Deed */
  /** @type {Record<string, Deed>} */
  const deeds = {
    press: ({ actions, store }, next) =>
      Array.from({ length: 1 + next(3) }, () => actions.change('factors', Number(store.state.settings.factors) + 1)),
    back: ({ actions }) => [actions.change('factors', 3)],
    model: ({ actions }, next) => [
      actions.change('model', ['gmf', 'mlp', 'neumf', 'itempop', 'ease', 'bias-mf', 'gmf'][next(7)]),
    ],
    refused: ({ actions }) => [actions.change('factors', 'many')],
    fails: ({ actions }) => [actions.change('seed', 13)],
    live: ({ actions }, next) => [actions.change('lr', [0.01, 0.02, 1e12][next(3)])],
    epochs: ({ actions }, next) => [actions.change('epochs', 1 + next(6))],
    validation: ({ actions }, next) => [actions.change('validation', next(2) ? 'on' : 'off')],
    preset: ({ actions }) => [actions.choosePreset('gmf-2017')],
    undo: ({ actions }) => [actions.undo()],
    undoTwice: ({ actions }) => [actions.undo(), actions.undo()],
    reset: ({ actions }) => [actions.reset()],
    train: ({ actions }) => [actions.train()],
    toTheEnd: ({ actions, rest }) => [actions.train().then(rest)],
    step: ({ actions }) => [actions.step()],
    pause: ({ actions }) => [actions.pause()],
    weights: ({ actions }, _, mine) => [actions.openFiles([mine.file()])],
    wrongWeights: ({ actions }) => [actions.openFiles([new File(['x'], 'x.safetensors')])],
    data: ({ actions }, next) => [actions.openFiles([next(2) ? ratings(other) : ratings(rows, 'world')])],
    twoData: ({ actions }) => [actions.openFiles([ratings(rows, 'world')]), actions.openFiles([ratings(other)])],
    wrongData: ({ actions }) => [actions.openFiles([new File(['x'], 'x.csv')])],
    address: ({ actions }, next) => [actions.goTo(`#model=mlp&factors=2&epochs=3&seed=${1 + next(3)}`, ['learn'])],
    look({ actions, store: { state } }, next) {
      if (state.users) actions.chooseUser(next(state.users.ids.length));
      if (state.films) actions.chooseFilm(next(state.films.ids.length));
      if (state.films) actions.like(next(state.films.ids.length));
      return [];
    },
  };
  const names = Object.keys(deeds);
  const bend = (/** @type {any} */ message) =>
    message.settings?.seed === 13 ? { ...message, settings: { batchSize: 'none' } } : message;

  for (let seed = 1; seed <= 12; seed++)
    test(`seed ${seed}`, async (t) => {
      const mine = await weights(t);
      const page = await openPage(t, small, { bend });
      const next = numbers(seed * 7919);
      for (let turn = 0; turn < 10; turn++) {
        /** @type {string[]} */
        const done = [];
        /** @type {Promise<unknown>[]} */
        const all = [];
        // The worker is slow: what is done meanwhile waits, and arrives together.
        for (let n = 1 + next(4); n > 0; n--) {
          if (next(3) === 0) page.hold();
          const name = names[next(names.length)];
          done.push(name);
          all.push(...deeds[name](page, next, mine));
          if (next(2) === 0) await soon();
          if (next(3) === 0) page.release();
        }
        page.release();
        await Promise.all(all);
        // What has to be on its way is not stopped by this.
        await page.actions.pause();
        await assertOne(page, worlds, `turn ${turn}: ${done.join(', ')}`);
      }
    });
});
