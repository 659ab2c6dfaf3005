/** The buttons that run the model. */
import { MORE_EPOCHS } from '../actions.js';
import { epochsDone, epochsToDo, isRunning } from '../state.js';
import { h, setAttribute, setText, svg } from './dom.js';

/**
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'train' | 'pause' | 'step' | 'reset'>} actions
 */
export function createTransport(host, actions) {
  let running = false;
  const glyph = svg('path', { fill: 'currentColor' });
  const icon = svg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, glyph);
  const word = h('span', {}, 'Train');
  const main = button('primary', () => (running ? actions.pause() : actions.train()), icon, word);
  const step = button('', () => actions.step(), 'Step');
  const reset = button('', () => actions.reset(), 'Reset');
  step.title = 'Train for one epoch';
  reset.title = 'Start over from random weights drawn with the same seed';
  const status = h('p', { class: 'status' });
  host.append(h('h2', { class: 'hidden' }, 'Run'), h('div', { class: 'buttons' }, main, step, reset), status);

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      running = isRunning(state);
      const able = state.model !== null && state.loading === null;
      // Neither patience that is over nor a solution leaves anything to go on with.
      const over = state.selected?.stopped || (state.model?.once && epochsDone(state) > 0);
      const done = state.model !== null && !over && epochsDone(state) >= epochsToDo(state);
      const dead = state.phase === 'diverged' || state.phase === 'failed' || over;
      setText(word, running ? 'Pause' : done ? `Train ${MORE_EPOCHS} more` : 'Train');
      setAttribute(glyph, 'd', running ? 'M3 2h3.5v12H3z M9.5 2H13v12H9.5z' : 'M3.5 1.5 14 8 3.5 14.5z');
      setAttribute(main, 'disabled', !able || dead);
      setAttribute(step, 'disabled', !able || running || dead);
      setAttribute(reset, 'disabled', !able || state.phase === 'failed');
      setText(status, state.status);
    },
    destroy: () => host.replaceChildren(),
  };
}

/**
 * @param {string} look
 * @param {() => void} onclick
 * @param {...import('./dom.js').Child} children
 */
function button(look, onclick, ...children) {
  return h('button', { type: 'button', class: look || null, onclick }, ...children);
}
