/** The scale of the network's colours, with numbers at its marks. */
import { FULL } from './colours.js';
import { words } from './words.js';
import { h } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

const MARKS = [-FULL, -0.1, -0.01, 0, 0.01, 0.1, FULL];

/** @param {Speech} speech */
export function legend(speech) {
  const { t } = speech;
  const marks = MARKS.map((mark, at) =>
    h('span', {}, h('span', { class: `net-swatch of${at}`, 'aria-hidden': 'true' }), String(mark).replace('-', '−')),
  );
  return h(
    'div',
    { class: 'net-legend' },
    h('span', {}, t(words.legend)),
    h('span', { class: 'net-scale' }, ...marks),
    h('span', {}, t(words.lines)),
  );
}
