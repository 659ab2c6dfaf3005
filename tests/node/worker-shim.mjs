// web/worker.js in a thread of Node: gives it the `self` and the `fetch` of a page's worker, behind a gate (tests/gate.js). A
// file's address is answered with the file, or as a server would that doesn't have it.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const page = Object.assign(globalThis, {
  self: globalThis,
  onmessage: (/** @type {{data: unknown}} */ _event) => {},
  gate: (/** @type {object} */ _command) => {},
  postMessage: (/** @type {unknown} */ message, /** @type {any[]} */ transfer) => port.postMessage(message, transfer),
  fetch: (/** @type {string} */ url) =>
    url.startsWith('file:')
      ? readFile(fileURLToPath(url)).then(
          (bytes) => new Response(bytes),
          () => new Response(null, { status: 404 }),
        )
      : Promise.reject(new TypeError('fetch failed')),
});

await import('../gate.js');
await import('../../web/worker.js');
port.on('message', (data) => (data.gate ? page.gate(data.gate) : page.onmessage({ data })));
