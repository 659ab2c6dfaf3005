/** The settings that are not needed at first: folded away, but never what is wrong with one of them. */
import { words } from '../words/settings.js';
import { h, setText, watch } from '../../parts/dom.js';
import { departuresAmong } from './settings_scene.js';

/** @typedef {import('../state.js').State} State */

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {import('../../../wasm/settings/table.mjs').Setting[]} behind
 * @param {Node[]} groups of their controls
 */
export function createMore(speech, behind, groups) {
  const { t } = speech;
  const departures = h('span', { class: 'departures' });
  const summary = h('summary', {}, h('h3', {}, t(words.more)), departures);
  const node = h('details', { class: 'fold more', hidden: behind.length === 0 }, summary, ...groups);

  // The press that leaves a field may be the one that closes what the field stands in: an error that has come since then
  // opens it again.
  /** @type {State['fieldErrors'] | null} */
  let errors = null;
  /** @type {State['fieldErrors'] | null} */
  let errorsWhenPressed = null;
  const refused = watch();
  function showWrong() {
    if (behind.some(({ name }) => errors?.[name])) node.open = true;
  }
  summary.addEventListener('pointerdown', () => (errorsWhenPressed = errors));
  node.addEventListener('toggle', () => {
    if (errorsWhenPressed !== errors) showWrong();
    errorsWhenPressed = errors;
  });

  return {
    node,
    /** @param {Pick<State, 'settings' | 'fieldErrors'>} state */
    update({ settings, fieldErrors }) {
      const number = departuresAmong(behind, settings);
      setText(departures, number > 0 ? t(words.changed, { n: number }) : '');
      errors = fieldErrors;
      if (refused(fieldErrors)) showWrong();
    },
  };
}
