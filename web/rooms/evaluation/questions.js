/** What the room asks of the worker as the weights change, and what it was told: one user's test, and all users' ranks. */
import { latest } from '../../parts/latest.js';
import { paced } from '../../parts/paced.js';
import { evaluates, hasRanking, within } from './present.js';

/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Ranks} Ranks */
/** @typedef {{full: boolean, run: unknown}} Asked */

/** Between two questions about the weights while these change, in ms. */
const EVERY = 250;

export class Questions {
  /**
   * @param {import('../../shell/actions.js').Actions['ask']} ask
   * @param {{test: () => void, ranks: () => void, fail: (error: Error) => void}} hear  of what is told, or under way
   */
  constructor(ask, hear) {
    this.ask = ask;
    this.hear = hear;
    /** @type {State | null} */
    this.state = null;
    /** Among all films. */
    this.full = false;
    /** @type {import('./present.js').Answer | null} */
    this.answer = null;
    /** @type {(Asked & {ranks: Ranks}) | null} */
    this.all = null;
    /** All users are being ranked, as somebody asked for it. */
    this.ranking = false;
    this.wishTest = latest(
      () => this.askTest(),
      (told) => this.takeTest(told),
      hear.fail,
    );
    this.wishRanks = latest(
      () => this.askRanks(),
      (told) => this.takeRanks(told),
      hear.fail,
    );
    this.pace = paced(this.wishTest, () => EVERY);
  }

  /** Whether what was asked is what is looked at still. @param {Asked} asked */
  stands({ full, run }) {
    return full === this.full && run === this.state?.run;
  }

  /** All users' ranks, where they are told. */
  get ranks() {
    return this.all && this.stands(this.all) ? this.all.ranks : null;
  }

  askTest() {
    const { state, full } = this;
    if (!state || !hasRanking(state)) return null;
    const { user, run } = state;
    const asked = { user, full, run, within: within(state) };
    return this.ask('candidates', { user, full }).then((test) => ({ ...asked, test }));
  }

  /** @param {Asked & import('./present.js').Answer} told */
  takeTest(told) {
    if (told.user !== this.state?.user || !this.stands(told)) return;
    this.answer = told;
    this.hear.test();
  }

  /** The run's own ranks of the last epoch; those among all films only where they are its own, too. */
  askRanks() {
    const { state, full } = this;
    if (!state || !hasRanking(state) || state.epochs.length === 0) return null;
    return full && !evaluates(state, true) ? null : this.question(false);
  }

  /** @param {boolean} fresh */
  async question(fresh) {
    const asked = { full: this.full, run: this.state?.run };
    return { ...asked, ranks: await this.ask('ranks', { full: asked.full, fresh }) };
  }

  /** @param {Asked & {ranks: Ranks | null}} told */
  takeRanks({ ranks, ...asked }) {
    if (!ranks || !this.stands(asked)) return;
    this.all = { ...asked, ranks };
    this.hear.ranks();
  }

  /** Among all films, with the weights of now: what the run does not do by itself. */
  async rankEverybody() {
    this.ranking = true;
    this.hear.ranks();
    try {
      this.takeRanks(await this.question(true));
    } catch (error) {
      this.hear.fail(/** @type {Error} */ (error));
    } finally {
      this.ranking = false;
      this.hear.ranks();
    }
  }

  /** @param {boolean} full */
  choose(full) {
    if (full === this.full || !this.state) return;
    this.full = full;
    this.all = null;
    this.hear.test();
    this.hear.ranks();
    void this.wishTest();
    void this.wishRanks();
  }
}
