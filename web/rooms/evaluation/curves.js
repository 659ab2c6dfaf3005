/** HR@K and NDCG@K for K = 1 … 20 (figure 5 of the paper), and one user's rank over the epochs. */
import { metric, ordinal } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText } from '../../parts/dom.js';
import { createLines } from '../../parts/lines.js';
import { pictureMenu } from '../../parts/picture_menu.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {{hr: number[], ndcg: number[]}} Curves  by K - 1 */
/** @typedef {{model: Curves, baseline: Curves | null, baselineName: string, candidates: number}} Cuts */

const KS = Array.from({ length: 20 }, (_, at) => at + 1);
const MEASURES = /** @type {const} */ ([
  ['HR@K', 'hr'],
  ['NDCG@K', 'ndcg'],
]);

/**
 * What guessing among so many gets.
 * @param {number} candidates
 * @returns {Curves}
 */
function chanceOf(candidates) {
  let sum = 0;
  return {
    hr: KS.map((k) => Math.min(1, k / candidates)),
    ndcg: KS.map((k) => (sum += k > candidates ? 0 : 1 / Math.log2(k + 1) / candidates)),
  };
}

/** @param {Speech} speech @param {HTMLElement} host */
export function createCuts(speech, host) {
  const { t } = speech;
  /** @type {Cuts | null} */
  let cuts = null;
  const plots = MEASURES.map(([name, key]) => {
    const caption = h('p', { class: 'cursor-note', 'aria-hidden': 'true' });
    const figure = h('div', { class: 'figure', role: 'img' }, h('p', { class: 'plot-name' }, name), caption);
    host.append(figure);
    const lines = createLines(figure, { mark: 10, onCursor });

    /** @param {number | null} at */
    function onCursor(at) {
      if (!cuts || at === null) setText(caption, '');
      else {
        const values = { k: at + 1, value: metric(cuts.model[key][at]), baseline: cuts.baselineName };
        const other = cuts.baseline?.[key][at];
        setText(
          caption,
          other == null ? t(words.atK, values) : t(words.atKBeside, { ...values, other: metric(other) }),
        );
      }
    }
    return { name, key, figure, lines };
  });
  host.append(pictureMenu(speech, host, () => 'HR@K, NDCG@K'));
  const behind = createBehind(speech, host, t(words.cuts), () => {
    if (!cuts) return null;
    const { model, baseline, baselineName } = cuts;
    const beside = (/** @type {number} */ at) => (baseline ? [metric(baseline.hr[at]), metric(baseline.ndcg[at])] : []);
    const names = baseline ? MEASURES.map(([name]) => `${baselineName} ${name}`) : [];
    return {
      caption: t(words.cuts),
      head: ['K', 'HR@K', 'NDCG@K', ...names],
      rows: KS.map((k, at) => [k, metric(model.hr[at]), metric(model.ndcg[at]), ...beside(at)]),
    };
  });

  return {
    /** @param {Cuts} next */
    update(next) {
      cuts = next;
      const { model, baseline, baselineName, candidates } = next;
      const chance = chanceOf(candidates);
      for (const { name, key, figure, lines } of plots) {
        const highest = Math.max(...model[key], ...(baseline?.[key] ?? []), ...chance[key]);
        lines.update({
          x: KS,
          model: model[key],
          baseline: baseline?.[key],
          chance: chance[key],
          names: { baseline: baselineName, chance: t(words.chance) },
          xRange: [1, 20],
          yRange: [0, highest * 1.08],
        });
        const [low, ten, high] = [0, 9, 19].map((at) => metric(model[key][at]));
        setAttribute(figure, 'aria-label', t(words.curveSummary, { measure: name, low, ten, high }));
      }
      behind.update();
    },
    recolour: () => plots.forEach(({ lines }) => lines.recolour()),
    destroy: () => plots.forEach(({ lines }) => lines.destroy()),
  };
}

/** @typedef {{history: {epoch: number, rank: number}[], total: number, epochs: number, running: {x: number, y: number} | null}} History  ranks from 1 */

/** @param {Speech} speech @param {HTMLElement} host */
export function createHistory(speech, host) {
  const { t } = speech;
  /** @type {History | null} */
  let shown = null;
  const caption = h('p', { class: 'cursor-note', 'aria-hidden': 'true' });
  const figure = h('div', { class: 'figure', role: 'img' }, caption);
  host.append(figure);
  const lines = createLines(figure, {
    hits: t(words.hits),
    onCursor(at) {
      const there = at === null ? null : shown?.history[at];
      setText(caption, there ? told(there) : '');
    },
  });
  host.append(pictureMenu(speech, host, () => t(words.history)));
  const behind = createBehind(speech, host, t(words.history), () => ({
    caption: t(words.history),
    head: [t(words.epoch), t(words.rank)],
    rows: (shown?.history ?? []).map(({ epoch, rank }) => [epoch, rank]),
  }));

  /** @param {{epoch: number, rank: number}} there */
  const told = ({ epoch, rank }) =>
    t(words.historyNow, { epoch, place: ordinal(speech, Math.round(rank)), total: shown?.total ?? 0 });

  return {
    /** @param {History} next */
    update(next) {
      shown = next;
      const { history, total, epochs, running } = next;
      lines.update({
        x: history.map(({ epoch }) => epoch),
        model: history.map(({ rank }) => rank),
        xRange: [0, Math.max(1, epochs, history.at(-1)?.epoch ?? 0)],
        yRange: [0.9, Math.max(total, 12) * 1.1],
        running,
      });
      const [first, last] = [history[0], history[history.length - 1]];
      if (first)
        setAttribute(
          figure,
          'aria-label',
          t(words.historySummary, {
            first: ordinal(speech, Math.round(first.rank)),
            from: first.epoch,
            last: ordinal(speech, Math.round(last.rank)),
            to: last.epoch,
          }),
        );
      behind.update();
    },
    recolour: () => lines.recolour(),
    destroy: () => lines.destroy(),
  };
}
