// How the page opens on the run that came with the site, and on what it does where that can't be read.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { trainOn } from '../../web/finished.mjs';
import { firstLanguage } from '../../web/shell/language.js';
import { createSpeech, english } from '../../web/parts/speech.js';
import { lab } from './fixtures.mjs';
import { assertOne, createPage } from './page.mjs';
import { rows } from './worker_client.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

/** @param {string | Uint8Array} content */
const address = (content, type = 'application/json') =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`;

/** The files of the finished run of the small world, as they are served. @param {TestContext} t */
async function shipped(t) {
  const { told, weights } = trainOn((await lab(t)).dataset);
  return { json: JSON.stringify(told), told, weights };
}

/** @param {TestContext} t @param {string} run @param {string} weights @param {string} [place] */
async function arrive(t, run, weights, place = '') {
  const page = createPage(t, { finished: { run, weights } });
  await page.actions.begin(place, ['learn']);
  await page.rest();
  return page;
}

const html = '<!doctype html><title>Not here</title>';

describe('a finished run', () => {
  test('is there with its epochs, and undo comes back to it', async (t) => {
    const { json, told, weights } = await shipped(t);
    const page = await arrive(t, address(json), address(weights));
    const { store, actions, until } = page;
    assert.deepEqual([store.state.shipped, store.state.phase, page.said()], [true, 'finished', []]);
    assert.deepEqual(store.state.epochs, told.epochs);
    await assertOne(page, { world: rows });
    await actions.step();
    await until(({ epochs, phase }) => epochs.length === 2 && phase === 'paused');
    assert.deepEqual([store.state.shipped, store.state.before], [false, { model: 'neumf', epochs: 20 }]);
    await actions.undo();
    assert.deepEqual([store.state.shipped, store.state.epochs], [true, told.epochs]);
    await assertOne(page, { world: rows });
  });

  test('that can’t be read is said, and a model starts from the seed', async (t) => {
    const { json, told, weights } = await shipped(t);
    const files = {
      'is another page': [address(html, 'text/html'), address(weights)],
      'is cut off': [address(json.slice(0, json.length / 2)), address(weights)],
      'has another shape': [address('{"runs":[]}'), address(weights)],
      'has no epochs': [address(JSON.stringify({ ...told, epochs: [{}] })), address(weights)],
      'is of an older site': [
        address(JSON.stringify({ ...told, model: { ...told.model, score: undefined } })),
        address(weights),
      ],
      'is of other data': [
        address(JSON.stringify({ ...told, dataset: { ...told.dataset, fingerprint: 'another' } })),
        address(weights),
      ],
      'is nothing': [address('null'), address(weights)],
      'is not there': ['http://127.0.0.1:1/run.json', address(weights)],
      'has no weights': [address(json), 'http://127.0.0.1:1/weights.safetensors'],
      'has weights that are another page': [address(json), address(html, 'text/html')],
      'has weights that are cut off': [address(json), address(weights.subarray(0, 500))],
    };
    for (const [what, [run, bytes]] of Object.entries(files)) {
      const page = await arrive(t, run, bytes);
      const { store, said } = page;
      const { phase, dataset, shipped: left, epochs, status } = store.state;
      assert.deepEqual([phase, dataset?.name, left, epochs.length], ['idle', 'world', false, 1], what);
      assert.match(status(createSpeech()), /^Opened world/, what);
      assert.deepEqual(said(), [
        'The finished run that belongs to this page could not be read: A model from the seed takes its place.',
      ]);
      await assertOne(page, { world: rows });
    }
  });

  test('is not asked for where the address wants something else', async (t) => {
    const { store, said } = await arrive(t, address(html), address(html), '#model=gmf&factors=3');
    assert.deepEqual([store.state.settings.factors, said()], [3, []]);
  });
});

test('what a finished run has to beat is there, however short the slices are', async (t) => {
  const { dataset } = await lab(t);
  let now = 0;
  t.mock.method(performance, 'now', () => (now += 20));
  const { baseline } = trainOn(dataset).told.model;
  assert.ok(/** @type {any} */ (baseline.metrics).sampled.hr > 0);
});

test('a language that can’t be loaded leaves the page in English', async () => {
  const gone = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
  assert.deepEqual(await firstLanguage('zh', gone), english);
  const spoken = await firstLanguage('zh');
  assert.deepEqual([spoken.name, spoken.tag, spoken.says?.words['rooms'].learn], ['zh', 'zh-Hans', '学习']);
});
