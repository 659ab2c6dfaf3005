// What is typed into the field of a setting means, and where a step up or down leads.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { settings as table } from '../../wasm/settings/table.mjs';
import { isRanged, parse, stepped } from '../../web/shell/views/typed.js';

/** @param {string} name */
function row(name) {
  const setting = table.find((one) => one.name === name);
  assert(setting);
  return setting;
}

test('text is a number where it is one, and else goes to the check as it is', () => {
  const factors = row('factors');
  const meant = [' 12 ', '1e2', '0x10', '-3', '', ' ', '12a', 'many'].map((text) => parse(factors, text));
  assert.deepEqual(meant, [12, 100, 16, -3, '', '', '12a', 'many']);
});

test('arrows between the widths of layers are commas', () => {
  assert.equal(parse(row('layers'), ' 64 → 32 -> 16,8'), '64 , 32 , 16,8');
  assert.equal(parse(row('layers'), '64'), '64');
});

test('what has two ends is stepped through by the arrow keys', () => {
  assert.deepEqual(
    ['factors', 'lr', 'model', 'layers'].map((name) => isRanged(row(name))),
    [true, true, false, false],
  );
});

describe('a step', () => {
  /** Where steps lead from what is typed. @param {string} name @param {string} text @param {1 | -1} way @param {number} [times] */
  function steps(name, text, way, times = 1) {
    const came = [];
    let typed = text;
    for (let n = 0; n < times; n++) {
      const next = stepped(row(name), typed, 0, false, way);
      came.push(next);
      typed = String(next);
    }
    return came;
  }

  test('of a plain whole number is one, and ends where the range ends', () => {
    assert.deepEqual([...steps('factors', '8', 1, 2), ...steps('factors', '2', -1, 3)], [9, 10, 1, 1, 1]);
    assert.deepEqual([...steps('factors', '512', 1), ...steps('factors', '9999', 1)], [512, 512]);
  });

  test('of a whole number on a logarithmic scale goes to the power of two next to it', () => {
    assert.deepEqual(steps('batchSize', '256', 1, 2), [512, 1024]);
    assert.deepEqual(steps('batchSize', '256', -1, 2), [128, 64]);
    assert.deepEqual([...steps('batchSize', '100', 1), ...steps('batchSize', '100', -1)], [128, 64]);
  });

  test('of another number on a logarithmic scale goes 1, 2, 5, 10', () => {
    assert.deepEqual(steps('lr', '0.001', 1, 5), [0.002, 0.005, 0.01, 0.02, 0.05]);
    assert.deepEqual(steps('lr', '0.02', -1, 5), [0.01, 0.005, 0.002, 0.001, 0.0005]);
    assert.deepEqual([...steps('lr', '0.003', 1), ...steps('lr', '0.003', -1)], [0.005, 0.002]);
  });

  test('of tenths shows no dust of binary numbers', () => {
    const setting = { ...row('lr'), scale: undefined, step: 0.1, min: 0, max: 1 };
    assert.equal(stepped(setting, '0.2', 0, false, 1), 0.3);
  });

  test('goes from the value that holds where what is typed is no number, or was refused', () => {
    const factors = row('factors');
    assert.equal(stepped(factors, 'many', 8, false, 1), 9);
    assert.equal(stepped(factors, '600', 8, true, -1), 7);
    assert.equal(stepped(factors, '12', 8, false, 1), 13, 'what is typed and not taken yet counts');
  });
});
