/** The head of the page: the mark, the name, and the switches of language and theme. */
import { languages } from '../../languages/languages.js';
import { words } from '../words/lab.js';
import { words as tour } from '../words/tour.js';
import { h, setText, svg } from '../../parts/dom.js';
import { isShown } from '../../parts/fixed.js';
import { stopsOf } from '../tour.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** Two embeddings as vectors from one point: the angle between them is how well a user and a film fit. */
export function mark() {
  return svg(
    'svg',
    { class: 'mark', viewBox: '0 0 32 32', width: 32, height: 32, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { class: 'mark-arc', d: 'M10.6 18.1 A 8 8 0 0 1 13.2 22.4' }),
    svg('path', { class: 'mark-user', d: 'M5.5 26.5 L 15.2 8.3' }),
    svg('path', { class: 'mark-item', d: 'M5.5 26.5 L 23.2 18.2' }),
    svg('circle', { class: 'mark-user', cx: 16.6, cy: 5.6, r: 3 }),
    svg('circle', { class: 'mark-dot', cx: 26, cy: 16.9, r: 3.6 }),
    svg('circle', { class: 'mark-origin', cx: 5.5, cy: 26.5, r: 1.9 }),
  );
}

/** Of the switch between light and dark. */
export const halfMoon = () =>
  svg(
    'svg',
    { viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true', focusable: 'false' },
    svg('circle', { cx: 10, cy: 10, r: 6.5, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 }),
    svg('path', { d: 'M10 3.5 A 6.5 6.5 0 0 1 10 16.5 Z', fill: 'currentColor' }),
  );

/** Without a masthead: the name alone, for whoever doesn't see the page. @param {HTMLElement} host */
export function createName(host) {
  host.classList.add('hidden');
  host.append(h('h1', {}, 'NCF Lab'));
  return { update() {}, destroy: () => host.replaceChildren() };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{setTheme: (theme: 'light' | 'dark') => void, nextLanguage: () => void, showShortcuts: () => void, startTour: () => void, skip: () => void}} actions
 * @param {string} start  the id of what is skipped to
 * @param {import('../../parts/speech.js').Language} next language, named in itself
 */
export function createMasthead(speech, host, actions, start, next) {
  const { t } = speech;
  /** @type {'light' | 'dark'} */
  let other = 'dark';
  const label = h('span', { class: 'hidden' });
  const language = h('button', {
    type: 'button',
    class: 'language',
    lang: languages[next].tag,
    onclick: () => actions.nextLanguage(),
  });
  language.append(languages[next].label);
  const keys = h('button', { type: 'button', class: 'plain keys', title: t(words.shortcuts) });
  keys.append(h('span', { 'aria-hidden': 'true' }, '?'), h('span', { class: 'hidden' }, t(words.shortcuts)));
  keys.addEventListener('click', () => actions.showShortcuts());
  const toggle = h(
    'button',
    { type: 'button', class: 'plain', onclick: () => actions.setTheme(other) },
    halfMoon(),
    label,
  );
  const skip = h('a', { class: 'skip', href: `#${start}` }, t(words.skip));
  // The address holds the settings, so going to a part of the page leaves it alone.
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    actions.skip();
  });
  const tourButton = h(
    'button',
    { type: 'button', class: 'tour-link', 'aria-label': t(tour.tour), onclick: () => actions.startTour() },
    h('span', { class: 'long' }, t(tour.tour)),
    h('span', { class: 'short' }, t(tour.tourShort)),
  );
  host.append(
    skip,
    h('div', { class: 'brand' }, mark(), h('h1', {}, 'NCF Lab')),
    h('p', { class: 'tagline' }, t(words.tagline)),
    tourButton,
    keys,
    language,
    toggle,
  );
  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { theme } = state;
      tourButton.hidden = stopsOf(state).length === 0;
      keys.hidden = !isShown(state, 'shortcuts');
      language.hidden = !isShown(state, 'language');
      toggle.hidden = !isShown(state, 'theme');
      other = theme === 'dark' ? 'light' : 'dark';
      const name = t(words[other]);
      setText(label, name);
      toggle.title = name;
    },
    destroy: () => host.replaceChildren(),
  };
}
