/** The scale of the network's colours, with numbers at its marks. */
import { FULL } from '../network/colours.js';
import { t } from '../words.js';
import { words } from '../words/network.js';
import { h } from './dom.js';

const MARKS = [-FULL, -0.1, -0.01, 0, 0.01, 0.1, FULL];

export function legend() {
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
