/** The map's dots as a canvas' own circles: slower than pixels (dots.js), but a picture in lines can be made of them. */

/** A pixel as a colour, the other way round than asPixel. @param {number} pixel */
const colourOf = (pixel) => `rgb(${pixel & 0xff} ${(pixel >>> 8) & 0xff} ${(pixel >>> 16) & 0xff})`;

/**
 * @param {CanvasRenderingContext2D} context
 * @returns {ReturnType<typeof import('./dots.js').createDots>}
 */
export function createCircles(context) {
  const { width, height } = context.canvas;
  return {
    clear(colour) {
      context.fillStyle = colourOf(colour);
      context.fillRect(0, 0, width, height);
    },
    line(way, at, colour) {
      context.fillStyle = colourOf(colour);
      if (way === 'across') context.fillRect(0, Math.floor(at), width, 1);
      else context.fillRect(Math.floor(at), 0, 1, height);
    },
    dot(x, y, radius, colour, strength) {
      if (!(x > -16 && y > -16 && x < width + 16 && y < height + 16)) return;
      context.globalAlpha = strength / 256;
      context.fillStyle = colourOf(colour);
      context.beginPath();
      context.arc(x, y, radius, 0, 7);
      context.fill();
      context.globalAlpha = 1;
    },
    show() {},
  };
}
