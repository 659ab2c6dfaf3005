/**
 * Listens to what is drawn on a canvas. The canvas' own context is lent out: it keeps its state, so that whoever draws finds it
 * as ever, but what would paint is noted instead. Path2D tells nothing of what it holds, so one that does stands in its place
 * meanwhile.
 */
import { PATH_CALLS, PathText } from './path.js';

/** @typedef {[a: number, b: number, c: number, d: number, e: number, f: number]} Matrix */
/** What all marks have: from their own units to the picture's, how strong they are, and what they are cut to. @typedef {{matrix: Matrix, alpha: number, clips: Clip[]}} Common */
/** @typedef {{d: string, matrix: Matrix}} Clip */
/** @typedef {{width: number, dash: number[], cap: CanvasLineCap, join: CanvasLineJoin}} Pen */
/** @typedef {Common & {d: string, fill?: string, stroke?: string, pen?: Pen}} PathMark */
/** anchor, base: as a canvas has them. @typedef {Common & {text: string, x: number, y: number, font: string, fill?: string, stroke?: string, pen?: Pen, anchor: CanvasTextAlign, base: CanvasTextBaseline}} TextMark */
/** @typedef {Common & {image: string, source: CanvasImageSource, x: number, y: number, width: number, height: number, smooth: boolean}} ImageMark */
/** @typedef {PathMark | TextMark | ImageMark} Mark */

/** Paths that can be read again while something is recorded. */
function readablePaths() {
  const Native = globalThis.Path2D;
  class Readable extends Native {
    /** @param {Path2D | string} [from] */
    constructor(from) {
      super(/** @type {any} */ (from ?? ''));
      const { told } = /** @type {any} */ (from ?? {});
      this.told = new PathText(told?.d);
    }
  }
  for (const call of PATH_CALLS)
    /** @type {any} */ (Readable.prototype)[call] = function (/** @type {any[]} */ ...given) {
      /** @type {any} */ (Native.prototype)[call].apply(this, given);
      this.told[call](...given);
    };
  globalThis.Path2D = Readable;
  return {
    textOf: (/** @type {unknown} */ path) => (path instanceof Readable ? path.told.d : null),
    end: () => void (globalThis.Path2D = Native),
  };
}

/** Pixels, as a canvas of their own. @param {ImageData} data */
function canvasOf(data) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [data.width, data.height];
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return canvas;
}

/**
 * What is drawn on a canvas.
 * @param {CanvasRenderingContext2D} ctx
 * @param {() => void} draw
 * @param {Matrix} outer  from the canvas' pixels to the picture's units
 * @returns {Mark[]}
 */
export function record(ctx, draw, outer) {
  /** @type {Mark[]} */
  const marks = [];
  const paths = readablePaths();
  let path = new PathText();
  /** @type {Clip[]} */
  let clips = [];
  /** @type {Clip[][]} */
  const kept = [];
  const own = /** @type {any} */ (ctx);
  const native = /** @type {any} */ (CanvasRenderingContext2D.prototype);
  const placed = () => toMatrix(new DOMMatrix(outer).multiply(ctx.getTransform()));
  const common = () => ({ matrix: placed(), alpha: ctx.globalAlpha, clips });
  const pen = () => ({ width: ctx.lineWidth, dash: ctx.getLineDash(), cap: ctx.lineCap, join: ctx.lineJoin });
  const fillOf = () => ({ fill: String(ctx.fillStyle) });
  const strokeOf = () => ({ stroke: String(ctx.strokeStyle), pen: pen() });
  const given = (/** @type {unknown} */ first) => paths.textOf(first) ?? path.d;
  /** @param {string} d @param {Partial<PathMark>} look */
  const note = (d, look) => d && marks.push({ ...common(), d, ...look });
  const boxOf = (/** @type {[number, number, number, number]} */ ...box) => {
    const rect = new PathText();
    rect.rect(...box);
    return rect.d;
  };
  /** @param {Partial<TextMark>} look @returns {(text: string, x: number, y: number) => void} */
  const write = (look) => (text, x, y) => {
    const { font, textAlign: anchor, textBaseline: base } = ctx;
    if ([x, y].every(Number.isFinite))
      marks.push({ ...common(), text: String(text), x, y, font, anchor, base, ...look });
  };

  /** @type {Record<string, (...given: any[]) => void>} */
  const calls = {
    beginPath: () => void (path = new PathText()),
    fill: (first) => note(given(first), fillOf()),
    stroke: (first) => note(given(first), strokeOf()),
    fillRect: (...box) => note(boxOf(.../** @type {[any, any, any, any]} */ (box)), fillOf()),
    strokeRect: (...box) => note(boxOf(.../** @type {[any, any, any, any]} */ (box)), strokeOf()),
    clearRect() {},
    fillText: (...text) => write(fillOf())(.../** @type {[any, any, any]} */ (text)),
    strokeText: (...text) => write(strokeOf())(.../** @type {[any, any, any]} */ (text)),
    clip: (first) => void (clips = [...clips, { d: given(first), matrix: placed() }]),
    putImageData(/** @type {ImageData} */ data, x, y) {
      const source = canvasOf(data);
      const place = { x, y, width: data.width, height: data.height };
      marks.push({ ...common(), matrix: outer, image: source.toDataURL(), source, smooth: false, ...place });
    },
    save() {
      kept.push(clips);
      native.save.call(ctx);
    },
    restore() {
      clips = kept.pop() ?? [];
      native.restore.call(ctx);
    },
  };
  for (const call of PATH_CALLS) calls[call] = (...numbers) => /** @type {any} */ (path)[call](...numbers);
  Object.assign(own, calls);
  try {
    draw();
  } finally {
    for (const call of Object.keys(calls)) delete own[call];
    paths.end();
  }
  return marks;
}

/** @param {DOMMatrix} matrix @returns {Matrix} */
const toMatrix = ({ a, b, c, d, e, f }) => [a, b, c, d, e, f];
