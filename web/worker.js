/**
 * The worker: data, training and recommendations, away from the page so that this never freezes. One thing at a time;
 * training runs in slices of some ms, and messages are answered between them. What is said stands in worker/protocol.js.
 */
// First of all, as in the page: gzip finds the one in the other.
import '../wasm/settings/settings.mjs';
import { handlers as rooms } from './rooms/workers.js';
import { handlers as building } from './worker/building.js';
import { handlers as known } from './worker/known.js';
import { handlers as leaving } from './worker/leaving.js';
import { handlers as opening } from './worker/opening.js';
import { reply, stop, troubleOf } from './worker/session.js';
import { handlers as training } from './worker/training.js';
import { handlers as weights, withWeights } from './worker/weights.js';

/** @type {import('./worker/protocol.js').Handlers} */
const handlers = withWeights({ ...building, ...known, ...leaving, ...opening, ...training, ...weights, ...rooms });

/** @param {MessageEvent} event */
async function answer({ data }) {
  const { id, type } = data;
  try {
    if (!Object.hasOwn(handlers, type)) throw new Error(`There is no message “${type}”.`);
    const result = await handlers[/** @type {keyof typeof handlers} */ (type)](data);
    reply({ id, result }, 'bytes' in (result ?? {}) ? [/** @type {any} */ (result).bytes] : []);
  } catch (error) {
    reply({ id, error: troubleOf(error) });
  }
}

self.onmessage = answer;
// Where it answers in the page there is nothing that could be terminated: training ends at its next slice.
/** @type {{onclose?: () => void}} */ (/** @type {unknown} */ (self)).onclose = stop;
