/** Writes what is said about the map's dots on a canvas over them. */
import { readColours } from '../colours.js';

/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {import('./captions.js').Caption} Caption */
/** @typedef {Record<import('./captions.js').Colour | 'paper', string>} Colours */

const FONT = '12px system-ui, sans-serif';
const BOLD = `600 ${FONT}`;
/** Of a person's sign. */
const RADIUS = 8;

/** How wide a text gets. @param {Pen} pen @param {string} text @param {boolean} [bold] */
export function widthOf(pen, text, bold) {
  pen.font = bold ? BOLD : FONT;
  return pen.measureText(text).width;
}

/** @param {Pen} pen @param {import('./frame.js').Size} size @param {Caption[]} captions */
export function writeCaptions(pen, size, captions) {
  const ratio = pen.canvas.width / size.width;
  const colours = readColours(pen.canvas, ['ink', 'paper', 'muted', 'model']);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  for (const caption of captions) {
    pen.beginPath();
    if ('text' in caption) write(pen, colours, caption);
    else if ('lines' in caption) drawLines(pen, colours, caption);
    else if ('kind' in caption) drawSign(pen, colours, caption);
    else drawRing(pen, colours, caption);
  }
}

/** @param {Pen} pen @param {string} colour @param {number} width */
function stroke(pen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

/** @param {Pen} pen @param {Colours} colours @param {import('./captions.js').Text} text */
function write(pen, colours, { text, x, y, colour, bold, up }) {
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
  pen.arc(x, y, radius, 0, 7);
  stroke(pen, colours.paper, width + 2);
  stroke(pen, colours[colour], width);
}

/** @param {Pen} pen @param {Colours} colours @param {import('./captions.js').Lines} lines */
function drawLines(pen, colours, { lines, colour, width, strength = 1 }) {
  for (const line of lines) {
    pen.moveTo(line[0], line[1]);
    for (let at = 2; at < line.length; at += 2) pen.lineTo(line[at], line[at + 1]);
  }
  pen.globalAlpha = strength;
  stroke(pen, colours[colour], width);
  pen.globalAlpha = 1;
}

/** A person: you are round, others are not. @param {Pen} pen @param {Colours} colours @param {import('./captions.js').Sign} sign */
function drawSign(pen, colours, { kind, x, y, colour }) {
  if (kind === 'you') pen.arc(x, y, RADIUS, 0, 7);
  else {
    pen.moveTo(x, y - RADIUS - 1);
    pen.lineTo(x + RADIUS + 1, y);
    pen.lineTo(x, y + RADIUS + 1);
    pen.lineTo(x - RADIUS - 1, y);
    pen.closePath();
  }
  stroke(pen, colours.paper, 5);
  pen.fillStyle = colours[colour];
  pen.fill();
  stroke(pen, colours.paper, 2);
}
