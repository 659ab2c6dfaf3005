// Files that the commands write.

import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { UsageError } from './common.mjs';

/**
 * A file to write: asked for before the work begins, so that no work is done in vain.
 * @param {string | undefined} path  what the user named; nothing is written where it is absent
 */
export function outputFile(path) {
  if (path === undefined) return null;
  const refuse = (/** @type {string} */ why) => new UsageError(`“${path}” can't be written: ${why}.`);
  const reason = (/** @type {unknown} */ error) => /** @type {Error} */ (error).message;
  if (path === '') throw refuse('a file needs a name');
  let found;
  try {
    found = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw refuse(reason(error));
  }
  if (found?.isDirectory()) throw refuse('it is a folder');
  // A pipe or a device is written to; a file is replaced, and where a link leads to it, the link stays.
  const special = found !== undefined && !found.isFile();
  const target = found ? realpathSync(path) : path;
  const partial = special ? target : `${target}.partial-${process.pid}`;
  if (!special)
    try {
      writeFileSync(partial, '');
      rmSync(partial);
    } catch (error) {
      throw refuse(reason(error));
    }
  return {
    /**
     * Writes the file so that it is there whole or not at all.
     * @param {string | Uint8Array} content
     */
    write(content) {
      // While someone listens, these signals do not end the process, so that no part of a file is left.
      const signals = /** @type {const} */ (['SIGINT', 'SIGTERM']);
      const wait = () => {};
      for (const signal of signals) process.on(signal, wait);
      try {
        writeFileSync(partial, content);
        if (!special) renameSync(partial, target);
      } catch (error) {
        if (!special) rmSync(partial, { force: true });
        throw refuse(reason(error));
      } finally {
        for (const signal of signals) process.off(signal, wait);
      }
    },
  };
}
