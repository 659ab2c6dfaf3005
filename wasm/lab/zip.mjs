// A zip of files as they are (APPNOTE.TXT 6.3, method 0): what a page hands out together. Packing them would cost a page four
// times this code and spare little, since most of it are weights.

import { together } from './bytes.mjs';

/** 1980-01-01, the first that a zip can say: the same bytes whenever it is written. */
const DATE = (1 << 5) | 1;
/** Names are UTF-8. */
const UTF8 = 1 << 11;

/** @type {Uint32Array | undefined} */
let table;

/** What eight shifts make of each byte. */
const makeTable = () =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });

/** CRC-32. @param {Uint8Array} bytes */
function checksum(bytes) {
  table ??= makeTable();
  let sum = ~0;
  for (const byte of bytes) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** Numbers one after the other, of two or four bytes each. @param {[size: 2 | 4, value: number][]} numbers */
function record(numbers) {
  const bytes = new Uint8Array(numbers.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/**
 * @param {Record<string, Uint8Array>} files  by name, below 4 GB together
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function zipOf(files) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  /** @type {Uint8Array[]} */
  const directory = [];
  let end = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const label = new TextEncoder().encode(name);
    /** @type {[2 | 4, number][]} */
    const entry = [
      ...[20, UTF8, 0, 0, DATE].map((value) => /** @type {[2, number]} */ ([2, value])),
      ...[checksum(bytes), bytes.length, bytes.length].map((value) => /** @type {[4, number]} */ ([4, value])),
      ...[label.length, 0].map((value) => /** @type {[2, number]} */ ([2, value])),
    ];
    const head = record([[4, 0x04034b50], ...entry]);
    directory.push(record([[4, 0x02014b50], [2, 20], ...entry, [2, 0], [2, 0], [2, 0], [4, 0], [4, end]]), label);
    pieces.push(head, label, bytes);
    end += head.length + label.length + bytes.length;
  }
  const length = directory.reduce((sum, piece) => sum + piece.length, 0);
  const count = Object.keys(files).length;
  pieces.push(
    ...directory,
    record([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, count],
      [2, count],
      [4, length],
      [4, end],
      [2, 0],
    ]),
  );
  return together(pieces);
}
