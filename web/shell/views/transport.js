/** The buttons that run the model. */
import { moreEpochs } from '../actions/training.js';
import { bar, isSpent, mostEpochs } from '../../parts/fixed.js';
import { shortName } from '../../parts/format.js';
import { epochsDone, epochsToDo, isRunning, possible } from '../../parts/readings.js';
import { words as fixed } from '../../parts/words/fixed.js';
import { words } from '../words/run.js';
import { h, setAttribute, setText, svg } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'train' | 'pause' | 'step' | 'reset' | 'undo' | 'copyLink'>} actions
 */
export function createTransport(speech, host, actions) {
  const { t } = speech;
  let running = false;
  const glyph = svg('path', { fill: 'currentColor' });
  const icon = svg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, glyph);
  const word = h('span', {}, t(words.train));
  const main = button('primary', () => (running ? actions.pause() : actions.train()), icon, word);
  const step = button('', () => actions.step(), t(words.step));
  const reset = button('', () => actions.reset(), t(words.reset));
  reset.title = t(words.resetTitle);
  const undo = button('plain small', () => actions.undo(), t(words.undo));
  const copy = actions.copyLink && button('plain small', () => void actions.copyLink?.(), t(words.copyLink));
  if (copy) copy.title = t(words.copyTitle);
  const status = h('p', { class: 'status' });
  host.append(
    h('h2', { class: 'hidden' }, t(words.run)),
    h('div', { class: 'buttons' }, main, step, reset),
    status,
    h('p', { class: 'asides' }, undo, copy),
  );

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      running = isRunning(state);
      const can = possible(state);
      const done = state.model !== null && !state.shipped && !can.over && epochsDone(state) >= epochsToDo(state);
      const spent = !running && isSpent(state);
      const more = done && !spent;
      setText(word, running ? t(words.pause) : more ? t(words.more, { n: moreEpochs(state) }) : t(words.train));
      const why = spent ? t(fixed.epochs, { n: mostEpochs(state) }) : '';
      bar(main, why);
      bar(step, why, t(words.stepTitle));
      setAttribute(glyph, 'd', running ? 'M3 2h3.5v12H3z M9.5 2H13v12H9.5z' : 'M3.5 1.5 14 8 3.5 14.5z');
      setAttribute(main, 'disabled', !can.train);
      setAttribute(step, 'disabled', !can.step);
      setAttribute(reset, 'disabled', !can.reset);
      undo.hidden = !state.before;
      const { before } = state;
      if (before) undo.title = t(words.undoTitle, { model: shortName(speech, before.model), n: before.epochs });
      setText(status, state.status(speech));
    },
    destroy: () => host.replaceChildren(),
  };
}

/**
 * @param {string} look
 * @param {() => void} onclick
 * @param {...import('../../parts/dom.js').Child} children
 */
function button(look, onclick, ...children) {
  return h('button', { type: 'button', class: look || null, onclick }, ...children);
}
