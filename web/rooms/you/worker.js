/** Somebody new, who likes some films: what the model would show them, and why. */
import { NewUser } from '../../../wasm/core.mjs';
import { cannotGuess } from '../../worker/guest.js';
import { needHealthy } from '../../worker/session.js';

/** @type {import('../../worker/protocol.js').Handlers['guest']} */
function guest({ likes, k }) {
  const { run } = needHealthy();
  const why = cannotGuess(run);
  if (why) return { recommendations: [], why, learns: false };
  const somebody = new NewUser(run.view());
  try {
    const { learns, rating } = somebody;
    return { recommendations: somebody.recommend(likes, k), learns, rating };
  } finally {
    somebody.free();
  }
}

export const handlers = { guest };
