/**
 * Commands change the data or the run, one at a time and in the order in which they came. A configure that waits last gives
 * its place to another: of many changes in a row only the last is built.
 */

/** @type {{type: string, work: () => unknown, resolve: (answer: any) => void, reject: (error: unknown) => void}[]} */
const line = [];
let busy = false;

/**
 * @template T
 * @param {string} type  of the message
 * @param {() => T} work
 * @returns {Promise<T>} null, of a configure: another took its place
 */
export function inTurn(type, work) {
  return new Promise((resolve, reject) => {
    if (type === 'configure' && line.at(-1)?.type === type) line.pop()?.resolve(null);
    line.push({ type, work, resolve, reject });
    if (!busy) void takeTurns();
  });
}

async function takeTurns() {
  busy = true;
  while (line.length > 0) {
    // Answers go out, and the others that wait already come in.
    await new Promise((resolve) => setTimeout(resolve));
    const next = line.shift();
    try {
      next?.resolve(next.work());
    } catch (error) {
      next?.reject(error);
    }
  }
  busy = false;
}
