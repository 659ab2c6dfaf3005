/** Data: read in the place of those that are open. */
import { isRunning } from '../../parts/readings.js';
import { noRun, withData } from '../state.js';
import { complain, dismiss, reason } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words as wrong } from '../../parts/words/notices.js';
import { words } from '../words/run.js';

/** @typedef {import('../../worker/protocol.js').Source} Source */

/** @param {Source} source @returns {Promise<Source>} */
const withBytes = async (source) => ('file' in source ? { ...source, bytes: await source.file.arrayBuffer() } : source);

/** @param {import('../actions.js').Lab} lab */
export function createData({ store, client, assets }) {
  let opening = 0;

  /**
   * Has the worker read files. What it was given addresses of is kept, so that nobody needs the network for it again; what it
   * can't read itself, as WebKit's can't what was dropped on a page from disk, it is given the bytes of.
   * @param {string} name
   * @param {Source[]} sources
   * @param {() => boolean} isLatest  nothing else is to be opened
   * @returns {Promise<{opened: import('../../worker/protocol.js').Opened, sources: Source[]} | null>}
   */
  async function read(name, sources, isLatest) {
    const ask = (/** @type {Source[]} */ files) => client.request('open', { name, files, wasm: assets.wasm });
    const answer = await ask(sources).catch(async (error) => {
      if (error.told?.code !== 'unread' || !isLatest()) throw error;
      const bytes = await Promise.all(sources.map(withBytes)).catch(() => null);
      if (!bytes) throw error;
      return ask(bytes);
    });
    if (!answer) return null;
    const { kept, ...opened } = answer;
    assets.wasm = kept.wasm;
    if (sources === assets.data.sources) assets.data = { ...assets.data, sources: kept.files };
    return { opened, sources: kept.files };
  }

  /**
   * Opens other data; if that fails, the data and the model from before stay. The latest wish counts.
   * @param {string} name
   * @param {Source[]} sources
   * @param {Promise<boolean> | boolean} [inSight]  a run of these data is in sight, and stays there
   * @returns {Promise<boolean>} whether they are open
   */
  async function open(name, sources, inSight = false) {
    const mine = ++opening;
    const asked = read(name, sources, () => mine === opening);
    asked.catch(() => {});
    const behind = typeof inSight === 'boolean' ? inSight : await inSight;
    const { dataset, status } = store.state;
    const before = behind ? null : dataset;
    const left = isRunning(store.state) ? later(words.paused) : status;
    if (!behind) {
      const loading = /** @type {const} */ ({ event: 'loading', name, bytes: 0, totalBytes: 0, ratings: 0 });
      store.set({ loading, status: later(words.reading, { name }) });
    }
    try {
      const answer = await asked;
      // Others have taken their place.
      if (!answer) return false;
      store.set({ ...withData(answer.opened, answer.sources, behind), ...(mine === opening && { loading: null }) });
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
