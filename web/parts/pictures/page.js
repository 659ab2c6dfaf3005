/**
 * What is to be seen of a part of the page, as marks: its canvases as they draw, its drawings, its boxes and its texts, where
 * they stand on the screen.
 */
import { drawerOf } from '../drawn.js';
import { PathText } from './path.js';
import { record } from './recorder.js';

/** @typedef {import('./recorder.js').Mark} Mark */
/** @typedef {import('./recorder.js').Matrix} Matrix */
/** @typedef {import('./recorder.js').Clip} Clip */
/** A picture in CSS pixels. @typedef {{width: number, height: number, paper: string, marks: Mark[]}} Picture */
/**
 * Where the picture begins on the screen, what has been cut so far, how strong things are, and how far down anything reaches.
 * @typedef {{x: number, y: number, alpha: number, clips: Clip[], reach: {bottom: number}}} Place
 */

const MARGIN = 12;
/** What is there to be used rather than seen: controls, tables behind plots, what the pointer is shown. */
const LEFT_OUT =
  '.picture-menu, .hidden, .u-over, .u-legend, .behind, .segments, .map-zooms, .users-there, .rank-all, .readout-line, .net-readout, .picker, input, select, script, style';
/** @type {Matrix} */
const NONE = [1, 0, 0, 1, 0, 0];

const isSeen = (/** @type {string} */ colour) => !/^(transparent|none|rgba\(.*, 0\))$/.test(colour);

/** @param {number} x @param {number} y @param {number} width @param {number} height */
function boxOf(x, y, width, height) {
  const path = new PathText();
  path.rect(x, y, width, height);
  return path.d;
}

/** The same with round corners. @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
function roundOf(x, y, width, height, radius) {
  const path = new PathText();
  const [right, bottom] = [x + width - radius, y + height - radius];
  const corners = [
    [right, y + radius],
    [right, bottom],
    [x + radius, bottom],
    [x + radius, y + radius],
  ];
  corners.forEach(([across, down], n) => path.arc(across, down, radius, ((n - 1) * Math.PI) / 2, (n * Math.PI) / 2));
  path.closePath();
  return path.d;
}

/** A filled box. @param {Place} place @param {DOMRect} rect @param {string} fill @param {string} [round] @returns {Mark} */
function filled({ x, y, alpha, clips }, { left, top, width, height }, fill, round = '') {
  const most = Math.min(width, height) / 2;
  const radius = Math.min(most, round.endsWith('%') ? (parseFloat(round) / 100) * width : parseFloat(round) || 0);
  const box = /** @type {const} */ ([left - x, top - y, width, height]);
  return { matrix: NONE, alpha, clips, fill, d: radius > 0 ? roundOf(...box, radius) : boxOf(...box) };
}

/** The background of an element and its edges. @param {CSSStyleDeclaration} style @param {DOMRect} rect @param {Place} place @returns {Mark[]} */
function boxesOf(style, rect, place) {
  const { left, top, right, bottom, width, height } = rect;
  const edges = /** @type {const} */ (['Top', 'Right', 'Bottom', 'Left']).map((side) => {
    const thick = style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]) || 0;
    const box = {
      Top: new DOMRect(left, top, width, thick),
      Right: new DOMRect(right - thick, top, thick, height),
      Bottom: new DOMRect(left, bottom - thick, width, thick),
      Left: new DOMRect(left, top, thick, height),
    }[side];
    return { thick, box, colour: style[`border${side}Color`] };
  });
  return [
    ...(isSeen(style.backgroundColor) ? [filled(place, rect, style.backgroundColor, style.borderTopLeftRadius)] : []),
    ...edges
      .filter(({ thick, colour }) => thick > 0 && isSeen(colour))
      .map(({ box, colour }) => filled(place, box, colour)),
  ];
}

/** A text in the lines that it is broken into. @param {Text} node @returns {{text: string, rect: DOMRect}[]} */
function linesOf(node) {
  const range = document.createRange();
  /** @type {{text: string, rect: DOMRect}[]} */
  const lines = [];
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const rect = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (rect.width === 0) continue;
    if (last && Math.abs(last.rect.top - rect.top) < rect.height / 2) {
      last.text += ` ${word}`;
      last.rect = new DOMRect(last.rect.left, last.rect.top, rect.right - last.rect.left, last.rect.height);
    } else lines.push({ text: word, rect });
  }
  return lines;
}

/** @param {Text} node @param {CSSStyleDeclaration} style @param {Place} place @returns {Mark[]} */
function textsOf(node, style, { x, y, alpha, clips }) {
  const { fontStyle, fontWeight, fontSize, fontFamily, color: fill, textTransform } = style;
  const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  return linesOf(node).map(({ text, rect }) => ({
    ...{ matrix: NONE, alpha, clips, font, fill, anchor: 'left', base: 'middle' },
    text: textTransform === 'uppercase' ? text.toUpperCase() : text,
    x: rect.left - x,
    y: rect.top + rect.height / 2 - y,
  }));
}

/** A shape of a drawing as a path. @param {SVGElement} shape */
function pathOf(shape) {
  const number = (/** @type {string} */ name) => Number(shape.getAttribute(name)) || 0;
  const path = new PathText(shape.getAttribute('d') ?? '');
  if (shape instanceof SVGCircleElement) path.arc(number('cx'), number('cy'), number('r'), 0, 7);
  if (shape instanceof SVGRectElement) path.rect(number('x'), number('y'), number('width'), number('height'));
  if (shape instanceof SVGLineElement) {
    path.moveTo(number('x1'), number('y1'));
    path.lineTo(number('x2'), number('y2'));
  }
  return path.d;
}

/** A drawing's shapes. @param {SVGSVGElement} drawing @param {Place} place @returns {Mark[]} */
function shapesOf(drawing, { x, y, alpha, clips }) {
  return [...drawing.querySelectorAll('path, circle, rect, line')].flatMap((shape) => {
    const graphic = /** @type {SVGGraphicsElement} */ (shape);
    const place = graphic.getScreenCTM();
    const d = pathOf(graphic);
    const style = getComputedStyle(graphic);
    if (!place || !d || style.display === 'none') return [];
    /** @type {Matrix} */
    const matrix = [place.a, place.b, place.c, place.d, place.e - x, place.f - y];
    // A line that keeps its width is as wide as the drawing is stretched less.
    const less = style.vectorEffect === 'non-scaling-stroke' ? Math.sqrt(Math.abs(place.a * place.d)) || 1 : 1;
    const dash = style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[\s,]+/).map(parseFloat);
    const pen = {
      width: parseFloat(style.strokeWidth) / less,
      dash: dash.map((length) => length / less),
      cap: /** @type {CanvasLineCap} */ (style.strokeLinecap),
      join: /** @type {CanvasLineJoin} */ (style.strokeLinejoin),
    };
    const common = { matrix, alpha: alpha * Number(style.opacity), clips, d };
    return [
      ...(isSeen(style.fill) ? [{ ...common, fill: style.fill, alpha: common.alpha * Number(style.fillOpacity) }] : []),
      ...(isSeen(style.stroke) ? [{ ...common, stroke: style.stroke, pen }] : []),
    ];
  });
}

/** A canvas: as it draws, or where nobody says how, as it is. @param {HTMLCanvasElement} canvas @param {Place} place @returns {Mark[]} */
function canvasMarks(canvas, { x, y, alpha, clips }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const drawing = drawerOf(canvas);
  const ctx = canvas.getContext('2d');
  if (width === 0 || canvas.width === 0) return [];
  if (!drawing || !ctx) {
    const at = { x: left - x, y: top - y, width, height };
    return [{ matrix: NONE, alpha, clips, image: canvas.toDataURL(), source: canvas, smooth: true, ...at }];
  }
  // By its present pixels: a canvas that takes another size as it draws takes the one that it has.
  const marks = record(ctx, drawing.draw, [width / canvas.width, 0, 0, height / canvas.height, left - x, top - y]);
  // What was noted was not painted.
  drawing.restore();
  const frame = { d: boxOf(left - x, top - y, width, height), matrix: NONE };
  return marks.map((mark) => ({ ...mark, alpha: mark.alpha * alpha, clips: [...clips, frame, ...mark.clips] }));
}

/** @param {Element} node @param {Place} place @returns {Mark[]} */
function marksOf(node, place) {
  if (node.matches(LEFT_OUT)) return [];
  const style = getComputedStyle(node);
  const alpha = place.alpha * Number(style.opacity);
  if (style.display === 'none' || style.visibility === 'hidden' || alpha === 0) return [];
  const here = { ...place, alpha };
  const rect = node.getBoundingClientRect();
  const { x, y, reach } = place;
  const drawn = node instanceof HTMLCanvasElement || node instanceof SVGSVGElement;
  // What holds nothing but what is left out has no room of its own.
  if (drawn || node.firstElementChild === null) reach.bottom = Math.max(reach.bottom, rect.bottom);
  if (node instanceof HTMLCanvasElement) return canvasMarks(node, here);
  if (node instanceof SVGSVGElement) return shapesOf(node, here);
  const cut = { d: boxOf(rect.left - x, rect.top - y, rect.width, rect.height), matrix: NONE };
  const inside = style.overflow === 'visible' ? here : { ...here, clips: [...here.clips, cut] };
  return [
    ...boxesOf(style, rect, here),
    ...[...node.childNodes].flatMap((child) => {
      if (child instanceof Text) return textsOf(child, style, inside);
      return child instanceof Element ? marksOf(child, inside) : [];
    }),
  ];
}

/**
 * @param {Element} node
 * @returns {Picture}
 */
export function pictureOf(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  const lab = node.closest('.lab') ?? node;
  const reach = { bottom: top };
  const marks = marksOf(node, { x: left - MARGIN, y: top - MARGIN, alpha: 1, clips: [], reach });
  return {
    width: Math.ceil(width) + 2 * MARGIN,
    height: Math.ceil(Math.min(height, reach.bottom - top)) + 2 * MARGIN,
    paper: getComputedStyle(lab).backgroundColor,
    marks,
  };
}
