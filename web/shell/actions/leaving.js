/** What is taken away besides weights: made into files by code that comes when it is asked for (shell/leaving.js). */
import { PassedOver } from '../../parts/latest.js';
import { complain, dismiss, reason } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words as wrong } from '../../parts/words/notices.js';

/** @typedef {import('../../parts/save.js').Leaving} Leaving */

const load = () => import('../leaving.js');

/** @param {import('../actions.js').Lab} lab */
export function createLeaving({ store, ask }) {
  return {
    /** So that no network is needed later. */
    fetch: () => load().catch(() => {}),

    /**
     * The code that makes the files, and what shows them.
     * @returns {Promise<typeof import('../leaving.js') | null>}
     */
    async makers() {
      try {
        return await load();
      } catch {
        complain(store, 'save', later(wrong.notSaved), later(wrong.connection));
        return null;
      }
    },

    /**
     * Makes a file; where that fails, a notice says why.
     * @param {(ask: import('../../worker/protocol.js').Ask, state: import('../state.js').State) => Promise<Leaving | null>} make
     * @returns {Promise<Leaving | null>}
     */
    async take(make) {
      try {
        dismiss(store, 'save');
        return await make(ask, store.state);
      } catch (error) {
        if (!(error instanceof PassedOver)) complain(store, 'save', later(wrong.notSaved), reason(error));
        return null;
      }
    },
  };
}
