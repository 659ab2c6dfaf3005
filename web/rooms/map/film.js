/** The film that is looked at on the map: what it is and which films are nearest to it in the model's space. */
import { words } from './words.js';
import { h, setText } from '../../parts/dom.js';
import { filmName } from '../../parts/film_picker.js';

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
  const film = h(
    'div',
    { class: 'map-film' },
    title,
    about,
    nearTitle,
    list,
    nearNote,
    h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: inNetwork }, t(words.inNetwork)), likes),
  );
  const spoken = h('p', { class: 'hidden', role: 'status' });
  const node = h('section', { class: 'map-panel', 'aria-label': t(words.film) }, empty, film, spoken);

  function inNetwork() {
    actions.choose(item);
    actions.enter('network');
  }

  function toggle() {
    if (state?.likes.includes(item)) actions.unlike(item);
    else actions.like(item);
  }

  return {
    node,
    /** @param {State} now @param {number} next -1: none */
    show(now, next) {
      state = now;
      const { films } = now;
      const other = next !== item;
      item = next;
      empty.hidden = item >= 0;
      film.hidden = item < 0;
      if (item < 0 || !films) return;
      setText(likes, t(now.likes.includes(item) ? words.unlike : words.like));
      if (!other) return;
      setText(title, filmName(films, item));
      const seen = t(words.seen, { count: films.counts[item] });
      setText(about, [films.genres[item].join(', '), seen].filter(Boolean).join(' · '));
      list.replaceChildren();
      setText(nearNote, '');
    },
    /** The neighbours that come next are read out. */
    announce() {
      speak = true;
    },
    /** @param {{item: number, similarity: number}[]} near @param {number} width numbers of an embedding */
    near(near, width) {
      const films = state?.films;
      if (!films) return;
      nearTitle.hidden = near.length === 0;
      setText(nearNote, near.length === 0 ? '' : width <= 2 ? t(words.nearestExact) : t(words.nearestNote, { width }));
      const names = near.map((one) => filmName(films, one.item));
      if (list.children.length !== near.length)
        list.replaceChildren(
          ...near.map(() => h('li', {}, h('button', { type: 'button', class: 'map-neighbour' }, h('span'), h('span')))),
        );
      near.forEach((one, at) => {
        const button = /** @type {HTMLButtonElement} */ (list.children[at].firstElementChild);
        setText(button.children[0], names[at]);
        setText(button.children[1], one.similarity.toFixed(2).replace('-', '−'));
        button.onclick = () => actions.choose(one.item, true);
      });
      if (speak)
        setText(spoken, `${title.textContent}. ${about.textContent}. ${t(words.nearest)}: ${names.join(', ')}.`);
      speak = false;
    },
  };
}
