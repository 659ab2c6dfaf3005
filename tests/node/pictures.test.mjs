// Pictures of charts: paths in SVG's words, and marks as a text that is SVG.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { PathText } from '../../web/parts/pictures/path.js';
import { fontOf, svgText } from '../../web/parts/pictures/svg.js';

/** @param {(path: PathText) => void} draw */
const pathOf = (draw) => {
  const path = new PathText();
  draw(path);
  return path.d;
};

describe('a path', () => {
  test('of lines, curves and boxes', () => {
    const d = pathOf((path) => {
      path.lineTo(1, 2);
      path.lineTo(3.14159, 4);
      path.bezierCurveTo(1, 2, 3, 4, 5, 6);
      path.quadraticCurveTo(1, 2, 3, 4);
      path.closePath();
      path.rect(10, 20, 30, -40);
    });
    assert.equal(d, 'M1 2L3.14 4C1 2 3 4 5 6Q1 2 3 4ZM10 20h30v-40h-30Z');
  });

  test('of a circle ends where it begins', () => {
    const d = pathOf((path) => path.arc(10, 10, 5, 0, 2 * Math.PI));
    assert.equal(d, 'M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10');
    assert.equal(
      pathOf((path) => path.arc(10, 10, 5, 0, 7)),
      d,
      'further round is all round',
    );
  });

  test('of a quarter, either way', () => {
    const half = Math.SQRT1_2 * 10;
    const end = (/** @type {string} */ d) => d.split(/[A ]/).slice(-2).map(Number);
    assert.deepEqual(end(pathOf((path) => path.arc(0, 0, 10, 0, Math.PI / 2))), [0, 10]);
    const back = pathOf((path) => path.arc(0, 0, 10, 0, -Math.PI / 2, true));
    assert.deepEqual(end(back), [0, -10]);
    assert.ok(back.includes(`0 0 0 ${Math.round(100 * half) / 100} -${Math.round(100 * half) / 100}`), back);
  });

  test('says nothing of a place that is none', () => {
    const d = pathOf((path) => {
      path.moveTo(1, 1);
      path.lineTo(NaN, 2);
      path.rect(0, Infinity, 1, 1);
      path.lineTo(3, 3);
    });
    assert.equal(d, 'M1 1L3 3');
  });
});

test('fonts are read as a canvas writes them', () => {
  assert.deepEqual(fontOf('12px system-ui, sans-serif'), {
    ...{ size: 12, family: 'system-ui, sans-serif', weight: undefined, italic: false },
  });
  assert.deepEqual(fontOf('italic 600 13.5px/1.4 "A B"'), { size: 13.5, family: '"A B"', weight: '600', italic: true });
});

test('marks are written as they are cut, painted and placed', () => {
  /** @type {[number, number, number, number, number, number]} */
  const matrix = [1, 0, 0, 1, 0, 0];
  /** @type {import('../../web/parts/pictures/recorder.js').Pen} */
  const pen = { width: 2, dash: [6, 5], cap: 'butt', join: 'round' };
  const frame = { d: 'M0 0h9v9h-9Z', matrix };
  const svg = svgText(
    {
      ...{ width: 20, height: 10, paper: '#fff' },
      marks: [
        { matrix, alpha: 1, clips: [], d: 'M0 0L1 1', stroke: '#000', pen },
        { matrix: [2, 0, 0, 2, 5, 0], alpha: 0.5, clips: [frame], d: 'M0 0h1v1h-1Z', fill: 'red' },
        { matrix, alpha: 1, clips: [frame], d: 'M0 0h1v1h-1Z', fill: 'red' },
        {
          ...{ matrix, alpha: 1, clips: [], text: 'a < b & "c"\u0000', x: 1, y: 2, font: '600 10px sans' },
          ...{ fill: '#111', anchor: 'right', base: 'middle' },
        },
      ],
    },
    'A & B',
  );
  const lines = svg.trim().split('\n');
  assert.deepEqual(lines, [
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10">',
    '<title>A &amp; B</title>',
    '<defs><clipPath id="cut0"><path d="M0 0h9v9h-9Z"/></clipPath></defs>',
    '<rect width="20" height="10" fill="#fff"/>',
    '<path d="M0 0L1 1" fill="none" stroke="#000" stroke-width="2" stroke-dasharray="6 5" stroke-linejoin="round"/>',
    '<g clip-path="url(#cut0)"><path d="M0 0h1v1h-1Z" fill="red" transform="matrix(2 0 0 2 5 0)" opacity="0.5"/>',
    '<path d="M0 0h1v1h-1Z" fill="red"/></g>',
    '<text x="1" y="5.5" font-family="sans" font-size="10" font-weight="600" text-anchor="end" fill="#111">a &lt; b &amp; &quot;c&quot;</text>',
    '</svg>',
  ]);
});
