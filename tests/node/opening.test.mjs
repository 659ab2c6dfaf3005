// What data are opened from: addresses, files and bytes, as they are or as columns, and what of it other workers can be given.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { pack } from '../../web/columns.mjs';
import { csv, fill, folder, moviesCsv } from './fixtures.mjs';
import { openPage } from './page.mjs';
import { addresses, base, rows, start, wasm } from './worker_client.mjs';

const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);
const texts = { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) };
const packed = pack(Object.entries(texts).map(([name, text]) => ({ name, bytes: bytesOf(text) })));

/** @param {Uint8Array} bytes @returns {ArrayBuffer} */
const buffer = (bytes) => Uint8Array.from(bytes).buffer;

/** @param {import('node:test').TestContext} t */
function address(t) {
  const path = fill(folder(t), { 'data.bin': packed });
  return pathToFileURL(join(path, 'data.bin')).href;
}

describe('the same data', () => {
  test('come from addresses, files and bytes, and from columns of each', async (t) => {
    const plain = Object.entries(texts);
    const name = 'anything';
    const ways = {
      addresses: addresses(t),
      files: plain.map(([each, text]) => ({ name: each, file: new Blob([text]) })),
      bytes: plain.map(([each, text]) => ({ name: each, bytes: buffer(bytesOf(text)) })),
      'columns by address': [{ name, url: address(t) }],
      'columns in a file': [{ name, file: new Blob([Uint8Array.from(packed)]) }],
      'columns as bytes': [{ name, bytes: buffer(packed) }],
    };
    const seen = [];
    for (const [way, files] of Object.entries(ways)) {
      const { ask, events } = start(t);
      const { kept: _, ...opened } = await ask('open', { files, name: 'world', wasm });
      seen.push(opened);
      const loading = events.filter(({ event }) => event === 'loading');
      assert.deepEqual(loading.at(-1)?.ratings, rows.length, way);
      if (way.startsWith('columns')) assert.deepEqual([loading[0].name, loading[0].bytes], [name, packed.length], way);
    }
    for (const opened of seen) assert.deepEqual(opened, seen[0]);
  });

  test('go to other workers without the network', async (t) => {
    for (const files of [[{ name: 'data.bin', url: address(t) }], addresses(t)]) {
      const first = await start(t).ask('open', { files, name: 'world', wasm });
      for (const { url } of files) rmSync(fileURLToPath(url));
      const { kept, ...opened } = first;
      assert.ok(kept.files.every((/** @type {object} */ file) => 'bytes' in file));
      assert.ok(kept.wasm.simd instanceof ArrayBuffer);
      // Where they lead nobody goes.
      const nowhere = { simd: kept.wasm.simd, scalar: 'file:///none.wasm' };
      const second = await start(t).ask('open', { files: kept.files, name: 'world', wasm: nowhere });
      assert.deepEqual({ ...second, kept: undefined }, { ...opened, kept: undefined });
    }
  });
});

test('columns that are damaged are refused, and what was open stays', async (t) => {
  const { ask } = start(t);
  await ask('open', { files: addresses(t), name: 'world', wasm });
  const { model } = await ask('configure', { settings: base });
  const cut = [{ name: 'data.bin', bytes: buffer(packed.subarray(0, 900)) }];
  await assert.rejects(ask('open', { files: cut, name: 'bad', wasm }), {
    message: 'data.bin is damaged or cut off. Download it again.',
  });
  assert.deepEqual((await ask('live', { settings: {} })).model, model);
});

/** What WebKit’s worker has of a file that was dropped on a page from disk. @param {any} message */
function unreadable(message) {
  if (message.type !== 'open' || !message.files.some((/** @type {object} */ file) => 'file' in file)) return message;
  const files = message.files.map((/** @type {any} */ file) => ({ ...file, file: 'unreadable' }));
  return { ...message, files };
}

describe('a file that the worker can’t read', () => {
  test('is given to it as bytes', async (t) => {
    const { actions, store, said } = await openPage(t, '', { bend: unreadable });
    const other = rows.slice(0, 36);
    await actions.openFiles([new File([csv(other)], 'ratings.csv')]);
    assert.deepEqual([said(), store.state.dataset?.ratings], [[], other.length]);
    assert.ok('file' in store.state.sources[0], 'an address of these settings names the data as somebody’s own');
  });

  test('and the page neither, is named, and the data stay', async (t) => {
    const { actions, store, said } = await openPage(t, '', { bend: unreadable });
    const arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
    await actions.openFiles([Object.assign(new File(['x'], 'gone.csv'), { arrayBuffer })]);
    assert.equal(store.state.dataset?.name, 'world');
    assert.match(said().join(), /^gone\.csv could not be opened: gone\.csv could not be read\. Choose it again\./);
  });
});
