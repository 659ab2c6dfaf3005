/**
 * Slow motion: the phases of an example one after another, as how far numbers and gradients have come. Whoever asks for
 * less motion sees all at once, and any phase by itself.
 */

import { BACK } from './phases.js';

/** How long each phase takes, in ms; the last stays. */
const LASTS = [800, 800, 1400, 700, 1400, 0];

/**
 * @param {(phase: number) => void} onMove  something is to be drawn anew
 */
export function createSlow(onMove) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let phase = -1;
  let since = 0;
  let goOn = false;
  let frame = 0;

  /** @param {number} now */
  function tick(now) {
    frame = 0;
    if (phase < 0) return;
    if (now - since >= LASTS[phase] && goOn && phase < LASTS.length - 1) {
      phase++;
      since = now;
    }
    const moving = now - since < LASTS[phase] || (goOn && phase < LASTS.length - 1);
    if (moving) frame = requestAnimationFrame(tick);
    onMove(phase);
  }

  /** @param {number} next @param {boolean} playing */
  function start(next, playing) {
    phase = next;
    goOn = playing;
    since = calm.matches ? -Infinity : performance.now();
    cancelAnimationFrame(frame);
    frame = 0;
    if (phase >= 0) tick(performance.now());
  }

  return {
    /** From the first phase to the last. */
    play: () => (calm.matches ? start(BACK, false) : start(0, true)),
    /** One phase. @param {number} next */
    show: (next) => start(next, false),
    stop: () => start(-1, false),
    /** @returns {import('./scene.js').Moment} */
    moment: () => ({ phase, share: LASTS[phase] > 0 ? Math.min(1, (performance.now() - since) / LASTS[phase]) : 1 }),
    close: () => cancelAnimationFrame(frame),
  };
}
