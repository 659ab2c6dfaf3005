// Which option of a list of suggestions the arrows make the active one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { optionAfter } from '../../web/parts/listbox.js';

test('the arrows go round the options, from none to the first or the last', () => {
  const walk = (/** @type {1 | -1} */ by, /** @type {number} */ of) => {
    let active = -1;
    return Array.from({ length: of + 1 }, () => (active = optionAfter(active, by, of)));
  };
  assert.deepEqual(walk(1, 3), [0, 1, 2, 0]);
  assert.deepEqual(walk(-1, 3), [2, 1, 0, 2]);
  assert.deepEqual(
    [walk(1, 1), walk(-1, 1)],
    [
      [0, 0],
      [0, 0],
    ],
  );
});
