/** A canvas as large as what it stands in, drawn anew at most once a frame. */
import { h } from '../../parts/dom.js';
import { drawnBy } from '../../parts/drawn.js';

/**
 * @param {HTMLElement} host
 * @param {(context: CanvasRenderingContext2D) => void} draw  on an empty canvas, whose unit is a CSS pixel
 */
export function createSheet(host, draw) {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const ratio = () => devicePixelRatio || 1;
  let frame = 0;

  function paint() {
    frame = 0;
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    context.clearRect(0, 0, host.clientWidth, host.clientHeight);
    draw(context);
  }

  function later() {
    if (!frame) frame = requestAnimationFrame(paint);
  }

  drawnBy(canvas, paint);

  return {
    canvas,
    later,
    /** The host has another size. */
    fit() {
      const [width, height] = [host.clientWidth, host.clientHeight].map((length) => Math.round(length * ratio()));
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      later();
    },
    close: () => cancelAnimationFrame(frame),
  };
}
