/** What draws a canvas: who wants its picture in lines rather than pixels lets it draw once more (pictures/recorder.js). */

/** @typedef {{draw: () => void, restore: () => void}} Drawing */
/** @type {WeakMap<HTMLCanvasElement, Drawing>} */
const drawing = new WeakMap();

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} draw  all of it, at once, by the context that the canvas has
 * @param {() => void} [restore]  the canvas as it was, where that is not the same
 */
export const drawnBy = (canvas, draw, restore = draw) => void drawing.set(canvas, { draw, restore });

/** @param {HTMLCanvasElement} canvas */
export const drawerOf = (canvas) => drawing.get(canvas);
