/** Hears what one does on the map: the look follows moves, the room is told which film is pointed at or chosen. */
import { Pointers, lookAfter, lookAt, ofKey } from './moves.js';

/** @typedef {import('./moves.js').Act} Act */

/**
 * @param {HTMLElement} surface
 * @param {import('../../parts/map/canvas.js').MapCanvas} canvas
 * @param {{point: (item: number) => void, choose: (item: number) => void, walk: (by: number) => void, enter: () => void, leave: () => void}} on
 */
export function createGestures(surface, canvas, on) {
  const pointers = new Pointers();
  const closer = () => canvas.state.look.zoom > 1;

  /** @param {{clientX: number, clientY: number}} event */
  function at({ clientX, clientY }) {
    const { left, top } = surface.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /** @param {import('../../parts/map/frame.js').Look} look */
  function setLook(look) {
    if (look === canvas.state.look) return;
    canvas.setLook(look);
    // While the whole map is seen there is nothing to move: a finger then scrolls the page.
    surface.classList.toggle('closer', closer());
  }

  /** @param {Act | null} act @param {Event} [event]  what the page would do then, it does not */
  function perform(act, event) {
    if (!act) return;
    event?.preventDefault();
    if (act.do === 'move') setLook(lookAfter(canvas.state.look, act, canvas.state.size));
    else if (act.do === 'walk') on.walk(act.by);
    else if ('at' in act) on[act.do](canvas.filmAt(act.at, act.reach));
    else on[act.do]();
  }

  /** @param {PointerEvent} event @returns {import('./moves.js').Touch} */
  const touchOf = (event) => ({
    ...{ id: event.pointerId, mouse: event.pointerType === 'mouse', at: at(event) },
    ...{ rests: event.movementX === 0 && event.movementY === 0, time: event.timeStamp, shift: event.shiftKey },
  });

  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    pointerdown(/** @type {PointerEvent} */ event) {
      if (event.button !== 0) return;
      surface.setPointerCapture(event.pointerId);
      pointers.press(touchOf(event));
    },
    pointermove: (event) => perform(pointers.move(touchOf(event), closer())),
    pointerup: (event) => perform(pointers.release(touchOf(event))),
    pointercancel: (event) => pointers.down.delete(event.pointerId),
    pointerleave: () => perform(pointers.leave()),
    wheel: (event) => perform(pointers.wheel(event, at(event), closer()), event),
    keydown: (event) => perform(ofKey(event), event),
  };
  for (const [name, listener] of Object.entries(listeners))
    surface.addEventListener(name, listener, { passive: false });

  return {
    perform,
    /** Brings a film into the picture where it isn't. @param {number} item */
    show: (item) => setLook(lookAt(canvas.state.look, canvas.pixel(item), canvas.state.size)),
  };
}
