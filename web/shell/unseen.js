/**
 * Training in other people's pages rests while nobody can see it, and goes on: off-screen, in a hidden tab, and on a slide that
 * is not shown, whichever way the page around hides it.
 */
import { isRunning } from '../parts/readings.js';

/** How soon it is seen again where nothing tells of that, in ms. */
const GLANCE = 200;

/**
 * @param {HTMLElement} root
 * @param {import('./state.js').Store} store
 * @param {Pick<import('./actions.js').Actions, 'train' | 'pause'>} actions
 */
export function pauseUnseen(root, store, { train, pause }) {
  const page = root.ownerDocument;
  let onScreen = true;
  let onSlide = true;
  let seen = true;
  /** Paused by this, not by a person. */
  let resting = false;
  let timer = 0;

  // A slide that fades stays where it is: its styles alone say that it can't be seen.
  const isShown = () => root.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) ?? true;

  function look() {
    const now = onScreen && onSlide && !page.hidden && isShown();
    if (now !== seen) {
      seen = now;
      clearInterval(timer);
      if (!seen) timer = window.setInterval(look, GLANCE);
    }
    // Also what begins while nobody can see it.
    if (!seen && !resting && isRunning(store.state)) {
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
  store.subscribe((state) => void (isRunning(state) && look()));
  return {
    /** What the page around says of the slide that a frame is on, whose styles can't be seen from inside. @param {boolean} shown */
    onSlide(shown) {
      onSlide = shown;
      look();
    },
    close() {
      clearInterval(timer);
      observer.disconnect();
      page.removeEventListener('visibilitychange', look);
    },
  };
}
