/** A button that shows a sign, and says its name. */
import { h } from './dom.js';

/** @param {string} name @param {string} sign @param {() => void} onclick */
export const iconButton = (name, sign, onclick) =>
  h(
    'button',
    { type: 'button', class: 'icon', title: name, onclick },
    h('span', { 'aria-hidden': 'true' }, sign),
    h('span', { class: 'hidden' }, name),
  );
