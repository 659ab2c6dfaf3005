/** Data: the set that came with the site, others from files, and what an address asks for. */
import { isRunning } from '../state.js';
import { complain, dismiss, reason } from '../notices.js';
import { later, t } from '../words.js';
import { words as files } from '../words/files.js';
import { words as wrong } from '../words/notices.js';
import { words } from '../words/run.js';
import { arrive, takeAddress, takeSelection } from './arrival.js';

/** @param {import('../actions.js').Lab} lab */
export function createOpening(lab) {
  const { store, client, assets } = lab;
  let opening = 0;

  /**
   * Opens other data; if that fails, the data and the model from before stay. The latest wish counts.
   * @param {string} name
   * @param {import('../client.js').Source[]} sources
   * @param {boolean} [behind] a finished run of these data, which stays in sight until its weights are there
   * @returns {Promise<boolean>} whether they are open
   */
  async function open(name, sources, behind = false) {
    const mine = ++opening;
    if (isRunning(store.state)) await lab.training.pause();
    const { dataset, status } = store.state;
    const before = behind ? null : dataset;
    if (!behind)
      store.set({ loading: { name, bytes: 0, totalBytes: 0, ratings: 0 }, status: later(words.reading, { name }) });
    try {
      const opened = await client.request('open', { name, files: sources, wasm: assets.wasm });
      const users = await client.request('users');
      const films = await client.request('films');
      if (mine !== opening) return false;
      store.set({
        loading: null,
        dataset: opened,
        sources,
        users,
        films,
        user: users.order[0],
        film: -1,
        likes: [],
        userError: null,
        ...(!behind && { person: null, model: null, phase: 'loading', shipped: false }),
        before: null,
      });
      dismiss(store, 'open');
      return true;
    } catch (error) {
      // What was opened since has taken its place.
      if (mine !== opening) return false;
      const why = reason(error);
      const text = before ? later(wrong.stillOpen, { message: why, name: before.name }) : why;
      complain(store, 'open', later(wrong.notOpened, { name }), text, before ? undefined : 'retry');
      store.set({ loading: null, status: before ? status : later(words.noData) });
      if (!before) store.set({ phase: 'failed', shipped: false, model: null, epochs: [] });
      return false;
    }
  }

  /**
   * @param {string} name
   * @param {import('../client.js').Source[]} sources
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
      if (assets.finished) there = await arrive(store, client, assets.finished, { name, readData });
      else await readData();
      if (!there && store.state.phase !== 'failed') {
        store.set({ shipped: false });
        await lab.models.rebuild(later(words.opened, { name }), false);
      }
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
