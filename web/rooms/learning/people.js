/** One user: the films that they have rated beside the model's top 10, made anew when an epoch ends. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { genreName, ordinal, ratingText, scoreSentence, scoreText, shortName } from '../../parts/format.js';
import { epochOfWeights } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setText, watch } from '../../parts/dom.js';
import { createPicker } from '../../parts/picker.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Person} Person */
/** @typedef {import('../../worker/protocol.js').Suggested} Suggested */

/** Films of the history that are shown before more are asked for, and a time. */
const PAGE = 30;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../../shell/actions.js').Actions, 'chooseUser' | 'findUser' | 'anyUser'>} actions
 */
export function createPeople(speech, host, actions) {
  const { t } = speech;
  const pickerHost = h('div', { class: 'picker' });
  const picker = createPicker(speech, pickerHost, actions);
  const verdict = h('p', { class: 'verdict' });
  const topTitle = h('h3', {}, t(words.topOfModel));
  const historyTitle = h('h3', {}, t(words.rated));
  const topNote = h('p', { class: 'list-note' });
  const scoreNote = h('p', { class: 'list-note' });
  const top = h('ol', { class: 'films top' });
  const historyNote = h('p', { class: 'list-note' });
  const history = h('ul', { class: 'films' });
  const more = h('button', { type: 'button', hidden: true, onclick: () => showMore() });
  const past = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(words.rated) }, history, more);
  host.append(
    h('div', { class: 'people-head' }, h('h2', {}, t(words.title)), pickerHost),
    verdict,
    h(
      'div',
      { class: 'lists' },
      h('section', { 'aria-label': t(words.recommendations) }, topTitle, topNote, scoreNote, top),
      h('section', { 'aria-label': t(words.history) }, historyTitle, historyNote, past),
    ),
  );

  /** @type {Person | null} */
  let person = null;
  let listed = 0;
  /** @type {Map<number, number>} rank of each film in the list before, of the same user */
  let ranksBefore = new Map();
  const changed = watch();

  function showMore() {
    if (!person) return;
    const next = person.history.slice(listed, listed + PAGE);
    const flags = new Map([
      [person.validationItem, t(words.validation)],
      [person.heldOut?.item, t(words.hidden)],
    ]);
    history.append(...next.map((film) => rated(speech, film, flags.get(film.item))));
    listed += next.length;
    const left = person.history.length - listed;
    more.hidden = left === 0;
    setText(more, t(words.more, { n: Math.min(PAGE, left), left: String(left) }));
  }

  /** @param {Person} next */
  function write(next) {
    const sameUser = person !== null && person.user === next.user && person.history.length === next.history.length;
    const wasReady = person?.ready;
    const sameFlags = person?.validationItem === next.validationItem && person.heldOut?.item === next.heldOut?.item;
    const ranks = new Map(next.recommendations.map(({ item }, at) => [item, at]));
    top.replaceChildren(
      ...next.recommendations.map((film, at) =>
        suggested(speech, next, film, sameUser && wasReady ? moved(film.item, at) : ''),
      ),
    );
    ranksBefore = ranks;
    person = next;
    setText(verdict, '');
    verdict.append(...heldOut(speech, next));
    if (sameUser && sameFlags) return;
    setText(historyTitle, t(words.hasRated, { id: String(next.id) }));
    setText(historyNote, t(words.newestFirst, { n: next.history.length }));
    history.replaceChildren();
    past.scrollTop = 0;
    listed = 0;
    showMore();
  }

  /**
   * @param {number} item
   * @param {number} at its place now
   */
  function moved(item, at) {
    const before = ranksBefore.get(item);
    if (before === undefined) return t(words.new);
    return before === at ? '' : `${before > at ? '↑' : '↓'}${Math.abs(before - at)}`;
  }

  return {
    /** @param {import('../../shell/state.js').State} state */
    update(state) {
      picker.update(state);
      const { epochs, settings, loaded, selected, model } = state;
      if (!changed(state.person, epochs, settings.model, loaded, selected, model)) return;
      setText(topTitle, t(words.top, { model: shortName(speech, settings.model) }));
      setText(topNote, noteOf(speech, state));
      setText(scoreNote, state.person?.ready ? scoreSentence(speech, model?.score) : '');
      if (state.person && state.person !== person) write(state.person);
    },
    destroy() {
      picker.destroy();
      host.replaceChildren();
    },
  };
}

/**
 * What the list is made from.
 * @param {Speech} speech
 * @param {import('../../shell/state.js').State} state
 */
function noteOf(speech, state) {
  const { t } = speech;
  const { person, settings, loaded, model } = state;
  const { fit } = modelRow(settings.model);
  if (!person) return t(words.onceRead);
  if (!person.ready) return t(words.onceSolved);
  if (fit === 'counts') return t(words.counted);
  if (fit === 'none') return t(words.byChance);
  const done = epochOfWeights(state)?.epoch ?? 0;
  if (done === 0) return t(loaded ? words.loaded : words.untrained);
  if (model?.once) return t(words.solved);
  return t(loaded ? words.afterMore : words.after, { n: done });
}

/**
 * @param {Speech} speech
 * @param {Person} person
 * @returns {(Node | string)[]}
 */
function heldOut(speech, { heldOut: film, task, ready }) {
  const { t } = speech;
  if (!ready) return [];
  if (task === 'rating') return [t(words.unrated)];
  if (!film) return [t(words.noHidden)];
  const verdict = film.rank <= 10 ? words.hit : words.miss;
  const place = ordinal(speech, Math.round(film.rank));
  const after = t(verdict, { place, n: String(film.candidates) });
  return [t(words.hiddenFilm), h('cite', {}, titled(film)), after];
}

/** @param {import('../../worker/protocol.js').Film} film */
const titled = ({ title, year }) => (year ? `${title} (${year})` : title);

/**
 * @param {Speech} speech
 * @param {import('../../worker/protocol.js').Film} film
 * @param {...import('../../parts/dom.js').Child} aside
 */
function entry(speech, film, ...aside) {
  const { t } = speech;
  const genres = film.genres.map((genre) => genreName(speech, genre)).join(t(words.comma));
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'film' },
      h('p', { class: 'title' }, film.title),
      h('p', { class: 'genres' }, [film.year || t(words.noYear), genres || t(words.noGenres)].join(' · ')),
    ),
    ...aside,
  );
}

/**
 * @param {Speech} speech
 * @param {import('../../worker/protocol.js').Rated} film
 * @param {string} [mark]  why the model has not seen it
 */
function rated(speech, film, mark) {
  const { t } = speech;
  const stars = h(
    'span',
    { class: 'stars', title: t(words.stars, { rating: String(film.rating) }) },
    `★ ${film.rating.toFixed(1)}`,
  );
  const node = entry(speech, film, stars);
  if (mark) flag(node, mark);
  return node;
}

/**
 * Marks a film that was kept back.
 * @param {HTMLElement} node
 * @param {string} text
 */
function flag(node, text) {
  node.classList.add('held-out');
  node.querySelector('.film')?.append(h('p', { class: 'flag' }, text));
}

/**
 * @param {Speech} speech
 * @param {Person} person
 * @param {Suggested} film
 * @param {string} move how it moved since the epoch before
 */
function suggested(speech, { task }, film, move) {
  const { t } = speech;
  const score = (task === 'rating' ? ratingText : scoreText)(film.score);
  const node = entry(speech, film, h('p', { class: 'aside' }, score, h('span', { class: 'moved' }, move)));
  if (film.heldOut) flag(node, t(words.wasHidden));
  return node;
}
