/** How one moves on the map: drag, wheel, pinch, double tap and keys; which film one points at, and which is chosen. */
import { moved, wholeMap, zoomed } from '../../parts/map/frame.js';

/** How far a finger or pointer may stray and still be a press. */
const STRAY = 6;
const DOUBLE_MS = 350;
const KEY_STEP = 60;
const STEP = 1.5;

/**
 * @param {HTMLElement} surface
 * @param {ReturnType<typeof import('../../parts/map/canvas.js').createMapCanvas>} canvas
 * @param {{point: (item: number) => void, choose: (item: number) => void, walk: (by: number) => void, enter: () => void, leave: () => void}} on
 */
export function createGestures(surface, canvas, on) {
  /** @type {Map<number, {x: number, y: number}>} pointers that are down */
  const down = new Map();
  let strayed = 0;
  let lastTap = { time: -Infinity, x: 0, y: 0 };
  /** Whether the pointer came here by itself, and not by the page's scrolling under it. */
  let meant = false;

  const reach = (/** @type {PointerEvent} */ { pointerType }) => (pointerType === 'mouse' ? 8 : 18);

  /** @param {{clientX: number, clientY: number}} event */
  function at({ clientX, clientY }) {
    const { left, top } = surface.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /** @param {{x: number, y: number}} point */
  function fromMiddle({ x, y }) {
    const { width, height } = canvas.state.size;
    return { x: x - width / 2, y: y - height / 2 };
  }

  /** @param {import('../../parts/map/frame.js').Look} look */
  function setLook(look) {
    canvas.setLook(look);
    // While the whole map is seen there is nothing to move: a finger then scrolls the page.
    surface.classList.toggle('closer', look.zoom > 1);
  }

  /** @param {number} factor @param {{x: number, y: number}} [point] */
  function zoom(factor, point) {
    setLook(zoomed(canvas.state.look, factor, point ? fromMiddle(point) : { x: 0, y: 0 }));
  }

  /** @param {number} right @param {number} low */
  const move = (right, low) => setLook(moved(canvas.state.look, right, low, canvas.state.size));

  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    /** @param {PointerEvent} event */
    pointerdown(event) {
      if (event.button !== 0) return;
      surface.setPointerCapture(event.pointerId);
      down.set(event.pointerId, at(event));
      if (down.size === 1) strayed = 0;
      else strayed = Infinity;
    },
    /** @param {PointerEvent} event */
    pointermove(event) {
      // Where the page moves under a pointer that rests, nothing is meant.
      if (event.movementX === 0 && event.movementY === 0) return;
      meant = true;
      const before = down.get(event.pointerId);
      const now = at(event);
      if (!before) {
        if (event.pointerType === 'mouse') on.point(canvas.filmAt(now, reach(event)));
        return;
      }
      strayed += Math.hypot(now.x - before.x, now.y - before.y);
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      down.set(event.pointerId, now);
      if (other) {
        const spread = (/** @type {{x: number, y: number}} */ p) =>
          Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
        zoom(spread(now) / spread(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
        move((now.x - before.x) / 2, (now.y - before.y) / 2);
      } else if (strayed > STRAY && (event.pointerType === 'mouse' || canvas.state.look.zoom > 1))
        move(now.x - before.x, now.y - before.y);
    },
    /** @param {PointerEvent} event */
    pointerup(event) {
      if (!down.delete(event.pointerId) || strayed > STRAY) return;
      const { x, y } = at(event);
      const twice = event.timeStamp - lastTap.time < DOUBLE_MS && Math.hypot(x - lastTap.x, y - lastTap.y) < 24;
      lastTap = { time: twice ? -Infinity : event.timeStamp, x, y };
      if (twice) zoom(event.shiftKey ? 1 / 2 : 2, { x, y });
      else on.choose(canvas.filmAt({ x, y }, reach(event)));
    },
    pointercancel: (/** @type {PointerEvent} */ event) => down.delete(event.pointerId),
    pointerleave() {
      meant = false;
      if (down.size === 0) on.leave();
    },
    /** @param {WheelEvent} event */
    wheel(event) {
      const out = event.deltaY > 0 && canvas.state.look.zoom === 1;
      if (out || !(meant || event.ctrlKey)) return;
      event.preventDefault();
      const lines = event.deltaMode === 0 ? 1 : 30;
      zoom(Math.exp((-event.deltaY * lines) / (event.ctrlKey ? 100 : 400)), at(event));
    },
    /** @param {KeyboardEvent} event */
    keydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      /** @type {Record<string, () => void>} */
      const keys = {
        ArrowLeft: () => move(KEY_STEP, 0),
        ArrowRight: () => move(-KEY_STEP, 0),
        ArrowUp: () => move(0, KEY_STEP),
        ArrowDown: () => move(0, -KEY_STEP),
        '+': () => zoom(STEP),
        '=': () => zoom(STEP),
        '-': () => zoom(1 / STEP),
        0: () => setLook(wholeMap()),
        n: () => on.walk(1),
        p: () => on.walk(-1),
        Enter: on.enter,
        Escape: on.leave,
      };
      const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    },
  };
  for (const [name, listener] of Object.entries(listeners))
    surface.addEventListener(name, listener, { passive: false });

  return {
    zoomIn: () => zoom(STEP),
    zoomOut: () => zoom(1 / STEP),
    whole: () => setLook(wholeMap()),
    /** Brings a film into the picture where it isn't. @param {number} item */
    show(item) {
      const { width, height } = canvas.state.size;
      const { x, y } = canvas.pixel(item);
      if (x > 24 && y > 24 && x < width - 24 && y < height - 24) return;
      const look = canvas.state.look;
      setLook({ ...look, x: look.x + (x - width / 2) / look.zoom, y: look.y + (y - height / 2) / look.zoom });
    },
  };
}
