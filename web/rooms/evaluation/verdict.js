/** The verdict on one user: where the held-out film stands among its candidates, and what it counts for. */
import { metric, ordinal } from '../../parts/format.js';
import { epochOfWeights, epochsDone } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setText } from '../../parts/dom.js';
import { titled } from './rungs.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Standing} Standing * @param {Speech} speech
 */

export function createVerdict(speech) {
  const { t } = speech;
  const heldOut = h('p', { class: 'held-out-film' });
  const gauges = [words.rank, words.hitTerm, words.ndcgTerm].map((word) => {
    const value = h('dd', { class: 'value' });
    const note = h('dd', { class: 'note' });
    return { value, note, node: h('div', {}, h('dt', {}, t(word)), value, note) };
  });
  const means = h('p', { class: 'hint' });
  const node = h('div', { class: 'test-verdict' }, heldOut, h('dl', {}, ...gauges.map((gauge) => gauge.node)), means);

  /** What all users' tests come to. @param {State} state @param {'sampled' | 'full'} kind */
  function meansOf(state, kind) {
    const { model, loaded } = state;
    if (epochsDone(state) === 0 && model && !loaded && model.batches > 0) return t(words.untrained);
    const epoch = epochOfWeights(state);
    const shown = epoch?.metrics[kind];
    if (!epoch || !shown) return '';
    const [hr, ndcg] = [metric(shown.hr), metric(shown.ndcg)];
    return t(words.means, { users: shown.users ?? 0, epoch: epoch.epoch, hr, ndcg });
  }

  return {
    node,
    /**
     * @param {State} state
     * @param {'sampled' | 'full'} kind  of candidates
     * @param {{title: string, year: number}} film that is held out
     * @param {Standing} standing
     */
    update(state, kind, film, { rank, equal, hit, ndcg, total }) {
      const id = state.users?.ids[state.user] ?? '';
      heldOut.replaceChildren(t(words.heldOut, { id }), ' ', h('cite', {}, titled(film)));
      const place = Math.round(rank + 1);
      const tied = hit > 0 && equal > 0;
      const [ranked, hits, gains] = gauges;
      setText(ranked.value, ordinal(speech, place));
      setText(ranked.note, t(words.of, { total }));
      setText(hits.value, Number.isInteger(hit) ? String(hit) : hit.toFixed(2));
      setText(hits.note, tied ? t(words.tied, { equal }) : t(hit > 0 ? words.hit : words.miss));
      setText(gains.value, ndcg > 0 ? metric(ndcg) : '0');
      const formula = tied ? t(words.tied, { equal }) : t(words.formula, { place });
      setText(gains.note, ndcg > 0 ? formula : t(words.nothing));
      node.classList.toggle('is-hit', hit > 0);
      setText(means, meansOf(state, kind));
    },
  };
}
