/** Elements without a framework. Text reaches the page only as text nodes. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [props] attributes; `onclick` and the like are listeners; true and false set and leave out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else setAttribute(node, name, value);
  }
  append(node, children);
  return node;
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props)) setAttribute(node, name, value);
  append(node, children);
  return node;
}

/**
 * @param {Element} node
 * @param {Child[]} children
 */
function append(node, children) {
  for (const child of children) if (child != null && child !== false) node.append(child);
}

/**
 * Writes only what changed: the page is quiet where nothing happens. `style` is set as an object's text, not as an attribute,
 * which a host's Content-Security-Policy may forbid.
 * @param {Element} node
 * @param {string} name
 * @param {unknown} value null and false take the attribute away
 */
export function setAttribute(node, name, value) {
  if (value == null || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else {
    const text = value === true ? '' : String(value);
    if (name === 'style') /** @type {HTMLElement | SVGElement} */ (node).style.cssText = text;
    else if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/**
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Whether any of these values differs from those of the call before.
 * @returns {(...values: unknown[]) => boolean}
 */
export function watch() {
  /** @type {unknown[] | null} */
  let seen = null;
  return (...values) => {
    const changed = seen?.length !== values.length || values.some((value, at) => value !== seen?.[at]);
    seen = values;
    return changed;
  };
}

/**
 * What has the focus in the document or the shadow root that a node is in.
 * @param {Node} node
 * @returns {HTMLElement | null}
 */
export function focusedIn(node) {
  const { activeElement } = /** @type {Document | ShadowRoot} */ (node.getRootNode());
  return activeElement instanceof HTMLElement ? activeElement : null;
}

let labels = 0;

/** @param {string} prefix an id that no other lab on the same page uses */
export const uniqueId = (prefix) => `ncf-${prefix}-${++labels}`;
