// Firefox and WebKit in the places that matter most: loading, training and the weights to the bit.

import { dropRow, go, rowOf } from './harness.mjs';
import { first, onDiskWithFiles } from './places.mjs';

for (const engine of ['firefox', 'webkit'])
  go(engine, engine, [...first.map(rowOf), ...onDiskWithFiles.map(([name, make]) => dropRow(name, make))]);
