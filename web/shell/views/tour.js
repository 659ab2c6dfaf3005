/** The tour: one stop at a time above the rooms, with what to do there; going on is up to the person. */
import { testNumbers } from '../../parts/format.js';
import { stopsOf } from '../tour.js';
import { words } from '../words/tour.js';
import { focusedIn, h, setAttribute, setText, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'tour'>} actions
 */
export function createTour(speech, host, actions) {
  const { t } = speech;
  let at = -1;
  const place = h('p', { class: 'tour-place' });
  const term = h('h2');
  const text = h('p', { class: 'tour-text' });
  const task = h('p', { class: 'tour-task' });
  const back = h('button', { type: 'button', onclick: () => actions.tour(at - 1) }, t(words.back));
  const next = h('button', { type: 'button', class: 'primary', onclick: () => actions.tour(at + 1) });
  const end = h('button', { type: 'button', class: 'plain', title: t(words.end), onclick: () => actions.tour(-1) });
  end.append(h('span', { class: 'cross', 'aria-hidden': 'true' }, '×'), h('span', { class: 'hidden' }, t(words.end)));
  const told = h('div', { 'aria-live': 'polite' }, h('div', { class: 'tour-head' }, term, place), text, task);
  const strip = h('section', { class: 'tour', hidden: true, 'aria-label': t(words.tour) }, told, end);
  strip.append(h('div', { class: 'tour-buttons' }, back, next));
  host.append(strip);

  const moved = watch();
  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { tour, model } = state;
      // The tests that its words tell of are the model's.
      if (!moved(tour, tour >= 0 && JSON.stringify(model?.test))) return;
      const opened = at < 0 && tour >= 0;
      at = tour;
      // The focus goes on in the room, rather than back to the top of the page.
      const inside = strip.contains(focusedIn(strip));
      strip.hidden = at < 0;
      const stops = stopsOf(state);
      const stop = stops[at];
      if (!stop) {
        /** @type {HTMLElement | null | undefined} */
        const tab = inside ? host.closest('.lab')?.querySelector('[role=tab][aria-selected=true]') : null;
        tab?.focus({ preventScroll: true });
        return;
      }
      setText(place, t(words.place, { at: at + 1, all: stops.length }));
      setText(term, t(stop.term));
      setText(text, t(stop.text, testNumbers(model)));
      setText(task, t(stop.task));
      setText(next, at + 1 < stops.length ? t(words.next) : t(words.end));
      setAttribute(back, 'disabled', at === 0);
      // The room has to be seen beneath it.
      const { top, bottom } = strip.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight / 2) strip.scrollIntoView();
      if (opened) next.focus({ preventScroll: true });
    },
    destroy: () => strip.remove(),
  };
}
