/**
 * The weights of a run that is told of already: the page shows the finished run by its figures, and of its weights, which are
 * larger than all else, nothing is loaded before something needs them.
 */
import { Fault, fault, part } from '../../wasm/words/fault.mjs';
import { fit } from './building.js';
import { PROGRESS_MS, session, tellWeights } from './session.js';
import { download, joined, piecesOf, unloaded } from './sources.js';

/** @typedef {import('./protocol.js').Handlers} Handlers */
/** @typedef {import('./session.js').Held} Held */

/** The messages that are answered without the weights of the run that is there. @type {Set<string>} */
const without = new Set(
  'open configure load restore undo prefetch live pause overview timeline known identity'.split(' '),
);

/** Messages that wait for weights: what else is loaded shows nowhere. */
let waiting = 0;

/** @param {Held} held whose weights are to come */
const come = (held) =>
  (held.coming ??= load(held).finally(() => {
    held.coming = null;
  }));

/** @param {Held} held */
async function load(held) {
  const name = part('finishedWeights');
  const url = /** @type {string} */ (held.awaited);
  const { body, size } = await download(url, name, { priority: waiting > 0 ? 'auto' : 'low' });
  const pieces = [];
  let bytes = 0;
  let last = -Infinity;
  for await (const piece of piecesOf(body, () => unloaded(name))) {
    pieces.push(piece);
    bytes += piece.length;
    const now = performance.now();
    if (waiting === 0 || now - last < PROGRESS_MS) continue;
    last = now;
    tellWeights({ event: 'weights', bytes, totalBytes: Math.max(size, bytes), ended: false });
  }
  // Other data were opened meanwhile.
  if (held.run.freed) return;
  try {
    held.run.load(fit(joined(pieces).buffer));
  } catch {
    throw new Fault(fault('broken', { name }));
  }
  // What is shown is of these very weights.
  if (held.run.model.hash() !== held.told.epochs.at(-1)?.hash) throw new Fault(fault('broken', { name }));
  held.awaited = null;
}

async function arrive() {
  waiting++;
  try {
    // Where another run takes its place, these weights are not needed any more.
    while (session.held?.awaited) await Promise.race([come(session.held), session.held.left]);
  } finally {
    waiting--;
    if (waiting === 0) tellWeights({ event: 'weights', bytes: 0, totalBytes: 0, ended: true });
  }
}

/** What needs weights waits for them. @param {Handlers} handlers @returns {Handlers} */
export function withWeights(handlers) {
  const all = Object.entries(handlers).map(([type, handle]) => {
    if (without.has(type)) return [type, handle];
    const answer = /** @type {(message: unknown) => unknown} */ (handle);
    // In its turn where nothing is to be waited for.
    return [
      type,
      (/** @type {unknown} */ message) =>
        session.held?.awaited ? arrive().then(() => answer(message)) : answer(message),
    ];
  });
  return /** @type {Handlers} */ (Object.fromEntries(all));
}

/** Of the run that undo goes back to, too. @type {Handlers['prefetch']} */
async function prefetch() {
  for (const held of [session.held, session.before]) if (held?.awaited) await come(held).catch(() => {});
  return {};
}

export const handlers = { prefetch };
