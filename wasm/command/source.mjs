// Where --data leads in Node: the bundled set, a MovieLens folder, a zip, a rating file, or the paper's triple.

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DataError, releases } from '../core.mjs';
import { readDataset, tripleNames } from '../lab/files.mjs';

/** @typedef {import('../core.mjs').Core} Core */

export const BUNDLED = 'movielens-small';
const bundledFolder = fileURLToPath(new URL('../../data', import.meta.url));

/** @param {string} path */
async function kindOf(path) {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return 'folder';
  return found ? 'file' : null;
}

/**
 * The paths of the triple NAME.train.rating … of DIR/NAME, or null where it has none of these.
 * @param {string} data
 */
async function triplePaths(data) {
  const paths = tripleNames(data);
  const kinds = await Promise.all(paths.map(kindOf));
  if (!kinds.includes('file')) return null;
  const missing = paths.filter((_, n) => kinds[n] !== 'file');
  if (missing.length > 0)
    throw new DataError(`The split “${data}” is three files. There is no ${missing.join(', no ')}.`);
  return paths;
}

/**
 * The paths of the files that `data` means: a rating file first, a film file and one about users where
 * there are any; a triple; or a zip alone.
 * @param {string} data
 * @returns {Promise<string[]>}
 */
async function pathsOf(data) {
  const path = data === BUNDLED ? bundledFolder : data;
  const kind = await kindOf(path);
  const split = kind === 'file' ? null : await triplePaths(data);
  if (split) return split;
  if (kind === null)
    throw new DataError(
      `There is no file or folder “${data}”. --data takes ${BUNDLED} (the bundled set), a MovieLens folder, a zip, a rating file, or DIR/NAME for the NCF paper’s NAME.train.rating, NAME.test.rating and NAME.test.negative.`,
    );
  if (kind === 'folder') {
    const names = await readdir(path).catch((error) => {
      throw unreadable(path, error);
    });
    const found = releases.find(({ ratings }) => names.includes(ratings));
    if (!found)
      throw new DataError(`The folder “${data}” holds none of ${releases.map(({ ratings }) => ratings).join(', ')}.`);
    return Object.values(found)
      .filter((name) => names.includes(name))
      .map((name) => join(path, name));
  }
  const named = releases.find(({ ratings }) => ratings === basename(path));
  const { ratings: _, ...others } = named ?? { ratings: path };
  const beside = Object.values(others).map((name) => join(dirname(path), name));
  const kinds = await Promise.all(beside.map(kindOf));
  return [path, ...beside.filter((_, n) => kinds[n] === 'file')];
}

/**
 * @param {string} path
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* chunksOf(path) {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 18 });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * @param {string} path
 * @param {unknown} error
 */
function unreadable(path, error) {
  return new DataError(`“${path}” could not be read: ${/** @type {Error} */ (error).message}.`);
}

/**
 * The files that `data` means.
 * @param {string} data
 * @returns {Promise<import('../lab/files.mjs').Source[]>}
 * @throws {DataError} there are none
 */
export async function sourcesOf(data) {
  return Promise.all((await pathsOf(data)).map(fileAt));
}

/**
 * @param {string} path
 * @returns {Promise<import('../lab/files.mjs').Source>}
 * @throws {DataError} there is nothing there
 */
export async function fileAt(path) {
  const { size } = await stat(path).catch((error) => {
    throw unreadable(path, error);
  });
  return { name: basename(path), size, chunks: () => chunksOf(path) };
}

/**
 * @param {Core} core
 * @param {string} data
 * @param {(loading: import('../lab/files.mjs').Loading) => void} [onProgress]
 * @returns {Promise<import('../core.mjs').Dataset>}
 * @throws {DataError}
 */
export async function openData(core, data, onProgress) {
  return readDataset(core, await sourcesOf(data), onProgress);
}
