// What a student does in a lab, and what they see of it, in any engine and wherever the lab is: on a page of its own, in a frame,
// in an element. What is looked for are words and shapes on the screen.

import assert from 'node:assert/strict';

/** @typedef {import('./engines/tab.mjs').Tab} Tab */
/**
 * Where a lab is on a page.
 * @typedef {object} Where
 * @property {number[]} [frame]  path of the frame that it is in
 * @property {number} [lab]      which of the frame's elements it is
 */

/** The run that every row trains, and what Node has for it: the same bits everywhere. */
export const task = 'model=gmf&seed=1&epochs=2';
export const taskHash = 'b348d5a670165783';

/**
 * All words of a lab, '' where there is none.
 * @param {number} at
 */
export function wordsOf(at) {
  // Also those that a host put into a shadow root.
  const places = [document, ...[...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot)];
  const labs = places.flatMap((place) => [...(place?.querySelectorAll('ncf-lab') ?? [])]);
  const host = labs[at];
  const root = host ? (host.shadowRoot ?? host) : document.body;
  // Without the styles and scripts, which are text, too.
  return [...root.children]
    .filter((node) => !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(node.tagName))
    .map((node) => node.textContent)
    .join('\n');
}

/** Presses a button of a lab. @param {number} at @param {string} name */
function pressed(at, name) {
  // Also those that a host put into a shadow root.
  const places = [document, ...[...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot)];
  const labs = places.flatMap((place) => [...(place?.querySelectorAll('ncf-lab') ?? [])]);
  const root = labs[at]?.shadowRoot ?? document;
  const button = [...root.querySelectorAll('button')].find(
    (each) => each.textContent?.trim() === name || each.getAttribute('aria-label') === name,
  );
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

/** @param {Tab} tab @param {Where} where @param {RegExp} text */
export async function sees(tab, { frame = [], lab = 0 }, text) {
  return tab.until(wordsOf, [lab], frame, (words) => text.test(words));
}

/** @param {Tab} tab @param {Where} where @param {string} name */
export async function presses(tab, { frame = [], lab = 0 }, name) {
  await tab.until(pressed, [lab, name], frame);
}

/** Trains the task, and holds its weights against Node's. @param {Tab} tab @param {Where} [where] */
export async function trains(tab, where = {}) {
  await sees(tab, where, /Opened .*Press Train\./s);
  await presses(tab, where, 'Train');
  const words = await sees(
    tab,
    where,
    /Finished after 2 epochs\.[^]*Weights hash [0-9a-f]{16}|Weights hash [0-9a-f]{16}[^]*Finished after 2 epochs\./,
  );
  assert.equal(/Weights hash ([0-9a-f]{16})/.exec(words)?.[1], taskHash);
}

/** Drops a file on a lab. @param {number} at @param {string} name @param {string} text */
function dropped(at, name, text) {
  // Also those that a host put into a shadow root.
  const places = [document, ...[...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot)];
  const labs = places.flatMap((place) => [...(place?.querySelectorAll('ncf-lab') ?? [])]);
  const root = (labs[at]?.shadowRoot ?? document).querySelector('.lab');
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  for (const type of ['dragenter', 'dragover', 'drop'])
    root?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  return root !== null;
}

/** @param {Tab} tab @param {Where} where @param {string} name @param {string} text */
export async function drops(tab, { frame = [], lab = 0 }, name, text) {
  await tab.until(dropped, [lab, name, text], frame);
}

/**
 * What of a lab is in sight: the sizes of pictures that are seen for the most part, and whether Train is.
 * @param {number} at
 * @param {number | null} [tall]  px of the box that an element, which grows, is looked at through
 */
export function inSight(at, tall = null) {
  // Also those that a host put into a shadow root.
  const places = [document, ...[...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot)];
  const labs = places.flatMap((place) => [...(place?.querySelectorAll('ncf-lab') ?? [])]);
  const host = labs[at];
  const root = host?.shadowRoot ?? document;
  const all = host?.getBoundingClientRect() ?? { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const box = { left: all.left, top: all.top, right: all.right, bottom: tall === null ? all.bottom : all.top + tall };
  const share = (/** @type {Element} */ node) => {
    const { left, top, right, bottom, width, height } = node.getBoundingClientRect();
    const w = Math.min(right, box.right, innerWidth) - Math.max(left, box.left, 0);
    const h = Math.min(bottom, box.bottom, innerHeight) - Math.max(top, box.top, 0);
    return w > 0 && h > 0 ? (w * h) / (width * height) : 0;
  };
  const pictures = [...root.querySelectorAll('canvas, svg')]
    .map((node) => ({ node, ...node.getBoundingClientRect().toJSON() }))
    .filter(({ node, width, height }) => width >= 150 && height >= 80 && share(node) >= 0.7)
    .map(({ width, height }) => `${Math.round(width)} x ${Math.round(height)}`);
  const train = [...root.querySelectorAll('button')].find((each) =>
    /^Train( \d+ more)?$/.test(each.textContent?.trim() ?? ''),
  );
  return {
    pictures,
    train: train ? share(train) === 1 : false,
    aside: (host ?? document.documentElement).scrollWidth > Math.ceil(box.right - box.left),
  };
}
