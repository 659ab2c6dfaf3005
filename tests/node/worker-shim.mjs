// web/worker.js in a thread of Node: gives it the `self` and the `fetch` of a page's worker, behind a gate (tests/gate.js). A
// file's address is answered with the file, or as a server would that doesn't have it; one with “held:” before it comes whole
// but for its end, which waits for {end: address}.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
/** Ends of the streams that are held, by address. @type {Map<string, {come: Promise<unknown>, end: (value?: unknown) => void}>} */
const ends = new Map();

/** @param {string} url */
function endOf(url) {
  let end = () => {};
  const come = new Promise((done) => (end = () => done(undefined)));
  const made = ends.get(url) ?? { come, end };
  ends.set(url, made);
  return made;
}

/** @param {string} url */
async function holding(url) {
  const bytes = await readFile(fileURLToPath(url.slice('held:'.length)));
  return new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(bytes)),
      pull: (controller) => endOf(url).come.then(() => controller.close()),
    }),
  );
}

const page = Object.assign(globalThis, {
  self: globalThis,
  onmessage: (/** @type {{data: unknown}} */ _event) => {},
  gate: (/** @type {object} */ _command) => {},
  postMessage: (/** @type {unknown} */ message, /** @type {any[]} */ transfer) => port.postMessage(message, transfer),
  fetch: (/** @type {string} */ url) => {
    if (url.startsWith('held:')) return holding(url);
    if (!url.startsWith('file:')) return Promise.reject(new TypeError('fetch failed'));
    return readFile(fileURLToPath(url)).then(
      (bytes) => new Response(bytes),
      () => new Response(null, { status: 404 }),
    );
  },
});

await import('../gate.js');
await import('../../web/worker.js');
port.on('message', (data) => {
  if (data.end) endOf(data.end).end();
  else if (data.gate) page.gate(data.gate);
  else page.onmessage({ data });
});
