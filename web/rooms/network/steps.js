/** One step at a time: the buttons that take a step, the learning rate, and the six phases that an example goes through. */
import { PHASES } from './phases.js';
import { RATES, placeOf } from './steps_scene.js';
import { words } from './words.js';
import { h, setAttribute, setText, uniqueId } from '../../parts/dom.js';
import { bar, isBarred } from '../../parts/fixed.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host     of the buttons
 * @param {HTMLElement} phases   of what the phases say
 * @param {Pick<import('../../shell/actions.js').Actions, 'step' | 'reset' | 'change'>} actions
 * @param {{example: () => void, batch: () => void, show: (phase: number) => void}} does
 */
export function createSteps(speech, host, phases, actions, does) {
  const { t } = speech;
  const id = uniqueId('rate');
  const otherSeed = () => isBarred(seed) || void actions.change('seed', 1 + Math.floor(Math.random() * 9999));
  const example = button(t(words.nextExample), does.example);
  const batch = button(t(words.nextBatch), () => isBarred(batch) || does.batch());
  const epoch = button(t(words.nextEpoch), () => void actions.step());
  const rewind = button(t(words.rewind), () => void actions.reset(), t(words.rewindTitle));
  const seed = button(t(words.newSeed), otherSeed);
  /** Of the rate on its slider. */
  let place = '0';
  const rate = h('input', {
    ...{ id, type: 'range', min: 0, max: RATES.length - 1, step: 1, 'aria-describedby': `${id}-live` },
    oninput: () => (isBarred(rate) ? (rate.value = place) : void actions.change('lr', RATES[Number(rate.value)])),
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
    /** @param {import('./steps_scene.js').Steps} steps */
    update({ steps, epochs, able, lr, where, sentences, phase, barred }) {
      for (const one of [batch, epoch]) bar(one, barred.more);
      bar(seed, barred.seed, t(words.newSeedTitle));
      bar(rate, barred.rate);
      setAttribute(example, 'disabled', !steps);
      setAttribute(batch, 'disabled', !steps);
      setAttribute(epoch, 'disabled', !epochs);
      setAttribute(rewind, 'disabled', !able);
      setAttribute(seed, 'disabled', !able);
      rateBox.hidden = lr === null;
      if (lr !== null) {
        place = String(placeOf(lr));
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

/** @param {string} text @param {() => void} onclick @param {string | null} [title] */
const button = (text, onclick, title = null) => h('button', { type: 'button', onclick, title }, text);
