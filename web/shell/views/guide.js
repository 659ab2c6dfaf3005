/** What a student is looking at, in plain words, and whose data these are. */
import { testNumbers } from '../../parts/format.js';
import { STOPS, stopsOf } from '../tour.js';
import { words } from '../words/guide.js';
import { words as tour } from '../words/tour.js';
import { h, setText, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'tour'>} actions
 */
export function createGuide(speech, host, actions) {
  const { t } = speech;
  const entry = (/** @type {import('../../parts/speech.js').Word} */ term, /** @type {(Node | string)[]} */ ...rest) =>
    h('div', {}, h('dt', {}, t(term)), ...rest.map((text) => h('dd', {}, text)));
  const texts = STOPS.map(() => h('span'));
  /** @type {import('../tour.js').Stop[]} */
  let stops = [];
  const shows = STOPS.map((stop) =>
    h(
      'button',
      {
        type: 'button',
        class: 'plain small',
        'aria-label': t(tour.showTerm, { term: t(stop.term) }),
        onclick: () => actions.tour(stops.indexOf(stop)),
      },
      t(tour.show),
    ),
  );
  host.append(
    h('h2', {}, t(words.title)),
    h(
      'dl',
      {},
      ...STOPS.map(({ term }, at) => entry(term, texts[at], shows[at])),
      entry(words.errors, t(words.errorsText)),
      entry(words.try, t(words.tryText)),
    ),
  );
  const moved = watch();
  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { model } = state;
      stops = stopsOf(state);
      STOPS.forEach((stop, at) => (shows[at].hidden = !stops.includes(stop)));
      // The tests that the words tell of are the model's.
      if (!moved(JSON.stringify(model?.test))) return;
      STOPS.forEach(({ text }, at) => setText(texts[at], t(text, testNumbers(model))));
    },
    destroy: () => host.replaceChildren(),
  };
}

/** A link that leaves the lab where it is, with its run: in a frame, too. @param {string} address without https:// */
const away = (address) => h('a', { href: `https://${address}`, target: '_blank', rel: 'noopener noreferrer' }, address);

/** @param {Speech} speech @param {HTMLElement} host @param {string} [course]  where a lab for a course is put together */
export function createCredit(speech, host, course) {
  const { t } = speech;
  host.append(
    h('p', {}, t(words.creditData)),
    h(
      'p',
      { lang: 'en' },
      'F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. ',
      h('cite', {}, 'ACM Transactions on Interactive Intelligent Systems'),
      ' 5, 4: 19:1–19:19. ',
      away('doi.org/10.1145/2827872'),
    ),
    h(
      'p',
      {},
      t(words.creditModels),
      h(
        'span',
        { lang: 'en' },
        'X. He, L. Liao, H. Zhang, L. Nie, X. Hu and T.-S. Chua. 2017. Neural Collaborative Filtering. ',
        h('cite', {}, 'WWW ’17'),
        '. ',
      ),
      away('doi.org/10.1145/3038912.3052569'),
    ),
  );
  if (course) host.append(h('p', {}, h('a', { href: course }, t(words.course))));
  return { update() {}, destroy: () => host.replaceChildren() };
}
