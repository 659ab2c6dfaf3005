/**
 * Many dots a frame. A canvas' own circles take a hundred milliseconds for 9,000 of them where no graphics card helps, so the
 * pixels are blended here: each dot's coverage comes from a table by its radius and where in a pixel its middle lies.
 */

/** Parts of a pixel that radii and middles are told apart by. */
const PARTS = 4;

/** @typedef {{size: number, back: number, cover: Uint8Array}} Mask  back: from the pixel of the middle to the first one */

/** Coverage of a circle's pixels, 0 … 255. @param {number} radius @param {number} x of its middle in its pixel, 0 … 1 @param {number} y @returns {Mask} */
function maskOf(radius, x, y) {
  const back = Math.ceil(radius + 0.5);
  const size = 2 * back + 1;
  const cover = new Uint8Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const away = Math.hypot(column - back + 0.5 - x, row - back + 0.5 - y);
      cover[row * size + column] = Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - away)));
    }
  return { size, back, cover };
}

/** @param {CanvasRenderingContext2D} context */
export function createDots(context) {
  /** By radius, then by the place in the pixel. @type {Mask[][]} */
  const masks = [];
  let image = new ImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);

  /** @param {number} radius @param {number} x @param {number} y in pixels */
  function blendAt(radius, x, y) {
    const of = Math.round(radius * PARTS);
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, low] = [Math.floor((x - left) * PARTS), Math.floor((y - top) * PARTS)];
    const own = (masks[of] ??= []);
    const mask = (own[low * PARTS + right] ??= maskOf(of / PARTS, (right + 0.5) / PARTS, (low + 0.5) / PARTS));
    return { mask, left: left - mask.back, top: top - mask.back };
  }

  return {
    /** Begins a picture in one colour. @param {number} colour as asPixel gives it */
    clear(colour) {
      const { width, height } = context.canvas;
      if (image.width !== width || image.height !== height) {
        image = new ImageData(width, height);
        pixels = new Uint32Array(image.data.buffer);
      }
      pixels.fill(colour);
    },
    /** A line from edge to edge. @param {'across' | 'down'} way @param {number} at @param {number} colour */
    line(way, at, colour) {
      const { width, height } = image;
      const place = Math.floor(at);
      if (place < 0 || place >= (way === 'across' ? height : width)) return;
      if (way === 'across') pixels.fill(colour, place * width, (place + 1) * width);
      else for (let p = place; p < pixels.length; p += width) pixels[p] = colour;
    },
    /**
     * @param {number} x
     * @param {number} y
     * @param {number} radius
     * @param {number} colour
     * @param {number} strength 0 … 256
     */
    dot(x, y, radius, colour, strength) {
      const { width, height } = image;
      if (!(x > -16 && y > -16 && x < width + 16 && y < height + 16)) return;
      const { mask, left, top } = blendAt(radius, x, y);
      const { size, cover } = mask;
      const [redBlue, green] = [colour & 0xff00ff, colour & 0x00ff00];
      const [from, to] = [Math.max(0, -left), Math.min(size, width - left)];
      for (let row = Math.max(0, -top); row < size && top + row < height; row++) {
        const start = (top + row) * width + left;
        for (let column = from; column < to; column++) {
          const share = (cover[row * size + column] * strength) >> 8;
          if (share === 0) continue;
          const at = start + column;
          const under = pixels[at];
          const rest = 256 - share;
          // Red and blue in one go, eight bits apart; products wrap and are put right by the shift.
          const mixed = ((Math.imul(under & 0xff00ff, rest) + Math.imul(redBlue, share)) >>> 8) & 0xff00ff;
          const between = ((Math.imul(under & 0x00ff00, rest) + Math.imul(green, share)) >>> 8) & 0x00ff00;
          pixels[at] = 0xff000000 | mixed | between;
        }
      }
    },
    show: () => context.putImageData(image, 0, 0),
  };
}
