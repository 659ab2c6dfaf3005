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
