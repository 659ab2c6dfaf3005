/** One of a few, as a row of segments that touch: radios, so that the arrows go from one to the next. */
import { h, uniqueId } from './dom.js';

/**
 * @template {string} V
 * @param {object} choice
 * @param {string} choice.label
 * @param {boolean} [choice.shown]  the label stands before the row
 * @param {{value: V, name: string}[]} choice.options
 * @param {V} [choice.chosen]  the first where absent
 * @param {(value: V) => void} choice.choose
 */
export function createSegments({ label, shown = false, options, chosen = options[0].value, choose }) {
  const group = uniqueId('segments');
  const segments = options.map(({ value, name }) =>
    h(
      'label',
      {},
      h('input', { type: 'radio', name: group, value, checked: value === chosen, onchange: () => choose(value) }),
      name,
    ),
  );
  const title = shown && h('span', { 'aria-hidden': 'true' }, label);
  return {
    node: h('div', { class: 'segments', role: 'radiogroup', 'aria-label': label }, title, ...segments),
    /** @param {V} wanted @param {boolean} there whether it can be chosen */
    offer(wanted, there) {
      segments[options.findIndex(({ value }) => value === wanted)].hidden = !there;
    },
  };
}
