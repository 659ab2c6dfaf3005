// What the room of the map makes of pointers, wheel and keys, and what it says of the state and of the worker's answers.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { wholeMap } from '../../web/parts/map/frame.js';
import { createSpeech } from '../../web/parts/speech.js';
import { Pointers, lookAfter, lookAt, ofKey, zooms } from '../../web/rooms/map/moves.js';
import {
  axesOf,
  crowdTime,
  filmOf,
  nearOf,
  personsOf,
  pictureOf,
  sentenceOf,
  spokenOf,
  stepOf,
} from '../../web/rooms/map/scene.js';
import { placesOf } from '../../web/rooms/map/table.js';

const size = { width: 400, height: 300 };

/** @param {number} x @param {number} y @param {Partial<import('../../web/rooms/map/moves.js').Touch>} [more] */
const touch = (x, y, more) => ({
  ...{ id: 1, mouse: true, at: { x, y }, rests: false, time: 0, shift: false },
  ...more,
});
const finger = { mouse: false };

describe('a mouse', () => {
  test('points at what is under it, and chooses where it is pressed without a move', () => {
    const pointers = new Pointers();
    assert.deepEqual(pointers.move(touch(10, 20), false), { do: 'point', at: { x: 10, y: 20 }, reach: 8 });
    pointers.press(touch(10, 20));
    assert.equal(pointers.move(touch(13, 24), false), null, 'five pixels are no drag');
    assert.deepEqual(pointers.release(touch(13, 24)), { do: 'choose', at: { x: 13, y: 24 }, reach: 8 });
    assert.equal(pointers.release(touch(13, 24)), null, 'it is up already');
  });

  test('drags the map, the whole one too, and chooses nothing then', () => {
    const pointers = new Pointers();
    pointers.press(touch(0, 0));
    assert.deepEqual(pointers.move(touch(30, -40), false), { do: 'move', right: 30, down: -40 });
    assert.deepEqual(pointers.move(touch(31, -40), false), { do: 'move', right: 1, down: 0 });
    assert.equal(pointers.release(touch(31, -40)), null);
    // There and back again is a drag, too: the way counts, not where it ends.
    pointers.press(touch(0, 0));
    pointers.move(touch(4, 0), false);
    assert.deepEqual(pointers.move(touch(0, 0), false), { do: 'move', right: -4, down: 0 });
    assert.equal(pointers.release(touch(0, 0)), null);
  });

  test('leaves the map, unless it holds it', () => {
    const pointers = new Pointers();
    assert.deepEqual(pointers.leave(), { do: 'leave' });
    pointers.press(touch(0, 0));
    assert.equal(pointers.leave(), null);
  });

  test('pressed twice at a place it comes closer there, with the shift key it goes back', () => {
    const pointers = new Pointers();
    /** @param {number} time @param {number} x */
    const tap = (time, x, shift = false) => {
      pointers.press(touch(x, 50));
      return pointers.release(touch(x, 50, { time, shift }));
    };
    assert.equal(tap(1000, 50)?.do, 'choose');
    assert.deepEqual(tap(1300, 60), { do: 'move', factor: 2, at: { x: 60, y: 50 } });
    assert.equal(tap(1500, 60)?.do, 'choose', 'the third press begins anew');
    assert.deepEqual(tap(1600, 60, true), { do: 'move', factor: 0.5, at: { x: 60, y: 50 } });
    assert.equal(tap(2000, 60)?.do, 'choose');
    assert.equal(tap(2350, 60)?.do, 'choose', 'too late');
    assert.equal(tap(2400, 84)?.do, 'choose', 'too far away');
  });
});

describe('fingers', () => {
  test('do not point; one scrolls the page while the whole map is seen, and moves it where one is closer', () => {
    const pointers = new Pointers();
    assert.equal(pointers.move(touch(5, 5, finger), true), null);
    pointers.press(touch(0, 0, finger));
    assert.equal(pointers.move(touch(0, 50, finger), false), null);
    assert.deepEqual(pointers.move(touch(0, 60, finger), true), { do: 'move', right: 0, down: 10 });
  });

  test('reach further than a mouse', () => {
    const pointers = new Pointers();
    pointers.press(touch(9, 9, finger));
    assert.deepEqual(pointers.release(touch(9, 9, finger)), { do: 'choose', at: { x: 9, y: 9 }, reach: 18 });
  });

  test('two of them zoom by how far they are apart, about their middle, and move it', () => {
    const pointers = new Pointers();
    pointers.press(touch(100, 100, finger));
    pointers.press(touch(200, 100, { id: 2, ...finger }));
    assert.deepEqual(pointers.move(touch(300, 100, { id: 2, ...finger }), false), {
      ...{ do: 'move', factor: 2, at: { x: 200, y: 100 } },
      ...{ right: 50, down: 0 },
    });
    assert.equal(pointers.release(touch(300, 100, { id: 2, ...finger })), null, 'that chooses nothing');
    assert.equal(pointers.release(touch(100, 100, finger)), null, 'nor does the finger that is left');
    pointers.press(touch(100, 100, finger));
    assert.equal(pointers.release(touch(100, 100, finger))?.do, 'choose', 'the next one does');
  });

  test('on top of each other they do not zoom without end', () => {
    const pointers = new Pointers();
    pointers.press(touch(100, 100, finger));
    pointers.press(touch(100, 100, { id: 2, ...finger }));
    const act = pointers.move(touch(103, 100, { id: 2, ...finger }), false);
    assert.equal(act?.do === 'move' && act.factor, 3);
  });
});

describe('the wheel', () => {
  const wheel = { deltaY: -400, deltaMode: 0, ctrlKey: false };
  const at = { x: 7, y: 8 };

  test('zooms where the pointer came by itself, not where the page was scrolled under it', () => {
    const pointers = new Pointers();
    assert.equal(pointers.wheel(wheel, at, false), null);
    pointers.move(touch(1, 1, { rests: true }), false);
    assert.equal(pointers.wheel(wheel, at, false), null);
    pointers.move(touch(1, 1), false);
    assert.deepEqual(pointers.wheel(wheel, at, false), { do: 'move', factor: Math.E, at });
    pointers.leave();
    assert.equal(pointers.wheel(wheel, at, false), null, 'it was away meanwhile');
  });

  test('scrolls the page where there is nothing to go back to', () => {
    const pointers = new Pointers();
    pointers.move(touch(1, 1), false);
    assert.equal(pointers.wheel({ ...wheel, deltaY: 400 }, at, false), null);
    assert.equal(pointers.wheel({ ...wheel, deltaY: 400 }, at, true)?.factor, 1 / Math.E);
  });

  test('counts lines as thirty pixels; a pinch on a touch pad is always meant, and quicker', () => {
    const pointers = new Pointers();
    assert.equal(pointers.wheel({ ...wheel, deltaY: -100, ctrlKey: true }, at, false)?.factor, Math.E);
    pointers.move(touch(1, 1), false);
    assert.equal(pointers.wheel({ ...wheel, deltaY: -10, deltaMode: 1 }, at, false)?.factor, Math.exp(300 / 400));
  });
});

test('keys move the map under the view, zoom, walk and choose; those of the browser stay its own', () => {
  const none = { ctrlKey: false, metaKey: false, altKey: false };
  const of = (/** @type {string} */ key, more = {}) => ofKey({ key, ...none, ...more });
  assert.deepEqual(of('ArrowRight'), { do: 'move', right: -60, down: 0 });
  assert.deepEqual(of('ArrowUp'), { do: 'move', right: 0, down: 60 });
  assert.deepEqual([of('+'), of('='), of('-'), of('0')], [zooms.closer, zooms.closer, zooms.back, zooms.whole]);
  assert.deepEqual(
    [of('N'), of('p')],
    [
      { do: 'walk', by: 1 },
      { do: 'walk', by: -1 },
    ],
  );
  assert.deepEqual([of('Enter'), of('Escape')], [{ do: 'enter' }, { do: 'leave' }]);
  for (const key of ['a', 'Tab', 'enter']) assert.equal(of(key), null);
  for (const held of ['ctrlKey', 'metaKey', 'altKey']) assert.equal(of('+', { [held]: true }), null);
});

describe('the look', () => {
  const look = { x: 20, y: -10, zoom: 2 };

  test('zooms about the middle, or so that what is at a point stays there', () => {
    assert.deepEqual(lookAfter(look, { do: 'move', factor: 2 }, size), { x: 20, y: -10, zoom: 4 });
    // Half of 1/2 - 1/4 of the way to the point, which is 100 and 50 from the middle.
    assert.deepEqual(lookAfter(look, { do: 'move', factor: 2, at: { x: 300, y: 200 } }, size), {
      ...{ x: 45, y: 2.5, zoom: 4 },
    });
  });

  test('moves by pixels of the screen, no further than to the edge; a drag does not zoom', () => {
    assert.deepEqual(lookAfter(look, { do: 'move', right: 10, down: 6 }, size), { x: 15, y: -13, zoom: 2 });
    assert.deepEqual(lookAfter(wholeMap(), { do: 'move', right: 10, down: 6 }, size), { x: -10, y: -6, zoom: 1 });
    assert.deepEqual(lookAfter(look, { do: 'move', right: -9999, down: 0 }, size), { x: 200, y: -10, zoom: 2 });
  });

  test('first zooms and then moves, for two fingers', () => {
    assert.deepEqual(lookAfter(look, { do: 'move', factor: 2, at: { x: 200, y: 150 }, right: 8, down: 4 }, size), {
      ...{ x: 18, y: -11, zoom: 4 },
    });
  });

  test('goes back to the whole map', () => {
    assert.deepEqual(lookAfter(look, zooms.whole, size), wholeMap());
    assert.deepEqual(lookAfter(lookAfter(look, zooms.closer, size), zooms.back, size), look);
  });

  test('follows a film that is out of the picture or at its edge, and stays where it is seen', () => {
    assert.equal(lookAt(look, { x: 25, y: 275 }, size), look);
    assert.equal(lookAt(look, { x: NaN, y: NaN }, size), look, 'no place yet');
    assert.deepEqual(lookAt(look, { x: 24, y: 150 }, size), { x: -68, y: -10, zoom: 2 });
    assert.deepEqual(lookAt(look, { x: 200, y: 650 }, size), { x: 20, y: 240, zoom: 2 });
  });
});

test('a walk goes round, and backwards begins at its end', () => {
  assert.deepEqual([stepOf(-1, 1, 3), stepOf(0, 1, 3), stepOf(2, 1, 3)], [0, 1, 0]);
  assert.deepEqual([stepOf(-1, -1, 3), stepOf(0, -1, 3), stepOf(2, -1, 3)], [2, 2, 1]);
  assert.equal(stepOf(-1, -1, 1), 0);
});

const speech = createSpeech();
const films = {
  titles: ['Alien', 'Brazil', 'Cube'],
  years: Uint16Array.of(1979, 1985, 0),
  genres: [['Horror', 'Sci-Fi'], ['Fantasy'], []],
  counts: Uint32Array.of(1, 900, 0),
};

/** @param {Record<string, unknown>} [patch] */
const stateOf = (patch) =>
  /** @type {import('../../web/shell/state.js').State} */ (
    /** @type {unknown} */ ({
      ...{ settings: { model: 'gmf' }, epochs: [], loaded: null, phase: 'ready', weights: 7, films },
      ...{ user: 1, users: { ids: [11, 42] }, ...patch },
    })
  );

/** @param {Partial<import('../../web/worker/protocol.js').Picture>} [patch] @returns {import('../../web/worker/protocol.js').Picture} */
const mapOf = (patch) => ({
  ...{ available: true, places: Float32Array.of(1, -2, 3, 4, 0.00049, -0.5), explained: [0.316, 0.184], width: 8 },
  ...{ user: null, likes: null, ...patch },
});

describe('sentences', () => {
  /** @param {Record<string, unknown>} state @param {ReturnType<typeof mapOf> | null} picture */
  const said = (state, picture, available = true) => sentenceOf(speech, stateOf(state), picture, available);

  test('say that the model has no map, or that it is yet to come', () => {
    assert.match(said({ settings: { model: 'ease' } }, null, false), /^EASE has no embeddings of films/);
    assert.equal(said({}, null), 'The map is being drawn.');
  });

  test('say that embeddings are random only while nothing has been learnt, loaded or begun', () => {
    assert.match(said({}, mapOf()), /^Not trained yet/);
    for (const state of [{ epochs: [{ epoch: 1 }] }, { loaded: {} }, { phase: 'training' }, { phase: 'evaluating' }])
      assert.match(said(state, mapOf()), /^An embedding here has 8 numbers\. .*: 32 % and 18 % of the variance/);
  });

  test('say that two numbers are all', () => {
    const exact = mapOf({ width: 2 });
    assert.match(said({ phase: 'training' }, exact), /^An embedding here has two numbers, so the map is exact/);
    assert.deepEqual(axesOf(speech, exact), ['number 1 of the embedding', 'number 2 of the embedding']);
    assert.deepEqual(axesOf(speech, mapOf()), ['axis 1: 32 %', 'axis 2: 18 %']);
    assert.deepEqual(axesOf(speech, null), ['', '']);
  });
});

test('an answer for other films is no map of these', () => {
  const answer = mapOf();
  assert.equal(pictureOf(answer, films), answer);
  assert.equal(pictureOf(mapOf({ places: new Float32Array(8) }), films), null);
  assert.equal(pictureOf({ available: false }, films), null);
});

test('people on the map are the chosen user by their id and whoever likes films', () => {
  const [user, likes] = /** @type {[number, number][]} */ ([
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(personsOf(speech, stateOf(), mapOf()), []);
  assert.deepEqual(personsOf(speech, stateOf(), mapOf({ user, likes })), [
    { kind: 'user', name: 'User 42', place: user },
    { kind: 'you', name: 'You', place: likes },
  ]);
  assert.deepEqual(
    personsOf(speech, stateOf({ user: -1 }), mapOf({ likes })).map(({ name }) => name),
    ['You'],
  );
});

test('everybody’s place is asked for anew with each epoch while training goes on, else whenever weights change', () => {
  const running = (/** @type {number} */ weights, /** @type {number} */ epoch) =>
    crowdTime(stateOf({ phase: 'training', weights, epochs: [{ epoch }] }));
  assert.equal(running(7, 1), running(8, 1));
  assert.notEqual(running(8, 1), running(8, 2));
  assert.notEqual(crowdTime(stateOf()), crowdTime(stateOf({ weights: 8 })));
  assert.notEqual(
    crowdTime(stateOf({ phase: 'training', weights: 1, epochs: [{ epoch: 1 }] })),
    crowdTime(stateOf({ weights: 1 })),
  );
});

test('a film is told of with its year, genres and viewers, as far as they are known, and read out with its neighbours', () => {
  const alien = filmOf(speech, films, 0);
  assert.deepEqual(alien, { title: 'Alien (1979)', about: 'Horror, Sci-Fi · seen by 1 user' });
  assert.deepEqual(filmOf(speech, films, 2), { title: 'Cube', about: 'seen by 0 users' });
  const near = [
    { item: 1, similarity: 0.996 },
    { item: 2, similarity: -0.25 },
  ];
  const told = nearOf(speech, films, near, 8);
  assert.deepEqual(told.films, [
    { item: 1, name: 'Brazil (1985)', similarity: '1.00' },
    { item: 2, name: 'Cube', similarity: '−0.25' },
  ]);
  assert.equal(told.note, 'by cosine over all 8 numbers, not by the distance on the map');
  assert.match(nearOf(speech, films, near, 2).note, /^by cosine: by the angle/);
  assert.deepEqual(nearOf(speech, films, [], 8), { note: '', films: [] });
  assert.equal(
    spokenOf(speech, alien, told.films),
    'Alien (1979). Horror, Sci-Fi · seen by 1 user. Nearest in the model’s space: Brazil (1985), Cube.',
  );
});

test('the table has the best known films first, with a minus that is one', () => {
  assert.deepEqual(placesOf(speech, { state: stateOf(), picture: mapOf() })?.rows, [
    ['Brazil', 1985, 900, '3.000', '4.000'],
    ['Alien', 1979, 1, '1.000', '−2.000'],
    ['Cube', '', 0, '0.000', '−0.500'],
  ]);
  assert.equal(placesOf(speech, { state: stateOf(), picture: null }), null);
  assert.equal(placesOf(speech, { state: null, picture: mapOf() }), null);
});
