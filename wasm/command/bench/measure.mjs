// Fair timing on a machine that others use too: every case is measured once a round, the rounds repeat, and what is
// reported is the median, so that a slow minute slows all cases alike.

/** @typedef {{name: string, unit: string, measure: () => Promise<number> | number}} Case  measure gives units a second */
/** @typedef {{name: string, unit: string, median: number, lowest: number, highest: number}} Result */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {Case[]} cases
 * @param {number} rounds
 * @param {(done: number, of: number, name: string) => void} [onProgress]
 * @returns {Promise<Result[]>}
 */
export async function measureAll(cases, rounds, onProgress = () => {}) {
  /** @type {number[][]} */
  const values = cases.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [n, { name, measure }] of cases.entries()) {
      onProgress(round * cases.length + n, rounds * cases.length, name);
      values[n].push(await measure());
    }
  return cases.map(({ name, unit }, n) => ({
    name,
    unit,
    median: median(values[n]),
    lowest: Math.min(...values[n]),
    highest: Math.max(...values[n]),
  }));
}

/**
 * Repeats `work` for about `seconds`, after one call that is not counted, and returns how much was done a second.
 * @param {() => number} work  returns how much it did
 * @param {number} seconds
 */
export function rate(work, seconds) {
  work();
  const start = performance.now();
  let done = 0;
  let now = start;
  while (now - start < seconds * 1000) {
    done += work();
    now = performance.now();
  }
  return (done / (now - start)) * 1000;
}
