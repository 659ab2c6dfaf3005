/**
 * Paints the ladder's shapes in the lab's colours and font. It is a canvas: a hundred elements that move at once would cost
 * frames while the model trains.
 */
import { readColours } from '../../parts/colours.js';
import { h } from '../../parts/dom.js';
import { drawnBy } from '../../parts/drawn.js';
import { shortened } from './rungs.js';

/** @typedef {import('./rungs.js').Box | import('./rungs.js').Label} Shape */

/**
 * @param {HTMLElement} frame
 * @param {string} name  of the cut
 * @param {(width: number) => Shape[]} draw  asked at most once a frame
 */
export function createPainter(frame, name, draw) {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const line = h('div', { class: 'cut', 'aria-hidden': 'true' }, h('span', {}, name));
  frame.append(canvas, line);
  /** Titles cut to the room that there is. @type {Map<string, string>} */
  const cuts = new Map();
  let height = 0;
  let wanted = 0;

  function wish() {
    wanted ||= requestAnimationFrame(() => {
      wanted = 0;
      paint();
    });
  }

  function paint() {
    const context = canvas.getContext('2d');
    const width = frame.clientWidth;
    if (!context || width === 0) return;
    const size = [width, height].map((length) => Math.round(length * devicePixelRatio));
    if (`${size}` !== `${[canvas.width, canvas.height]}`) {
      cuts.clear();
      [canvas.width, canvas.height] = size;
    }
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.textBaseline = 'middle';
    const { fontSize, fontFamily } = getComputedStyle(frame);
    const colours = readColours(frame, ['model', 'model-wash', 'edge', 'ink', 'muted']);
    for (const shape of draw(width)) {
      context.fillStyle = context.strokeStyle = colours[shape.colour];
      if ('text' in shape) {
        context.globalAlpha = 1;
        context.font = `${shape.bold ? 600 : 400} ${fontSize} ${fontFamily}`;
        context.textAlign = shape.right ? 'right' : 'left';
        context.fillText(fitting(context, shape), shape.x, shape.y);
      } else {
        context.globalAlpha = shape.alpha;
        context[shape.outline ? 'strokeRect' : 'fillRect'](shape.x, shape.y, shape.w, shape.h);
      }
    }
  }

  /** A text as it has room, measured once. @param {CanvasRenderingContext2D} context @param {import('./rungs.js').Label} label */
  function fitting(context, { text, room }) {
    if (room === undefined) return text;
    const key = `${context.font} ${text}`;
    const cut = cuts.get(key) ?? shortened(text, room, (part) => context.measureText(part).width);
    cuts.set(key, cut);
    return cut;
  }

  drawnBy(canvas, paint);
  const observer = new ResizeObserver(wish);
  observer.observe(frame);

  return {
    wish,
    /** @param {import('./rungs.js').Ladder} ladder  whose room it is to have */
    fit(ladder) {
      height = ladder.height;
      frame.style.height = `${height}px`;
      line.hidden = ladder.cut === null;
      line.style.top = `${ladder.cut}px`;
      wish();
    },
    /** How far down the pointer is. @param {PointerEvent} event */
    down: ({ clientY }) => clientY - canvas.getBoundingClientRect().top,
    destroy() {
      observer.disconnect();
      cancelAnimationFrame(wanted);
    },
  };
}
