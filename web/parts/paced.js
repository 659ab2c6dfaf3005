/** Calls and questions that are not to come too often. */
import { latest } from './latest.js';

/**
 * Calls at most once in so many milliseconds, however often it is asked to: at once where enough time has gone by, else as
 * soon as it has. The pause may grow with what a call costs.
 * @param {() => void} call
 * @param {() => number} pause  milliseconds, read anew each time
 */
export function paced(call, pause) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const now = () => {
    timer = undefined;
    last = performance.now();
    call();
  };
  return {
    wish() {
      if (timer) return;
      const wait = last + pause() - performance.now();
      if (wait <= 0) now();
      else timer = setTimeout(now, wait);
    },
    close: () => clearTimeout(timer),
  };
}

/**
 * A question of which only the latest answer matters, put no more often than once in `pause` ms, and so that it takes no more
 * than one part in `parts` of the worker's time.
 * @template T
 * @param {() => Promise<T> | null} ask
 * @param {(answer: T) => void} use
 * @param {(error: Error) => void} fail
 * @param {{pause: number, parts: number}} often
 */
export function pacedQuestion(ask, use, fail, { pause, parts }) {
  let cost = 0;
  const wish = latest(
    () => {
      const began = performance.now();
      const question = ask();
      return (
        question &&
        question.then((answer) => {
          cost = performance.now() - began;
          return answer;
        })
      );
    },
    use,
    fail,
  );
  return paced(wish, () => Math.max(pause, (parts - 1) * cost));
}
