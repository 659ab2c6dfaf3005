// What becomes of a setting that is typed: taken, refused beside the setting at fault, taken later.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { SettingError, checkSettings, defaultSettings } from '../../wasm/settings/settings.mjs';
import { createSpeech } from '../../web/parts/speech.js';
import { Refused } from '../../web/shell/actions/refused.js';

const speech = createSpeech();

/** The settings of a page, changed one after the other. @param {Record<string, unknown>} [start] */
function page(start = {}) {
  const refused = new Refused();
  let state = {
    settings: checkSettings({ ...defaultSettings(), ...start }),
    fieldErrors: /** @type {Record<string, import('../../web/parts/speech.js').Said>} */ ({}),
  };
  return {
    refused,
    settings: () => state.settings,
    /** The settings with something said beside them. */
    wrong: () => Object.keys(state.fieldErrors),
    said: (/** @type {string} */ name) => state.fieldErrors[name](speech),
    /** Tells whether the change is taken. */
    change(/** @type {string} */ name, /** @type {unknown} */ value) {
      const next = refused.change(state, name, value);
      state = { ...state, ...next };
      return next.settings !== undefined;
    },
  };
}

describe('a setting', () => {
  test('that fits is taken, and another model comes with its own defaults', () => {
    const { change, settings, wrong } = page({ factors: 16 });
    assert.ok(change('epochs', 3));
    assert.deepEqual([settings().epochs, settings().factors], [3, 16]);
    assert.ok(change('model', 'ease'));
    assert.deepEqual([settings().model, settings().l2, wrong()], ['ease', 500, []]);
  });

  test('that is out of range is said there, and everything stays, until something else is typed there', () => {
    const { change, settings, wrong, said } = page();
    const before = settings();
    assert.equal(change('factors', 600), false);
    assert.deepEqual([settings(), wrong()], [before, ['factors']]);
    assert.match(said('factors'), /512/);
    assert.equal(change('factors', 'many'), false);
    assert.match(said('factors'), /many/);
    assert.ok(change('epochs', 3));
    assert.deepEqual(wrong(), ['factors'], 'which another change does not mend');
    assert.ok(change('factors', 9));
    assert.deepEqual([settings().factors, wrong()], [9, []]);
  });

  test('that waits for another is taken together with it', () => {
    const { change, settings, wrong } = page({ epochs: 5 });
    assert.equal(change('patience', 3), false);
    assert.equal(change('factors', 600), false);
    assert.deepEqual([settings().patience, wrong()], [0, ['patience', 'factors']]);
    assert.ok(change('validation', 'on'));
    assert.deepEqual([settings().validation, settings().patience, wrong()], ['on', 3, ['factors']]);
  });

  test('that is at fault for another says so until the next change, but keeps what was typed at itself', () => {
    const { change, wrong, settings } = page({ batchSize: 255 });
    assert.equal(change('loss', 'bpr'), false);
    assert.deepEqual(wrong(), ['batchSize']);
    assert.equal(change('batchSize', 'many'), false);
    assert.deepEqual(wrong(), ['batchSize']);
    assert.ok(change('epochs', 3));
    assert.deepEqual([wrong(), settings().loss], [['batchSize'], 'log'], 'it is as wrong as it was');
    assert.ok(change('batchSize', 64));
    assert.equal(change('loss', 'nothing'), false);
    assert.ok(change('epochs', 4));
    assert.deepEqual(wrong(), ['loss']);
  });

  test('that is forgotten is not taken later', () => {
    const { change, settings, refused } = page();
    change('patience', 3);
    refused.clear();
    change('validation', 'on');
    assert.equal(settings().patience, 0);
  });

  test('that is typed anew is taken in the place of what waited there', () => {
    const { change, settings, wrong } = page();
    change('patience', 3);
    assert.ok(change('patience', 0));
    assert.ok(change('validation', 'on'));
    assert.deepEqual([settings().patience, wrong()], [0, []]);
  });

  test('with which another doesn’t go is said beside that one, whose value is still good', () => {
    const { change, settings, wrong } = page({ batchSize: 255 });
    assert.equal(change('loss', 'bpr'), false);
    assert.deepEqual([wrong(), settings().loss], [['batchSize'], defaultSettings().loss]);
    // The next change lets it go: nothing that was typed waits there.
    assert.ok(change('epochs', 3));
    assert.deepEqual([wrong(), settings().batchSize, settings().loss], [[], 255, defaultSettings().loss]);
    // Nor does the one that was changed wait for the one at fault.
    assert.ok(change('batchSize', 256));
    assert.equal(settings().loss, defaultSettings().loss);
  });

  test('that is at fault but does not show is said beside the one that was changed', () => {
    const refused = new Refused();
    const state = { settings: checkSettings({ model: 'itempop' }), fieldErrors: {} };
    const fault = (/** @type {string} */ name) => refused.blame(state, 'seed', new SettingError(name, 'no'));
    assert.deepEqual(Object.keys(fault('factors').fieldErrors), ['seed'], 'which this model does not read');
    assert.deepEqual(Object.keys(fault('eval').fieldErrors), ['eval']);
    assert.deepEqual(Object.keys(refused.blame(state, 'seed', new Error('gone')).fieldErrors), ['seed']);
  });
});
