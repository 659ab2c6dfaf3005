/** The map: all films in two dimensions, what lies near what, and where people stand among them. */
import { shortName } from '../../parts/format.js';
import { messageOf } from '../../parts/notices.js';
import { bestKnown } from '../../parts/films.js';
import { latest } from '../../parts/latest.js';
import { paced } from '../../parts/paced.js';
import { epochsDone, isRunning } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setAttribute, setText, uniqueId, watch } from '../../parts/dom.js';
import { createFilmPicker } from '../../parts/film_picker.js';
import { createMapCanvas } from '../../parts/map/canvas.js';
import { createFilmPanel } from './film.js';
import { iconButton } from '../../parts/icon_button.js';
import { createGestures } from './gestures.js';
import { createLegend } from './legend.js';
import { createBehind } from '../../parts/data_table.js';
import { placesOf } from './table.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Picture} Picture */

/** A map is asked for no more often than this, and takes no more than a quarter of the worker's time. */
const PAUSE_MS = 200;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 */
export function createMap(speech, host, actions) {
  const { t } = speech;
  /** @type {State | null} */
  let state = null;
  /** @type {Picture | null} */
  let picture = null;
  let pointed = -1;
  let walked = -1;
  /** The film whose neighbours are drawn. */
  let looked = -1;
  let cost = 0;
  let showUsers = false;
  /** What the crowd's places were asked for: an epoch while training goes on, else the weights. */
  let crowdOf = '';
  /** Films by falling count. @type {readonly number[]} */
  let known = [];

  const note = h('p', { class: 'map-note' });
  const pickerHost = h('div', { class: 'picker map-find' });
  const picker = createFilmPicker(speech, pickerHost, { label: t(words.find), choose: (item) => choose(item, true) });
  const users = h('button', { type: 'button', 'aria-pressed': 'false', onclick: toggleUsers }, t(words.users));
  const keys = h('p', { class: 'hidden', id: uniqueId('map-keys') }, t(words.keys));
  const surface = h('div', {
    ...{ class: 'map-surface', tabindex: 0, role: 'application', 'aria-label': t(words.map) },
    'aria-describedby': keys.id,
  });
  const canvas = createMapCanvas(surface, {
    labels: true,
    scaleBar: true,
    axes: () => [axisName(0), axisName(1)],
  });
  const gestures = createGestures(surface, canvas, {
    point,
    choose: (item) => item >= 0 && choose(item),
    walk,
    enter: () => pointed >= 0 && choose(pointed),
    leave: () => point(-1),
  });
  const zooms = h(
    'div',
    { class: 'map-zooms' },
    iconButton(t(words.zoomIn), '+', gestures.zoomIn),
    iconButton(t(words.zoomOut), '−', gestures.zoomOut),
    iconButton(t(words.whole), '⤢', gestures.whole),
  );
  const legend = createLegend(speech, (classes, standOut) => canvas.setClasses(classes, standOut));
  const panel = createFilmPanel(speech, { ...actions, choose });
  const body = h(
    'div',
    { class: 'map-body' },
    h(
      'div',
      { class: 'map-picture' },
      h('div', { class: 'map-frame' }, surface, zooms),
      legend.chips,
      h('p', { class: 'hint' }, t(words.usersNote)),
      h('p', { class: 'hint' }, t(words.hint)),
      legend.note,
    ),
    panel.node,
  );
  const head = h('div', { class: 'map-head' }, pickerHost, legend.choice, h('div', { class: 'buttons' }, users));
  const room = h(
    'div',
    { class: 'map' },
    h('h2', {}, t(words.title)),
    h('p', { class: 'map-lead' }, t(words.lead)),
    ...[head, note, keys, body],
  );
  const table = createBehind(
    speech,
    room,
    t(words.tableName),
    () => (picture && state?.films ? placesOf(speech, state.films, known, picture.places) : null),
    t(words.table),
  );
  host.append(room);

  /** @param {number} at */
  function axisName(at) {
    if (!picture) return '';
    const share = (100 * picture.explained[at]).toFixed(0);
    return picture.width <= 2 ? t(words.column, { n: at + 1 }) : t(words.axis, { n: at + 1, share });
  }

  const wish = latest(ask, take, (error) => {
    setText(note, t(words.trouble, { reason: messageOf(speech, error) }));
    note.hidden = false;
  });
  const pace = paced(wish, () => Math.max(PAUSE_MS, 3 * cost));

  function ask() {
    if (!state?.model) return null;
    const { user, likes } = state;
    const began = performance.now();
    return actions.ask('map', { user, likes }).then((answer) => {
      cost = performance.now() - began;
      return answer;
    });
  }

  /** @param {Picture | {available: false}} answer */
  function take(answer) {
    if (!state?.films) return;
    const there = answer.available && answer.places.length === 2 * state.films.titles.length;
    picture = there ? answer : null;
    explain(state, answer.available);
    if (!picture) return;
    const { places, user, likes } = picture;
    canvas.setPlaces(places);
    const id = state.users?.ids[state.user] ?? 0;
    /** @type {import('../../parts/map/captions.js').Person[]} */
    const persons = [];
    if (user) persons.push({ kind: 'user', name: t(words.user, { id: String(id) }), place: user });
    if (likes) persons.push({ kind: 'you', name: t(words.you), place: likes });
    canvas.mark({ persons });
    crowd();
    table.update();
    neighbours();
  }

  function toggleUsers() {
    showUsers = !showUsers;
    setAttribute(users, 'aria-pressed', String(showUsers));
    crowdOf = '';
    if (showUsers) crowd();
    else canvas.mark({ users: null });
  }

  const crowd = latest(
    () => {
      if (!showUsers || !picture || !state) return null;
      // Everybody's place takes a while: while training goes on only when an epoch has ended.
      const now = isRunning(state) ? `epoch ${epochsDone(state)}` : `weights ${state.weights}`;
      if (now === crowdOf) return null;
      crowdOf = now;
      return actions.ask('crowd');
    },
    ({ users: all }) => {
      const wanted = showUsers && all?.length === 2 * (state?.users?.ids.length ?? 0);
      canvas.mark({ users: wanted ? all : null });
    },
    // What went wrong is told by the map's own question.
    () => (crowdOf = ''),
  );

  /**
   * What one sees, in a sentence.
   * @param {State} now
   * @param {boolean} available
   */
  function explain(now, available) {
    for (const part of [head, body, table.node]) part.hidden = !available;
    setText(note, sentence(now, available));
  }

  /** @param {State} now @param {boolean} available */
  function sentence(now, available) {
    if (!available) return t(words.none, { model: shortName(speech, now.settings.model) });
    if (!picture) return t(words.waiting);
    if (epochsDone(now) === 0 && !now.loaded && !isRunning(now)) return t(words.untrained);
    const [first, second] = picture.explained.map((share) => (100 * share).toFixed(0));
    return picture.width <= 2 ? t(words.exact) : t(words.principal, { width: picture.width, first, second });
  }

  /** The film that is looked at. */
  const focus = () => (pointed >= 0 ? pointed : (state?.film ?? -1));

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
    walked = (walked + by + known.length + (walked < 0 && by < 0 ? 1 : 0)) % known.length;
    point(known[walked]);
    gestures.show(known[walked]);
    panel.announce();
  }

  function look() {
    const item = focus();
    if (item !== looked) canvas.mark({ focus: item, near: [] });
    looked = item;
    if (state?.films) panel.show(state, item);
    neighbours();
  }

  const neighbours = latest(
    () => {
      const item = focus();
      if (item < 0 || !picture || !state?.model) return null;
      return actions.ask('neighbours', { item, k: 5 }).then((near) => ({ item, near }));
    },
    ({ item, near }) => {
      if (item !== focus() || !state?.films || !picture) return;
      canvas.mark({ near: near.map((/** @type {{item: number}} */ one) => one.item) });
      panel.near(near, picture.width);
    },
    // What went wrong is told by the map's own question.
    () => {},
  );

  let painting = 0;
  const filmsChanged = watch();
  const mapChanged = watch();
  const themeChanged = watch();
  const filmChanged = watch();
  return {
    /** @param {State} next */
    update(next) {
      state = next;
      const { films, dataset, model, film, likes, weights, user, theme, phase } = next;
      if (films && filmsChanged(films)) {
        canvas.setFilms(films);
        known = bestKnown(films);
        pointed = walked = -1;
        crowdOf = '';
        picture = null;
        canvas.mark({ users: null, persons: [], ringed: [] });
        // In a frame of its own: to sort nine thousand films by genre takes a while.
        cancelAnimationFrame(painting);
        if (dataset) painting = requestAnimationFrame(() => legend.update(films, dataset.genres));
        explain(next, true);
      }
      picker.update(films, film);
      if (themeChanged(theme)) canvas.recolour();
      if (filmChanged(film, films, likes)) {
        canvas.mark({ ringed: likes });
        look();
      }
      if (model && mapChanged(model, weights, user, likes, phase === 'diverged')) pace.wish();
    },
    destroy() {
      cancelAnimationFrame(painting);
      pace.close();
      picker.destroy();
      canvas.destroy();
      host.replaceChildren();
    },
  };
}
