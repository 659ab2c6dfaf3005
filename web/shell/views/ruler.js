/**
 * How far things are: the bytes while data stream in, then the run as a ruler with one mark an epoch, the current one
 * filling as its batches pass, with the epoch's number and the speed beside it.
 */
import { modelName, percent, size, speed } from '../../parts/format.js';
import { epochsDone, epochsToDo, predictsRatings } from '../../parts/readings.js';
import { words as lab } from '../words/lab.js';
import { words } from '../words/ruler.js';
import { h, setAttribute, setText, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** With more epochs than this the ruler is one bar. */
const MOST_MARKS = 60;

/**
 * What goes on, in a line.
 * @param {Speech} speech
 * @param {import('../state.js').State} state
 * @param {import('../../worker/protocol.js').Progress | null} within  the epoch under way
 */
function captionOf(speech, state, within) {
  const { t } = speech;
  const { model, phase, selected, epochs } = state;
  const done = epochsDone(state);
  if (phase === 'evaluating') return t(predictsRatings(state) ? words.predicting : words.ranking);
  if (!model) return t(words.noModel);
  if (model.once && within) return t(words.solving, { share: percent(within.share) });
  if (within && Number.isFinite(within.loss))
    return t(words.batch, { epoch: String(within.epoch), batch: within.batch, batches: within.batches });
  if (within) return t(words.within, { epoch: String(within.epoch), share: percent(within.share) });
  if (selected) return t(selected.epoch === done ? words.best : words.back, { epoch: String(selected.epoch) });
  if (model.batches === 0) return t(words.nothing);
  if (model.once) return t(done > 0 ? words.solved : words.once);
  if (model.pretraining && epochs.length === 0) return t(words.partsFirst, { n: model.settings.pretrain });
  return t(words.batches, { n: model.batches });
}

/** @param {Speech} speech @param {HTMLElement} host */
export function createRuler(speech, host) {
  const { t } = speech;
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
    h('h2', { class: 'hidden' }, t(lab.progress)),
    h('dl', { class: 'gauge' }, h('dt', {}, t(words.epoch)), h('dd', {}, epoch, of)),
    way,
    h('dl', { class: 'gauge' }, h('dt', {}, t(words.samples)), h('dd', {}, samples, kernels)),
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
      setText(of, trains ? t(words.of, { n: all }) : '');
      setText(samples, speed(speech, model?.once ? 0 : state.samplesPerSecond));
      setText(kernels, dataset ? (dataset.simd ? ' SIMD' : t(words.scalar)) : '');
      if (loading) {
        const { bytes, totalBytes, ratings } = loading;
        const read = totalBytes
          ? t(words.sizeOf, { bytes: size(speech, bytes), all: size(speech, totalBytes) })
          : size(speech, bytes);
        const share = totalBytes ? Math.min(1, bytes / totalBytes) : null;
        draw(t(words.reading), share, t(words.read, { n: ratings, size: read }), 1);
        return;
      }
      if (pretraining) {
        const { model: part, epoch: at, epochs: number, batch, batches } = pretraining;
        const share = (at - 1 + batch / batches) / number;
        const text = t(words.pretraining, { model: modelName(speech, part), epoch: at, epochs: number });
        draw(t(words.ofPretraining), ((part === 'mlp' ? 1 : 0) + share) / 2, text, 2 * number);
        return;
      }
      const within = progress && progress.epoch > done ? progress : null;
      const share = trains ? Math.min(1, (done + (within?.share ?? 0)) / all) : 0;
      draw(t(words.ofRun), share, captionOf(speech, state, within), all);
    },
    destroy: () => host.replaceChildren(),
  };
}
