/** What the room asks of the worker as the weights change, and what it was told: one user's test, and all users' ranks. */
import { latest } from '../../parts/latest.js';
import { paced } from '../../parts/paced.js';
import { evaluates, hasRanking, within } from './present.js';

/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Ranks} Ranks */
/** @typedef {{full: boolean, run: unknown}} Asked */
/** full: among all films; ranking: all users are being ranked, as somebody asked for it. @typedef {{state: State | null, full: boolean, answer: import('./present.js').Answer | null, all: (Asked & {ranks: Ranks}) | null, ranking: boolean}} Seen */

/** Between two questions about the weights while these change, in ms. */
const EVERY = 250;

/**
 * @param {import('../../shell/actions.js').Actions['ask']} ask
 * @param {{test: () => void, ranks: () => void, fail: (error: any) => void}} hear  of what is told, or under way
 */
export function createQuestions(ask, { test, ranks, fail }) {
  /** @type {Seen} */
  const seen = { state: null, full: false, answer: null, all: null, ranking: false };

  /** Whether what was asked is what is looked at still. @param {Asked} asked */
  const stands = ({ full, run }) => full === seen.full && run === seen.state?.run;

  const wishTest = latest(
    () => {
      const { state, full } = seen;
      if (!state || !hasRanking(state)) return null;
      const { user, run } = state;
      const asked = { user, full, run, within: within(state) };
      return ask('candidates', { user, full }).then((told) => ({ ...asked, test: told }));
    },
    (told) => {
      if (told.user !== seen.state?.user || !stands(told)) return;
      seen.answer = told;
      test();
    },
    fail,
  );
  // The run's own ranks of the last epoch; those among all films only where they are its own, too.
  const wishRanks = latest(
    () => {
      const { state, full } = seen;
      const own = state && hasRanking(state) && state.epochs.length > 0 && (!full || evaluates(state, true));
      return own ? askRanks(false) : null;
    },
    takeRanks,
    fail,
  );

  /** @param {boolean} fresh */
  async function askRanks(fresh) {
    const asked = { full: seen.full, run: seen.state?.run };
    return { ...asked, ranks: await ask('ranks', { full: asked.full, fresh }) };
  }

  /** @param {Asked & {ranks: Ranks | null}} told */
  function takeRanks({ ranks: told, ...asked }) {
    if (!told || !stands(asked)) return;
    seen.all = { ...asked, ranks: told };
    ranks();
  }

  return {
    seen,
    /** All users' ranks, where they are told. */
    ranks: () => (seen.all && stands(seen.all) ? seen.all.ranks : null),
    wishTest,
    wishRanks,
    ...paced(wishTest, () => EVERY),
    /** Among all films, with the weights of now: what the run does not do by itself. */
    async rankEverybody() {
      seen.ranking = true;
      ranks();
      await askRanks(true).then(takeRanks).catch(fail);
      seen.ranking = false;
      ranks();
    },
    /** @param {boolean} full */
    choose(full) {
      if (full === seen.full || !seen.state) return;
      seen.full = full;
      seen.all = null;
      test();
      ranks();
      void wishTest();
      void wishRanks();
    },
  };
}
