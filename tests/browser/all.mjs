// All browser tests in one process, side by side, in one browser. A file by itself: node --test tests/browser/FILE.

import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { sideBySide } from './harness.mjs';

/** What measures frames runs by itself. */
const byItself = ['smooth.test.mjs'];

const here = new URL('./', import.meta.url);
const names = readdirSync(here).filter((name) => name.endsWith('.test.mjs') && !byItself.includes(name));
// One more than there are processors: tests also wait.
await sideBySide(
  Math.min(8, availableParallelism() + 1),
  names.map((name) => String(new URL(name, here))),
);
