/** Looking at films of the map: the one that is pointed at, or was chosen, is told of, with the films that are nearest to it. */
import { h, uniqueId } from '../../parts/dom.js';
import { bestKnown } from '../../parts/films.js';
import { latest } from '../../parts/latest.js';
import { createMapCanvas } from '../../parts/map/canvas.js';
import { createFilmPanel } from './film.js';
import { createGestures } from './gestures.js';
import { axesOf, stepOf } from './scene.js';
import { words } from './words.js';

/** What the room has been told. @typedef {{state: import('../../shell/state.js').State | null, picture: import('../../worker/protocol.js').Picture | null}} Told */

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {import('../../shell/actions.js').Actions} actions
 * @param {Told} told
 */
export function createLooking(speech, actions, told) {
  const { t } = speech;
  /** The best known first. @type {readonly number[]} */
  let known = [];
  /** The film that is pointed at, and how far the walk has come. */
  let [pointed, walked] = [-1, -1];
  /** The film whose neighbours are drawn. */
  let looked = -1;

  const { keys, surface } = surfaceOf(t);
  const canvas = createMapCanvas(surface, { labels: true, axes: () => axesOf(speech, told.picture) });
  const gestures = createGestures(surface, canvas, {
    point,
    choose: (item) => item >= 0 && choose(item),
    walk,
    enter: () => pointed >= 0 && choose(pointed),
    leave: () => point(-1),
  });
  const panel = createFilmPanel(speech, { ...actions, choose });

  const focus = () => (pointed >= 0 ? pointed : (told.state?.film ?? -1));

  /** @param {number} item that is pointed at; -1: none */
  function point(item) {
    if (item === pointed) return;
    pointed = item;
    surface.classList.toggle('on-film', item >= 0);
    look();
  }

  /** @param {number} item @param {boolean} [go] bring it into the picture */
  function choose(item, go = false) {
    actions.chooseFilm(item);
    pointed = -1;
    if (go) gestures.show(item);
  }

  /** To the next film by how well it is known. @param {number} by */
  function walk(by) {
    if (known.length === 0) return;
    walked = stepOf(walked, by, known.length);
    point(known[walked]);
    gestures.show(known[walked]);
    panel.announce();
  }

  function look() {
    const item = focus();
    if (item !== looked) canvas.mark({ focus: item, near: [] });
    looked = item;
    if (told.state?.films) panel.show(told.state, item);
    neighbours();
  }

  const neighbours = latest(
    () => {
      const item = focus();
      if (item < 0 || !told.picture || !told.state?.model) return null;
      return actions.ask('neighbours', { item, k: 5 }).then((near) => ({ item, near }));
    },
    ({ item, near }) => {
      if (item !== focus() || !told.state?.films || !told.picture) return;
      canvas.mark({ near: near.map((one) => one.item) });
      panel.near(near, told.picture.width);
    },
    // What went wrong is told by the map's own question.
  );

  /** Other films. @param {import('../../worker/protocol.js').Films} films */
  function begin(films) {
    canvas.setFilms(films);
    known = bestKnown(films);
    pointed = walked = -1;
    canvas.mark({ users: null, persons: [], ringed: [] });
  }

  return { begin, canvas, choose, keys, look, neighbours, surface, panel: panel.node, zoom: gestures.perform };
}

/** Where the map is drawn, and how it is moved by keys, for whoever cannot see that. @param {import('../../parts/speech.js').Speech['t']} t */
function surfaceOf(t) {
  const keys = h('p', { class: 'hidden', id: uniqueId('map-keys') }, t(words.keys));
  const surface = h('div', {
    ...{ class: 'map-surface', tabindex: 0, role: 'application', 'aria-label': t(words.map) },
    'aria-describedby': keys.id,
  });
  return { keys, surface };
}
