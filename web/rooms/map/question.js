/** The question for the map: as often as things change, but not so often that training has to wait for it. */
import { latest } from '../../parts/latest.js';
import { paced } from '../../parts/paced.js';

/** @typedef {import('../../worker/protocol.js').Out<'map'>} Answer */

/** A map is asked for no more often than this, and takes no more than a quarter of the worker's time. */
const PAUSE_MS = 200;

/**
 * @param {import('../../worker/protocol.js').Ask} ask
 * @param {import('./looking.js').Told} told
 * @param {(answer: Answer) => void} take
 * @param {(error: Error) => void} fail
 */
export function createQuestion(ask, told, take, fail) {
  let cost = 0;
  const wish = latest(
    () => {
      if (!told.state?.model) return null;
      const { user, likes } = told.state;
      const began = performance.now();
      return ask('map', { user, likes }).then((answer) => {
        cost = performance.now() - began;
        return answer;
      });
    },
    take,
    fail,
  );
  return paced(wish, () => Math.max(PAUSE_MS, 3 * cost));
}
