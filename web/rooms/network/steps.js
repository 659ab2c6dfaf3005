/** One step at a time: the buttons that take a step, the learning rate, and the six phases that an example goes through. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { reads } from '../../../wasm/settings/settings.mjs';
import { shortName } from '../../parts/format.js';
import { idleSentences, sentencesOf } from './phases.js';
import { isRunning } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setAttribute, setText, uniqueId } from '../../parts/dom.js';
import { kindOf, predictionText } from './answer.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./stepping.js').Under} Under */
/**
 * @typedef {object} Shown
 * @property {boolean} steps      whether an example or a batch can be taken now
 * @property {boolean} epochs     whether an epoch can
 * @property {boolean} able       whether there is a model at all
 * @property {number | null} lr   null: the model has none
 * @property {string} where
 * @property {string[]} sentences  by phase
 * @property {number} phase       the one that is shown; -1: no example
 */

/** The slider's learning rates: 1, 2 and 5 times each power of ten. */
const RATES = [-5, -4, -3, -2, -1].flatMap((power) => [1, 2, 5].map((rung) => Number(`${rung}e${power}`))).concat(1);

/** The place on the slider that is next to a rate. @param {number} rate */
const placeOf = (rate) =>
  RATES.reduce(
    (best, each, at) => (Math.abs(Math.log(each / rate)) < Math.abs(Math.log(RATES[best] / rate)) ? at : best),
    0,
  );

const PHASES = /** @type {const} */ (['pair', 'fetch', 'forward', 'loss', 'back', 'batch']);

/**
 * What can be done as things stand, and what has been.
 * @param {Speech} speech
 * @param {State} state
 * @param {import('../../../wasm/settings/graph.mjs').Graph} graph
 * @param {{under: Under | null, busy: boolean, trouble: string, phase: number}} step
 * @returns {Shown}
 */
export function stepsOf(speech, state, graph, { under, busy, trouble, phase }) {
  const { t } = speech;
  const { model, settings, users, films, phase: doing } = state;
  const byGradients = modelRow(settings.model).fit === 'gradient';
  const able = model !== null && state.loading === null;
  const waits = able && !isRunning(state) && doing !== 'diverged' && doing !== 'failed' && !busy;
  const sentences =
    under && users && films
      ? sentencesOf(speech, {
          ...{ graph, settings, example: under.example, traced: under.traced, size: under.peek.size },
          ...{ trained: under.trained, users, films },
          said: (prediction) => predictionText({ kind: kindOf(settings), prediction }),
        })
      : idleSentences(speech, graph, settings);
  const lr = reads(settings.model, 'lr') ? settings.lr : null;
  const where = trouble ? t(words.failed, { why: trouble }) : whereOf(speech, state, under);
  return { steps: waits && byGradients, epochs: waits, able, lr, where, sentences, phase };
}

/** @param {Speech} speech @param {State} state @param {Under | null} under */
function whereOf(speech, state, under) {
  const { t } = speech;
  const { model } = state.settings;
  if (modelRow(model).fit !== 'gradient') return t(words.notInSteps, { model: shortName(speech, model) });
  if (!under) return t(isRunning(state) ? words.pauseFirst : words.ready);
  const { peek, n, trained } = under;
  const { epoch, batch, batches } = trained ?? peek;
  return trained
    ? t(words.atEpoch, { epoch, batch, batches })
    : t(words.atExample, { epoch, batch, batches, n: n + 1, size: peek.size });
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host     of the buttons
 * @param {HTMLElement} phases   of what the phases say
 * @param {{example: () => void, batch: () => void, epoch: () => void, rewind: () => void, seed: () => void, show: (phase: number) => void, rate: (value: number) => void}} does
 */
export function createSteps(speech, host, phases, does) {
  const { t } = speech;
  const id = uniqueId('rate');
  const button = (
    /** @type {string} */ text,
    /** @type {() => void} */ onclick,
    /** @type {string | null} */ title = null,
  ) => h('button', { type: 'button', onclick, title }, text);
  const example = button(t(words.nextExample), does.example);
  const batch = button(t(words.nextBatch), does.batch);
  const epoch = button(t(words.nextEpoch), does.epoch);
  const rewind = button(t(words.rewind), does.rewind, t(words.rewindTitle));
  const seed = button(t(words.newSeed), does.seed, t(words.newSeedTitle));
  const rate = h('input', {
    ...{ id, type: 'range', min: 0, max: RATES.length - 1, step: 1, 'aria-describedby': `${id}-live` },
    oninput: () => does.rate(RATES[Number(rate.value)]),
  });
  const rateText = h('output', { for: id });
  const rateBox = h(
    'div',
    { class: 'net-rate' },
    h('label', { for: id }, t(words.rate)),
    rate,
    rateText,
    h('span', { class: 'legend-note', id: `${id}-live` }, t(words.live)),
  );
  const status = h('p', { class: 'hint net-where', role: 'status' });
  const cards = PHASES.map((name, at) => {
    const text = h('p', {});
    const place = h('span', { class: 'net-place' }, String(at + 1));
    const show = h('button', { type: 'button', class: 'plain', onclick: () => does.show(at) }, place, t(words[name]));
    return { card: h('li', { class: 'net-card' }, show, text), show, text };
  });
  host.append(
    h('div', { class: 'net-steps-head' }, h('h3', {}, t(words.steps)), status),
    h(
      'div',
      { class: 'net-buttons' },
      h('div', { class: 'buttons' }, example, batch, epoch),
      h('div', { class: 'buttons' }, h('span', { class: 'legend-note' }, t(words.startsOver)), rewind, seed),
      rateBox,
    ),
  );
  phases.append(...cards.map(({ card }) => card));

  return {
    /** @param {Shown} shown */
    update({ steps, epochs, able, lr, where, sentences, phase }) {
      setAttribute(example, 'disabled', !steps);
      setAttribute(batch, 'disabled', !steps);
      setAttribute(epoch, 'disabled', !epochs);
      setAttribute(rewind, 'disabled', !able);
      setAttribute(seed, 'disabled', !able);
      rateBox.hidden = lr === null;
      if (lr !== null) {
        const place = String(placeOf(lr));
        if (rate.value !== place) rate.value = place;
        setText(rateText, String(lr));
        setAttribute(rate, 'aria-valuetext', String(lr));
      }
      setText(status, where);
      cards.forEach(({ card, show, text }, at) => {
        setText(text, sentences[at]);
        setAttribute(show, 'disabled', phase < 0);
        setAttribute(show, 'aria-current', phase === at ? 'step' : null);
        card.classList.toggle('now', phase === at);
        card.classList.toggle('done', phase > at);
      });
    },
    destroy() {
      host.replaceChildren();
      phases.replaceChildren();
    },
  };
}
