/** One user: the films that they have rated beside the model's top 10, made anew when an epoch ends. */
import { scoreSentence, shortName } from '../../parts/format.js';
import { words } from './words.js';
import { h, setText, watch } from '../../parts/dom.js';
import { createPicker } from '../../parts/picker.js';
import { suggested } from './films.js';
import { createHistory } from './history.js';
import { listsTheSame, noteOf, topOf, verdictOf } from './people_scene.js';

/** @typedef {import('../../worker/protocol.js').Person} Person */

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../../shell/actions.js').Actions, 'chooseUser' | 'findUser' | 'anyUser'>} actions
 */
export function createPeople(speech, host, actions) {
  const { t } = speech;
  const pickerHost = h('div', { class: 'picker' });
  const picker = createPicker(speech, pickerHost, actions);
  const verdict = h('p', { class: 'verdict' });
  const topTitle = h('h3', {}, t(words.topOfModel));
  const topNote = h('p', { class: 'list-note' });
  const scoreNote = h('p', { class: 'list-note' });
  const top = h('ol', { class: 'films top' });
  const history = createHistory(speech);
  const recommendations = { 'aria-label': t(words.recommendations) };
  host.append(
    h('div', { class: 'people-head' }, h('h2', {}, t(words.title)), pickerHost),
    verdict,
    h('div', { class: 'lists' }, h('section', recommendations, topTitle, topNote, scoreNote, top), history.node),
  );

  /** @type {Person | null} */
  let person = null;
  const changed = watch();

  /** @param {Person} next */
  function write(next) {
    top.replaceChildren(...topOf(speech, next, person).map((film) => suggested(speech, film)));
    const { before, film, after = '' } = verdictOf(speech, next);
    verdict.replaceChildren(before);
    if (film) verdict.append(h('cite', {}, film), after);
    if (!listsTheSame(person, next)) history.write(next);
    person = next;
  }

  return {
    /** @param {import('../../shell/state.js').State} state */
    update(state) {
      picker.update(state);
      const { epochs, settings, loaded, selected, model } = state;
      if (!changed(state.person, epochs, settings.model, loaded, selected, model)) return;
      setText(topTitle, t(words.top, { model: shortName(speech, settings.model) }));
      setText(topNote, noteOf(speech, state));
      setText(scoreNote, state.person?.ready ? scoreSentence(speech, model?.score) : '');
      if (state.person && state.person !== person) write(state.person);
    },
    destroy() {
      picker.destroy();
      host.replaceChildren();
    },
  };
}
