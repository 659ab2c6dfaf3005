// What the settings show of themselves in short.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { settings as table } from '../../wasm/settings/table.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { createSpeech } from '../../web/parts/speech.js';
import { barsOf, departuresAmong, summaryOf } from '../../web/shell/views/settings_scene.js';

test('the line of the settings tells what the model reads', () => {
  const told = (/** @type {object} */ settings) => summaryOf(createSpeech(), checkSettings(settings));
  assert.equal(told({ factors: 16, lr: 0.01 }), 'NeuMF · 16 factors · rate 0.01');
  assert.equal(told({ model: 'ials', factors: 16 }), 'iALS · 16 factors');
  assert.equal(told({ model: 'itempop' }), 'ItemPop');
});

test('settings count as changed where the model reads them and has them otherwise than by default', () => {
  const behind = table.filter(({ more }) => more);
  const number = (/** @type {object} */ settings) => departuresAmong(behind, checkSettings(settings));
  assert.equal(number({}), 0);
  assert.equal(number({ validation: 'on', patience: 3 }), 2);
  // Factors are not behind “More settings”.
  assert.equal(number({ validation: 'on', patience: 3, factors: 16 }), 2);
  // Nothing is learnt in epochs there: patience is not read.
  assert.equal(number({ model: 'itempop', validation: 'on', patience: 3 }), 1);
  // By its own default, which is not that of the table.
  assert.equal(number({ model: 'ease' }), 0);
  assert.equal(departuresAmong([], checkSettings({ patience: 3, validation: 'on' })), 0);
});

describe('the tower', () => {
  test('has a bar a layer, in the middle, as long as the width’s logarithm', () => {
    // log2 of 64, 8 and 1, of 6 for the widest: 60, 30 and 10 of its length besides the 4 that every bar has.
    const { bars, viewBox, height } = barsOf([63, 7, 1]);
    assert.deepEqual(bars, [
      { x: 0, y: 0, width: 64 },
      { x: 15, y: 4, width: 34 },
      { x: 25, y: 8, width: 14 },
    ]);
    assert.deepEqual([viewBox, height], ['0 0 64 11', 15]);
  });

  test('grows with its layers until it is high enough', () => {
    assert.deepEqual(
      [1, 7, 8, 10].map((layers) => barsOf(Array(layers).fill(2)).height),
      [5, 35, 36, 36],
    );
  });
});
