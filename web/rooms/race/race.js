/**
 * The race: models that are trained side by side on the same data, each by a worker of its own, a few at a time while the
 * rest wait. What is known of each is a plain value that is replaced whenever it changes; a worker is closed as soon as
 * what its model came to has been taken.
 */
import { compareRanks } from '../../../wasm/lab/compare.mjs';
import { sameRows, sameTest } from '../../../wasm/lab/identity.mjs';
import { Client } from '../../worker/client.js';
import { reason } from '../../parts/notices.js';

const unsaid = () => '';

/** @typedef {import('../../worker/protocol.js').Epoch} Epoch */
/** @typedef {import('../../worker/protocol.js').Settings} Settings */
/** @typedef {import('../../worker/protocol.js').Results} Results */
/** @typedef {'waiting' | 'opening' | 'training' | 'paused' | 'finished' | 'diverged' | 'failed'} RunnerPhase */
/** @typedef {{name: string, settings: Settings}} Entry  what is to be trained, under which name */
/** The data of a race, and what tells them from others. @typedef {{dataset: import('../../worker/protocol.js').Dataset, sources: import('../../worker/protocol.js').Source[]}} RaceData */
/**
 * @typedef {object} Runner
 * @property {number} id
 * @property {string} name
 * @property {Settings} settings
 * @property {RaceData} data
 * @property {number} look       how its line is drawn: lowest number that no other runner has
 * @property {RunnerPhase} phase
 * @property {import('../../parts/speech.js').Said} message    why it failed
 * @property {boolean} hidden    not in the chart
 * @property {boolean} kept      stays when another race is set up
 * @property {boolean} once      solved in one go
 * @property {number} parameters 0: not known yet
 * @property {import('../../worker/protocol.js').Model['baseline'] | null} baseline
 * @property {Epoch[]} epochs
 * @property {import('../../worker/protocol.js').Selected | null} selected
 * @property {number} share      of the epoch under way
 * @property {import('../../worker/protocol.js').Pretraining | null} pretraining
 * @property {number} pretrainSeconds
 * @property {number} samplesPerSecond
 * @property {Results | null} results
 */
/** @typedef {{runners: Runner[], paused: boolean, reference: number}} RaceState  reference: the id of the one that the others are compared with */

/** @type {RaceState} */
export const noRace = { runners: [], paused: false, reference: 0 };

/** Workers at the same time: side by side wherever that is; with more than two processors one stays free for the page. */
const AT_ONCE = Math.max(2, Math.min(4, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));

/** @type {RunnerPhase[]} */
const ACTIVE = ['opening', 'training', 'paused'];

/** @param {Pick<Runner, 'phase'>} runner */
export const isActive = ({ phase }) => ACTIVE.includes(phase);

/** @param {Pick<Runner, 'phase'>} runner whether nothing more comes of it */
export const isOver = (runner) => runner.phase !== 'waiting' && !isActive(runner);

/** @param {Pick<Runner, 'epochs'>} runner epochs learnt so far */
export const epochOf = ({ epochs }) => epochs.at(-1)?.epoch ?? 0;

/** @param {Pick<Runner, 'once' | 'settings'>} runner epochs that it goes on for */
export const epochsOf = ({ once, settings }) => (once ? 1 : settings.epochs);

/** The epoch that counts: the last, or the one that validation went back to. @param {Pick<Runner, 'epochs' | 'selected'>} runner */
export const standing = ({ epochs, selected }) =>
  (selected && epochs.find(({ epoch }) => epoch === selected.epoch)) ?? epochs.at(-1);

/** Seconds of training up to each epoch, pretraining included. @param {Pick<Runner, 'epochs' | 'pretrainSeconds'>} runner */
export function secondsBy({ epochs, pretrainSeconds }) {
  let sum = pretrainSeconds;
  return epochs.map(({ seconds }) => (sum += seconds));
}

/**
 * The runners on the data that are open: those on others cannot be compared with them.
 * @param {RaceState} race
 * @param {import('../../worker/protocol.js').Dataset | null} dataset
 */
export const runnersOn = ({ runners }, dataset) => runners.filter(({ data }) => sameRows(data.dataset, dataset));

/**
 * The one that others are compared with: the chosen one, else the first.
 * @param {Runner[]} runners
 * @param {number} reference
 */
export const referenceOf = (runners, reference) => runners.find(({ id }) => id === reference) ?? runners[0];

/**
 * How a runner differs from another over the users whom both were tested with, user by user.
 * @param {Results | null | undefined} a
 * @param {Results | null | undefined} b
 * @returns {import('../../../wasm/lab/compare.mjs').UserTests | null}  of a − b; null: not measured alike
 */
export function compareResults(a, b) {
  const kind = /** @type {const} */ (['sampled', 'full']).find((each) => a?.ranks[each] && b?.ranks[each]);
  if (!kind || !sameTest(a?.data, b?.data, kind)) return null;
  const [x, y] = [a, b].map((results) => ranksByUser(/** @type {any} */ (results?.ranks[kind])));
  const users = [...x.keys()];
  return compareRanks(
    users.map((user) => x.get(user) ?? null),
    users.map((user) => y.get(user) ?? null),
  );
}

/** @param {import('../../worker/protocol.js').RanksById} ranks */
function ranksByUser({ users, greater, equal }) {
  return new Map(Array.from(users, (user, at) => [user, { greater: greater[at], equal: equal[at] }]));
}

export class Race {
  /**
   * @param {object} options
   * @param {() => Worker} options.createWorker
   * @param {() => import('../../worker/protocol.js').Modules} options.wasm
   * @param {(state: RaceState) => void} options.onChange
   * @param {(settings: Settings) => void} [options.admit]  throws what may not be trained
   * @param {number} [options.atOnce]
   */
  constructor({ createWorker, wasm, onChange, admit = () => {}, atOnce = AT_ONCE }) {
    this.createWorker = createWorker;
    this.wasm = wasm;
    this.onChange = onChange;
    this.admit = admit;
    this.atOnce = atOnce;
    this.state = noRace;
    /** By runner: those that have a worker. @type {Map<number, Client>} */
    this.clients = new Map();
    this.lastId = 0;
  }

  /** @param {Partial<RaceState>} patch */
  set(patch) {
    this.state = { ...this.state, ...patch };
    this.onChange(this.state);
  }

  /** @param {number} id */
  find(id) {
    return this.state.runners.find((runner) => runner.id === id);
  }

  /**
   * @param {number} id
   * @param {Partial<Runner>} patch
   */
  change(id, patch) {
    this.set({ runners: this.state.runners.map((runner) => (runner.id === id ? { ...runner, ...patch } : runner)) });
  }

  /**
   * A race of these in the place of what is there, but for what is kept.
   * @param {Entry[]} entries
   * @param {RaceData} data
   * @throws {import('../../../wasm/settings/settings.mjs').SettingError} what may not be trained: nothing has changed then
   */
  setUp(entries, data) {
    for (const { settings } of entries) this.admit(settings);
    for (const { id, kept } of this.state.runners) if (!kept) this.leave(id);
    this.set({ runners: this.state.runners.filter(({ kept }) => kept), paused: false });
    this.goOn();
    this.add(entries, data);
  }

  /**
   * @param {Entry[]} entries
   * @param {RaceData} data
   * @param {Partial<Runner>} [known]  of what is not to be trained any more
   * @throws {import('../../../wasm/settings/settings.mjs').SettingError} what may not be trained
   */
  add(entries, data, known = {}) {
    for (const { settings } of entries) this.admit(settings);
    const runners = [...this.state.runners];
    for (const { name, settings } of entries) {
      const taken = new Set(runners.map(({ look }) => look));
      let look = 0;
      while (taken.has(look)) look++;
      runners.push({
        ...{ id: ++this.lastId, name, settings, data, look },
        ...{
          phase: 'waiting',
          message: unsaid,
          hidden: false,
          kept: false,
          once: false,
          parameters: 0,
          baseline: null,
        },
        ...{ epochs: [], selected: null, share: 0, pretraining: null, pretrainSeconds: 0, samplesPerSecond: 0 },
        ...{ results: null },
        ...known,
      });
    }
    this.set({ runners });
    this.fill();
  }

  /** Gives workers to those that wait, as many as there may be. */
  fill() {
    for (const { id, phase } of this.state.runners) {
      if (this.state.paused || this.clients.size >= this.atOnce) return;
      if (phase === 'waiting') void this.begin(id);
    }
  }

  /** @param {number} id */
  async begin(id) {
    const runner = /** @type {Runner} */ (this.find(id));
    try {
      const client = new Client(this.createWorker(), (event) => this.hear(id, event));
      this.clients.set(id, client);
      this.change(id, { phase: 'opening' });
      const { dataset, sources: files } = runner.data;
      await client.request('open', { name: dataset.name, files, wasm: this.wasm() });
      const told = await client.request('configure', { settings: runner.settings });
      if (!told) return;
      const { settings, parameters, baseline, once } = told.model;
      this.change(id, { settings, parameters, baseline, once });
      if (this.state.paused) this.change(id, { phase: 'paused' });
      else await client.request('train');
    } catch (error) {
      this.end(id, 'failed', reason(error));
    }
  }

  /**
   * @param {number} id
   * @param {import('../../worker/protocol.js').HeardEvent} event
   */
  hear(id, event) {
    const runner = this.find(id);
    if (!runner || !this.clients.has(id)) return;
    switch (event.event) {
      case 'state':
        this.enter(id, event.state, event.trouble);
        break;
      case 'pretraining': {
        const { seconds: pretrainSeconds = runner.pretrainSeconds, samplesPerSecond } = event;
        this.change(id, { pretraining: event, pretrainSeconds, samplesPerSecond });
        break;
      }
      case 'progress':
        this.change(id, { share: event.share, samplesPerSecond: event.samplesPerSecond });
        break;
      case 'epoch': {
        const samplesPerSecond = event.samplesPerSecond || runner.samplesPerSecond;
        const epochs = [...runner.epochs.filter(({ epoch }) => epoch < event.epoch), event];
        this.change(id, { epochs, share: 0, pretraining: null, samplesPerSecond });
        break;
      }
      case 'selected':
        this.change(id, { selected: event });
        break;
      case 'crash':
        this.end(id, 'failed', reason(event.trouble));
    }
  }

  /**
   * @param {number} id
   * @param {string} state  of its worker
   * @param {import('../../worker/protocol.js').Trouble} [trouble]
   */
  enter(id, state, trouble) {
    if (state === 'training' || state === 'evaluating') {
      // Told to pause between its order to train and its start.
      if (this.state.paused && this.find(id)?.phase === 'opening') void this.tell(id, 'pause');
      this.change(id, { phase: 'training' });
    }
    if (state === 'diverged') this.end(id, 'diverged', trouble && reason(trouble));
    else if (state === 'finished') void this.take(id);
    else if (state === 'paused' && trouble) this.end(id, 'failed', reason(trouble));
    else if (state === 'paused') this.change(id, { phase: 'paused' });
  }

  /** Takes what a model has come to. @param {number} id */
  async take(id) {
    try {
      const results = await this.clients.get(id)?.request('results');
      this.change(id, { results });
      this.end(id, 'finished');
    } catch (error) {
      this.end(id, 'failed', reason(error));
    }
  }

  /**
   * @param {number} id
   * @param {RunnerPhase} phase
   * @param {import('../../parts/speech.js').Said} [message]
   */
  end(id, phase, message = unsaid) {
    this.leave(id);
    this.change(id, { phase, message, share: 0, pretraining: null });
    this.fill();
  }

  /** @param {number} id */
  leave(id) {
    this.clients.get(id)?.close();
    this.clients.delete(id);
  }

  pause() {
    this.set({ paused: true });
    for (const { id, phase } of this.state.runners) if (phase === 'training') this.tell(id, 'pause');
  }

  goOn() {
    this.set({ paused: false });
    for (const { id, phase } of this.state.runners) if (phase === 'paused') this.tell(id, 'train');
    this.fill();
  }

  /**
   * @template {'train' | 'pause' | 'live'} T
   * @param {number} id
   * @param {T} type
   * @param {import('../../worker/protocol.js').Given<T>} given
   */
  async tell(id, type, ...given) {
    try {
      return await this.clients.get(id)?.request(type, ...given);
    } catch (error) {
      this.end(id, 'failed', reason(error));
    }
  }

  /** Lets a runner end with the epoch that it is in, so that what it has come to can be told. @param {number} id */
  async stop(id) {
    const runner = this.find(id);
    if (!runner || runner.once || !isActive(runner)) return;
    const epochs = Math.min(runner.settings.epochs, epochOf(runner) + 1);
    const answer = await this.tell(id, 'live', { settings: { epochs } });
    if (answer) this.change(id, { settings: answer.model.settings });
  }

  /** @param {number} id */
  remove(id) {
    this.leave(id);
    this.set({ runners: this.state.runners.filter((runner) => runner.id !== id) });
    this.fill();
  }

  /** @param {number} id @param {string} name */
  rename(id, name) {
    if (name.trim() !== '') this.change(id, { name: name.trim() });
  }

  /** @param {number} id @param {boolean} hidden */
  hide(id, hidden) {
    this.change(id, { hidden });
  }

  /** @param {number} id @param {boolean} kept */
  keep(id, kept) {
    this.change(id, { kept });
  }

  /** @param {number} id the others are compared with this one */
  refer(id) {
    this.set({ reference: id });
  }

  close() {
    for (const id of [...this.clients.keys()]) this.leave(id);
  }
}
