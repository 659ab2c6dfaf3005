/** Data: the set that came with the site, others from files, and what an address asks for. */
import { isRunning } from '../../parts/readings.js';
import { noRun } from '../state.js';
import { complain, dismiss, reason } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words as files } from '../words/files.js';
import { words as wrong } from '../../parts/words/notices.js';
import { words } from '../words/run.js';
import { arrive, takeAddress, takeSelection } from './arrival.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** @param {Speech} speech @param {import('../actions.js').Lab} lab */
export function createOpening(speech, lab) {
  const { t } = speech;
  const { store, client, assets } = lab;
  let opening = 0;

  /**
   * Opens other data; if that fails, the data and the model from before stay. The latest wish counts.
   * @param {string} name
   * @param {import('../../worker/protocol.js').Source[]} sources
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
      // Indices of users and films are of the data: with other data all of them go.
      store.set({
        ...opened,
        ...{ sources, user: opened.users.order[0], film: -1, likes: [], userError: null },
        ...(!behind && { ...noRun, person: null, phase: 'loading' }),
        ...(mine === opening && { loading: null }),
      });
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

  /**
   * @param {string} name
   * @param {import('../../worker/protocol.js').Source[]} sources
   */
  async function openAnew(name, sources) {
    if (await open(name, sources)) await lab.models.rebuild(later(words.opened, { name }), false);
  }

  async function openBundled() {
    if (store.state.phase === 'failed') store.set({ phase: 'loading' });
    await openAnew(assets.data.name, assets.data.sources);
  }

  /**
   * Opens the page: at what its address asks for, on the run that came with the site where that is of these settings.
   * @param {string} address
   * @param {readonly string[]} rooms
   */
  async function begin(address, rooms) {
    const { name, sources } = assets.data;
    const place = takeAddress(store, address, rooms);
    const readData = async () => {
      const read = await open(name, sources, store.state.shipped);
      if (read) takeSelection(store, place);
      return read;
    };
    let there = false;
    const come = async () => {
      if (assets.finished) there = await arrive(lab, assets.finished, { name, readData });
      else await readData();
      if (there || store.state.phase === 'failed') return;
      store.set({ shipped: false });
      await lab.models.rebuild(later(words.opened, { name }), false, Promise.resolve());
    };
    lab.arrived = come();
    await lab.arrived;
    lab.people.refresh();
  }

  /**
   * Goes to another address of this page.
   * @param {string} address
   * @param {readonly string[]} rooms
   */
  async function goTo(address, rooms) {
    await lab.arrived;
    const { settings } = store.state;
    const place = takeAddress(store, address, rooms);
    takeSelection(store, place);
    lab.people.refresh();
    if (JSON.stringify(settings) !== JSON.stringify(store.state.settings))
      await lab.models.rebuild(later(words.fromAddress), false);
  }

  /** @param {File[]} chosen ratings, or a weights file */
  async function openFiles(chosen) {
    const weights = chosen.find((file) => file.name.endsWith('.safetensors'));
    if (weights) await lab.models.load(weights);
    else if (chosen.length > 0) {
      const sources = chosen.map((file) => ({ name: file.name, file }));
      await lab.arrived;
      await openAnew(chosen.map((file) => file.name).join(t(files.and)), sources);
    }
  }

  return { begin, goTo, openBundled, openFiles };
}
