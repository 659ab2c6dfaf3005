/**
 * Training one step at a time: an example of the next batch goes through the network, then its batch is trained. The example
 * stays under way until the room turns to something else.
 */
import { reads } from '../../../wasm/settings/settings.mjs';
import { epochsDone } from '../../parts/readings.js';
import { pieceOf } from './piece.js';

/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./phases.js').Example} Example */
/** @typedef {import('./phases.js').Traced} Traced */
/** @typedef {import('./phases.js').Trained} Trained */
/** @typedef {import('../../worker/protocol.js').Peek} Peek */
/** @typedef {{example: Example, n: number, peek: Peek, traced: Traced, trained: Trained | null}} Under  an example under way: number n of its batch */

/** Examples of a batch among which other users are looked for. */
const AROUND = 40;

/**
 * @param {Pick<import('../../shell/actions.js').Actions, 'ask' | 'change' | 'leaveShipped' | 'chooseUser' | 'chooseFilm'>} actions
 * @param {import('./look.js').Look} look
 * @param {object} on
 * @param {(playing: boolean) => void} on.taken  an example is under way, to be played or not
 * @param {() => void} on.trained                its batch is trained
 * @param {() => void} on.changed                a step begins or has ended
 * @param {(error: Error) => void} on.fail
 */
export function createStepping(actions, look, { taken, trained, changed, fail }) {
  /** @param {() => Promise<unknown>} step */
  async function attempt(step) {
    if (look.busy) return;
    look.busy = true;
    look.trouble = '';
    changed();
    try {
      await step();
    } catch (error) {
      fail(/** @type {Error} */ (error));
    } finally {
      look.busy = false;
      changed();
    }
  }

  /** @param {boolean} playing */
  async function take(playing) {
    if (!(await actions.leaveShipped())) return null;
    const { under } = look;
    const n = under && !under.trained ? under.n + 1 : 0;
    /** @type {Peek} */
    let peek = await actions.ask('peek', { from: even(n), count: AROUND });
    const over = peek.examples.length <= n - even(n);
    if (over) peek = await actions.ask('peek', { from: 0, count: AROUND });
    const at = over ? 0 : n;
    const example = withOther(look.state, peek.examples, at);
    const { user, item, label, other } = example;
    /** @type {Traced} */
    const traced = await actions.ask('example', { user, item, label, other });
    const next = { example, n: at, peek, traced, trained: null };
    look.follow(next);
    actions.chooseUser(user);
    actions.chooseFilm(item);
    taken(playing);
    return next;
  }

  async function trainBatch() {
    const mine = look.under && !look.under.trained ? look.under : await take(false);
    const now = look.state;
    if (!now || !mine) return;
    const done = epochsDone(now);
    if (done >= now.settings.epochs) await actions.change('epochs', done + 1);
    mine.trained = await actions.ask('batch', { watch: pieceOf(now, mine.example.item, mine) });
    if (look.under === mine) trained();
  }

  return { example: () => attempt(() => take(true)), batch: () => attempt(trainBatch) };
}

/** The first of the pair of examples that one belongs to: BPR compares them. @param {number} n */
const even = (n) => n - (n % 2);

/**
 * An example of a batch, with BPR with the other film of its pair.
 * @param {State | null} state
 * @param {Example[]} examples  from the even place before it on
 * @param {number} n
 * @returns {Example}
 */
function withOther(state, examples, n) {
  const example = examples[n % 2];
  const inPairs = state && reads(state.settings.model, 'loss') && state.settings.loss === 'bpr';
  return inPairs ? { ...example, other: examples[1 - (n % 2)].item } : example;
}
