// How the page opens on the run that came with the site, and on what it does where that can't be read.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { trainOn } from '../../web/finished.mjs';
import { firstLanguage } from '../../web/shell/language.js';
import { createSpeech, english } from '../../web/parts/speech.js';
import { folder, lab } from './fixtures.mjs';
import { assertOne, createPage } from './page.mjs';
import { rows } from './worker_client.mjs';

/** @typedef {import('node:test').TestContext} TestContext */

/** @param {string | Uint8Array} content */
const address = (content, type = 'application/json') =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`;

/**
 * The files of the finished run of the small world: what is told of it, and its weights, with a place for them that is empty.
 * @param {TestContext} t
 */
async function shipped(t) {
  const { told, weights } = trainOn((await lab(t)).dataset);
  const path = join(folder(t), 'weights.safetensors');
  return { json: JSON.stringify(told), told, weights, path, url: pathToFileURL(path).href };
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
    const { json, told, weights, path, url } = await shipped(t);
    writeFileSync(path, weights);
    const page = await arrive(t, address(json), url);
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

  test('is explored, left, and come back to without its weights, which come when something needs them', async (t) => {
    const { json, told, weights, path, url } = await shipped(t);
    // There is nothing at their address: whatever asks for them fails.
    const page = await arrive(t, address(json), url);
    const { store, actions, until } = page;
    assert.deepEqual([store.state.shipped, store.state.epochs, page.said()], [true, told.epochs, []]);
    assert.equal((await actions.ask('overview'))?.split.users, 40);
    await actions.ask('known', { users: [0], items: [0] });
    await actions.loadRest();
    await actions.step();
    await until(({ epochs, phase }) => epochs.length === 2 && phase === 'paused');
    await until(
      ({ person }) => person !== null && person.recommendations[0].score !== told.person.recommendations[0].score,
    );
    assert.deepEqual(store.state.before, { model: 'neumf', epochs: 20 });
    await actions.loadRest();
    await actions.undo();
    assert.deepEqual([store.state.shipped, store.state.epochs], [true, told.epochs]);
    await until(({ notices }) => notices.length === 1);
    const failed =
      /The weights file of the finished run could not be loaded from the server\. Check the connection, then try again\.$/;
    assert.match(page.said()[0], failed);
    await assert.rejects(actions.ask('results'), { message: failed });

    writeFileSync(path, weights);
    /** @type {Set<string>} */
    const heard = new Set();
    store.subscribe(({ status }) => void heard.add(status(createSpeech())));
    assert.equal((await actions.ask('results')).hash, told.epochs.at(-1)?.hash);
    await until(({ status }) => /^Back at/.test(status(createSpeech())));
    assert.ok(
      [...heard].some((said) => /^Loading the weights of this run: [\d.]+ kB\.$/.test(said)),
      [...heard].join(),
    );
    await actions.chooseUser(store.state.user);
    await until(
      ({ person, notices }) => JSON.stringify(person) === JSON.stringify(told.person) && notices.length === 0,
    );
    await assertOne(page, { world: rows });
  });

  test('of which the weights were loaded in time needs no network afterwards, also where undo leads', async (t) => {
    for (const first of /** @type {const} */ (['loadRest', 'step'])) {
      const { json, told, weights, path, url } = await shipped(t);
      writeFileSync(path, weights);
      const { store, actions, until, said } = await arrive(t, address(json), url);
      const step = async () => {
        await actions.step();
        await until(({ epochs, phase }) => epochs.length === 2 && phase === 'paused');
      };
      if (first === 'step') await step();
      await actions.loadRest();
      rmSync(path);
      if (first === 'loadRest') await step();
      await actions.undo();
      assert.equal((await actions.ask('results')).hash, told.epochs.at(-1)?.hash);
      assert.deepEqual([store.state.shipped, said()], [true, []]);
    }
  });

  test('has no say in a question once another run took its place', async (t) => {
    const { json, told, weights, path, url } = await shipped(t);
    writeFileSync(path, weights);
    const { actions, thread } = await arrive(t, address(json), `held:${url}`);
    const ask = () => actions.ask('user', { user: told.person.user, k: 10 });
    const question = ask();
    await actions.change('seed', 2);
    // Of the run that is there: the weights are still on their way.
    assert.notDeepEqual(await question, told.person);
    await actions.undo();
    thread.postMessage({ end: `held:${url}` });
    assert.deepEqual(await ask(), told.person);
  });

  test('that can’t be read is said, and a model starts from the seed', async (t) => {
    const { json, told, url } = await shipped(t);
    const files = {
      'is another page': address(html, 'text/html'),
      'is cut off': address(json.slice(0, json.length / 2)),
      'has another shape': address('{"runs":[]}'),
      'has no epochs': address(JSON.stringify({ ...told, epochs: [{}] })),
      'is of an older site': address(JSON.stringify({ ...told, model: { ...told.model, score: undefined } })),
      'is of other data': address(JSON.stringify({ ...told, dataset: { ...told.dataset, fingerprint: 'another' } })),
      'is nothing': address('null'),
      'is not there': 'http://127.0.0.1:1/run.json',
    };
    for (const [what, run] of Object.entries(files)) {
      const page = await arrive(t, run, url);
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

  test('whose weights can’t be read says so where they are needed, and is trained from the seed all the same', async (t) => {
    const { json, told, weights, path, url } = await shipped(t);
    const other = { ...told, epochs: told.epochs.map((epoch) => ({ ...epoch, hash: '0123456789abcdef' })) };
    const files = /** @type {[string, string, Uint8Array | string, RegExp][]} */ ([
      ['are not there', json, '', /weights file of the finished run could not be loaded from the server/],
      ['are another page', json, html, /^(.*: )?The weights file of the finished run is damaged or cut off\. Download/],
      ['are cut off', json, weights.subarray(0, 500), /damaged or cut off/],
      ['are of another run', JSON.stringify(other), weights, /damaged or cut off/],
    ]);
    for (const [what, run, content, message] of files) {
      if (content.length > 0) writeFileSync(path, content);
      const page = await arrive(t, address(run), url);
      const { store, actions, until } = page;
      await assert.rejects(actions.ask('results'), { message }, what);
      actions.anyUser();
      await until(({ notices }) => notices.length === 1);
      assert.match(page.said()[0], message);
      assert.deepEqual([store.state.shipped, store.state.epochs.length], [true, 21], what);
      await actions.step();
      await until(({ epochs, phase }) => epochs.length === 2 && phase === 'paused');
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
