// In Node alone, where TypeScript knows nothing of pages.
import { readFile } from 'node:fs/promises';
import { loadData, openWeights } from 'ncf-lab';
import { loadCore } from 'ncf-lab/core';

const data = await loadData(new URL('ml-1m', import.meta.url));
const model = await openWeights(await readFile('weights.safetensors'), { data, rows: 'id' });
console.log(model.hash(), await loadCore({ scalar: () => readFile('ncf.wasm') }));
