// The core in Node: the module from the build folder.

import { readFile } from 'node:fs/promises';

import { loadCore } from './core.mjs';

/**
 * A build's bytes.
 * @param {'wasm' | 'wasm-scalar'} preset
 */
export async function readModule(preset) {
  const file = new URL(`../build/${preset}/ncf.wasm`, import.meta.url);
  try {
    return await readFile(file);
  } catch {
    throw new Error('The wasm module is not built yet. Run “npm run build” once (npm start and npm test do it too).');
  }
}

/**
 * @param {{scalar?: boolean}} [options]  scalar: the build for machines without SIMD
 */
export function loadCoreInNode({ scalar = false } = {}) {
  if (scalar) return loadCore({ scalar: () => readModule('wasm-scalar') });
  return loadCore({ simd: () => readModule('wasm'), scalar: () => readModule('wasm-scalar') });
}
