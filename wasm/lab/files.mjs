// Which files make a dataset: MovieLens' releases name them differently, the NCF paper's split has three, and a zip may
// hold any of them.

import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';

import { DataError, fileKinds, namesOf, roles } from '../core.mjs';
import { causeOf, fault, part } from '../words/fault.mjs';

/** @typedef {import('../core.mjs').Core} Core */
/** @typedef {import('../core.mjs').Dataset} Dataset */
/**
 * A file that can be read in chunks. `size` 0: not known.
 * @typedef {{name: string, size: number, chunks: () => AsyncIterable<Uint8Array>}} Source
 */
/** @typedef {{name: string, bytes: number, totalBytes: number, ratings: number}} Loading  bytes of all files so far */

/** @typedef {import('../core.mjs').Role} Role */
/**
 * split: the NAME of a file of the NCF paper's triple, NAME.train.rating, NAME.test.rating and NAME.test.negative; '' for
 * other files.
 * @typedef {{role: Role | 'zip' | null, split: string}} Kind
 */

const triple = roles.filter((role) => fileKinds[role].ofTriple);
const zipName = /\.zip$/i;
const zipStart = [0x50, 0x4b];
// What closes a zip: 22 bytes and a comment of up to 65,535.
const zipEnd = { signature: 'PK\x05\x06', bytes: 22, maxBytes: 22 + 65535 };

/**
 * What a file is, by its name; a single file with another name is taken for ratings.
 * @param {string} name
 * @param {boolean} alone
 * @returns {Kind}
 */
function kindOf(name, alone) {
  if (zipName.test(name)) return { role: 'zip', split: '' };
  const own = /** @type {string} */ (name.split('/').at(-1)).toLowerCase();
  const known = roles.find((role) => fileKinds[role].names.includes(own));
  if (known || alone) return { role: known ?? 'ratings', split: '' };
  const role = triple.find((each) => own.endsWith(`.${fileKinds[each].ofTriple}`));
  if (!role) return { role: null, split: '' };
  const base = name.slice(name.lastIndexOf('/') + 1);
  return { role, split: base.slice(0, -(1 + /** @type {string} */ (fileKinds[role].ofTriple).length)) };
}

/**
 * The names of a triple's files, in the order of reading.
 * @param {string} split
 */
export const tripleNames = (split) => triple.map((role) => `${split}.${fileKinds[role].ofTriple}`);

/**
 * @param {string} split
 * @param {Iterable<Role>} found  roles that are there
 */
function checkTriple(split, found) {
  const there = new Set(found);
  const missing = triple.filter((role) => !there.has(role)).map((role) => `${split}.${fileKinds[role].ofTriple}`);
  if (missing.length > 0)
    throw new DataError(
      fault('triple', { split, names: tripleNames(split).join(', '), missing: missing.join(' and no ') }),
    );
}

/**
 * Which of the files are read, in order. MovieLens' own go before a triple.
 * @param {{source: Source, role: Kind['role'], split: string}[]} files
 * @returns {{role: Role, source: Source}[]}
 */
function chooseFiles(files) {
  /** @param {string} split */
  const pick = (split) =>
    roles.flatMap((role) => {
      const file = files.find((each) => each.role === role && each.split === split);
      return file ? [{ role, source: file.source }] : [];
    });
  const own = pick('');
  if (own.some(({ role }) => role === 'ratings')) return own;
  const splits = [...new Set(files.map(({ split }) => split).filter(Boolean))];
  if (splits.length > 1) throw new DataError(fault('splits', { names: splits.join(' and ') }));
  if (splits.length === 0) throw new DataError(fault('noRatings', namesOf('ratings', 'films')));
  const chosen = pick(splits[0]);
  checkTriple(
    splits[0],
    chosen.map(({ role }) => role),
  );
  return chosen;
}

/**
 * Reads a dataset from its files: a rating file with or without a film file, the NCF paper's triple, or one zip that holds
 * either.
 * @param {Core} core
 * @param {Source[]} sources
 * @param {(loading: Loading) => void} [onProgress]  after every chunk
 * @returns {Promise<Dataset>}  owned by the caller
 * @throws {DataError}
 */
export async function readDataset(core, sources, onProgress = () => {}) {
  const files = sources.map((source) => ({ source, ...kindOf(source.name, sources.length === 1) }));
  const zip = files.find(({ role }) => role === 'zip')?.source;
  const chosen = zip ? [] : chooseFiles(files);
  const reader = core.readDataset();
  const total = sources.every(({ size }) => size > 0) ? sources.reduce((sum, { size }) => sum + size, 0) : 0;
  let bytes = 0;
  const report = (/** @type {string} */ name, /** @type {number} */ count) => {
    bytes += count;
    onProgress({ name, bytes, totalBytes: total, ratings: reader.ratings });
  };
  try {
    if (zip) await readZip(reader, zip, report);
    for (const { role, source } of chosen) await readFile(reader, role, source, report);
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
    const { file, line } = /** @type {import('../core.mjs').CoreError} */ (error);
    if (!file) throw error;
    const message = causeOf(error);
    throw new DataError(
      line ? fault('inLine', { file: name, line, message }) : fault('inFile', { file: name, message }),
      line,
    );
  }
}

/** @typedef {import('../core.mjs').DatasetReader} Reader */

/**
 * @param {Reader} reader
 * @param {Role} role
 * @param {Source} source
 * @param {(name: string, count: number) => void} report
 */
async function readFile(reader, role, source, report) {
  for await (const chunk of source.chunks()) {
    locate(source.name, () => reader.feed(role, chunk));
    report(source.name, chunk.length);
  }
  locate(source.name, () => reader.finish(role));
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
 * A file in a zip: what is unpacked of it and waits to be parsed, and how far it is.
 * @typedef {{name: string, waiting: Uint8Array[], ended: boolean, parsed: boolean}} ZipEntry
 */

/**
 * Unpacks as the bytes come in, so that the zip's content is never in memory as a whole. Of a triple, which zips have in
 * the order of the alphabet, the test files wait for the ratings.
 * @param {Reader} reader
 * @param {Source} source
 * @param {(name: string, count: number) => void} report
 */
async function readZip(reader, source, report) {
  /** Entries by what they are for, each until all of it is parsed. @type {Map<Role, ZipEntry>} */
  const entries = new Map();
  /** The split of the first entry that counts: a zip may hold several. @type {string | undefined} */
  let split;
  /** @type {unknown} */
  let failure = null;

  /** Parses what has come of an entry, then of those that waited for it. @param {Role} role */
  const parse = (role) => {
    const entry = entries.get(role);
    const first = fileKinds[role].after;
    if (!entry || entry.parsed || (first && !entries.get(first)?.parsed)) return;
    locate(entry.name, () => {
      for (const chunk of entry.waiting) reader.feed(role, chunk);
      entry.waiting = [];
      if (entry.ended) reader.finish(role);
    });
    entry.parsed = entry.ended;
    if (entry.parsed) for (const [next] of entries) if (fileKinds[next].after === role) parse(next);
  };

  const unzip = new Unzip((file) => {
    const kind = kindOf(file.name, false);
    const { role } = kind;
    if (role === null || role === 'zip' || entries.has(role) || kind.split !== (split ?? kind.split)) return;
    split = kind.split;
    /** @type {ZipEntry} */
    const entry = { name: file.name, waiting: [], ended: false, parsed: false };
    entries.set(role, entry);
    file.ondata = (error, chunk, last) => {
      if (failure) return;
      try {
        if (error)
          throw new DataError(fault('damagedEntry', { zip: source.name, file: file.name, why: error.message }));
        entry.waiting.push(chunk.slice());
        entry.ended = last;
        parse(role);
      } catch (thrown) {
        failure = thrown;
      }
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  let bytes = 0;
  let tail = new Uint8Array();
  for await (const chunk of source.chunks()) {
    if (chunk.subarray(0, 2).some((byte, n) => bytes + n < 2 && byte !== zipStart[bytes + n]))
      throw new DataError(fault('noZip', { name: source.name }));
    bytes += chunk.length;
    tail = lastBytes(tail, chunk);
    try {
      unzip.push(chunk, false);
    } catch (error) {
      failure ??= new DataError(fault('damaged', { name: source.name, why: causeOf(error) }));
    }
    if (failure) throw failure;
    report(source.name, chunk.length);
  }
  if (bytes === 0) throw new DataError(fault('empty', { name: source.name }));
  // Without this check a zip that is cut off behind its ratings would open without titles.
  if (!hasZipEnd(tail)) throw new DataError(fault('noEnd', { name: source.name }));
  if (split) checkTriple(split, entries.keys());
  if (!entries.has('ratings'))
    throw new DataError(fault('noRatingsInZip', { name: source.name, ...namesOf('ratings') }));
  for (const [role, { parsed }] of entries)
    if (!parsed) throw new DataError(fault('endsEarly', { name: source.name, what: part(`${role}End`) }));
}
