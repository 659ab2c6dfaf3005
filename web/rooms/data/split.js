/** What the split keeps out, seen at one user: the films by time, the newest held out, and the negatives of the test. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { count, shortName, testNumbers } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText, uniqueId } from '../../parts/dom.js';
import { createPicker } from '../../parts/picker.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Timeline} Timeline */
/** @typedef {{item: number, kind: 'train' | 'validation' | 'held' | 'negative', text: string}} Dot */

/** Films that are drawn; a user can have thousands. */
const SHOWN = 120;

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
  host.append(
    h('div', { class: 'people-head' }, h('h2', {}, t(words.split)), pickerHost),
    lesson,
    h('div', { class: 'timeline' }, earlier, films.node),
    kinds,
    beaten,
    readout,
    h('button', { type: 'button', class: 'to-test', onclick: () => actions.enter('evaluation') }, t(words.toTest)),
  );
  const behind = createBehind(speech, host, t(words.split), () => ({
    caption: t(words.split),
    head: [t(words.order), t(words.film), t(words.use)],
    rows: [...all, ...against].map(({ kind, text }, at) => [at + 1, text, nameOf(kind)]),
  }));
  /** @type {Dot[]} */
  let all = [];
  /** @type {Dot[]} */
  let against = [];

  /** @param {Dot['kind']} kind */
  const nameOf = (kind) =>
    t({ train: words.train, validation: words.validation, held: words.heldOut, negative: words.negative }[kind]);

  return {
    /** @param {State} state */
    pick: (state) => picker.update(state),
    /**
     * @param {Overview} overview
     * @param {Timeline} timeline
     * @param {State} state
     */
    update({ split }, timeline, state) {
      const { heldOut, validation, ratings } = timeline;
      const { titles, years } = state.films ?? { titles: [], years: [] };
      const titleOf = (/** @type {number} */ item) => (years[item] ? `${titles[item]} (${years[item]})` : titles[item]);
      const id = String(state.users?.ids[state.user] ?? '');
      const ranks = modelRow(state.settings.model).task === 'ranking';
      const model = shortName(speech, state.settings.model);
      const told = ranks
        ? t(words.splitLesson, { ...testNumbers(state.model), train: split.train, test: split.test, id })
        : '';
      const drawn = ratings && t(words.splitRatings, { model, test: ratings.test, train: ratings.train });
      const more = ratings && ratings.validation > 0 ? t(words.validationRatings, { n: ratings.validation }) : '';
      setText(lesson, ratings ? `${drawn} ${more}` : told);
      all = timeline.films.map(({ item, rating, timestamp }) => ({
        item,
        kind: !ranks ? 'train' : item === heldOut ? 'held' : item === validation ? 'validation' : 'train',
        text: t(words.ratedOn, { film: titleOf(item), stars: rating.toFixed(1), date: dateOf(speech, timestamp) }),
      }));
      against = ranks ? [...timeline.negatives].map((item) => ({ item, kind: 'negative', text: titleOf(item) })) : [];
      const left = Math.max(0, all.length - SHOWN);
      setText(earlier, left > 0 ? t(words.earlier, { n: left }) : '');
      films.update(all.slice(left), t(words.timeline, { id }));
      const learnt = all.filter(({ kind }) => kind === 'train').length;
      setText(kinds, ranks ? t(words.learnt, { n: learnt }) : '');
      for (const kind of /** @type {const} */ (['validation', 'held']))
        if (all.some((dot) => dot.kind === kind))
          kinds.append(' · ', h('span', { class: `swatch ${kind}` }), ` ${nameOf(kind)}`);
      beaten.hidden = against.length === 0;
      const title = t(words.negatives, { n: against.length });
      setText(negativesTitle, title);
      negatives.update(against, title);
      behind.update();
    },
    destroy: () => picker.destroy(),
  };
}

/** @param {Speech} speech @param {number} seconds */
function dateOf(speech, seconds) {
  return new Intl.DateTimeFormat(speech.spoken.tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(1000 * seconds);
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
    const last = dots.length - 1;
    const to = {
      ...{ ArrowRight: Math.min(active + 1, last), ArrowDown: Math.min(active + 1, last) },
      ...{ ArrowLeft: Math.max(active - 1, 0), ArrowUp: Math.max(active - 1, 0), Home: 0, End: last },
    }[event.key];
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
