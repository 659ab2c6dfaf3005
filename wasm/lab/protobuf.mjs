// Writing protocol buffers (https://protobuf.dev/programming-guides/encoding/), as much of them as ONNX needs: a message is a
// list of fields, each a tag and a value. Large values stay where they are until all is put together, once.

import { together } from './bytes.mjs';

const VARINT = 0;
const BYTES = 2;

/** @typedef {{length: number, pieces: Uint8Array[]}} Message  bytes in all, and these in their order */

/** A whole number below 2^53, seven bits a byte, the lowest first. @param {number} value */
function varint(value) {
  const bytes = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  bytes.push(left);
  return Uint8Array.from(bytes);
}

/** @param {number} field @param {number} kind */
const tag = (field, kind) => varint(field * 8 + kind);

/** @param {Uint8Array[]} pieces @returns {Message} */
const joined = (pieces) => ({ length: pieces.reduce((sum, { length }) => sum + length, 0), pieces });

/** A field that is a whole number from 0. @param {number} field @param {number} value */
export const whole = (field, value) => joined([tag(field, VARINT), varint(value)]);

/** A field that is bytes, which are not copied yet. @param {number} field @param {Uint8Array} bytes */
export const binary = (field, bytes) => joined([tag(field, BYTES), varint(bytes.length), bytes]);

/** @param {number} field @param {string} value */
export const text = (field, value) => binary(field, new TextEncoder().encode(value));

/** Fields, one after the other. @param {Message[]} fields @returns {Message} */
export const fields = (...fields) => joined(fields.flatMap(({ pieces }) => pieces));

/** A field that is a message. @param {number} field @param {Message[]} parts  its fields */
export function message(field, ...parts) {
  const { length, pieces } = fields(...parts);
  return joined([tag(field, BYTES), varint(length), ...pieces]);
}

/** The bytes of a message. @param {Message} all */
export const bytesOf = ({ pieces }) => together(pieces);
