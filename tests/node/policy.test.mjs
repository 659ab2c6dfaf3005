// What an instructor decides for a lab: how it is read, and that no way leads round it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { encodeWeights } from '../../wasm/lab/weights.mjs';
import { departsFrom } from '../../wasm/settings/fixed.mjs';
import { presets } from '../../wasm/settings/presets.mjs';
import { checkSettings, reads, withModel } from '../../wasm/settings/settings.mjs';
import { settings as table } from '../../wasm/settings/table.mjs';
import { settingText } from '../../web/parts/format.js';
import { createSpeech } from '../../web/parts/speech.js';
import { barredBy, epochsScene } from '../../web/rooms/race/scene.js';
import { presets as questions } from '../../web/rooms/race/presets.js';
import { keysLeft, noPolicy, readPolicy, roomsOf } from '../../web/shell/policy.js';
import { STOPS, stopsOf } from '../../web/shell/tour.js';
import { csv, finish, lab, world } from './fixtures.mjs';
import { openPage } from './page.mjs';

/** @typedef {import('node:test').TestContext} TestContext */
/** @typedef {Awaited<ReturnType<typeof openPage>>} Page */

/** A policy as an address's query has it. @param {string} query */
const policyOf = (query) => {
  const fields = new URLSearchParams(query);
  return readPolicy((name) => fields.get(name));
};
const speech = createSpeech();
const rooms = ['learn', 'network', 'evaluation', 'race', 'you', 'map', 'data'];

describe('a policy is read', () => {
  test('by its words; of what is not understood nothing is said', () => {
    const { lock, hide, ...rest } = policyOf(
      'lock=seed,batch-size,batchSize,data,nonsense&hide=race,masthead,what&only=learn,map&max-epochs=20&theme=dark' +
        '&lang=zh&layout=compact&start=fresh&chapter=3&exercise=reach&else=1',
    );
    assert.deepEqual([...lock], ['seed', 'batchSize', 'data']);
    assert.deepEqual([...hide], ['race', 'masthead', 'what']);
    assert.deepEqual(rest, {
      ...{ only: ['learn', 'map'], maxEpochs: 20, theme: 'dark', lang: 'zh', layout: 'compact' },
      ...{ start: 'fresh', chapter: '3', exercise: 'reach' },
    });
  });

  test('where it says nothing, or nothing that can be used', () => {
    const nothing = policyOf('');
    assert.deepEqual(nothing, noPolicy);
    const odd = 'lock=,&hide=, ,&only=&max-epochs=0&theme=blue&lang=xx&layout=big&start=later&chapter=&exercise= ';
    assert.deepEqual(policyOf(odd), noPolicy);
    for (const most of ['-1', '1.5', 'many', '1e3', ' ', '99999999999'])
      assert.equal(policyOf(`max-epochs=${most}`).maxEpochs, null, most);
    assert.equal(policyOf('max-epochs=999999').maxEpochs, 1000, 'no more than the setting itself can be');
  });

  test('all: every setting, and the data', () => {
    const { lock } = policyOf('lock=seed,all');
    assert.deepEqual([...lock].sort(), ['all', 'data', ...table.map(({ name }) => name)].sort());
  });

  test('of rooms at least one is left', () => {
    const left = (/** @type {string} */ query) => roomsOf(policyOf(query), rooms);
    assert.deepEqual(left(''), rooms);
    assert.deepEqual(left('hide=race,map,no'), ['learn', 'network', 'evaluation', 'you', 'data']);
    assert.deepEqual(left('only=map,learn'), ['learn', 'map']);
    assert.deepEqual(left('only=map,learn&hide=learn'), ['map']);
    assert.deepEqual(left('only=nowhere'), rooms);
    assert.deepEqual(left('only=map&hide=map'), ['map']);
    assert.deepEqual(left(`hide=${rooms}`), ['learn']);
  });

  test('keys of what is hidden do nothing, and a digit stays its room’s', () => {
    const all = ['k', 'l', 't', '?', ...rooms.map((_, at) => String(at + 1))].map((key) => ({ keys: [key] }));
    const left = (/** @type {string} */ query) => keysLeft(policyOf(query), rooms, all).flatMap(({ keys }) => keys);
    assert.deepEqual(left(''), ['k', 'l', 't', '?', '1', '2', '3', '4', '5', '6', '7']);
    assert.deepEqual(left('hide=race,language,theme'), ['k', '?', '1', '2', '3', '5', '6', '7']);
    assert.deepEqual(left('only=map'), ['k', 'l', 't', '?', '6']);
    assert.deepEqual(left('hide=shortcuts'), []);
  });

  test('the tour leads through the rooms that are left', () => {
    const stops = (/** @type {string} */ query) =>
      stopsOf({ policy: policyOf(query), rooms: roomsOf(policyOf(query), rooms) }).map(({ room }) => room);
    assert.deepEqual(
      stops(''),
      STOPS.map(({ room }) => room),
    );
    assert.deepEqual(stops('only=network,you'), ['network', 'network', 'you']);
    assert.deepEqual(stops('hide=tour'), []);
  });
});

test('settings depart from fixed ones by what they mean, as far as their model reads them', () => {
  const names = (/** @type {object} */ values, /** @type {object} */ fixed) =>
    departsFrom(checkSettings({ ...values }), fixed).map(({ name }) => name);
  assert.deepEqual(names({ model: 'gmf', seed: 2 }, { seed: 1, factors: 8 }), ['seed']);
  assert.deepEqual(names({ model: 'mlp', layers: '64,32,16,8' }, { layers: 'auto' }), []);
  assert.deepEqual(names({ model: 'mlp', layers: '64,8' }, { layers: 'auto' }), ['layers']);
  assert.deepEqual(names({ model: 'ease' }, { negatives: 7, model: 'ease' }), []);
  assert.deepEqual(names({ model: 'ease' }, { model: 'gmf' }), ['model']);
});

const start = '#model=gmf&seed=3&factors=6&epochs=2&batch-size=64&lr=0.01&negatives=3';
/** What each setting is tried to be made, and what it is. @type {Record<string, unknown>} */
const wanted = {
  model: 'mlp',
  seed: 9,
  factors: 4,
  epochs: 40,
  batchSize: 32,
  lr: 0.5,
  negatives: 5,
  validation: 'on',
};
const optionOf = (/** @type {string} */ name) => table.find((setting) => setting.name === name)?.option;

/** Weights as a file with its settings, as another lab would have saved them. @param {TestContext} t @param {object} settings */
async function weights(t, settings) {
  const { run } = await lab(t);
  const mine = run({
    model: 'gmf',
    factors: 6,
    epochs: 1,
    batchSize: 64,
    lr: 0.01,
    negatives: 3,
    seed: 3,
    ...settings,
  });
  finish(mine);
  return new File([encodeWeights(mine.model, mine.config())], 'mine.safetensors');
}

/**
 * The ways that there are to other settings: each tries to change the named one.
 * @type {Record<string, (page: Page, name: string, t: TestContext) => Promise<unknown>>}
 */
const ways = {
  'the form': ({ actions }, name) => actions.change(name, wanted[name]),
  'the address': ({ actions }, name) => {
    const others = name === 'model' ? '' : '&model=gmf';
    return actions.goTo(`#${optionOf(name)}=${settingText(wanted[name])}${others}`, ['learn']);
  },
  'an address of the defaults': ({ actions }) => actions.goTo('#model=neumf', ['learn']),
  'another model': ({ actions }) => actions.change('model', 'ials'),
  async presets({ actions }) {
    for (const { value } of presets) await actions.choosePreset(value);
  },
  'weights of a file': async ({ actions, rest }, name, t) => {
    await rest();
    await actions.openFiles([await weights(t, { [name]: wanted[name] })]);
  },
  async 'undo and reset'({ actions, until, store }, name) {
    await actions.step();
    await until(({ epochs, phase }) => epochs.length > 1 && phase !== 'training' && phase !== 'evaluating');
    await actions.change(name === 'seed' ? 'factors' : 'seed', name === 'seed' ? 5 : 8);
    await actions.change(name, wanted[name]);
    await actions.undo();
    await actions.reset();
    await actions.undo();
    assert.ok(store.state.model);
  },
  async 'training on'({ actions, until }) {
    for (let time = 0; time < 3; time++) {
      await actions.train();
      await until(({ phase }) => phase === 'finished');
    }
  },
  'a press that comes before the data': ({ actions }, name) =>
    Promise.all([actions.openBundled(), actions.change(name, wanted[name])]),
};

describe('no way leads round a lock', () => {
  for (const lock of Object.keys(wanted))
    test(lock, async (t) => {
      for (const [way, go] of Object.entries(ways)) {
        const page = await openPage(t, start, { policy: policyOf(`lock=${optionOf(lock)}`) });
        const { store, rest } = page;
        const before = /** @type {Record<string, unknown>} */ ({ ...store.state.settings });
        await go(page, lock, t);
        await rest();
        const told = await page.worker();
        for (const [where, settings] of Object.entries({ page: store.state.settings, worker: told.model.settings })) {
          if (!reads(settings.model, lock)) continue;
          const now = /** @type {Record<string, unknown>} */ (settings)[lock];
          assert.deepEqual(now, before[lock], `${lock} by ${way}, in the ${where}`);
        }
        const asked = way === 'the form' || way === 'the address';
        if (asked)
          assert.match(page.said().join(), /^Fixed by the instructor: The instructor fixed this setting: /, way);
        page.actions.close();
      }
    });

  test('all: nothing but training and looking', async (t) => {
    const page = await openPage(t, start, { policy: policyOf('lock=all') });
    const { store, actions, rest, until } = page;
    const { settings, dataset } = store.state;
    for (const name of Object.keys(wanted))
      for (const way of ['the form', 'the address', 'presets', 'weights of a file', 'undo and reset'])
        await ways[way](page, name, t);
    await actions.openFiles([new File([csv(world({ users: 12, films: 40, each: 9 }))], 'ratings.csv')]);
    await rest();
    assert.deepEqual([store.state.settings, store.state.dataset], [settings, dataset]);
    await actions.reset();
    await actions.train();
    await until(({ phase }) => phase === 'finished');
    assert.equal(store.state.epochs.at(-1)?.epoch, 2);
    await actions.train();
    await actions.goTo('#model=gmf&room=map&user=2', rooms);
    assert.deepEqual([store.state.room, store.state.settings], ['map', settings]);
    assert.deepEqual(store.state.epochs.at(-1)?.epoch, 2);
  });

  test('what is not locked changes as ever, and what the instructor’s address says is no change', async (t) => {
    const page = await openPage(t, start, { policy: policyOf('lock=seed,factors') });
    const { store, actions } = page;
    assert.deepEqual([page.said(), store.state.fixed], [[], { seed: 3, factors: 6 }]);
    await actions.change('negatives', 5);
    await actions.change('model', 'ials');
    const { model, seed, factors, negatives } = store.state.settings;
    assert.deepEqual([model, seed, factors, negatives], ['ials', 3, 6, 5], 'iALS has 64 factors by itself');
    await actions.choosePreset('bpr-64');
    assert.match(page.said().join(), /The instructor fixed this setting: Predictive factors\.$/);
    await actions.goTo('#model=mlp&seed=8&factors=12', ['learn']);
    assert.match(page.said().join(), /The instructor fixed these settings: Predictive factors, Seed\.$/);
    assert.equal(store.state.settings.model, 'mlp');
    await actions.goTo('#model=gmf&seed=3', ['learn']);
    assert.deepEqual(page.said(), [], 'a word that is not true any more goes');
  });

  test('another model comes with its own defaults but for what is locked', async (t) => {
    const { store, actions } = await openPage(t, '#model=gmf', { policy: policyOf('lock=factors,std,epochs') });
    await actions.change('model', 'ials');
    const { factors, std, l2 } = store.state.settings;
    assert.deepEqual([factors, std, l2], [8, 0.01, 0.007], 'not 64 and 0.1');
    await actions.change('model', 'mf-ratings');
    assert.deepEqual([store.state.settings.epochs, store.state.settings.lr], [20, 0.005], 'not 10');
  });

  test('weights fit what is locked, or say what does not', async (t) => {
    const page = await openPage(t, start, { policy: policyOf('lock=seed,model,lr') });
    const { store, actions } = page;
    await actions.openFiles([await weights(t, { factors: 4 })]);
    assert.deepEqual([store.state.loaded, store.state.settings.factors], [true, 4]);
    await actions.openFiles([await weights(t, { seed: 9 })]);
    assert.match(page.said().join(), /do not fit: The instructor fixed this setting: Seed\.$/);
    assert.equal(store.state.settings.seed, 3);
  });

  test('data: no others are opened, nor by a lab without files', async (t) => {
    for (const [query, said] of [
      ['lock=data', 'The instructor fixed the data: no others can be opened here.'],
      ['hide=files', 'The instructor left files out of this lab: none can be opened here.'],
    ]) {
      const page = await openPage(t, start, { policy: policyOf(query) });
      const { store, actions, rest } = page;
      const { dataset } = store.state;
      for (const name of ['ratings.csv', 'u.data', 'all.zip'])
        await actions.openFiles([new File([csv(world({ users: 12, films: 40, each: 9 }))], name)]);
      await rest();
      assert.deepEqual([store.state.dataset, page.said()], [dataset, [`Fixed by the instructor: ${said}`]]);
      await actions.openFiles([await weights(t, {})]);
      assert.equal(store.state.loaded, query === 'lock=data');
    }
  });
});

describe('no way leads past the most epochs', () => {
  const policy = policyOf('max-epochs=2');
  /** @type {Record<string, (page: Page, t: TestContext) => Promise<unknown>>} */
  const further = {
    'the address that it begins with': async () => {},
    'the form': ({ actions }) => actions.change('epochs', 50),
    'pretraining in the form': ({ actions }) =>
      actions.change('model', 'neumf').then(() => actions.change('pretrain', 9)),
    'another model': ({ actions }) => actions.change('model', 'mlp'),
    'the address': ({ actions }) => actions.goTo('#model=gmf&epochs=50&factors=4', ['learn']),
    'an address without epochs': ({ actions }) => actions.goTo('#model=mlp', ['learn']),
    'presets, one of 256 epochs': async ({ actions }) => {
      for (const value of ['neumf-pretrained-2017', 'mf-2020', 'gmf-2017']) await actions.choosePreset(value);
    },
    'weights that have learnt already': async ({ actions }, t) => actions.openFiles([await weights(t, { epochs: 1 })]),
    'undo and reset': (page, t) => ways['undo and reset'](page, 'seed', t),
  };
  for (const [way, go] of Object.entries(further))
    test(way, async (t) => {
      const page = await openPage(t, '#model=gmf&factors=6&epochs=40&batch-size=64&lr=0.01', { policy });
      const { store, actions, until, rest } = page;
      await go(page, t);
      await rest();
      const { settings } = store.state;
      assert.ok(settings.epochs <= 2 && settings.pretrain <= 2, JSON.stringify(settings));
      assert.equal(store.state.loaded, false);
      await actions.train();
      await until(({ phase }) => phase === 'finished');
      const end = { hash: store.state.epochs.at(-1)?.hash, settings: store.state.settings };
      // However often it is pressed, by button, by key and in the network's room.
      for (const press of [actions.train, actions.step, actions.train]) await press();
      await assert.rejects(actions.ask('batch'));
      await rest();
      const { epochs } = store.state;
      assert.deepEqual({ hash: epochs.at(-1)?.hash, settings: store.state.settings }, end);
      assert.equal(epochs.length, 3);
      assert.match(page.said().join(), /The instructor fixed the most epochs that are trained: 2\.$/);
    });

  test('fewer are taken as they are, and more of them up to the limit', async (t) => {
    const page = await openPage(t, '#model=gmf&factors=6&epochs=1&batch-size=64', { policy: policyOf('max-epochs=4') });
    const { store, actions, until } = page;
    for (const done of [1, 4]) {
      await actions.train();
      await until(({ phase, epochs }) => phase === 'finished' && epochs.at(-1)?.epoch === done);
    }
    assert.equal(store.state.settings.epochs, 4);
    await actions.change('epochs', 5);
    assert.equal(store.state.fieldErrors.epochs(speech), 'Epochs: 4 at most, says the instructor.');
  });

  test('the finished run, which has more, is not shown; with a limit above it, it is', async (t) => {
    for (const [query, shown] of /** @type {const} */ ([
      ['max-epochs=2', false],
      ['start=fresh', false],
      ['', true],
    ])) {
      const asked = [];
      const real = globalThis.fetch;
      t.mock.method(globalThis, 'fetch', (/** @type {string} */ url) => {
        if (String(url).startsWith('data:run')) asked.push(url);
        return String(url).startsWith('data:') ? Promise.reject(new Error('none')) : real(url);
      });
      const finished = { run: 'data:run', weights: 'data:weights' };
      await openPage(t, '', { policy: policyOf(query), finished });
      assert.equal(asked.length > 0, shown, query);
      t.mock.restoreAll();
    }
  });
});

describe('in a race', () => {
  /** @param {string} query @param {object} [settings] @returns {any} */
  const stateOf = (query, settings = {}) => {
    const policy = policyOf(query);
    const now = checkSettings({ model: 'gmf', epochs: 2, ...settings });
    const fixed = Object.fromEntries(Object.entries(now).filter(([name]) => policy.lock.has(name)));
    return { policy, settings: now, fixed };
  };
  const barred = (/** @type {string} */ query, /** @type {object} */ settings = {}) =>
    questions.filter((question) => barredBy(speech, question, stateOf(query, settings))).map(({ name }) => name);

  test('only questions that leave what is locked alone are asked', () => {
    assert.deepEqual(barred(''), []);
    assert.deepEqual(barred('lock=seed,std,factors'), []);
    assert.deepEqual(barred('lock=model'), ['models', 'pretraining', 'depth', 'dot']);
    assert.deepEqual(barred('lock=model', { model: 'neumf' }), ['models', 'depth', 'dot']);
    assert.deepEqual(barred('lock=negatives'), ['negatives']);
    assert.deepEqual(barred('lock=all'), ['models', 'pretraining', 'negatives', 'depth', 'dot']);
    assert.deepEqual(barred('max-epochs=1'), []);
  });

  test('epochs begin within the limit, and with locked ones there is no choice', () => {
    assert.deepEqual(epochsScene(stateOf('')), { value: 10, fixed: false });
    assert.deepEqual(epochsScene(stateOf('max-epochs=3')), { value: 3, fixed: false });
    assert.deepEqual(epochsScene(stateOf('lock=epochs')), { value: 2, fixed: true });
  });

  test('what departs is not trained, whoever asks', async (t) => {
    for (const [query, settings, said] of /** @type {const} */ ([
      ['lock=seed', { seed: 9 }, 'The instructor fixed this setting: Seed.'],
      ['lock=model', { model: 'mlp' }, 'The instructor fixed this setting: Model.'],
      ['lock=all', { negatives: 9 }, 'The instructor fixed this setting: Negatives a positive.'],
      ['max-epochs=2', { epochs: 3 }, 'Epochs: 2 at most, says the instructor.'],
      ['max-epochs=2', { model: 'neumf', pretrain: 3 }, 'Pretraining epochs: 2 at most, says the instructor.'],
    ])) {
      const { actions, store } = await openPage(t, start, { policy: policyOf(query) });
      const present = store.state.settings;
      const base = 'model' in settings ? withModel(present, settings.model) : present;
      const entry = { name: 'mine', settings: checkSettings({ ...base, ...settings }) };
      const data = /** @type {any} */ ({ dataset: store.state.dataset, sources: [] });
      for (const go of [() => actions.race.setUp([entry], data), () => actions.race.add([entry], data)])
        assert.throws(go, { message: said });
      assert.deepEqual(store.state.race.runners, []);
      actions.close();
    }
  });
});

describe('rooms that were left out', () => {
  test('are entered by no address, button or tour', async (t) => {
    const page = await openPage(t, `${start}&room=race`, { policy: policyOf('hide=race,learn') }, rooms);
    const { store, actions } = page;
    assert.deepEqual([store.state.room, page.said()], ['network', []]);
    await actions.goTo(`${start}&room=race`, rooms);
    assert.equal(store.state.room, 'network');
    assert.deepEqual(page.said(), ['Fixed by the instructor: The instructor left this room out of the lab.']);
    actions.enter('race');
    assert.equal(store.state.room, 'network');
    const seen = STOPS.map((_, at) => (actions.tour(at), store.state.room));
    assert.ok(!seen.includes('race') && !seen.includes('learn'), seen.join());
    actions.tour(STOPS.length);
    assert.equal(store.state.tour, -1);
    actions.enter('map');
    assert.equal(store.state.room, 'map');
  });
});
