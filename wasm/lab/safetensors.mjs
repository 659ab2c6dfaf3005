// The safetensors format (https://huggingface.co/docs/safetensors): eight bytes of header length, a JSON header that says
// each tensor's type, shape and place, then the values. What the tensors of a model are called and mean stands in weights.mjs.

import { Fault, fault } from '../words/fault.mjs';

/** @typedef {{name: string, shape: number[], values: Float32Array}} StoredTensor */
/**
 * A tensor to be written. Its values are asked for when it is its turn, so that all are never in memory twice.
 * @typedef {{name: string, shape: number[], dtype: 'F32' | 'I64', values: () => Iterable<number>}} NewTensor
 */
/**
 * What is in a file. `ids`: its tensors of whole numbers; others are refused.
 * @typedef {{metadata: Record<string, string>, tensors: Map<string, StoredTensor>, ids: Map<string, number[]>}} Stored
 */

const MAX_HEADER_BYTES = 1 << 20;
const MAX_SHOWN = 80;

/** @typedef {(view: DataView, at: number) => number} Read */
/** @typedef {(view: DataView, at: number, value: number) => void} Write */

const bytesOf = { F32: 4, I32: 4, I64: 8 };
/** @type {Record<keyof typeof bytesOf, Read>} */
const readers = {
  F32: (view, at) => view.getFloat32(at, true),
  I32: (view, at) => view.getInt32(at, true),
  I64: (view, at) => Number(view.getBigInt64(at, true)),
};
/** @type {Record<NewTensor['dtype'], Write>} */
const writers = {
  F32: (view, at, value) => view.setFloat32(at, value, true),
  I64: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
};

/** A weights file that can't be read or does not fit; the message says why. */
export class WeightsError extends Fault {
  /** @param {import('../words/fault.mjs').Told | string} told */
  constructor(told) {
    super(told);
    this.name = 'WeightsError';
  }
}

/** How many values a shape has. @param {number[]} shape */
export const sizeOf = (shape) => shape.reduce((product, length) => product * length, 1);

/**
 * @param {Record<string, string>} metadata
 * @param {NewTensor[]} tensors
 * @returns {Uint8Array}
 */
export function encodeSafetensors(metadata, tensors) {
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, dtype } of tensors) {
    const start = end;
    end += bytesOf[dtype] * sizeOf(shape);
    header[name] = { dtype, shape, data_offsets: [start, end] };
  }
  let text = JSON.stringify(header);
  // Values begin at a multiple of 8 bytes, as the format asks.
  text += ' '.repeat((8 - (new TextEncoder().encode(text).length % 8)) % 8);
  const head = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + head.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let offset = 8 + head.length;
  for (const { dtype, values } of tensors) {
    for (const value of values()) {
      writers[dtype](view, offset, value);
      offset += bytesOf[dtype];
    }
  }
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @param {readonly string[]} idNames  tensors that hold whole numbers, I64 or I32; all others are F32
 * @returns {Stored}
 * @throws {WeightsError}
 */
export function decodeSafetensors(bytes, idNames) {
  const { header, start } = readHeader(bytes);
  const { __metadata__: metadata, ...entries } = header;
  /** @type {Stored} */
  const stored = { metadata: readMetadata(metadata), tensors: new Map(), ids: new Map() };
  for (const [name, entry] of Object.entries(entries)) {
    const place = placeOf(bytes, start, name, entry, idNames.includes(name) ? ['I64', 'I32'] : ['F32']);
    if (idNames.includes(name)) stored.ids.set(name, readIds(place, name));
    else stored.tensors.set(name, readTensor(place, name));
  }
  if (stored.tensors.size === 0) throw new WeightsError(fault('noTensors'));
  checkLayout(entries, bytes.length - start);
  return stored;
}

/**
 * A name from a file, fit for a sentence: without line breaks and not too long.
 * @param {string} text
 */
export function printable(text) {
  const clean = text.replace(/\p{C}/gu, '?');
  return clean.length > MAX_SHOWN ? `${clean.slice(0, MAX_SHOWN)}…` : clean;
}

/** @param {Uint8Array} bytes */
function readHeader(bytes) {
  const broken = fault('noSafetensors');
  if (bytes.length < 8) throw new WeightsError(broken);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || length + 8 > bytes.length) throw new WeightsError(broken);
  let header;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw new WeightsError(broken);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new WeightsError(broken);
  return { header, start: 8 + length };
}

/** The entries that are texts, as the format has them. @param {unknown} metadata @returns {Record<string, string>} */
function readMetadata(metadata) {
  if (typeof metadata !== 'object' || metadata === null) return {};
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => typeof value === 'string'));
}

/**
 * Where a tensor lies, checked before a number of it is read.
 * @param {Uint8Array} bytes
 * @param {number} start  where values begin
 * @param {string} name
 * @param {any} entry
 * @param {string[]} wanted  types that it may have
 */
function placeOf(bytes, start, name, entry, wanted) {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  const whole = (/** @type {unknown} */ list) =>
    Array.isArray(list) && list.every((number) => Number.isSafeInteger(number) && number >= 0);
  const shown = printable(name);
  if (typeof dtype !== 'string' || !whole(shape) || !whole(offsets) || offsets.length !== 2)
    throw new WeightsError(fault('tensorEntry', { name: shown }));
  if (!wanted.includes(dtype))
    throw new WeightsError(
      wanted.includes('F32')
        ? fault('notF32', { name: shown, type: printable(dtype) })
        : fault('notI64', { name: shown, type: printable(dtype) }),
    );
  const type = /** @type {keyof typeof bytesOf} */ (dtype);
  const [width, read] = [bytesOf[type], readers[type]];
  const count = sizeOf(shape);
  const [from, to] = offsets;
  if (to - from !== width * count || start + to > bytes.length)
    throw new WeightsError(fault('tensorOutside', { name: shown }));
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + from, width * count);
  return { shape: /** @type {number[]} */ (shape), count, at: (/** @type {number} */ n) => read(view, width * n) };
}

/** @param {ReturnType<typeof placeOf>} place @param {string} name @returns {StoredTensor} */
function readTensor({ shape, count, at }, name) {
  const values = Float32Array.from({ length: count }, (_, n) => at(n));
  if (!values.every(Number.isFinite)) throw new WeightsError(fault('notFiniteValues', { name: printable(name) }));
  return { name, shape, values };
}

/** @param {ReturnType<typeof placeOf>} place @param {string} name */
function readIds({ shape, count, at }, name) {
  if (shape.length !== 1) throw new WeightsError(fault('idsShape', { name, shape }));
  const ids = Array.from({ length: count }, (_, n) => at(n));
  const seen = new Set();
  for (const id of ids) {
    if (!Number.isSafeInteger(id)) throw new WeightsError(fault('idTooLarge', { name, id }));
    if (seen.has(id)) throw new WeightsError(fault('idTwice', { name, id }));
    seen.add(id);
  }
  return ids;
}

/**
 * The format has values one after the other, without gaps and with nothing behind them.
 * @param {Record<string, any>} entries  each as placeOf takes it
 * @param {number} length  bytes of all values
 */
function checkLayout(entries, length) {
  const places = Object.entries(entries).map(
    ([
      name,
      {
        data_offsets: [from, to],
      },
    ]) => ({ name, from, to }),
  );
  let end = 0;
  for (const { name, from, to } of places.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw new WeightsError(fault('damagedTensor', { name: printable(name) }));
    end = to;
  }
  if (end !== length) throw new WeightsError(fault('damagedEnd', { n: length - end }));
}
