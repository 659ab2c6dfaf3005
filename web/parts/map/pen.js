/** Writes what is said about the map's dots on a canvas over them. */
import { readColours } from '../colours.js';

/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {import('./frame.js').Point} Point */
/** @typedef {import('./captions.js').Captions} Captions */
/** @typedef {Record<import('./captions.js').Colour | 'paper', string>} Colours */

const FONT = '12px system-ui, sans-serif';
const BOLD = `600 ${FONT}`;

/** How wide a text gets. @param {Pen} pen @param {string} text @param {boolean} [bold] */
export function widthOf(pen, text, bold) {
  pen.font = bold ? BOLD : FONT;
  return pen.measureText(text).width;
}

/** @param {Pen} pen @param {import('./frame.js').Size} size @param {Captions} captions */
export function writeCaptions(pen, size, { crosses, names, ringed, lines, rings, looked, persons, scale }) {
  const ratio = pen.canvas.width / size.width;
  const colours = readColours(pen.canvas, ['ink', 'paper', 'muted', 'model']);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  const write = (/** @type {import('./captions.js').Text} */ text) => writeText(pen, colours, text);
  drawCrosses(pen, colours, crosses);
  names.forEach(write);
  for (const ring of ringed) drawRing(pen, colours, ring);
  drawLines(pen, colours, lines);
  for (const ring of rings) drawRing(pen, colours, ring);
  looked.forEach(write);
  for (const person of persons) {
    drawPerson(pen, colours, person);
    write(person.name);
  }
  if (!scale) return;
  drawBar(pen, colours, scale);
  scale.texts.forEach(write);
}

/** @param {Pen} pen @param {Colours} colours @param {import('./captions.js').Text} text */
function writeText(pen, colours, { text, x, y, colour, bold, up }) {
  pen.save();
  pen.translate(x, y);
  if (up) pen.rotate(-Math.PI / 2);
  pen.font = bold ? BOLD : FONT;
  pen.lineWidth = 3;
  pen.strokeStyle = colours.paper;
  pen.strokeText(text, 0, 0);
  pen.fillStyle = colours[colour];
  pen.fillText(text, 0, 0);
  pen.restore();
}

/** @param {Pen} pen @param {Colours} colours @param {import('./captions.js').Ring} ring */
function drawRing(pen, colours, { x, y, radius, colour, width }) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 7);
  pen.strokeStyle = colours.paper;
  pen.lineWidth = width + 2;
  pen.stroke();
  pen.strokeStyle = colours[colour];
  pen.lineWidth = width;
  pen.stroke();
}

/** @param {Pen} pen @param {Colours} colours @param {Point[]} crosses */
function drawCrosses(pen, colours, crosses) {
  pen.beginPath();
  for (const { x, y } of crosses) {
    pen.moveTo(x - 3, y);
    pen.lineTo(x + 3, y);
    pen.moveTo(x, y - 3);
    pen.lineTo(x, y + 3);
  }
  pen.lineWidth = 1.5;
  pen.strokeStyle = colours.ink;
  pen.globalAlpha = 0.75;
  pen.stroke();
  pen.globalAlpha = 1;
}

/** @param {Pen} pen @param {Colours} colours @param {[Point, Point][]} lines */
function drawLines(pen, colours, lines) {
  pen.beginPath();
  for (const [from, to] of lines) {
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
  }
  pen.lineWidth = 1.25;
  pen.strokeStyle = colours.ink;
  pen.stroke();
}

/** @param {Pen} pen @param {Colours} colours @param {Captions['persons'][number]} person */
function drawPerson(pen, colours, { kind, x, y, colour }) {
  const radius = 8;
  pen.beginPath();
  if (kind === 'you') pen.arc(x, y, radius, 0, 7);
  else {
    pen.moveTo(x, y - radius - 1);
    pen.lineTo(x + radius + 1, y);
    pen.lineTo(x, y + radius + 1);
    pen.lineTo(x - radius - 1, y);
    pen.closePath();
  }
  pen.lineWidth = 5;
  pen.strokeStyle = colours.paper;
  pen.stroke();
  pen.fillStyle = colours[colour];
  pen.fill();
  pen.lineWidth = 2;
  pen.stroke();
}

/** @param {Pen} pen @param {Colours} colours @param {NonNullable<Captions['scale']>} scale */
function drawBar(pen, colours, { left, right, y }) {
  pen.beginPath();
  pen.moveTo(left, y - 4);
  pen.lineTo(left, y);
  pen.lineTo(right, y);
  pen.lineTo(right, y - 4);
  pen.strokeStyle = colours.muted;
  pen.lineWidth = 1.25;
  pen.stroke();
}
