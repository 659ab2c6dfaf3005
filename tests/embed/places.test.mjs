// Every place in Chromium.

import { dropRow, go, rowOf } from './harness.mjs';
import { first, onDiskWithFiles, others } from './places.mjs';

go('places', 'chromium', [
  ...[...first, ...others].map(rowOf),
  ...onDiskWithFiles.map(([name, make]) => dropRow(name, make)),
]);
