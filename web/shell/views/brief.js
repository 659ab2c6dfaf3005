/** What a lab in a box says in one line, what is trained, and the buttons that open the rest of it. */
import { h, setAttribute, setText } from '../../parts/dom.js';
import { isShown } from '../../parts/fixed.js';
import { words } from '../words/brief.js';
import { words as lab } from '../words/lab.js';
import { mark } from './masthead.js';
import { summaryOf } from './settings_scene.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {HTMLElement} settings  that a button shows
 * @param {(layout: import('../layout.js').Layout) => void} choose
 */
export function createBrief(speech, host, settings, choose) {
  const { t } = speech;
  let unfolded = false;
  const what = h('p', { class: 'brief-what' });
  const tune = h(
    'button',
    { type: 'button', 'aria-controls': settings.id, onclick: () => show(!shown()) },
    t(lab.settings),
  );
  const word = h('span', {});
  const whole = h('button', { type: 'button', onclick: () => choose(unfolded ? 'compact' : 'full') }, mark(), word);
  host.append(what, h('div', { class: 'brief-buttons' }, tune, whole));

  const shown = () => settings.classList.contains('shown');
  /** @param {boolean} wanted */
  function show(wanted) {
    settings.classList.toggle('shown', wanted);
    const fold = settings.querySelector('details');
    if (fold && wanted) fold.open = true;
    setAttribute(tune, 'aria-expanded', String(wanted));
  }
  show(shown());

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { seed } = state.settings;
      ({ unfolded } = state);
      setText(what, t(words.what, { model: summaryOf(speech, state.settings), seed: String(seed) }));
      setText(word, t(unfolded ? words.compact : words.whole));
      setAttribute(whole, 'title', t(unfolded ? words.compactTitle : words.wholeTitle));
      tune.hidden = !isShown(state, 'settings');
      host.hidden = state.layout === 'full' && !unfolded;
    },
    destroy: () => host.replaceChildren(),
  };
}
