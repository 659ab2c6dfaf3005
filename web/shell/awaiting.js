/** The finished run's weights on their way, in the line of status: where something waits for them, that may take seconds. */
import { size } from '../parts/format.js';
import { later } from '../parts/speech.js';
import { words as ruler } from './words/ruler.js';
import { words } from './words/run.js';

/** @typedef {import('../parts/speech.js').Speech} Speech */
/** @typedef {import('../parts/speech.js').Said} Said */

/** How far they are. @param {import('../worker/protocol.js').Awaiting} event */
function comingOf({ bytes, totalBytes }) {
  const told = (/** @type {Speech} */ speech) =>
    totalBytes > bytes
      ? speech.t(ruler.sizeOf, { bytes: size(speech, bytes), all: size(speech, totalBytes) })
      : size(speech, bytes);
  return later(words.weightsComing, { size: told });
}

/**
 * @param {import('./state.js').Store} store
 */
export function createAwaiting(store) {
  /** While weights come: what is said of it, and what stood there before. @type {{said: Said, before: Said} | null} */
  let coming = null;

  /** What was said before is said again when the weights are there. @param {import('../worker/protocol.js').Awaiting} event */
  return (event) => {
    const { status } = store.state;
    if (event.ended) {
      if (coming && status === coming.said) store.set({ status: coming.before });
      coming = null;
      return;
    }
    const said = comingOf(event);
    if (!coming) store.set({ announcement: said });
    coming = { said, before: coming && status === coming.said ? coming.before : status };
    store.set({ status: said });
  };
}
