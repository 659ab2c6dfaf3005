// Which files make a dataset: MovieLens' releases name them differently, and a zip may hold them.

import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';

/** @typedef {import('./core.mjs').Core} Core */
/** @typedef {import('./core.mjs').Dataset} Dataset */
/**
 * A file that can be read in chunks. `size` 0: not known.
 * @typedef {{name: string, size: number, chunks: () => AsyncIterable<Uint8Array>}} Source
 */
/** @typedef {{name: string, bytes: number, totalBytes: number, ratings: number}} Loading  bytes of all files so far */

/** A file that isn't what it should be. `line` where the fault is on a line. */
export class DataError extends Error {
  /**
   * @param {string} message
   * @param {number} [line]
   */
  constructor(message, line) {
    super(message);
    this.name = 'DataError';
    this.line = line;
  }
}

const roles = { ratings: /(^|\/)(ratings\.(csv|dat)|u\.data)$/i, films: /(^|\/)(movies\.(csv|dat)|u\.item)$/i };
const zipName = /\.zip$/i;
const zipStart = [0x50, 0x4b];
// What closes a zip: 22 bytes and a comment of up to 65,535.
const zipEnd = { signature: 'PK\x05\x06', bytes: 22, maxBytes: 22 + 65535 };

/**
 * What a file holds, by its name; a single file with another name is taken for ratings.
 * @param {string} name
 * @param {boolean} alone
 * @returns {'ratings'|'films'|'zip'|null}
 */
function roleOf(name, alone) {
  if (zipName.test(name)) return 'zip';
  if (roles.films.test(name)) return 'films';
  return roles.ratings.test(name) || alone ? 'ratings' : null;
}

/**
 * Reads a dataset from its files: a rating file with or without a film file, or one zip that holds them.
 * @param {Core} core
 * @param {Source[]} sources
 * @param {(loading: Loading) => void} [onProgress]  after every chunk
 * @returns {Promise<Dataset>}  owned by the caller
 * @throws {DataError}
 */
export async function readDataset(core, sources, onProgress = () => {}) {
  const named = sources.map((source) => ({ source, role: roleOf(source.name, sources.length === 1) }));
  const find = (/** @type {string} */ role) => named.find((file) => file.role === role)?.source;
  const zip = find('zip');
  const ratings = find('ratings');
  if (!zip && !ratings)
    throw new DataError(
      'There is no rating file here. Choose ratings.csv, ratings.dat or u.data (with movies.csv, movies.dat or u.item for titles), or a MovieLens zip.',
    );
  const reader = core.readDataset();
  const total = sources.every(({ size }) => size > 0) ? sources.reduce((sum, { size }) => sum + size, 0) : 0;
  let bytes = 0;
  const report = (/** @type {string} */ name, /** @type {number} */ count) => {
    bytes += count;
    onProgress({ name, bytes, totalBytes: total, ratings: reader.ratings });
  };
  try {
    if (zip) await readZip(reader, zip, report);
    else {
      await readFile(reader, 'ratings', /** @type {Source} */ (ratings), report);
      const films = find('films');
      if (films) await readFile(reader, 'films', films, report);
    }
    return reader.dataset();
  } catch (error) {
    reader.free();
    throw error;
  }
}

/**
 * Runs a step of the reader; a fault in the file gets the file's name and line before it.
 * @param {string} name
 * @param {() => void} step
 */
function locate(name, step) {
  try {
    step();
  } catch (error) {
    const { file, line, message } = /** @type {import('./core.mjs').CoreError} */ (error);
    if (!file) throw error;
    throw new DataError(line ? `${name}, line ${line}: ${message}` : `${name}: ${message}`, line);
  }
}

/** @typedef {import('./core.mjs').DatasetReader} Reader */

/**
 * @param {Reader} reader
 * @param {'ratings'|'films'} role
 * @param {Uint8Array} chunk
 */
function feed(reader, role, chunk) {
  if (role === 'ratings') reader.feedRatings(chunk);
  else reader.feedFilms(chunk);
}

/**
 * @param {Reader} reader
 * @param {'ratings'|'films'} role
 */
function finish(reader, role) {
  if (role === 'ratings') reader.finishRatings();
  else reader.finishFilms();
}

/**
 * @param {Reader} reader
 * @param {'ratings'|'films'} role
 * @param {Source} source
 * @param {(name: string, count: number) => void} report
 */
async function readFile(reader, role, source, report) {
  for await (const chunk of source.chunks()) {
    locate(source.name, () => feed(reader, role, chunk));
    report(source.name, chunk.length);
  }
  locate(source.name, () => finish(reader, role));
}

/**
 * The last bytes of what came before and of a chunk: enough to find the end of a zip in.
 * @param {Uint8Array} before
 * @param {Uint8Array} chunk
 */
function lastBytes(before, chunk) {
  const both = new Uint8Array(before.length + chunk.length);
  both.set(before);
  both.set(chunk, before.length);
  return both.slice(-zipEnd.maxBytes);
}

/** @param {Uint8Array} tail */
function hasZipEnd(tail) {
  const at = new TextDecoder('latin1').decode(tail).lastIndexOf(zipEnd.signature);
  return at >= 0 && at + zipEnd.bytes <= tail.length;
}

/**
 * Unpacks as the bytes come in, so that the zip's content is never in memory as a whole.
 * @param {Reader} reader
 * @param {Source} source
 * @param {(name: string, count: number) => void} report
 */
async function readZip(reader, source, report) {
  /** @type {Set<string>} */
  const begun = new Set();
  /** @type {Set<string>} */
  const ended = new Set();
  /** @type {unknown} */
  let failure = null;
  const unzip = new Unzip((entry) => {
    const role = roleOf(entry.name, false);
    if (role === null || role === 'zip' || begun.has(role)) return;
    begun.add(role);
    entry.ondata = (error, chunk, last) => {
      if (failure) return;
      try {
        if (error) throw new DataError(`${source.name}: ${entry.name} in it is damaged (${error.message}).`);
        locate(entry.name, () => {
          feed(reader, role, chunk);
          if (last) finish(reader, role);
        });
        if (last) ended.add(role);
      } catch (thrown) {
        failure = thrown;
      }
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  let bytes = 0;
  let tail = new Uint8Array();
  for await (const chunk of source.chunks()) {
    if (chunk.subarray(0, 2).some((byte, n) => bytes + n < 2 && byte !== zipStart[bytes + n]))
      throw new DataError(`${source.name} is not a zip file: it does not begin as one.`);
    bytes += chunk.length;
    tail = lastBytes(tail, chunk);
    try {
      unzip.push(chunk, false);
    } catch (error) {
      failure ??= new DataError(`${source.name} is damaged (${/** @type {Error} */ (error).message}).`);
    }
    if (failure) throw failure;
    report(source.name, chunk.length);
  }
  if (bytes === 0) throw new DataError(`${source.name} is empty.`);
  // Without this check a zip that is cut off behind its ratings would open without titles.
  if (!hasZipEnd(tail)) throw new DataError(`${source.name} is cut off: its end is missing. Download it again.`);
  if (!begun.has('ratings'))
    throw new DataError(
      `${source.name} holds no rating file (ratings.csv, ratings.dat or u.data). Is it a MovieLens zip?`,
    );
  for (const role of begun)
    if (!ended.has(role)) throw new DataError(`${source.name} is cut off: its ${role} end too early.`);
}
