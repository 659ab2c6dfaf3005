/**
 * The worker: data, training and recommendations, away from the page so that this never freezes. One thing at a time;
 * training runs in slices of some ms, and messages are answered between them. What is said stands in worker/protocol.js.
 */
// First of all, as in main.js: gzip finds the one in the other, which spares 4 kB.
import '../wasm/settings.mjs';
import { handlers as building } from './worker/building.js';
import { handlers as data } from './worker/data.js';
import { handlers as evaluation } from './worker/evaluation.js';
import { handlers as known } from './worker/known.js';
import { handlers as network } from './worker/network.js';
import { handlers as guest } from './worker/guest.js';
import { handlers as map } from './worker/map.js';
import { handlers as opening } from './worker/opening.js';
import { handlers as people } from './worker/people.js';
import { handlers as results } from './worker/results.js';
import { reply } from './worker/session.js';
import { handlers as training } from './worker/training.js';

/** @type {import('./worker/protocol.js').Handlers} */
const handlers = {
  ...building,
  ...data,
  ...evaluation,
  ...guest,
  ...known,
  ...map,
  ...network,
  ...opening,
  ...people,
  ...results,
  ...training,
};

/** @param {MessageEvent} event */
async function answer({ data }) {
  const { id, type } = data;
  try {
    if (!Object.hasOwn(handlers, type)) throw new Error(`There is no message “${type}”.`);
    const result = await handlers[/** @type {keyof typeof handlers} */ (type)](data);
    reply({ id, result }, 'bytes' in (result ?? {}) ? [/** @type {any} */ (result).bytes] : []);
  } catch (error) {
    const { message, line, setting } = /** @type {any} */ (error);
    reply({ id, error: { message, line, setting } });
  }
}

self.onmessage = answer;
