/** The film that is looked at on the map: what it is and which films are nearest to it in the model's space. */
import { words } from './words.js';
import { h, setText } from '../../parts/dom.js';
import { mayEnter } from '../../parts/fixed.js';
import { filmOf, nearOf, spokenOf } from './scene.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */

/**
 * @param {Speech} speech
 * @param {Pick<import('../../shell/actions.js').Actions, 'enter' | 'like' | 'unlike'> & {choose: (item: number, go?: boolean) => void}} actions
 */
export function createFilmPanel(speech, actions) {
  const { t } = speech;
  /** @type {State | null} */
  let state = null;
  let item = -1;
  /** Whether the next neighbours are to be read out. */
  let speak = false;

  const empty = h('p', { class: 'hint' }, t(words.point));
  const title = h('h3', {});
  const about = h('p', { class: 'map-about' });
  const nearTitle = h('h4', {}, t(words.nearest));
  const list = h('ol', { class: 'map-near' });
  const nearNote = h('p', { class: 'hint' });
  const likes = h('button', { type: 'button', onclick: toggle });
  const network = h('button', { type: 'button', onclick: inNetwork }, t(words.inNetwork));
  const film = h(
    'div',
    { class: 'map-film' },
    ...[title, about, nearTitle, list, nearNote, h('div', { class: 'buttons' }, network, likes)],
  );
  const spoken = h('p', { class: 'hidden', role: 'status' });
  const node = h('section', { class: 'map-panel', 'aria-label': t(words.film) }, empty, film, spoken);

  function inNetwork() {
    actions.choose(item);
    actions.enter('network');
  }

  const liked = () => state?.likes.includes(item);

  function toggle() {
    if (liked()) actions.unlike(item);
    else actions.like(item);
  }

  return {
    node,
    /** @param {State} now @param {number} next -1: none */
    show(now, next) {
      const other = next !== item;
      [state, item] = [now, next];
      empty.hidden = item >= 0;
      film.hidden = item < 0;
      if (item < 0 || !now.films) return;
      network.hidden = !mayEnter(now, 'network');
      setText(likes, t(liked() ? words.unlike : words.like));
      if (!other) return;
      const told = filmOf(speech, now.films, item);
      setText(title, told.title);
      setText(about, told.about);
      list.replaceChildren();
      setText(nearNote, '');
    },
    /** The neighbours that come next are read out. */
    announce: () => (speak = true),
    /** @param {{item: number, similarity: number}[]} near @param {number} width numbers of an embedding */
    near(near, width) {
      if (!state?.films) return;
      const { note, films } = nearOf(speech, state.films, near, width);
      nearTitle.hidden = films.length === 0;
      setText(nearNote, note);
      writeList(list, films, actions.choose);
      if (speak) setText(spoken, spokenOf(speech, filmOf(speech, state.films, item), films));
      speak = false;
    },
  };
}

/**
 * Buttons stay where there are as many: one that has the focus keeps it.
 * @param {HTMLElement} list
 * @param {ReturnType<typeof nearOf>['films']} films
 * @param {(item: number, go: boolean) => void} choose
 */
function writeList(list, films, choose) {
  if (list.children.length !== films.length)
    list.replaceChildren(
      ...films.map(() => h('li', {}, h('button', { type: 'button', class: 'map-neighbour' }, h('span'), h('span')))),
    );
  films.forEach(({ item, name, similarity }, at) => {
    const button = /** @type {HTMLButtonElement} */ (list.children[at].firstElementChild);
    setText(button.children[0], name);
    setText(button.children[1], similarity);
    button.onclick = () => choose(item, true);
  });
}
