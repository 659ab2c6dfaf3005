/** Training in other people's pages rests while nobody can see it, and goes on: off-screen, and in a hidden tab or slide. */
import { isRunning } from '../parts/readings.js';

/**
 * @param {HTMLElement} root
 * @param {import('./state.js').Store} store
 * @param {Pick<import('./actions.js').Actions, 'train' | 'pause'>} actions
 * @returns {() => void} stops it
 */
export function pauseUnseen(root, store, { train, pause }) {
  const page = root.ownerDocument;
  let onScreen = true;
  let seen = true;
  /** Paused by this, not by a person. */
  let resting = false;

  function look() {
    const now = onScreen && !page.hidden;
    if (now === seen) return;
    seen = now;
    if (!seen && isRunning(store.state)) {
      resting = true;
      void pause();
    } else if (seen && resting) {
      resting = false;
      if (store.state.phase === 'paused') void train();
    }
  }
  const observer = new IntersectionObserver(([...entries]) => {
    onScreen = entries[entries.length - 1].isIntersecting;
    look();
  });
  observer.observe(root);
  page.addEventListener('visibilitychange', look);
  return () => {
    observer.disconnect();
    page.removeEventListener('visibilitychange', look);
  };
}
