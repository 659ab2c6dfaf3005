/**
 * How far things are: the bytes while data stream in, then the run as a ruler with one mark an epoch, the current one
 * filling as its batches pass, with the epoch's number and the speed beside it.
 */
import { count, modelName, percent, plural, size, speed } from '../format.js';
import { epochsDone, epochsToDo, predictsRatings } from '../state.js';
import { h, setAttribute, setText, watch } from './dom.js';

/** With more epochs than this the ruler is one bar. */
const MOST_MARKS = 60;

/**
 * What goes on, in a line.
 * @param {import('../state.js').State} state
 * @param {import('../client.js').Progress | null} within  the epoch under way
 */
function captionOf(state, within) {
  const { model, phase, selected, epochs } = state;
  const done = epochsDone(state);
  if (phase === 'evaluating')
    return predictsRatings(state) ? 'Predicting the hidden ratings' : 'Ranking the hidden films';
  if (!model) return 'No model yet';
  if (model.once && within) return `Solving: ${percent(within.share)}`;
  if (within && Number.isFinite(within.loss))
    return `Epoch ${within.epoch}: batch ${count(within.batch)} of ${count(within.batches)}`;
  if (within) return `Epoch ${within.epoch}: ${percent(within.share)}`;
  if (selected)
    return selected.epoch === done
      ? `Epoch ${done} was the best on validation`
      : `Back at epoch ${selected.epoch}, the best on validation`;
  if (model.batches === 0) return 'Nothing to train';
  if (model.once) return done > 0 ? 'Solved' : 'Solved in one go, without epochs';
  if (model.pretraining && epochs.length === 0)
    return `GMF and MLP first, ${plural(model.settings.pretrain, 'epoch')} each`;
  return `${plural(model.batches, 'batch', 'batches')} an epoch`;
}

/** @param {HTMLElement} host */
export function createRuler(host) {
  const caption = h('p', { class: 'ruler-caption' });
  const fill = h('div', { class: 'ruler-fill' });
  const ticks = h('div', { class: 'ruler-ticks' });
  const recount = watch();
  const bar = h('div', { class: 'ruler', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, fill, ticks);
  const epoch = h('span', { class: 'big' });
  const of = h('span', { class: 'of' });
  const samples = h('span', { class: 'big' });
  const kernels = h('span', { class: 'of' });
  const way = h('div', { class: 'way' }, bar, caption);
  host.append(
    h('h2', { class: 'hidden' }, 'Progress'),
    h('dl', { class: 'gauge' }, h('dt', {}, 'Epoch'), h('dd', {}, epoch, of)),
    way,
    h('dl', { class: 'gauge' }, h('dt', {}, 'Samples a second'), h('dd', {}, samples, kernels)),
  );

  /**
   * @param {string} label
   * @param {number | null} share from 0 to 1, null while it is unknown
   * @param {string} text
   * @param {number} marks
   */
  function draw(label, share, text, marks) {
    setAttribute(bar, 'aria-label', label);
    setAttribute(bar, 'aria-valuenow', share === null ? null : Math.round(share * 100));
    setAttribute(bar, 'aria-valuetext', text);
    bar.classList.toggle('unknown', share === null);
    fill.style.transform = `scaleX(${share ?? 1})`;
    if (recount(marks)) {
      const number = marks <= MOST_MARKS ? marks : 0;
      ticks.replaceChildren(...Array.from({ length: number }, () => h('span', {})));
    }
    setText(caption, text);
  }

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { loading, dataset, pretraining, progress, model } = state;
      const done = epochsDone(state);
      const all = epochsToDo(state);
      setText(epoch, String(done));
      const trains = !model || model.batches > 0;
      setText(of, trains ? ` of ${count(all)}` : '');
      setText(samples, speed(model?.once ? 0 : state.samplesPerSecond));
      setText(kernels, dataset ? (dataset.simd ? ' SIMD' : ' scalar') : '');
      if (loading) {
        const { bytes, totalBytes, ratings } = loading;
        const read = totalBytes ? `${size(bytes)} of ${size(totalBytes)}` : size(bytes);
        const share = totalBytes ? Math.min(1, bytes / totalBytes) : null;
        draw('Reading the data', share, `${plural(ratings, 'rating')}, ${read}`, 1);
        return;
      }
      if (pretraining) {
        const { model: part, epoch: at, epochs: number, batch, batches } = pretraining;
        const share = (at - 1 + batch / batches) / number;
        const text = `Pretraining ${modelName(part)}: epoch ${count(at)} of ${count(number)}`;
        draw('Progress of pretraining', ((part === 'mlp' ? 1 : 0) + share) / 2, text, 2 * number);
        return;
      }
      const within = progress && progress.epoch > done ? progress : null;
      const share = trains ? Math.min(1, (done + (within?.share ?? 0)) / all) : 0;
      draw('Progress of the run', share, captionOf(state, within), all);
    },
    destroy: () => host.replaceChildren(),
  };
}
