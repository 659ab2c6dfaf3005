// Bytes put together.

/** Pieces one after the other. @param {Uint8Array[]} pieces @returns {Uint8Array<ArrayBuffer>} */
export function together(pieces) {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
