/** Files as they are read: from an address, from a file that somebody chose, or out of bytes that the page has. */
import { isColumns, unpackColumns } from '../../wasm/lab/columns.mjs';
import { Fault, fault } from '../../wasm/words/fault.mjs';
import { breathe } from './session.js';

/** @typedef {import('./protocol.js').Source} Source */
/** @typedef {import('../../wasm/lab/files.mjs').Source} Readable */
/** @typedef {import('../../wasm/words/fault.mjs').Value} Value */

/** Pieces small enough that progress shows and messages are answered while a large file is parsed. */
const PIECE = 1 << 18;
/** Of what came from an address more than this is not kept for other workers, in bytes. */
const MOST_KEPT = 1 << 26;

/** @param {Value} name */
export const unloaded = (name) => new Fault(fault('notLoaded', { name }));

/**
 * @param {string} url
 * @param {Value} name
 * @param {RequestInit} [init]
 * @returns {Promise<{response: Response, body: ReadableStream<Uint8Array>, size: number}>}  size 0: not known
 */
export async function download(url, name, init) {
  const response = await fetch(url, init).catch(() => null);
  if (!response?.ok || !response.body) throw unloaded(name);
  // Of what is packed on its way the server tells another size.
  const packed = response.headers.has('content-encoding');
  return { response, body: response.body, size: packed ? 0 : Number(response.headers.get('content-length')) };
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {() => Error} lost     what it means that it breaks off
 * @param {AbortSignal} [signal]
 * @returns {AsyncGenerator<Uint8Array, void, void>}
 */
export async function* piecesOf(stream, lost, signal) {
  const reader = stream.getReader();
  signal?.addEventListener('abort', () => void reader.cancel().catch(() => {}));
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = await reader.read().catch(() => {
      throw lost();
    });
    if (done) return;
    for (let at = 0; at < value.length; at += PIECE) yield value.subarray(at, at + PIECE);
  }
}

/** @param {Uint8Array[]} pieces */
export function joined(pieces) {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/**
 * What is there already, in pieces between which messages are answered.
 * @param {Iterable<Uint8Array>} pieces
 * @param {AbortSignal} signal
 */
async function* paced(pieces, signal) {
  for (const piece of pieces) {
    signal.throwIfAborted();
    yield piece;
    await breathe();
  }
}

/** @param {ArrayBuffer} bytes */
function* cut(bytes) {
  for (let at = 0; at < bytes.byteLength; at += PIECE)
    yield new Uint8Array(bytes, at, Math.min(PIECE, bytes.byteLength - at));
}

/**
 * A file to be read once. kept(): the same for other workers; with its bytes, once it was read from an address.
 * @param {Source} source
 * @param {AbortSignal} signal
 * @returns {Readable & {kept: () => Source}}
 */
export function openSource(source, signal) {
  const { name } = source;
  if ('bytes' in source && source.bytes) {
    const { bytes } = source;
    return { name, size: bytes.byteLength, chunks: () => paced(cut(bytes), signal), kept: () => source };
  }
  if (!('url' in source)) {
    const { file } = /** @type {Extract<Source, {file: Blob}>} */ (source);
    const unread = () => new Fault(fault('unread', { name }));
    const stream = () => {
      try {
        return file.stream();
      } catch {
        throw unread();
      }
    };
    return { name, size: file.size ?? 0, chunks: () => piecesOf(stream(), unread, signal), kept: () => source };
  }
  /** @type {Uint8Array[] | null} */
  let pieces = [];
  let bytes = 0;
  let ended = false;
  const opened = {
    ...{ name, size: 0, kept: () => (ended && pieces ? { name, bytes: joined(pieces).buffer } : source) },
    async *chunks() {
      const { body, size } = await download(source.url, name, { signal });
      opened.size = size;
      for await (const piece of piecesOf(body, () => unloaded(name), signal)) {
        bytes += piece.length;
        if (bytes > MOST_KEPT) pieces = null;
        pieces?.push(piece);
        yield piece;
      }
      ended = true;
    },
  };
  return opened;
}

/**
 * The files in packed columns, where a single file is such a one, which it tells by its first bytes; else the files themselves.
 * @param {Readable[]} sources
 * @param {AbortSignal} signal
 * @param {(loading: {name: string, bytes: number, totalBytes: number, ratings: number}) => void} onProgress
 * @returns {Promise<Readable[]>}
 */
export async function filesIn(sources, signal, onProgress) {
  const [source] = sources;
  if (sources.length !== 1) return sources;
  const { name } = source;
  const chunks = source.chunks()[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done || !isColumns(first.value)) {
    const left = { [Symbol.asyncIterator]: () => chunks };
    return [{ ...source, chunks: () => following(first, left) }];
  }
  /** @type {Uint8Array[]} */
  const pieces = [];
  let bytes = 0;
  for await (const piece of following(first, { [Symbol.asyncIterator]: () => chunks })) {
    pieces.push(piece);
    bytes += piece.length;
    onProgress({ name, bytes, totalBytes: Math.max(bytes, source.size), ratings: 0 });
  }
  return unpackColumns(joined(pieces), name).map((file) => ({ ...file, chunks: () => paced(file.chunks(), signal) }));
}

/** @param {IteratorResult<Uint8Array>} first @param {AsyncIterable<Uint8Array>} left */
async function* following(first, left) {
  if (!first.done) yield first.value;
  yield* left;
}
