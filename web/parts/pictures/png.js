/** A picture as PNG: drawn again, larger, so that it is sharp in print too. */
import { drops, fontOf } from './svg.js';

const SCALE = 2;

/** @param {CanvasRenderingContext2D} ctx @param {import('./recorder.js').Pen | undefined} pen */
function take(ctx, pen) {
  if (!pen) return;
  ctx.lineWidth = pen.width;
  ctx.lineCap = pen.cap;
  ctx.lineJoin = pen.join;
  ctx.setLineDash(pen.dash);
}

/** @param {CanvasRenderingContext2D} ctx @param {import('./recorder.js').Mark} mark */
function paint(ctx, mark) {
  if ('image' in mark) {
    ctx.imageSmoothingEnabled = mark.smooth;
    ctx.drawImage(mark.source, mark.x, mark.y, mark.width, mark.height);
    return;
  }
  take(ctx, mark.pen);
  if (mark.fill) ctx.fillStyle = mark.fill;
  if (mark.stroke) ctx.strokeStyle = mark.stroke;
  if ('d' in mark) {
    const path = new Path2D(mark.d);
    if (mark.fill) ctx.fill(path);
    if (mark.stroke) ctx.stroke(path);
    return;
  }
  ctx.font = mark.font;
  ctx.textAlign = mark.anchor;
  // As in SVG, so that both look the same.
  const y = mark.y + drops[mark.base] * fontOf(mark.font).size;
  if (mark.stroke) ctx.strokeText(mark.text, mark.x, y);
  if (mark.fill) ctx.fillText(mark.text, mark.x, y);
}

/**
 * @param {import('./page.js').Picture} picture
 * @returns {Promise<Blob>}
 */
export function pngOf({ width, height, paper, marks }) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [SCALE * width, SCALE * height];
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  ctx.scale(SCALE, SCALE);
  ctx.fillStyle = paper;
  ctx.fillRect(0, 0, width, height);
  for (const mark of marks) {
    ctx.save();
    for (const { d, matrix } of mark.clips) {
      const cut = new Path2D();
      cut.addPath(new Path2D(d), new DOMMatrix(matrix));
      ctx.clip(cut);
    }
    ctx.transform(...mark.matrix);
    ctx.globalAlpha = mark.alpha;
    paint(ctx, mark);
    ctx.restore();
  }
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('The picture is too large.'))), 'image/png'),
  );
}
