/** Data: read in the place of those that are open. */
import { isRunning } from '../../parts/readings.js';
import { noRun, withData } from '../state.js';
import { complain, dismiss, reason } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words as wrong } from '../../parts/words/notices.js';
import { words } from '../words/run.js';

/** @typedef {import('../../worker/protocol.js').Source} Source */

/** @param {import('../actions.js').Lab} lab */
export function createData({ store, client, assets }) {
  let opening = 0;

  /**
   * Opens other data; if that fails, the data and the model from before stay. The latest wish counts.
   * @param {string} name
   * @param {Source[]} sources
   * @param {boolean} [behind] a finished run of these data, which stays in sight until its weights are there
   * @returns {Promise<boolean>} whether they are open
   */
  async function open(name, sources, behind = false) {
    const mine = ++opening;
    const { dataset, status } = store.state;
    const before = behind ? null : dataset;
    const left = isRunning(store.state) ? later(words.paused) : status;
    if (!behind) {
      const loading = /** @type {const} */ ({ event: 'loading', name, bytes: 0, totalBytes: 0, ratings: 0 });
      store.set({ loading, status: later(words.reading, { name }) });
    }
    try {
      const opened = await client.request('open', { name, files: sources, wasm: assets.wasm });
      // Others have taken their place.
      if (!opened) return false;
      store.set({ ...withData(opened, sources, behind), ...(mine === opening && { loading: null }) });
      dismiss(store, 'open', 'user');
      return true;
    } catch (error) {
      if (mine !== opening) return false;
      const why = reason(error);
      const text = before ? later(wrong.stillOpen, { message: why, name: before.name }) : why;
      complain(store, 'open', later(wrong.notOpened, { name }), text, before ? undefined : 'retry');
      store.set({ loading: null, status: before ? left : later(words.noData) });
      if (!before) store.set({ ...noRun, phase: 'failed' });
      return false;
    }
  }

  return { open };
}
