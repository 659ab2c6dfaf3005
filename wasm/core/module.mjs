// The wasm module: loading it, and what its memory and its answers mean. Handles are addresses in it; the files of this
// folder are the only ones that see them.

import { CoreError } from './errors.mjs';
import { DatasetReader } from './dataset.mjs';

/** @typedef {import('./errors.mjs').DataFile} DataFile */

/**
 * A module's source: what fetch gives, a file's bytes, or a compiled module (an object, since TypeScript knows WebAssembly only
 * where it knows pages).
 * @typedef {ArrayBuffer | ArrayBufferView | Response | Promise<Response> | object} ModuleSource
 */

/** Whether this machine runs wasm SIMD: the smallest module with a v128 in it. */
export function hasSimd() {
  return WebAssembly.validate(
    new Uint8Array([
      0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
    ]),
  );
}

/** Whether modules may be compiled here at all: a page's policy can forbid it, and then even the empty one is refused. */
export function mayCompile() {
  try {
    return new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/**
 * Loads the SIMD module where it runs, else the scalar one; sources are functions, so that only one is fetched.
 * @param {{simd?: () => ModuleSource | Promise<ModuleSource>, scalar?: () => ModuleSource | Promise<ModuleSource>}} sources
 * @returns {Promise<Core>}
 */
export async function loadCore({ simd, scalar }) {
  const source = simd && (hasSimd() || !scalar) ? simd : scalar;
  if (!source) throw new Error('loadCore needs a source of the wasm module.');
  let module = await source();
  if (module instanceof Response) module = await module.arrayBuffer();
  if (!(module instanceof WebAssembly.Module)) module = await WebAssembly.compile(/** @type {BufferSource} */ (module));
  const instance = await WebAssembly.instantiate(module, { env: { emscripten_notify_memory_growth() {} } });
  const exports = /** @type {any} */ (instance.exports);
  exports._initialize?.();
  return new Core(exports);
}

/** The loaded module. Its memory is looked at anew for every copy, since growing it cuts off earlier views. */
export class Core {
  /** @param {any} exports */
  constructor(exports) {
    /** @type {any} */
    this.exports = exports;
    /** Whether the kernels run as SIMD instructions. */
    this.simd = exports.ncf_simd() === 1;
    /** Numbers of words, by kind and word. @type {Map<string, number>} */
    this.codes = new Map();
  }

  /** Bytes of memory that the module holds: its peak, since a module's memory never shrinks. */
  get memoryBytes() {
    return this.exports.memory.buffer.byteLength;
  }

  /** @returns {DatasetReader} */
  readDataset() {
    return new DatasetReader(this);
  }

  /**
   * What the core answered, or its error: answers are handles and counts, or minus a status.
   * @param {number} answer
   * @param {{file?: DataFile, line?: number}} [place]
   */
  check(answer, place) {
    if (answer < 0) throw new CoreError(-answer, place);
    return answer;
  }

  /**
   * A copy of an array in the module's memory.
   * @template {Uint8Array | Uint32Array | BigUint64Array | Float32Array | Float64Array} T
   * @param {new (buffer: ArrayBuffer, offset: number, length: number) => T} type
   * @param {number} pointer
   * @param {number} length
   * @returns {T}
   */
  copy(type, pointer, length) {
    return /** @type {T} */ (new type(this.exports.memory.buffer, pointer, length).slice());
  }

  /**
   * @param {number} pointer
   * @param {number} [length]  up to the terminating zero where absent
   */
  text(pointer, length) {
    const bytes = new Uint8Array(this.exports.memory.buffer, pointer);
    return new TextDecoder().decode(bytes.slice(0, length ?? bytes.indexOf(0)));
  }

  /**
   * Calls `use` with the address of a text, which ends with a 0.
   * @template R
   * @param {string} text
   * @param {(pointer: number) => R} use
   * @returns {R}
   */
  withText(text, use) {
    const bytes = new TextEncoder().encode(`${text}\0`);
    return this.borrow(bytes.length, (pointer) => {
      new Uint8Array(this.exports.memory.buffer, pointer, bytes.length).set(bytes);
      return use(pointer);
    });
  }

  /**
   * The core's number for a word of an enum (wasm/api/words.c).
   * @param {string} kind
   * @param {string} word
   * @returns {number}
   */
  code(kind, word) {
    const key = `${kind} ${word}`;
    const known =
      this.codes.get(key) ?? this.withText(kind, (k) => this.withText(word, (w) => this.exports.ncf_code(k, w)));
    if (known < 0) throw new RangeError(`The core knows no ${kind} “${word}”.`);
    this.codes.set(key, known);
    return known;
  }

  /**
   * Calls `use` with the address of `bytes` fresh bytes and frees them afterwards.
   * @template R
   * @param {number} bytes
   * @param {(pointer: number) => R} use
   * @returns {R}
   */
  borrow(bytes, use) {
    const pointer = this.exports.ncf_alloc(bytes);
    if (pointer === 0) throw new CoreError(1);
    try {
      return use(pointer);
    } finally {
      this.exports.ncf_free(pointer);
    }
  }
}
