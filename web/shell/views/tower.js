/** The tower of layers: its widths in numbers and as bars. */
import { count } from '../../parts/format.js';
import { h, setAttribute, setText, svg } from '../../parts/dom.js';
import { barsOf } from './settings_scene.js';

export function createTower() {
  const picture = svg('svg', { class: 'tower-bars', 'aria-hidden': 'true' });
  const numbers = h('span', {});
  return {
    node: h('p', { class: 'tower' }, picture, numbers),
    /** @param {number[]} widths */
    draw(widths) {
      const { viewBox, height, bars } = barsOf(widths);
      setText(numbers, widths.map(count).join(' → '));
      setAttribute(picture, 'viewBox', viewBox);
      setAttribute(picture, 'height', height);
      picture.replaceChildren(...bars.map((bar) => svg('rect', { ...bar, height: 3, rx: 1, fill: 'currentColor' })));
    },
  };
}
