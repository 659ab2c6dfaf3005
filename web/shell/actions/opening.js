/** What the page opens: the set that came with the site, files, and what an address asks for. */
import { later } from '../../parts/speech.js';
import { words as files } from '../words/files.js';
import { words } from '../words/run.js';
import { isFixed, isShown, mayLoad } from '../../parts/fixed.js';
import { tellRefused } from './fixed.js';
import { arrive, takeAddress, takeFirstAddress, takeSelection } from './arrival.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** Why files can't be opened. @param {import('../state.js').State} state @param {boolean} weights  or data */
function whyBarred(state, weights) {
  if (!isShown(state, 'files')) return 'files';
  if (weights) return mayLoad(state) ? null : 'weights';
  return isFixed(state, 'data') ? 'data' : null;
}

/** @param {Speech} speech @param {import('../actions.js').Lab} lab */
export function createOpening(speech, lab) {
  const { t } = speech;
  const { store, assets } = lab;

  /**
   * @param {string} name
   * @param {import('../../worker/protocol.js').Source[]} sources
   */
  async function openAnew(name, sources) {
    if (await lab.data.open(name, sources)) await lab.models.rebuild(later(words.opened, { name }), false);
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
    const place = takeFirstAddress(store, address, rooms);
    const readData = async (/** @type {Promise<boolean> | boolean} */ behind) => {
      const read = await lab.data.open(name, sources, behind);
      if (read) takeSelection(store, place);
      return read;
    };
    let there = false;
    const come = async () => {
      if (assets.finished && store.state.policy.start !== 'fresh')
        there = await arrive(lab, assets.finished, { name, readData });
      else await readData(false);
      if (there || store.state.phase === 'failed') return;
      store.set({ shipped: false });
      await lab.models.rebuild(later(words.opened, { name }), false, Promise.resolve());
    };
    lab.arrived = come();
    await lab.arrived;
    // Of the finished run one user is told of already, and to ask for it again would take its weights.
    const { person, user } = store.state;
    if (person?.user !== user) lab.people.refresh();
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
    const barred = whyBarred(store.state, weights !== undefined);
    if (barred && chosen.length > 0) tellRefused(store, barred);
    else if (weights) await lab.models.load(weights);
    else if (chosen.length > 0) {
      const sources = chosen.map((file) => ({ name: file.name, file }));
      await lab.arrived;
      await openAnew(chosen.map((file) => file.name).join(t(files.and)), sources);
    }
  }

  return { begin, goTo, openBundled, openFiles };
}
