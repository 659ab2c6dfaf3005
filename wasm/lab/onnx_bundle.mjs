// One file for a model as ONNX: a zip of the model, of the ids that its rows stand for, and of what its scores are.

import { csvOf } from './csv.mjs';
import { encodeOnnx } from './onnx.mjs';
import { zipOf } from './zip.mjs';

/** @typedef {{title: string, year: number, genres: string[]}} Film  year 0: not known */

const encoder = new TextEncoder();

/**
 * What is in it, by name. Genres have | between them, as MovieLens writes them.
 * @param {import('./described.mjs').Described} model
 * @param {(item: number) => Film} filmOf
 * @returns {Record<'model.onnx' | 'users.csv' | 'items.csv' | 'about.json', Uint8Array<ArrayBuffer>>}
 */
export function onnxFiles(model, filmOf) {
  const users = Array.from(model.users, (id, index) => [index, id]);
  const items = Array.from(model.items, (id, index) => {
    const { title, year, genres } = filmOf(index);
    return [index, id, title, year || '', genres.join('|')];
  });
  return {
    'model.onnx': encodeOnnx(model),
    'users.csv': encoder.encode(csvOf(['index', 'user_id'], users)),
    'items.csv': encoder.encode(csvOf(['index', 'movie_id', 'title', 'year', 'genres'], items)),
    'about.json': encoder.encode(`${JSON.stringify(model.about, null, 2)}\n`),
  };
}

/** @type {(...of: Parameters<typeof onnxFiles>) => Uint8Array<ArrayBuffer>} */
export const encodeOnnxBundle = (...of) => zipOf(onnxFiles(...of));
