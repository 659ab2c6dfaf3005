// Where a page can know that it may not save files.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mayNotSave } from '../../web/parts/save.js';

/** @param {string | null} sandbox */
const frame = (sandbox) => ({ getAttribute: () => sandbox });
const top = { origin: 'https://a', frameElement: null };

/** @type {[what: string, view: object, may: boolean][]} */
const views = [
  ['a page of its own', top, false],
  ['a file, which has no origin either', { origin: 'null', frameElement: null }, false],
  ['a frame of the same site', { ...top, parent: {}, frameElement: frame(null) }, false],
  ['one that is sandboxed', { ...top, parent: {}, frameElement: frame('allow-scripts allow-same-origin') }, true],
  ['one that may', { ...top, parent: {}, frameElement: frame('allow-same-origin allow-downloads') }, false],
  ['a frame in another’s page', { ...top, parent: {} }, false],
  ['a sandboxed one in another’s page', { origin: 'null', parent: {}, frameElement: null }, true],
  [
    'where the page around may not be looked at',
    {
      origin: 'null',
      parent: {},
      get frameElement() {
        throw new Error('SecurityError');
      },
    },
    true,
  ],
];
for (const [what, view, may] of views)
  test(what, () => {
    const seen = Object.hasOwn(view, 'parent') ? view : Object.assign(view, { parent: view });
    assert.equal(mayNotSave(/** @type {any} */ (seen)), may);
  });
