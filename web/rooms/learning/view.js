/** The room where the model learns: its curves, and what one user would see. */
import { h } from '../../parts/dom.js';
import { createCurves } from './curves.js';
import { createEpochs } from './epochs.js';
import { createPeople } from './people.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @returns {import('../../shell/views/rooms.js').RoomView}
 */
export function createLearning(speech, host, actions) {
  const { t } = speech;
  const curves = h('section', { class: 'curves', 'aria-label': t(words.curves) });
  const people = h('section', { class: 'people', 'aria-label': t(words.title) });
  host.append(h('div', { class: 'learn' }, curves, people));
  const views = [createCurves(speech, curves), createEpochs(speech, curves), createPeople(speech, people, actions)];
  return {
    update: (state) => views.forEach((view) => view.update(state)),
    destroy: () => views.forEach((view) => view.destroy()),
  };
}
