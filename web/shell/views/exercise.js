/** The place of the exercise: its panel comes when it is asked for, which most pages never do. */
import { h } from '../../parts/dom.js';
import { words } from '../words/exercise.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {typeof import('./exercise_panel.js').createPanel} MakePanel */

/** @type {MakePanel | null} */
let make = null;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {string} text of the exercise
 * @param {import('../actions.js').Actions} actions
 * @param {() => void} again asks for one more update
 * @returns {import('../views.js').View}
 */
export function createExercise(speech, host, text, actions, again) {
  host.hidden = false;
  host.setAttribute('aria-label', speech.t(words.title));
  /** @type {import('../views.js').View | null} */
  let panel = make ? make(speech, host, text, actions) : null;
  let gone = false;
  if (!panel)
    // What makes the result comes along: it has to be at hand without a network, too.
    void Promise.all([import('./exercise_panel.js'), import('../../../wasm/lab/result.mjs')]).then(
      ([code]) => {
        make = code.createPanel;
        if (gone) return;
        panel = make(speech, host, text, actions);
        again();
      },
      () => void (gone || host.append(h('p', { role: 'alert' }, speech.t(words.late)))),
    );
  return {
    update: (state) => panel?.update(state),
    destroy() {
      gone = true;
      panel?.destroy();
      host.replaceChildren();
    },
  };
}
