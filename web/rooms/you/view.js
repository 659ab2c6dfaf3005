/** Being the user: films that one likes, the top 10 that the model makes of them, why, and where one stands on the map. */
import { briefTitle, count, ratingText, scoreSentence, scoreText, shortName } from '../../parts/format.js';
import { messageOf } from '../../parts/notices.js';
import { bestKnown } from '../../parts/films.js';
import { latest } from '../../parts/latest.js';
import { paced } from '../../parts/paced.js';
import { MOST_LIKES, epochOfWeights, epochsDone } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setAttribute, setText, watch } from '../../parts/dom.js';
import { createFilmPicker, filmName } from '../../parts/film_picker.js';
import { writeList, compare } from './list.js';
import { createYouPlace } from './place.js';
import { suggestions } from './suggestions.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./list.js').Recommendation} Recommendation */
/** @typedef {import('../../worker/protocol.js').Out<'guest'>} Answer */

const PAUSE_MS = 250;
/** Films that are suggested to begin with, and later on. */
const SUGGESTED = [12, 6];

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 */
export function createYou(speech, host, actions) {
  const { t } = speech;
  /** @type {State | null} */
  let state = null;
  /** @type {readonly number[]} the best known films first */
  let known = [];
  /** The list that is shown, and the one that it is compared with. @type {number[]} */
  let shown = [];
  /** @type {number[] | null} */
  let before = null;
  /** What came between the two, in words. */
  let cause = '';
  /** Whether the next list is the first after a like, and says so. */
  let answering = false;
  let epoch = 0;
  let cost = 0;
  /** @type {number[]} */
  let likes = [];

  const pickerHost = h('div', { class: 'picker you-find' });
  const picker = createFilmPicker(speech, pickerHost, { label: t(words.find), choose: take });
  const counter = h('p', { class: 'list-note' });
  const chips = h('ul', { class: 'you-chips' });
  const startNote = h('p', { class: 'hint' });
  const starts = h('div', { class: 'you-starts' });
  const topTitle = h('h3', {}, t(words.top));
  const topNote = h('p', { class: 'list-note' });
  const scoreNote = h('p', { class: 'list-note' });
  const change = h('p', { class: 'you-change', role: 'status' });
  const list = h('ol', { class: 'films top you-top' });
  const why = h('p', { class: 'hint' });
  const place = createYouPlace(speech, actions);
  host.append(
    h(
      'div',
      { class: 'you' },
      h('div', { class: 'you-head' }, h('h2', {}, t(words.title)), h('p', { class: 'map-lead' }, t(words.lead))),
      h(
        'section',
        { class: 'you-likes', 'aria-label': t(words.likes) },
        h('div', { class: 'you-likes-head' }, h('h3', {}, t(words.likes)), counter),
        pickerHost,
        chips,
        startNote,
        starts,
      ),
      h('section', { class: 'you-list', 'aria-label': t(words.top) }, topTitle, topNote, scoreNote, change, list, why),
      place.node,
    ),
  );

  /** @param {number} item to be looked at on the map */
  function show(item) {
    actions.chooseFilm(item);
    actions.enter('map');
  }

  /** @param {number} item that was searched for */
  function take(item) {
    actions.like(item);
    // The field is for the next one.
    picker.clear();
  }

  const wish = latest(ask, use, (error) => {
    setText(topNote, t(words.trouble, { reason: messageOf(speech, error) }));
  });
  const pace = paced(wish, () => Math.max(PAUSE_MS, 3 * cost));

  function ask() {
    if (!state?.model) return null;
    if (state.likes.length === 0) {
      use({ recommendations: [], learns: true });
      return null;
    }
    const began = performance.now();
    return actions.ask('guest', { likes: state.likes, k: 10 }).then((answer) => {
      cost = performance.now() - began;
      return answer;
    });
  }

  /** @param {Answer} answer */
  function use(answer) {
    if (!state?.films) return;
    const { films } = state;
    const model = shortName(speech, state.settings.model);
    const { recommendations, learns } = answer;
    setText(topTitle, state.likes.length > 0 ? t(words.topBy, { model }) : t(words.top));
    setText(topNote, noteOf(answer, model));
    const scores = recommendations.length > 0 ? [scoreSentence(speech, state.model?.score)] : [];
    if (answer.rating) scores.push(t(words.rated, { rating: answer.rating }));
    setText(scoreNote, scores.join(' '));
    const now = recommendations.map(({ item }) => item);
    const { moves, gone } = compare(before ?? now, now);
    const write = answer.rating ? ratingText : scoreText;
    writeList(speech, list, films, recommendations, before && moves, { show, like: actions.like, write });
    const fresh = moves.filter((move) => move === 'new').length;
    const titles = gone.slice(0, 3).map((item) => briefTitle(films.titles[item]));
    const told = before && now.length > 0 ? [t(words.changed, { cause, fresh })] : [];
    if (told.length > 0 && titles.length > 0) {
      const more = gone.length - titles.length;
      told.push(t(words.gone, { titles: titles.join(t(words.separator)) + (more > 0 ? ` + ${more}` : '') }));
    }
    setText(change, told.join(' '));
    // While the model learns the list changes all the time: that is no news to be read out each time.
    setAttribute(change, 'aria-live', answering ? 'polite' : 'off');
    answering = false;
    const { reasons = [], exact = false } = recommendations[0] ?? {};
    setText(why, learns && reasons.length > 0 ? t(exact ? words.exact : words.near) : '');
    shown = now;
  }

  /** @param {Answer} answer @param {string} model */
  function noteOf({ why: obstacle, learns }, model) {
    if (!state) return '';
    if (obstacle) return t(words[obstacle], { model });
    if (state.likes.length === 0) return t(words.invite);
    if (!learns) return t(words.same, { model });
    const done = epochOfWeights(state)?.epoch ?? 0;
    if (state.model?.once) return t(words.solved);
    return done === 0 && !state.loaded && state.phase === 'idle' ? t(words.untrained) : t(words.after, { count: done });
  }

  /** @param {State} next */
  function writeLikes({ films, likes: now }) {
    if (!films) return;
    setText(counter, t(words.count, { count: now.length, most: MOST_LIKES }));
    chips.replaceChildren(
      ...now.map((item) => {
        const remove = () => {
          actions.unlike(item);
          pickerHost.querySelector('input')?.focus();
        };
        const name = filmName(films, item);
        return h(
          'li',
          {},
          h('span', {}, name),
          h(
            'button',
            { type: 'button', class: 'plain', title: t(words.remove, { title: name }), onclick: remove },
            h('span', { class: 'cross', 'aria-hidden': 'true' }, '×'),
            h('span', { class: 'hidden' }, t(words.remove, { title: name })),
          ),
        );
      }),
    );
    const full = now.length >= MOST_LIKES;
    setText(startNote, t(full ? words.full : now.length === 0 ? words.nothing : words.more));
    const offered = full ? [] : suggestions(films, known, now, SUGGESTED[Number(now.length > 0)]);
    starts.replaceChildren(
      ...offered.map((item) =>
        h(
          'button',
          {
            type: 'button',
            'aria-label': t(words.add, { title: filmName(films, item) }),
            onclick: () => actions.like(item),
          },
          h('span', { 'aria-hidden': 'true' }, '+'),
          briefTitle(films.titles[item]),
        ),
      ),
    );
  }

  /** What a list is compared with: the one before a film was liked or taken off, or that of an epoch ago. @param {State} next */
  function compareWith(next) {
    const { films } = next;
    const added = next.likes.find((item) => !likes.includes(item));
    const taken = likes.find((item) => !next.likes.includes(item));
    const item = added ?? taken;
    if (films && item !== undefined) {
      before = likes.length > 0 && next.likes.length > 0 && shown.length > 0 ? shown : null;
      cause = t(added === undefined ? words.without : words.with, { title: briefTitle(films.titles[item]) });
      answering = true;
    } else if (epochsDone(next) !== epoch) {
      before = shown.length > 0 ? shown : null;
      cause = t(words.epoch, { epoch: count(Math.max(0, epochsDone(next) - 1)) });
    }
    ({ likes } = next);
    epoch = epochsDone(next);
  }

  const filmsChanged = watch();
  const likesChanged = watch();
  const listChanged = watch();
  const modelChanged = watch();
  return {
    /** @param {State} next */
    update(next) {
      state = next;
      const { films, model, weights, phase } = next;
      if (filmsChanged(films) && films) {
        known = bestKnown(films);
        picker.update(films, -1);
        likes = next.likes;
        before = null;
      }
      if (modelChanged(model)) before = null;
      compareWith(next);
      if (likesChanged(next.likes, films)) writeLikes(next);
      if (model && listChanged(model, weights, next.likes, phase)) pace.wish();
      place.update(next);
    },
    destroy() {
      pace.close();
      picker.destroy();
      place.destroy();
      host.replaceChildren();
    },
  };
}
