// The life of the views: what is made when, and what is told of the state.

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';

import { defaultSettings } from '../../wasm/settings/settings.mjs';
import { nextLanguage } from '../../web/shell/language.js';
import { initialState, Store } from '../../web/shell/state.js';
import { Views } from '../../web/shell/views.js';

/** The frames that were asked for. @type {(() => void)[]} */
let frames = [];
Object.assign(globalThis, {
  requestAnimationFrame: (/** @type {() => void} */ call) => frames.push(call),
  cancelAnimationFrame() {},
});
beforeEach(() => (frames = []));

/** Three views, and all that happens to them. @param {(views: Views, name: string) => void} [onUpdate] */
function three(onUpdate = () => {}) {
  /** @type {string[]} */
  const log = [];
  const store = new Store(initialState(defaultSettings(), 'en'));
  const makers = ['a', 'b', 'c'].map((name) => () => {
    log.push(`make ${name}`);
    return {
      update() {
        log.push(name);
        onUpdate(views, name);
      },
      destroy: () => void log.push(`end ${name}`),
    };
  });
  const views = new Views(store, makers, () => {
    log.push('turn');
    return () => void log.push('done');
  });
  /** What happens in the next frame. */
  const frame = () => {
    const [next, ...rest] = frames.splice(0);
    assert.equal(rest.length, 0, 'one at a time');
    next?.();
    return log.splice(0).join(' ');
  };
  return { store, views, frame };
}

describe('views', () => {
  test('are made one a frame from the top, and then hear of what changes', () => {
    const { store, frame } = three();
    assert.deepEqual([1, 2, 3, 4, 5].map(frame), ['make a a', 'make b a b', 'make c a b c', 'a b c', '']);
    store.set({ film: 1 });
    store.set({ film: 2 });
    assert.deepEqual([frame(), frame()], ['a b c', '']);
  });

  test('are all made anew in another language, also those that were still to come', () => {
    const { store, frame } = three();
    frame();
    store.set({ language: 'zh' });
    assert.equal(frame(), 'turn end a make a make b make c a b c done');
    assert.equal(frame(), '', 'and that is all of them');
  });

  test('that ask for one more update get it in the next frame, and before a language is put on', () => {
    let asks = 0;
    const { store, frame } = three((views, name) => {
      if (name === 'b' && asks-- > 0) views.again();
    });
    for (let n = 0; n < 4; n++) frame();
    asks = 1;
    store.set({ film: 1 });
    assert.deepEqual([frame(), frame(), frame()], ['a b c', 'a b c', '']);
    asks = 2;
    store.set({ language: 'zh' });
    assert.equal(frame(), 'turn end a end b end c make a make b make c a b c a b c a b c done');
  });

  test('end with the lab', () => {
    const { views, frame } = three();
    for (let n = 0; n < 4; n++) frame();
    views.destroy();
    assert.equal(frame(), 'end a end b end c');
  });
});

test('the languages go round', () => {
  assert.deepEqual([nextLanguage('en'), nextLanguage('zh')], ['zh', 'en']);
});
