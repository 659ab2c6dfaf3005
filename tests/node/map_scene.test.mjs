// What the map shows, without a page: dots in their order and colours, names beside them, what is under the pointer, people,
// the scale, and how all of that glides.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { Names, captionsOf } from '../../web/parts/map/captions.js';
import { wholeMap } from '../../web/parts/map/frame.js';
import { Glide } from '../../web/parts/map/glide.js';
import { filmAt, groupsOf, labelsOf, radiiOf, swellOf } from '../../web/parts/map/scene.js';

/** A unit is a pixel, and the middle of the axes at 100, 200. */
const seen = { a: 1, bx: 100, by: 200 };
const size = { width: 400, height: 300 };

/** Of three films: the first is known best, the last least. @param {Partial<import('../../web/parts/map/scene.js').MapState>} [patch] */
const stateOf = (patch) => ({
  ...{ size, look: wholeMap(), dot: 1, radii: Float32Array.of(6, 3, 2), byCount: [0, 1, 2] },
  ...{ classes: null, active: new Set(), ...patch },
});

/** Films 0 and 2 are of the rare class. */
const classes = { of: Uint8Array.of(0, 1, 0), names: ['War', 'Drama'], colours: ['genre-1', 'genre-2'], sizes: [2, 1] };

/** A letter is ten pixels, a bold one eleven. @param {string[]} titles */
const namesOf = (titles) => new Names(titles, (text, bold) => text.length * (bold ? 11 : 10));

describe('dots', () => {
  test('their areas grow by how many have seen the film, and all where one comes closer, to a limit', () => {
    assert.deepEqual(
      [...radiiOf(Uint32Array.of(0, 25, 100))].map((radius) => radius.toFixed(2)),
      ['1.15', '3.65', '6.15'],
    );
    assert.deepEqual([...radiiOf(Uint32Array.of(0))].length, 1, 'nobody has seen anything');
    assert.equal(swellOf(stateOf()), 1);
    assert.equal(swellOf({ dot: 0.5, look: { x: 0, y: 0, zoom: 32 } }), 0.5 * 2.6);
    assert.equal(swellOf({ dot: 1, look: { x: 0, y: 0, zoom: 4 } }).toFixed(4), '1.7411');
  });

  test('small ones are drawn before those with an edge, and of each the common class before the rare one', () => {
    const drawn = groupsOf(stateOf({ classes, radii: Float32Array.of(6, 3, 2.9) })).filter(
      ({ items }) => items.length > 0,
    );
    assert.deepEqual(
      drawn.map(({ paint, strength, edged, items }) => [paint, strength, edged, ...items]),
      [
        ['genre-1', 190, false, 2],
        ['genre-2', 250, true, 1],
        ['genre-1', 250, true, 0],
      ],
    );
  });

  test('of a kind the best known come last, on top; those that swell get an edge', () => {
    const look = { x: 0, y: 0, zoom: 4 };
    const drawn = groupsOf(stateOf({ classes, look, byCount: [2, 0, 1] })).filter(({ items }) => items.length > 0);
    assert.deepEqual(
      drawn.map(({ paint, edged, items }) => [paint, edged, ...items]),
      [
        ['genre-2', true, 1],
        ['genre-1', true, 0, 2],
      ],
    );
  });

  test('what does not stand out fades behind all others, however large', () => {
    const drawn = groupsOf(stateOf({ classes, active: new Set([1]) })).filter(({ items }) => items.length > 0);
    assert.deepEqual(
      drawn.map(({ paint, strength, edged, items }) => [paint, strength, edged, ...items]),
      [
        ['faded', 110, false, 2, 0],
        ['genre-2', 250, true, 1],
      ],
    );
  });

  test('without classes, or with those of other films, there are none', () => {
    assert.deepEqual(groupsOf(stateOf()), []);
    assert.deepEqual(groupsOf(stateOf({ classes, radii: Float32Array.of(1) })), []);
  });
});

describe('the film at a point', () => {
  // On the canvas at (100, 200), (110, 200) and (100, 150).
  const places = Float32Array.of(0, 0, 10, 0, 0, 50);
  const at = (/** @type {number} */ x, /** @type {number} */ y, reach = 8, patch = {}) =>
    filmAt(stateOf(patch), places, seen, { x, y }, reach);

  test('is the one whose edge is nearest, not the one whose middle is', () => {
    // Six pixels from the first one's middle, at its edge; four from the second one's, one from its edge.
    assert.equal(at(106, 200), 0);
    assert.equal(at(108, 200), 1);
    assert.equal(at(100, 152), 2);
  });

  test('is none where all are out of reach, and reach counts from the edge', () => {
    assert.equal(at(100, 213.5), 0);
    assert.equal(at(100, 214.5), -1);
    assert.equal(at(100, 214.5, 18), 0);
    // Four times as close, dots are 1.74 times as large.
    assert.equal(at(100, 218, 8, { look: { x: 0, y: 0, zoom: 4 } }), 0);
    assert.equal(at(100, 219, 8, { look: { x: 0, y: 0, zoom: 4 } }), -1);
    assert.equal(filmAt(stateOf(), new Float32Array(0), seen, { x: 100, y: 200 }, 8), -1, 'before there are places');
  });

  test('is never one that does not stand out', () => {
    assert.equal(at(100, 200, 8, { classes, active: new Set([1]) }), 1);
    assert.equal(at(100, 150, 8, { classes, active: new Set([1]) }), -1);
  });
});

describe('labels', () => {
  // On the canvas at (150, 200), (155, 195) and (380, 250).
  const places = Float32Array.of(50, 0, 55, 5, 280, -50);
  const labels = (patch = {}, at = places) => labelsOf(stateOf(patch), at, seen, () => 60);

  test('stand to the right of their dots, or to the left at the edge or where another one is', () => {
    assert.deepEqual(labels(), [
      { item: 0, right: true },
      { item: 1, right: false },
      { item: 2, right: false },
    ]);
  });

  test('go to the best known first', () => {
    assert.deepEqual(labels({ byCount: [1, 0, 2] }).slice(0, 2), [
      { item: 1, right: true },
      { item: 0, right: false },
    ]);
  });

  test('go to what stands out, and not below the edge of the axes', () => {
    assert.deepEqual(labels({ classes, active: new Set([1]) }), [{ item: 1, right: true }]);
    // Films 0 and 2 at the heights of 275 and 274.
    assert.deepEqual(labels({}, Float32Array.of(50, -75, 500, 0, 50, -74)), [{ item: 2, right: true }]);
    // Out of the picture at the left and at the top, where the name would still be seen.
    assert.deepEqual(labels({}, Float32Array.of(-101, 0, 50, 191, 50, 190)), [{ item: 2, right: true }]);
  });

  test('keep clear of the buttons at the right and of the name of the axis at the left', () => {
    const wide = stateOf({ size: { width: 420, height: 300 }, radii: Float32Array.of(1), byCount: [0] });
    const side = (/** @type {number} */ y, /** @type {number} */ width) =>
      labelsOf(wide, Float32Array.of(230, 200 - y), seen, () => width).map(({ right }) => right);
    // From the dot at 330 the name would reach from 339 to 399, and the buttons begin at 368; they end above 145.
    assert.deepEqual([side(50, 60), side(150, 60)], [[false], [true]]);
    // To the left it would begin at 21.
    assert.deepEqual([side(50, 300), side(150, 300)], [[], [false]]);
  });

  test('are as many as there is room for: more where one comes closer, no more than twice as many', () => {
    const many = 100;
    const spread = Float32Array.from({ length: 2 * many }, (_, at) =>
      at % 2 ? 195 - 2.5 * Math.floor(at / 2) : 40 * (Math.floor(at / 2) % 8) - 60,
    );
    const all = { byCount: Array.from({ length: many }, (_, item) => item) };
    const count = (/** @type {number} */ zoom) =>
      labelsOf(stateOf({ ...all, look: { x: 0, y: 0, zoom } }), spread, seen, () => 5).length;
    // 400 · 300 / 26,000 = 4.6.
    assert.equal(count(1), 5);
    assert.equal(count(4), 7);
    assert.equal(count(60), 9);
    assert.deepEqual(
      labelsOf(stateOf(all), new Float32Array(0), seen, () => 5),
      [],
      'before there are places',
    );
  });
});

describe('captions', () => {
  /** @typedef {import('../../web/parts/map/captions.js').Caption} Caption */
  const titles = ['Alien', 'Brazil', 'Cube'];
  // On the canvas at (100, 200), (200, 200) and (100, 150).
  const places = Float32Array.of(0, 0, 100, 0, 0, 50);
  const nothing = { focus: -1, near: [], ringed: [], persons: [], users: null };
  /** @param {Partial<import('../../web/parts/map/captions.js').Marks>} [marks] @param {Partial<import('../../web/parts/map/captions.js').Shown>} [shown] */
  const captions = (marks, shown) =>
    captionsOf({
      ...{ state: stateOf(), seen, places, labels: [], names: namesOf(titles) },
      ...{ marks: { ...nothing, ...marks }, ...shown },
    });
  const labels = titles.map((_, item) => ({ item, right: true }));

  const texts = (/** @type {Caption[]} */ all) => all.flatMap((one) => ('text' in one ? [one] : []));
  const said = (/** @type {Caption[]} */ all) => texts(all).map(({ text }) => text);
  const rings = (/** @type {Caption[]} */ all) => all.flatMap((one) => ('radius' in one ? [one] : []));
  const lines = (/** @type {Caption[]} */ all) => all.flatMap((one) => ('lines' in one ? [one.lines] : []));
  /** @param {string} text @param {number} x @param {number} y */
  const written = (text, x, y, colour = 'ink', bold = false) => ({ text, x, y, colour, bold });

  test('names stand beside their dots, at the side that was found for them', () => {
    const left = { item: 1, right: false };
    assert.deepEqual(texts(captions({}, { labels: [left] })), [written('Brazil', 131, 200)]);
    assert.deepEqual(
      texts(captions({}, { labels: [labels[0], left] })),
      [written('Alien', 109, 200)],
      'the second would hide the first',
    );
    const low = { labels, places: Float32Array.of(0, -75, 100, -74, 0, 0) };
    assert.deepEqual(said(captions({}, low)), ['Brazil', 'Cube'], 'the axes stand below');
  });

  test('long titles are cut, other titles left out; each is measured once', () => {
    let times = 0;
    const titles = ['Seven (a.k.a. Se7en)', 'Dr. Strangelove or: How I Learned'];
    const names = new Names(titles, (text) => ((times += 1), text.length));
    assert.deepEqual(names.of(0), { text: 'Seven', width: 5 });
    assert.deepEqual(names.of(1), { text: 'Dr. Strangelove or: How I Le…', width: 29 });
    names.of(1);
    assert.equal(times, 2);
  });

  test('what is looked at is named over the others and bold, ringed, and tied to its neighbours', () => {
    const all = captions({ focus: 2, near: [1] }, { labels });
    assert.deepEqual(
      texts(all),
      [written('Alien', 109, 200), written('Cube', 112, 150, 'ink', true), written('Brazil', 212, 200)],
      'nothing is named twice',
    );
    assert.deepEqual(lines(all)[1], [[100, 150, 200, 200]]);
    assert.deepEqual(rings(all), [
      { x: 200, y: 200, radius: 5, colour: 'ink', width: 1.25 },
      { x: 100, y: 150, radius: 5.5, colour: 'ink', width: 2.25 },
    ]);
    // Alien's name would reach from 109 to 159, and Brazil's begins at 142.
    const close = { labels, places: Float32Array.of(0, 0, 30, 4, 0, 50) };
    assert.deepEqual(said(captions({ focus: 1 }, close)), ['Cube', 'Brazil'], 'its name comes first');
  });

  test('nothing is looked at: no lines, no rings; nor where the film is one of other data', () => {
    for (const focus of [-1, 3]) {
      const all = captions({ focus, near: [1] });
      assert.deepEqual([texts(all), rings(all), lines(all)], [[], [], [[], []]]);
    }
  });

  test('liked films have a ring in the model’s colour, which grows with the dot', () => {
    const ring = { x: 100, y: 200, colour: 'model', width: 2 };
    assert.deepEqual(rings(captions({ ringed: [0] })), [{ ...ring, radius: 9 }]);
    assert.deepEqual(rings(captions({ ringed: [0] }, { state: stateOf({ dot: 0.5 }) })), [{ ...ring, radius: 6 }]);
  });

  /** @param {'user' | 'you'} kind @param {string} name @param {number} x @param {number} y  on the canvas */
  const person = (kind, name, x, y) => ({ kind, name, place: /** @type {[number, number]} */ ([x - 100, 200 - y]) });

  test('people have their names to the right, unless that leaves the picture or hides somebody', () => {
    const left = (/** @type {ReturnType<typeof person>[]} */ ...persons) =>
      texts(captions({ persons })).map(({ x }) => x);
    assert.deepEqual(left(person('you', 'You', 50, 50)), [64]);
    // 33 pixels wide: it would end at 397, and there are 396.
    assert.deepEqual(left(person('you', 'You', 350, 50)), [303]);
    assert.deepEqual(left(person('you', 'You', 349, 50)), [363]);
    assert.deepEqual(left(person('user', 'User 7', 50, 50), person('you', 'You', 100, 60)), [-30, 114]);
    assert.deepEqual(left(person('user', 'User 7', 50, 50), person('you', 'You', 100, 68)), [64, 114], 'a line below');
  });

  test('people’s names come before those of films, and have their own colours', () => {
    const persons = [person('you', 'You', 100, 190), person('user', 'User 7', 9, 9)];
    assert.deepEqual(captions({ persons }, { labels }).slice(-4), [
      { kind: 'you', x: 100, y: 190, colour: 'model' },
      written('You', 114, 190, 'model', true),
      { kind: 'user', x: 9, y: 9, colour: 'ink' },
      written('User 7', 23, 9, 'ink', true),
    ]);
    assert.deepEqual(said(captions({ persons }, { labels })), ['Brazil', 'Cube', 'You', 'User 7'], 'no Alien');
  });

  test('all users are crosses where they stand, under all else', () => {
    const [crosses] = captions({ users: Float32Array.of(1, 2, 30, -40), focus: 0 }, { labels });
    assert.equal('strength' in crosses && crosses.strength, 0.75);
    assert.deepEqual(lines([crosses])[0], [
      ...[
        [98, 198, 104, 198],
        [101, 195, 101, 201],
      ],
      ...[
        [127, 240, 133, 240],
        [130, 237, 130, 243],
      ],
    ]);
  });

  test('the scale tells a round length, and the axes their names; a small map has neither', () => {
    const all = captions({}, { seen: { a: 300, bx: 0, by: 0 }, axes: ['wide', 'high'] });
    assert.deepEqual(lines(all)[2], [[16.5, 282, 16.5, 286, 76.5, 286, 76.5, 282]]);
    assert.deepEqual(texts(all), [
      written('0.2', 84, 283, 'muted'),
      written('wide →', 328, 286, 'muted'),
      { ...written('high →', 14, 76, 'muted'), up: true },
    ]);
    assert.deepEqual(texts(captions()), []);
  });
});

describe('gliding', () => {
  /** @param {number[]} places @param {number} x @param {number} y @param {number} scale */
  const standing = (places, x, y, scale) => ({ places: Float32Array.from(places), frame: { x, y, scale } });
  const first = () => standing([0, 0, 10, 20], 0, 0, 1);
  const second = () => standing([4, 8, 10, 0], 4, 8, 16);
  /** Three quarters of the way. */
  const between = standing([3, 6, 10, 5], 3, 6, 8);
  /** @param {number} x @param {number} y */
  const you = (x, y) => ({
    kind: /** @type {const} */ ('you'),
    name: 'You',
    place: /** @type {[number, number]} */ ([x, y]),
  });

  /** From the first to the second since 1000. */
  function under() {
    const glide = new Glide();
    glide.begin(first(), [], 500);
    glide.advance(1000);
    glide.begin(second(), [you(1, 1)], 1000);
    return glide;
  }

  test('the first places are there at once', () => {
    const glide = new Glide();
    glide.begin(second(), [], 1000);
    assert.equal(glide.advance(1000), false);
    assert.deepEqual(glide.now, second());
  });

  test('those that follow are reached in 300 ms, quickly first; the scale in equal factors', () => {
    const glide = under();
    const answer = glide.from.places;
    assert.equal(glide.advance(1000), true);
    assert.deepEqual(glide.now, first());
    // Half of the time.
    assert.equal(glide.advance(1150), true);
    assert.deepEqual(glide.now, between);
    assert.equal(glide.advance(1300), false);
    assert.deepEqual(glide.now, second());
    assert.deepEqual([...answer], [0, 0, 10, 20], 'an answer is not written into');
  });

  test('people go along; who was not there before does not move', () => {
    const glide = under();
    glide.advance(1150);
    assert.deepEqual(glide.along([you(5, 9), you(3, 3)]), [you(4, 7), you(3, 3)]);
    glide.advance(1300);
    assert.deepEqual(glide.along([you(5, 9)]), [you(5, 9)]);
  });

  test('from the middle of a glide another one begins where things stand', () => {
    const glide = under();
    glide.advance(1150);
    glide.begin(first(), [], 1150);
    glide.advance(1150);
    assert.deepEqual(glide.now, between);
    glide.advance(1300);
    assert.deepEqual([...glide.now.places], [0.75, 1.5, 10, 16.25]);
  });

  test('where nothing is to move it ends at once', () => {
    const glide = under();
    assert.equal(glide.advance(Infinity), false);
    assert.deepEqual(glide.now, second());
  });

  test('another size has another frame at once, and films glide on in it', () => {
    const glide = under();
    glide.advance(1100);
    glide.fit({ x: 1, y: 2, scale: 7 });
    glide.advance(1150);
    assert.deepEqual(glide.now, { places: between.places, frame: { x: 1, y: 2, scale: 7 } });
    glide.advance(1300);
    assert.deepEqual(glide.now, { places: second().places, frame: { x: 1, y: 2, scale: 7 } });
  });

  test('other films come without a glide', () => {
    const glide = under();
    glide.forget();
    glide.begin(second(), [], 1100);
    assert.equal(glide.advance(1100), false);
    assert.deepEqual(glide.now, second());
  });
});
