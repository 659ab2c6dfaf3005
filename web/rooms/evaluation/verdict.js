/** The verdict on one user: where the held-out film stands among its candidates, and what it counts for. */
import { words } from './words.js';
import { h, setText } from '../../parts/dom.js';

/** @param {import('../../parts/speech.js').Speech} speech */
export function createVerdict({ t }) {
  const heldOut = h('p', { class: 'held-out-film' });
  const gauges = [words.rank, words.hitTerm, words.ndcgTerm].map((word) => {
    const texts = [h('dd', { class: 'value' }), h('dd', { class: 'note' })];
    return { texts, node: h('div', {}, h('dt', {}, t(word)), ...texts) };
  });
  const means = h('p', { class: 'hint' });
  const node = h('div', { class: 'test-verdict' }, heldOut, h('dl', {}, ...gauges.map((gauge) => gauge.node)), means);
  return {
    node,
    /** @param {ReturnType<typeof import('./present.js').verdictOf>} verdict */
    update(verdict) {
      heldOut.replaceChildren(verdict.heldOut, ' ', h('cite', {}, verdict.film));
      gauges.forEach(({ texts }, n) => texts.forEach((text, at) => setText(text, verdict.gauges[n][at])));
      node.classList.toggle('is-hit', verdict.hit);
      setText(means, verdict.means);
    },
  };
}
