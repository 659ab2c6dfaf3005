/** The films that a user has rated, newest first, a page at a time. */
import { words } from './words.js';
import { h, setText } from '../../parts/dom.js';
import { rated } from './films.js';
import { pageOf } from './people_scene.js';

/** @typedef {import('../../worker/protocol.js').Person} Person */

/** @param {import('../../parts/speech.js').Speech} speech */
export function createHistory(speech) {
  const { t } = speech;
  const title = h('h3', {}, t(words.rated));
  const note = h('p', { class: 'list-note' });
  const films = h('ul', { class: 'films' });
  const more = h('button', { type: 'button', hidden: true, onclick: showMore });
  const past = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(words.rated) }, films, more);
  /** @type {Person | null} */
  let person = null;

  function showMore() {
    if (!person) return;
    const page = pageOf(speech, person, films.childElementCount);
    films.append(...page.films.map((film) => rated(speech, film)));
    more.hidden = page.left === 0;
    setText(more, page.more);
  }

  return {
    node: h('section', { 'aria-label': t(words.history) }, title, note, past),
    /** From the top. @param {Person} next */
    write(next) {
      person = next;
      setText(title, t(words.hasRated, { id: String(next.id) }));
      setText(note, t(words.newestFirst, { n: next.history.length }));
      films.replaceChildren();
      past.scrollTop = 0;
      showMore();
    },
  };
}
