// Where a row of tabs leads, and when the code of a room is asked for.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { RoomCode } from '../../web/shell/views/room_code.js';
import { tabAfter } from '../../web/shell/views/tabs.js';

test('the arrows go round the tabs, Home and End to their ends, and other keys nowhere', () => {
  const from = (/** @type {number} */ at) =>
    ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Tab', 'ArrowUp'].map((key) => tabAfter(key, at, 4));
  assert.deepEqual(from(0), [3, 1, 0, 3, undefined, undefined]);
  assert.deepEqual(from(2), [1, 3, 0, 3, undefined, undefined]);
  assert.deepEqual(from(3), [2, 0, 0, 3, undefined, undefined]);
});

describe('the code of the rooms', () => {
  /** Two rooms and one that came with the page, whose code comes or fails as it is told. */
  function three() {
    /** @type {string[]} */
    const log = [];
    /** @type {Map<string, PromiseWithResolvers<any>['resolve' | 'reject'][]>} */
    const asked = new Map();
    const make = () => /** @type {any} */ ({});
    const load = (/** @type {string} */ name) => () => {
      log.push(`load ${name}`);
      return new Promise((resolve, reject) => asked.set(name, [resolve, reject]));
    };
    const title = { section: '', key: '', en: '' };
    /** @type {import('../../web/shell/views/rooms.js').Room[]} */
    const rooms = [
      { name: 'first', title, make },
      { name: 'map', title, load: load('map') },
      { name: 'race', title, load: load('race') },
    ];
    const code = new RoomCode(
      rooms,
      () => log.push('come'),
      ({ name }) => log.push(`lack ${name}`),
    );
    const settle = async (/** @type {string} */ name, /** @type {0 | 1} */ how) => {
      asked.get(name)?.[how](make);
      await new Promise((done) => setImmediate(done));
    };
    return {
      ...{ code, rooms },
      come: (/** @type {string} */ name) => settle(name, 0),
      fail: (/** @type {string} */ name) => settle(name, 1),
      told: () => log.splice(0).join(', '),
    };
  }

  test('is asked for once, however often the room is shown, and then it is there', async () => {
    const { code, rooms, come, told } = three();
    for (let n = 0; n < 3; n++) code.need(rooms[1]);
    assert.deepEqual([told(), rooms[1].make], ['load map', undefined]);
    await come('map');
    assert.equal(told(), 'come');
    assert.ok(rooms[1].make && !rooms[1].load);
    code.need(rooms[1]);
    await come('map');
    assert.equal(told(), 'come', 'what is there is not loaded again');
  });

  test('that can’t be had is told once, and asked for again when the room is entered anew', async () => {
    const { code, rooms, come, fail, told } = three();
    code.need(rooms[1]);
    await fail('map');
    code.need(rooms[1]);
    assert.equal(told(), 'load map, lack map');
    code.enter();
    code.need(rooms[1]);
    await come('map');
    assert.equal(told(), 'load map, come');
  });

  test('comes one after the other behind the data, past what fails', async () => {
    const { code, rooms, come, fail, told } = three();
    const all = code.fetchAll();
    await come('first');
    assert.equal(told(), 'load map');
    await fail('map');
    assert.equal(told(), 'load race');
    await come('race');
    await all;
    assert.equal(told(), '', 'nobody waits for it, so nobody is told');
    assert.deepEqual(
      rooms.map(({ make }) => make !== undefined),
      [true, false, true],
    );
  });
});
