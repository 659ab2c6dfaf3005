/**
 * Draws the network on a canvas: blocks of cells in the colours of their numbers, what flows between them, how far a
 * forward pass has come, and the gradients on their way back. Knows nothing of where numbers come from.
 */
import { colourOf } from './colours.js';
import { cellAt } from './layout.js';

/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./layout.js').Block} Block */
/** @typedef {import('./colours.js').Palette} Palette */
/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} Scene
 * @property {Layout} layout
 * @property {Point} origin                       of the layout on the canvas
 * @property {Palette} palette
 * @property {Map<string, Float32Array>} values   by node; none: cells stay empty
 * @property {import('./links.js').Link[]} links
 * @property {number} reveal                      stages that numbers have come to, with a fraction
 * @property {number} back                        stages that gradients have come back over; 0: none yet
 * @property {Map<string, number>} gradients      their lengths, by node
 * @property {Map<string, number>} glow           0 … 1, by node
 * @property {import('./links.js').Cell | null} focus
 * @property {{user: Point | null, item: Point | null}} sources   where the lines to the embeddings come from, on the canvas
 */

/** Points that a curve is drawn through. */
const STEPS = 14;

/**
 * @param {CanvasRenderingContext2D} ctx  whose unit is a CSS pixel
 * @param {Scene} scene
 */
export function drawNetwork(ctx, scene) {
  ctx.save();
  ctx.lineCap = 'round';
  drawSources(ctx, scene);
  ctx.translate(scene.origin.x, scene.origin.y);
  for (const link of scene.links) drawFan(ctx, scene, link);
  for (const link of scene.links) drawLines(ctx, scene, link);
  for (const block of scene.layout.blocks.values()) drawBlock(ctx, scene, block);
  if (scene.back > 0) drawGradients(ctx, scene);
  ctx.restore();
}

/** @param {number} value */
const unit = (value) => Math.min(1, Math.max(0, value));

/** How far a link that leads to a stage is drawn. @param {Scene} scene @param {Block} block */
const arrived = ({ reveal }, block) => unit(reveal - block.stage + 1);

/**
 * Where links leave a block, or come in: the place of a cell on its far or near side.
 * @param {Layout} layout
 * @param {Block} block
 * @param {boolean} out
 * @param {number} [index] of the cell; the middle where absent
 */
function port(layout, block, out, index) {
  const { x, y, w, h } = block;
  const at = index === undefined ? { x: x + w / 2, y: y + h / 2 } : cellAt(layout, block, index);
  if (layout.down) return { x: at.x, y: out ? y + h + 1.5 : y - 1.5 };
  return { x: out ? x + w + 1.5 : x - 1.5, y: at.y };
}

/**
 * Traces a curve between two points, flat at its ends, up to a share of its way.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Point} a
 * @param {Point} b
 * @param {boolean} down
 * @param {number} share
 */
function trace(ctx, a, b, down, share) {
  const [c, d] = bend(a, b, down);
  ctx.beginPath();
  ctx.moveTo(a.x, a.y);
  if (share >= 1) ctx.bezierCurveTo(c.x, c.y, d.x, d.y, b.x, b.y);
  else
    for (let n = 1; n <= STEPS; n++) {
      const point = on(a, c, d, b, (share * n) / STEPS);
      ctx.lineTo(point.x, point.y);
    }
}

/** @param {Point} a @param {Point} b @param {boolean} down @returns {[Point, Point]} */
function bend(a, b, down) {
  const [mx, my] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  return down
    ? [
        { x: a.x, y: my },
        { x: b.x, y: my },
      ]
    : [
        { x: mx, y: a.y },
        { x: mx, y: b.y },
      ];
}

/** @param {Point} a @param {Point} b @param {Point} c @param {Point} d @param {number} t @returns {Point} */
function on(a, b, c, d, t) {
  const u = 1 - t;
  const mix = (/** @type {'x' | 'y'} */ k) =>
    u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k];
  return { x: mix('x'), y: mix('y') };
}

/** From the user's row and the film's name to their embeddings. @param {CanvasRenderingContext2D} ctx @param {Scene} scene */
function drawSources(ctx, scene) {
  const { layout, origin, palette, sources, reveal } = scene;
  const share = unit(reveal + 1);
  if (share === 0) return;
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = palette.edge;
  for (const [id, block] of layout.blocks) {
    const [, side] = id.split('.');
    const from = side === 'user' || side === 'item' ? sources[side] : null;
    if (!from || block.stage > 0) continue;
    const to = port(layout, block, false);
    ctx.globalAlpha = 0.75;
    ctx.setLineDash(side === 'item' ? [4, 4] : []);
    trace(ctx, from, { x: to.x + origin.x - 2, y: to.y + origin.y - 2 * Number(layout.down) }, layout.down, share);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** The shape of a link: what could flow. @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {import('./links.js').Link} link */
function drawFan(ctx, { layout, palette }, { from, to }) {
  const [a, b] = [layout.blocks.get(from), layout.blocks.get(to)];
  if (!a || !b) return;
  const { down } = layout;
  const corners = (/** @type {Block} */ { x, y, w, h }, /** @type {boolean} */ out) =>
    down
      ? [
          { x, y: out ? y + h : y },
          { x: x + w, y: out ? y + h : y },
        ]
      : [
          { x: out ? x + w : x, y },
          { x: out ? x + w : x, y: y + h },
        ];
  const [a1, a2] = corners(a, true);
  const [b1, b2] = corners(b, false);
  const [c, d] = bend(a1, b1, down);
  const [e, f] = bend(b2, a2, down);
  ctx.beginPath();
  ctx.moveTo(a1.x, a1.y);
  ctx.bezierCurveTo(c.x, c.y, d.x, d.y, b1.x, b1.y);
  ctx.lineTo(b2.x, b2.y);
  ctx.bezierCurveTo(e.x, e.y, f.x, f.y, a2.x, a2.y);
  ctx.closePath();
  ctx.globalAlpha = 0.35;
  ctx.fillStyle = palette.line;
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {import('./links.js').Link} link */
function drawLines(ctx, scene, { from, to, lines, most }) {
  const { layout, palette, back } = scene;
  const [a, b] = [layout.blocks.get(from), layout.blocks.get(to)];
  if (!a || !b || most === 0) return;
  const share = arrived(scene, b);
  if (share === 0) return;
  for (const line of lines) {
    const ratio = Math.abs(line.value) / most;
    if (ratio < 0.02) continue;
    ctx.globalAlpha = (0.05 + 0.85 * ratio ** 1.2) * (back > 0 ? 0.25 : 1);
    ctx.lineWidth = 0.5 + 1.6 * ratio;
    ctx.strokeStyle = line.value < 0 ? palette.pop : palette.model;
    trace(ctx, port(layout, a, true, line.a), port(layout, b, false, line.b), layout.down, share);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {Block} block */
function drawBlock(ctx, scene, block) {
  const { layout, palette, values, focus } = scene;
  const { node, x, y, w, h, cell } = block;
  const shown = unit(scene.reveal - block.stage + 0.001);
  const glow = scene.glow.get(node.id) ?? 0;
  ctx.fillStyle = palette.paper;
  if (glow > 0) {
    ctx.save();
    ctx.shadowColor = palette.model;
    ctx.shadowBlur = 6 + 18 * glow;
    ctx.fillRect(x - 1, y - 1, w + 2, h + 2);
    ctx.fillRect(x - 1, y - 1, w + 2, h + 2);
    ctx.restore();
  }
  ctx.fillRect(x - 1, y - 1, w + 2, h + 2);
  const numbers = values.get(node.id);
  const gap = cell >= 4 ? 1 : 0;
  const [width, height] = layout.down ? [cell - gap, block.thick - gap] : [block.thick - gap, cell - gap];
  if (numbers && scene.reveal >= block.stage)
    for (let index = 0; index < node.width; index++) {
      const { x: cx, y: cy } = cellAt(layout, block, index);
      ctx.fillStyle = colourOf(palette, numbers[index]);
      ctx.globalAlpha = shown > 0 ? 1 : 0;
      ctx.fillRect(cx - width / 2, cy - height / 2, width, height);
      // Not by colour alone: a minus in the cells that have room for one.
      if (numbers[index] < 0 && cell >= 5) {
        ctx.fillStyle = palette.paper;
        ctx.fillRect(cx - width / 4, cy - 0.5, width / 2, 1);
      }
    }
  ctx.globalAlpha = 1;
  ctx.lineWidth = 1;
  ctx.strokeStyle = glow > 0 ? palette.model : palette.edge;
  ctx.strokeRect(x - 1.5, y - 1.5, w + 3 - gap, h + 3 - gap);
  if (focus?.id === node.id) {
    const { x: cx, y: cy } = cellAt(layout, block, focus.index);
    const [reachX, reachY] = [width, height].map((length) => Math.max(length, 4) / 2 + 1.5);
    ctx.strokeStyle = palette.ink;
    ctx.lineWidth = 2;
    ctx.strokeRect(cx - reachX, cy - reachY, 2 * reachX, 2 * reachY);
  }
}

/** Arrows from the output back, as wide as the gradients are long. @param {CanvasRenderingContext2D} ctx @param {Scene} scene */
function drawGradients(ctx, { layout, palette, links, gradients, back }) {
  const last = layout.stages - 1;
  const most = Math.max(...gradients.values(), Number.MIN_VALUE);
  ctx.strokeStyle = ctx.fillStyle = palette.ink;
  for (const { from, to } of links) {
    const [a, b] = [layout.blocks.get(from), layout.blocks.get(to)];
    const length = gradients.get(from);
    if (!a || !b || length === undefined) continue;
    const share = unit(back - (last - b.stage));
    if (share === 0) continue;
    const width = 1 + 9 * Math.sqrt(length / most);
    const head = 5 + width;
    const start = port(layout, b, false);
    const end = port(layout, a, true);
    const tip = layout.down ? { x: end.x, y: end.y + head } : { x: end.x + head, y: end.y };
    ctx.globalAlpha = 0.62;
    ctx.lineWidth = width;
    ctx.lineCap = 'butt';
    trace(ctx, start, tip, layout.down, share);
    ctx.stroke();
    if (share < 1) continue;
    ctx.beginPath();
    const half = 3 + width * 0.75;
    const wings = layout.down ? [tip.x - half, tip.y, tip.x + half, tip.y] : [tip.x, tip.y - half, tip.x, tip.y + half];
    ctx.moveTo(end.x, end.y);
    ctx.lineTo(wings[0], wings[1]);
    ctx.lineTo(wings[2], wings[3]);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}
