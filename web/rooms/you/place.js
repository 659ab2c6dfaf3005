/** Where one stands among the films: the map, small. */
import { pacedQuestion } from '../../parts/paced.js';
import { words } from './words.js';
import { h, watch } from '../../parts/dom.js';
import { mayEnter } from '../../parts/fixed.js';
import { createMapCanvas } from '../../parts/map/canvas.js';
import { byGenre } from '../../parts/map/classes.js';
import { pictureMenu } from '../../parts/picture_menu.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

const PAUSE_MS = 300;

/** @param {Speech} speech @param {Pick<import('../../shell/actions.js').Actions, 'ask' | 'enter'>} actions */
export function createYouPlace(speech, actions) {
  const { t } = speech;
  /** @type {import('../../shell/state.js').State | null} */
  let state = null;
  const filmsChanged = watch();
  const surface = h('div', { class: 'you-map', role: 'img', 'aria-label': t(words.placeNote) });
  const canvas = createMapCanvas(surface, { labels: false, dot: 0.75, margin: 14 });
  const openMap = h('button', { type: 'button', onclick: () => actions.enter('map') }, t(words.openMap));
  const node = h(
    'section',
    { class: 'you-place', 'aria-label': t(words.place), hidden: true },
    h('h3', {}, t(words.place)),
    surface,
    pictureMenu(speech, surface, () => t(words.place)),
    h('p', { class: 'hint' }, t(words.placeNote)),
    openMap,
  );

  /** Before the first map: a room without likes needs none. */
  function prepare() {
    const { films, dataset } = state ?? {};
    if (!films || !dataset || !filmsChanged(films)) return;
    canvas.setFilms(films);
    canvas.setClasses(byGenre(speech, films, dataset.genres), new Set());
  }

  const question = pacedQuestion(
    () => {
      if (!state?.model || state.likes.length === 0) return null;
      return actions.ask('map', { user: -1, likes: state.likes });
    },
    (answer) => {
      const films = state?.films;
      const place = answer.available && answer.places.length === 2 * (films?.titles.length ?? 0) ? answer.likes : null;
      node.hidden = !place || state?.likes.length === 0;
      if (!place || !answer.available) return;
      prepare();
      canvas.setPlaces(answer.places);
      canvas.mark({ persons: [{ kind: 'you', name: t(words.you), place }] });
    },
    // The list beside it says what went wrong.
    () => (node.hidden = true),
    { pause: PAUSE_MS, parts: 5 },
  );

  const likesChanged = watch();
  const mapChanged = watch();
  const themeChanged = watch();
  return {
    node,
    /** @param {import('../../shell/state.js').State} next */
    update(next) {
      state = next;
      const { model, weights, likes, theme } = next;
      openMap.hidden = !mayEnter(next, 'map');
      if (themeChanged(theme)) canvas.recolour();
      if (likesChanged(likes)) {
        canvas.mark({ ringed: likes });
        if (likes.length === 0) node.hidden = true;
      }
      if (model && mapChanged(model, weights, likes)) question.wish();
    },
    destroy() {
      question.close();
      canvas.destroy();
    },
  };
}
