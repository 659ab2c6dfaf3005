/** What the split keeps out, seen at one user: the films by time, the newest held out, and the negatives of the test. */
import { count } from '../../parts/format.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText, uniqueId } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { mayEnter } from '../../parts/fixed.js';
import { createPicker } from '../../parts/picker.js';
import { divisionOf, divisionTable, dotFrom, kindName } from './division.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./division.js').Dot} Dot */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 */
export function createSplit(speech, host, actions) {
  const { t } = speech;
  const pickerHost = h('div', { class: 'picker' });
  const picker = createPicker(speech, pickerHost, actions);
  const lesson = h('p', { class: 'lesson' });
  const earlier = h('span', { class: 'hint' });
  const readout = h('p', { class: 'readout-line', role: 'status' }, t(words.nothing));
  const films = createDots(speech, readout, actions.chooseFilm);
  const negatives = createDots(speech, readout, actions.chooseFilm);
  const negativesTitle = h('h3');
  const kinds = h('p', { class: 'hint' });
  const beaten = h(
    'div',
    { class: 'negatives' },
    negativesTitle,
    h('p', { class: 'hint' }, t(words.negativesLesson)),
    negatives.node,
  );
  const enter = () => actions.enter('evaluation');
  const toTest = h('button', { type: 'button', class: 'to-test', onclick: enter }, t(words.toTest));
  host.append(
    h('div', { class: 'people-head' }, h('h2', {}, t(words.split)), pickerHost),
    lesson,
    h('div', { class: 'timeline' }, earlier, films.node),
    kinds,
    beaten,
    readout,
    toTest,
  );
  /** @type {Dot[]} */
  let told = [];
  host.append(pictureMenu(speech, host, () => t(words.split)));
  const behind = createBehind(speech, host, t(words.split), () => divisionTable(speech, told));

  return {
    /** @param {State} state */
    pick(state) {
      picker.update(state);
      toTest.hidden = !mayEnter(state, 'evaluation');
    },
    /**
     * @param {import('../../worker/protocol.js').Overview} overview
     * @param {import('../../worker/protocol.js').Timeline} timeline
     * @param {State} state
     */
    update({ split }, timeline, state) {
      const { all, against, ...division } = divisionOf(speech, split, timeline, state);
      told = [...all, ...against];
      setText(lesson, division.lesson);
      setText(earlier, division.earlier);
      films.update(division.drawn, division.name);
      setText(kinds, division.learnt);
      for (const kind of division.kept)
        kinds.append(' · ', h('span', { class: `swatch ${kind}` }), ` ${kindName(speech, kind)}`);
      beaten.hidden = against.length === 0;
      setText(negativesTitle, division.title);
      negatives.update(against, division.title);
      behind.update();
    },
    destroy: () => picker.destroy(),
  };
}

/**
 * A row of dots, one a film, that is read by pointer and arrow keys.
 * @param {Speech} speech
 * @param {HTMLElement} readout
 * @param {(item: number) => void} choose
 */
function createDots(speech, readout, choose) {
  const { t } = speech;
  const id = uniqueId('dots');
  const node = h('div', {
    ...{ class: 'dots', role: 'listbox', tabindex: 0 },
    onpointerover: (/** @type {PointerEvent} */ event) => look(at(event)),
    onpointerleave: () => look(-1),
    onblur: () => look(-1),
    onclick: (/** @type {PointerEvent} */ event) => dots[at(event)] && choose(dots[at(event)].item),
    onkeydown: key,
  });
  /** @type {Dot[]} */
  let dots = [];
  let active = -1;

  /** @param {PointerEvent} event */
  const at = ({ target }) => [...node.children].indexOf(/** @type {Element} */ (target));

  /** @param {number} next */
  function look(next) {
    node.children[active]?.classList.remove('looked');
    active = next;
    node.children[active]?.classList.add('looked');
    setAttribute(node, 'aria-activedescendant', node.children[active]?.id);
    setText(readout, dots[active]?.text ?? t(words.nothing));
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const to = dotFrom(dots.length, event.key, active);
    if (to !== undefined) look(to);
    else if (event.key === 'Enter' && dots[active]) choose(dots[active].item);
    else return;
    event.preventDefault();
  }

  return {
    node,
    /** @param {Dot[]} next @param {string} name */
    update(next, name) {
      dots = next;
      setAttribute(node, 'aria-label', `${name}: ${count(next.length)}`);
      node.replaceChildren(
        ...next.map(({ kind, text }, n) =>
          h('span', {
            class: `dot ${kind}`,
            role: 'option',
            id: `${id}-${n}`,
            'aria-selected': 'false',
            'aria-label': text,
          }),
        ),
      );
      look(-1);
    },
  };
}
