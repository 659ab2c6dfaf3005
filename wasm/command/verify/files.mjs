// The files that ncf verify is given, or finds in folders. They are strangers': only their sizes are taken on trust.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { MOST_CHARACTERS, readResult } from '../../lab/result.mjs';
import { Fault, fault } from '../../words/fault.mjs';
import { UsageError } from '../common.mjs';

/** error: why it can't be read. @typedef {{file: string, result: ReturnType<typeof readResult> | null, error: string}} Read */

/** A text of somebody’s for a line of the terminal: nothing that could move its cursor, and no more than `most` of it. @param {string} text @param {number} most */
export function shown(text, most = 80) {
  const clean = text.replaceAll(/\p{C}|\p{Zl}|\p{Zp}/gu, '?');
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}

/** @param {string} path */
function kindOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() ? 'folder' : found ? 'file' : null;
}

/**
 * Files as they are named, and all that end in .json in folders and what is in these.
 * @param {string[]} words
 */
export function filesOf(words) {
  return words.flatMap((word) => {
    const kind = kindOf(word);
    if (kind === null) throw new UsageError(`There is no file or folder “${word}”.`);
    if (kind === 'file') return [word];
    const found = readdirSync(word, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.json$/i.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    if (found.length === 0) throw new UsageError(`The folder “${word}” holds no result files, which end in .json.`);
    return found;
  });
}

/** @param {string} file @returns {Read} */
export function readFile(file) {
  try {
    const { size } = statSync(file);
    // A character has four bytes at most.
    if (size > 4 * MOST_CHARACTERS) throw new Fault(fault('resultLong', { most: MOST_CHARACTERS }));
    return { file, result: readResult(readFileSync(file, 'utf8')), error: '' };
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return { file, result: null, error: error instanceof Fault ? message : `It can’t be read: ${message}.` };
  }
}
