/** The map: all films in two dimensions, what lies near what, and where people stand among them. */
import { messageOf } from '../../parts/notices.js';
import { words } from './words.js';
import { h, setText, watch } from '../../parts/dom.js';
import { createFilmPicker } from '../../parts/film_picker.js';
import { createCrowd } from './crowd.js';
import { iconButton } from '../../parts/icon_button.js';
import { createLegend } from './legend.js';
import { createLooking } from './looking.js';
import { createBehind } from '../../parts/data_table.js';
import { pacedQuestion } from '../../parts/paced.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { zooms } from './moves.js';
import { personsOf, pictureOf, sentenceOf } from './scene.js';
import { placesOf } from './table.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 */
export function createMap(speech, host, actions) {
  const { t } = speech;
  /** @type {import('./looking.js').Told} */
  const told = { state: null, picture: null };
  let painting = 0;

  const looking = createLooking(speech, actions, told);
  const { canvas } = looking;
  const find = h('div', { class: 'picker map-find' });
  const picker = createFilmPicker(speech, find, { label: t(words.find), choose: (item) => looking.choose(item, true) });
  const legend = createLegend(speech, (classes, standOut) => canvas.setClasses(classes, standOut));
  const crowd = createCrowd(speech, actions.ask, told, (users) => canvas.mark({ users }));
  const head = h('div', { class: 'map-head' }, find, legend.choice, h('div', { class: 'buttons' }, crowd.button));
  const note = h('p', { class: 'map-note' });
  const body = bodyOf(speech, looking, legend);
  const titles = [h('h2', {}, t(words.title)), h('p', { class: 'map-lead' }, t(words.lead))];
  const room = h('div', { class: 'map' }, ...titles, head, note, looking.keys, body);
  const table = createBehind(speech, room, t(words.tableName), () => placesOf(speech, told), t(words.table));
  host.append(room);

  const question = pacedQuestion(
    () => askMap(actions.ask, told),
    (answer) => {
      const { state } = told;
      if (!state?.films) return;
      const picture = (told.picture = pictureOf(answer, state.films));
      explain(state, answer.available);
      if (!picture) return;
      canvas.setPlaces(picture.places);
      canvas.mark({ persons: personsOf(speech, state, picture) });
      crowd.wish();
      table.update();
      looking.neighbours();
    },
    (error) => setText(note, t(words.trouble, { reason: messageOf(speech, error) })),
    { pause: 200, parts: 4 },
  );

  /** @param {State} state @param {boolean} available  whether the model has a map */
  function explain(state, available) {
    for (const part of [head, body, table.node]) part.hidden = !available;
    setText(note, sentenceOf(speech, state, told.picture, available));
  }

  /** Other films. @param {State} state @param {NonNullable<State['films']>} films */
  function begin(state, films) {
    looking.begin(films);
    crowd.forget();
    told.picture = null;
    // In a frame of its own: to sort nine thousand films by genre takes a while.
    cancelAnimationFrame(painting);
    const { dataset } = state;
    if (dataset) painting = requestAnimationFrame(() => legend.update(films, dataset.genres));
    explain(state, true);
  }

  const [filmsChanged, mapChanged, themeChanged, filmChanged] = Array.from({ length: 4 }, watch);
  return {
    /** @param {State} next */
    update(next) {
      told.state = next;
      const { films, model, film, likes, weights, user, theme, phase } = next;
      if (films && filmsChanged(films)) begin(next, films);
      picker.update(films, film);
      if (themeChanged(theme)) canvas.recolour();
      if (filmChanged(film, films, likes)) {
        canvas.mark({ ringed: likes });
        looking.look();
      }
      if (model && mapChanged(model, weights, user, likes, phase === 'diverged')) question.wish();
    },
    destroy() {
      cancelAnimationFrame(painting);
      question.close();
      picker.destroy();
      canvas.destroy();
      host.replaceChildren();
    },
  };
}

/** @param {import('../../worker/protocol.js').Ask} ask @param {import('./looking.js').Told} told */
const askMap = (ask, { state }) => (state?.model ? ask('map', { user: state.user, likes: state.likes }) : null);

/** @param {Speech} speech @param {ReturnType<typeof createLooking>} looking @param {ReturnType<typeof createLegend>} legend */
function bodyOf(speech, { surface, panel, zoom }, { chips, note }) {
  const { t } = speech;
  const buttons = h(
    'div',
    { class: 'map-zooms' },
    ...[
      { name: words.zoomIn, sign: '+', move: zooms.closer },
      { name: words.zoomOut, sign: '−', move: zooms.back },
      { name: words.whole, sign: '⤢', move: zooms.whole },
    ].map(({ name, sign, move }) => iconButton(t(name), sign, () => zoom(move))),
  );
  const frame = h('div', { class: 'map-frame' }, surface, buttons);
  const [users, hint] = [words.usersNote, words.hint].map((word) => h('p', { class: 'hint' }, t(word)));
  const shown = h('div', { class: 'map-picture' }, frame, chips, users, hint, note);
  shown.append(pictureMenu(speech, shown, () => t(words.title)));
  return h('div', { class: 'map-body' }, shown, panel);
}
