// The bundled data as the site ships them: both files in one, as columns and compressed already, since many servers of static
// files compress no file whose name they don't know. Made anew at each build, in build/columns.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

import { packColumns } from '../wasm/lab/pack_columns.mjs';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** @param {{name: string, bytes: Uint8Array}[]} files */
export const pack = (files) => packColumns(files, (bytes) => deflateRawSync(bytes, { level: 9, memLevel: 9 }));

/** Makes build/columns/movielens.bin. Throws where the same bytes would not come back. */
export function makeColumns() {
  const packed = pack(['ratings.csv', 'movies.csv'].map((name) => ({ name, bytes: readFileSync(at(`data/${name}`)) })));
  const path = at('build/columns/movielens.bin');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, packed);
}
