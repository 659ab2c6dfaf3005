// What the tests share: cores, small worlds of ratings, files in chunks, folders that go away.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { WeightsError } from '../../wasm/lab/safetensors.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { loadCoreInNode } from '../../wasm/node.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The files of data/ as bytes. @param {string} name */
export const bundled = (name) => readFileSync(join(root, 'data', name));

/** @type {Record<string, Promise<import('../../wasm/core.mjs').Core>>} */
const cores = {};

/** The core, loaded once a test file: with SIMD, or the build for machines without. */
export function core({ scalar = false } = {}) {
  return (cores[String(scalar)] ??= loadCoreInNode({ scalar }));
}

/**
 * A source of bytes in chunks of one size.
 * @param {string} name
 * @param {string | Uint8Array} content
 * @param {number} [chunk]
 */
export function source(name, content, chunk = 1 << 16) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  return { name, size: bytes.length, chunks };
}

/** Numbers below n from a fixed start (Lehmer's generator). @param {number} seed */
export function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ n) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
}

/** @typedef {{user: number, item: number, rating: number, time: number}} Row */

/**
 * A world of 40 users with ids from 11 and 160 films with ids from 5 in steps of 5: the users rate `each` films of their
 * half of the films, so there is something to learn, with timestamps that all differ.
 * @param {{users?: number, films?: number, each?: number}} [size]
 * @returns {Row[]}
 */
export function world({ users = 40, films = 160, each = 12 } = {}) {
  const next = numbers(7);
  const rows = [];
  for (let user = 0; user < users; user++) {
    const items = new Set();
    while (items.size < each) items.add(2 * next(films / 2) + (user % 2));
    for (const item of items)
      rows.push({ user: user + 11, item: 5 * (item + 1), rating: 0.5 * (1 + next(10)), time: 1e9 + 7 * rows.length });
  }
  return rows;
}

/** @param {Row[]} rows */
export function csv(rows) {
  const lines = rows.map(({ user, item, rating, time }) => `${user},${item},${rating.toFixed(1)},${time}\n`);
  return `userId,movieId,rating,timestamp\n${lines.join('')}`;
}

/** movies.csv for a world's films; some titles have commas and quotes, as MovieLens' have. @param {Row[]} rows */
export function moviesCsv(rows) {
  const lines = filmsOf(rows).map(({ id, title, year, genres }) => {
    const full = `${title} (${year})`;
    return `${id},${/[",]/.test(full) ? `"${full.replaceAll('"', '""')}"` : full},${genres.join('|')}\n`;
  });
  return `movieId,title,genres\n${lines.join('')}`;
}

/** The films of a world, as moviesCsv writes them and the core should give them back. @param {Row[]} rows */
export function filmsOf(rows) {
  const ids = [...new Set(rows.map(({ item }) => item))].sort((a, b) => a - b);
  return ids.map((id) => ({
    id,
    title: id % 3 === 0 ? `Night, The ${id}` : id % 7 === 0 ? `The "${id}" Affair` : `Día ${id}`,
    year: 1950 + (id % 60),
    genres: id % 2 === 0 ? ['Comedy', 'Drama'] : ['Drama'],
  }));
}

/**
 * A dataset of a world, its split, and a way to make runs on it; all freed when the test ends.
 * @param {import('node:test').TestContext} t
 * @param {Row[]} [rows]
 */
export async function lab(t, rows = world()) {
  const loaded = await core();
  const dataset = await readDataset(loaded, [source('ratings.csv', csv(rows)), source('movies.csv', moviesCsv(rows))]);
  const split = dataset.leaveOneOut();
  /** @type {Run[]} */
  const runs = [];
  t.after(() => {
    for (const run of runs) run.free();
    split.free();
    dataset.free();
  });
  /** @param {Record<string, unknown>} settings */
  const run = (settings) => {
    runs.push(new Run(split, checkSettings({ factors: 4, epochs: 2, ...settings })));
    return runs[runs.length - 1];
  };
  return { core: loaded, dataset, split, run };
}

/** A run to its end. @param {Run} run */
export function finish(run) {
  return [...run.slices()];
}

/** What must be the same to the bit in two runs. @param {Run} run */
export function outcome(run) {
  return {
    hash: run.model.hash(),
    epochs: run.history.map(({ epoch, loss, metrics }) => ({ epoch, loss, metrics })),
  };
}

/** A folder that is there until the test ends. @param {import('node:test').TestContext} t */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'ncf-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/**
 * @param {string} path
 * @param {Record<string, string | Uint8Array>} files
 */
export function fill(path, files) {
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

/** Names and contents of all files below a folder. @param {string} path */
export function listing(path) {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => [name, statSync(join(path, name)).isFile() ? readFileSync(join(path, name), 'hex') : 'folder']);
}

/**
 * The command, as a user types it.
 * @param {string[]} args
 * @returns {Promise<{code: number, stdout: string, stderr: string, lines: string[], json: () => any[]}>}
 */
export function ncf(...args) {
  return new Promise((done) => {
    execFile(process.execPath, [join(root, 'wasm/cli.mjs'), ...args], { cwd: root }, (error, stdout, stderr) => {
      const lines = stdout.split('\n').slice(0, -1);
      const json = () => lines.map((line) => JSON.parse(line));
      done({ code: error ? Number(error.code) : 0, stdout, stderr, lines, json });
    });
  });
}

/**
 * A weights file is refused, in one sentence.
 * @param {() => unknown} act
 * @param {RegExp} message
 */
export function refusesWeights(act, message) {
  assert.throws(act, (error) => {
    assert(error instanceof WeightsError, String(error));
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /undefined|NaN|\[object|\p{Cc}/u);
    return true;
  });
}
