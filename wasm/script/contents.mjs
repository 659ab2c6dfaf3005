// The contents of files that a script has at hand, as chunks for the reader.

/** @typedef {import('../lab/files.mjs').Source} Source */
/** A file's bytes, or its text. @typedef {Blob | ArrayBuffer | Uint8Array | string} Content */
/**
 * A file: what a person chose or dropped, or a content under a name, which says what it is (ratings.csv, movies.csv,
 * ml-1m.zip …).
 * @typedef {File | {name: string, content: Content}} DataFile
 */

/** Bytes that the reader gets at once, so that others have their turn in between. */
const CHUNK = 1 << 18;

/** @param {Uint8Array} bytes */
function* pieces(bytes) {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

/** @param {ReadableStream<Uint8Array>} stream @returns {AsyncGenerator<Uint8Array>} */
export async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* pieces(value);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** @param {Exclude<Content, Blob>} content */
function bytesOf(content) {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

/** @param {DataFile} file @returns {Source} */
export function sourceOf(file) {
  const content = file instanceof Blob ? file : file.content;
  const { name } = file;
  if (content instanceof Blob) return { name, size: content.size, chunks: () => chunksOf(content.stream()) };
  const bytes = bytesOf(content);
  return {
    name,
    size: bytes.length,
    async *chunks() {
      yield* pieces(bytes);
    },
  };
}

/** All of a file's bytes. @param {Source} source */
export async function allBytes(source) {
  const chunks = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
