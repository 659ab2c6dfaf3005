// MovieLens' CSV files as columns: values of one kind stand together and in an order in which they are alike, so that a
// server sends half as much as of the compressed rows, also one that compresses nothing itself. The same bytes come back.
//
//     8 bytes   MAGIC
//     2 × 4     bytes of what follows once it is unpacked, and its Adler-32, little-endian
//     the rest  DEFLATE: the number of files, and of each its name, kind, bytes of CSV, bytes of columns, columns
//
// Ratings: ids of films, rising; runs of rows of one user (id, length); then of each row the place of its film's id, half
// stars, and seconds since the row before. In a run whose films rise, as in MovieLens' files, the rows stand here as they
// were given, by time: the seconds between them are few. Films: ids, years, titles without these, genres.
//
// Numbers are little-endian in sevens of bits, the eighth says that more follow (LEB128). DEFLATE is fflate's and not the
// browser's, since browsers that have no SIMD have no DecompressionStream either. pack_columns.mjs packs.

import { inflateSync } from 'fflate';

import { DataError } from '../core.mjs';
import { fault } from '../words/fault.mjs';

/** @typedef {import('./files.mjs').Source} Source */

export const MAGIC = Uint8Array.from([0x89, 0x4e, 0x43, 0x46, 0x43, 0x4f, 0x4c, 0x01]);
export const HEAD = MAGIC.length + 8;

/** Most bytes that DEFLATE can make of one. */
const MOST_TIMES = 1032;

/** About as many bytes of CSV are made at once: parsing them takes some ms. */
const CHUNK = 1 << 16;

/** @typedef {{header: string, read: (columns: Reader) => Generator<string, void, void>}} Table */
/** By the number that stands in the file. @type {Table[]} */
export const tables = [
  { header: 'userId,movieId,rating,timestamp', read: readRatings },
  { header: 'movieId,title,genres', read: readFilms },
];

/** Whether a file begins as columns do. @param {Uint8Array} bytes its first ones, 8 or more */
export const isColumns = (bytes) => MAGIC.every((byte, n) => bytes[n] === byte);

/** What the file is checked by (RFC 1950). @param {Uint8Array} bytes */
export function adler32(bytes) {
  let [a, b] = [1, 0];
  for (let from = 0; from < bytes.length; from += 4096) {
    const to = Math.min(from + 4096, bytes.length);
    for (let at = from; at < to; at++) b += a += bytes[at];
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}

/** Reads numbers and texts. What goes past the end throws a RangeError, before memory is asked for. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    let value = 0;
    for (let scale = 1; scale < 2 ** 53; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
    throw new RangeError('no number');
  }

  signed() {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** A number of things of which each takes a byte or more. */
  count() {
    const count = this.number();
    if (count > this.bytes.length - this.at) throw new RangeError('too many');
    return count;
  }

  /** @param {number} length */
  take(length) {
    if (length > this.bytes.length - this.at) throw new RangeError('cut off');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** @param {number} count @param {number} width 4 at most @returns {Uint32Array} */
  planes(count, width) {
    const values = new Uint32Array(count);
    for (let plane = 0; plane < width; plane++) {
      const bytes = this.take(count);
      for (let n = 0; n < count; n++) values[n] = (values[n] << 8) | bytes[n];
    }
    return values;
  }

  /** @param {number} count @returns {number[]} each as far from the one before as was written */
  steps(count) {
    let value = 0;
    return Array.from({ length: count }, () => (value += this.signed()));
  }

  block() {
    return this.take(this.count());
  }

  text() {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.block());
  }

  end() {
    if (this.at !== this.bytes.length) throw new RangeError('more than was written');
  }
}

/** Bytes that a place among so many takes. @param {number} count */
export const widthOf = (count) => Math.ceil(Math.log2(Math.max(count, 2)) / 8);

/** @param {Reader} columns @returns {Generator<string, void, void>} its lines */
function* readRatings(columns) {
  const [rows, films, runs] = [columns.count(), columns.count(), columns.count()];
  const rise = columns.number();
  // As text once and not in every row.
  const ids = columns.steps(films).map(String);
  const users = columns.steps(runs).map(String);
  const lengths = Array.from({ length: runs }, () => columns.count());
  if (lengths.reduce((sum, length) => sum + length, 0) !== rows) throw new RangeError('other rows');
  const places = columns.planes(rows, widthOf(films));
  const stars = columns.planes(rows, 1);
  const ratings = Array.from({ length: 256 }, (_, halves) => (halves / 2).toFixed(1));
  let row = 0;
  for (const [run, length] of lengths.entries()) {
    const times = columns.steps(length);
    const order = Uint32Array.from(times.keys());
    if (rise) order.sort((a, b) => places[row + a] - places[row + b]);
    const user = users[run];
    for (const n of order) {
      const id = ids[places[row + n]];
      if (id === undefined) throw new RangeError('no such film');
      yield `${user},${id},${ratings[stars[row + n]]},${times[n]}\n`;
    }
    row += length;
  }
}

/** A field as RFC 4180 has it, quoted only where it must be. @param {string} field */
const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** @param {Reader} columns @returns {Generator<string, void, void>} its lines */
function* readFilms(columns) {
  const films = columns.count();
  const ids = columns.steps(films);
  const years = columns.planes(films, 2);
  const [titles, genres] = [columns.text(), columns.text()].map((text) => (films > 0 ? text.split('\n') : []));
  if (titles.length !== films || genres.length !== films) throw new RangeError('other films');
  for (const [film, title] of titles.entries()) {
    const year = years[film];
    const whole = year ? `${title} (${year})` : title;
    yield `${ids[film]},${quoted(whole)},${genres[film]}\n`;
  }
}

/**
 * The files in packed columns, each made again as it is read.
 * @param {Uint8Array} bytes
 * @param {string} name  of the file, for what is said of it
 * @returns {(Omit<Source, 'chunks'> & {chunks: () => Generator<Uint8Array, void, void>})[]}
 * @throws {DataError} it is something else, damaged or cut off; so do the chunks
 */
export function unpackColumns(bytes, name) {
  return guarded(name, () => {
    const body = new Reader(inflate(bytes));
    const files = Array.from({ length: body.count() }, () => {
      const file = body.text();
      const table = tables[body.number()];
      const size = body.number();
      const columns = body.block();
      if (!table) throw new RangeError('another kind');
      return { name: file, size, chunks: () => chunksOf({ table, size, columns }, name) };
    });
    body.end();
    return files;
  });
}

/** @param {Uint8Array} bytes */
function inflate(bytes) {
  if (bytes.length < HEAD || !isColumns(bytes)) throw new RangeError('something else');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [length, sum] = [view.getUint32(MAGIC.length, true), view.getUint32(MAGIC.length + 4, true)];
  const packed = bytes.subarray(HEAD);
  if (length > MOST_TIMES * packed.length) throw new RangeError('too long');
  // What would be longer than it says is left out, and has another sum.
  const unpacked = inflateSync(packed, { out: new Uint8Array(length) });
  if (unpacked.length !== length || adler32(unpacked) !== sum) throw new RangeError('another sum');
  return unpacked;
}

/** @param {{table: Table, size: number, columns: Uint8Array}} file @param {string} name */
function* chunksOf({ table, size, columns }, name) {
  const encoder = new TextEncoder();
  const reader = new Reader(columns);
  const lines = table.read(reader);
  let bytes = 0;
  let text = `${table.header}\n`;
  for (let done = false; !done;) {
    const chunk = guarded(name, () => {
      while (!done && text.length < CHUNK) {
        const next = lines.next();
        if (next.done) done = true;
        else text += next.value;
      }
      const made = encoder.encode(text);
      bytes += made.length;
      if (bytes > size || (done && bytes < size)) throw new RangeError('another size');
      if (done) reader.end();
      return made;
    });
    text = '';
    if (chunk.length > 0) yield chunk;
  }
}

/**
 * @template T
 * @param {string} name
 * @param {() => T} read
 */
function guarded(name, read) {
  try {
    return read();
  } catch {
    throw new DataError(fault('broken', { name }));
  }
}
