/**
 * Something that is wished for often and done at most once in so many milliseconds: at once where it can be, and once more
 * after the last wish.
 * @param {number} every  ms
 * @param {() => void} act
 */
export function atMost(every, act) {
  let timer = 0;
  let last = -Infinity;
  const now = () => {
    timer = 0;
    last = performance.now();
    act();
  };
  return {
    wish() {
      if (timer) return;
      const wait = last + every - performance.now();
      if (wait <= 0) now();
      else timer = window.setTimeout(now, wait);
    },
    stop: () => clearTimeout(timer),
  };
}
