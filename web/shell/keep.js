/**
 * Carries over what the views themselves know when all of them are made anew in another language: what is folded open, what
 * was typed and not taken, and where the focus is. An element is known again by the part of the page that it stands in, its
 * tag and its place among those alike.
 */

import { focusedIn } from '../parts/dom.js';

const KEPT = 'details, summary, a[href], button, input, select, textarea, [tabindex]';

/** @param {Element} root @returns {Map<string, Element>} */
function inventory(root) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  return new Map(
    [...root.querySelectorAll(KEPT)].map((node) => {
      const home = node.closest('[role=tabpanel] section, [role=tabpanel], section, header')?.classList[0];
      const kind = `${home} ${node.tagName}`;
      const number = numbers.get(kind) ?? 0;
      numbers.set(kind, number + 1);
      return [`${kind} ${number}`, node];
    }),
  );
}

/**
 * @param {HTMLElement} root
 * @returns {() => void} puts it back, once the views are made and written
 */
export function keep(root) {
  const activeElement = focusedIn(root);
  let focused = '';
  /** @type {Map<string, boolean>} */
  const open = new Map();
  /** @type {Map<string, string>} */
  const typed = new Map();
  for (const [name, node] of inventory(root)) {
    if (node === activeElement) focused = name;
    if (node instanceof HTMLDetailsElement) open.set(name, node.open);
    if (node instanceof HTMLInputElement && node.getAttribute('aria-invalid') === 'true') typed.set(name, node.value);
  }
  return () => {
    for (const [name, node] of inventory(root)) {
      if (node instanceof HTMLDetailsElement) node.open = open.get(name) ?? node.open;
      if (node instanceof HTMLInputElement) node.value = typed.get(name) ?? node.value;
      if (name === focused && node instanceof HTMLElement) node.focus({ preventScroll: true });
    }
  };
}
