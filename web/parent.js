/**
 * What a lab in a frame and the page around it say to each other. Out, to whoever embeds it: `{type: 'ncf-lab', event, detail}`
 * for what announce.js tells and for `height`, the same as an LMS understands it, and in a deck of slides the keys that are
 * the deck's. In, from the page around alone: `{type: 'ncf-lab'}` with theme, settings (an address), room, and `do`.
 */

/** Keys that turn slides, as reveal.js is told. @type {Record<string, string>} */
const turns = { ArrowRight: 'right', ArrowLeft: 'left', PageDown: 'next', PageUp: 'prev' };

/** How often the height is told, in ms: every step of an animation would be a message. */
const REST = 100;

/** @param {ReturnType<typeof import('./lab.js').createLab>} lab */
function tellHeight(lab) {
  let told = 0;
  let timer = 0;
  new ResizeObserver(() => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const height = Math.ceil(lab.root.getBoundingClientRect().height);
      if (height === told) return;
      told = height;
      post({ type: 'ncf-lab', event: 'height', detail: { height } });
      post({ subject: 'lti.frameResize', height });
    }, REST);
  }).observe(lab.root);
}

/** To whoever embeds it: nothing of what is told is secret. @param {unknown} message */
const post = (message) => window.parent.postMessage(message, '*');

/** @param {ReturnType<typeof import('./lab.js').createLab>} lab @param {any} message */
function obey(lab, message) {
  // What reveal.js tells a frame of its slide.
  if (message === 'slide:start' || message === 'slide:stop') lab.onSlide?.(message === 'slide:start');
  if (message?.type !== 'ncf-lab') return;
  const { theme, settings, room } = message;
  const wish = /** @type {unknown} */ (message.do);
  if (['light', 'dark', 'auto'].includes(theme)) lab.followTheme(theme);
  if (typeof settings === 'string') void lab.goTo(settings);
  if (typeof room === 'string') lab.enter(room);
  if (wish === 'train' || wish === 'pause' || wish === 'step' || wish === 'reset')
    void lab.begun.then(() => lab.actions[wish]());
}

/**
 * @param {ReturnType<typeof import('./lab.js').createLab>} lab
 * @returns {(name: string, detail: unknown) => void} tells of an event
 */
export function talkToParent(lab) {
  addEventListener('message', ({ source, data }) => {
    if (source === window.parent) obey(lab, data);
  });
  // After the lab's own: what it took is not the deck's.
  addEventListener('keydown', (event) => {
    const method = turns[event.key];
    if (!method || event.defaultPrevented || lab.takes(event)) return;
    post(JSON.stringify({ method }));
  });
  tellHeight(lab);
  return (event, detail) => post({ type: 'ncf-lab', event, detail });
}
