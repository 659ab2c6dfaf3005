/** What the room shows, as plain values: films that are liked and others to like, and the top 10, why, and what is new in it. */
import { bestKnown } from '../../parts/films.js';
import { filmName } from '../../parts/film_picker.js';
import { briefTitle, ratingText, scoreSentence, scoreText, shortName } from '../../parts/format.js';
import { MOST_LIKES, epochOfWeights } from '../../parts/readings.js';
import { compare } from './list.js';
import { suggestions } from './suggestions.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Films} Films */
/** @typedef {import('../../worker/protocol.js').Recommendation} Recommendation */
/** @typedef {import('../../worker/protocol.js').Out<'guest'>} Answer */
/** @typedef {Pick<import('../../shell/state.js').State, 'likes' | 'settings' | 'model' | 'epochs' | 'selected' | 'loaded' | 'phase'>} Known */
/** @typedef {ReturnType<typeof likesScene>} LikesScene */
/** @typedef {ReturnType<typeof topScene>} TopScene */
/** @typedef {ReturnType<typeof filmScene>} FilmScene */

/** Films that are suggested to begin with, and later on. */
const SUGGESTED = [12, 6];
/** Titles of films that left the list, at most. */
const GONE = 3;

/** @param {Speech} speech @param {Films} films @param {number[]} likes */
export function likesScene({ t }, films, likes) {
  const full = likes.length >= MOST_LIKES;
  const offered = full ? [] : suggestions(films, bestKnown(films), likes, SUGGESTED[Number(likes.length > 0)]);
  return {
    count: t(words.count, { count: likes.length, most: MOST_LIKES }),
    liked: likes.map((item) => {
      const title = filmName(films, item);
      return { item, title, remove: t(words.remove, { title }) };
    }),
    note: t(full ? words.full : likes.length === 0 ? words.nothing : words.more),
    offered: offered.map((item) => ({
      item,
      title: briefTitle(films.titles[item]),
      add: t(words.add, { title: filmName(films, item) }),
    })),
  };
}

/**
 * @param {Speech} speech
 * @param {Known} state
 * @param {Films} films
 * @param {Answer} answer
 * @param {Pick<import('./list.js').Course, 'before' | 'cause' | 'answering'>} course
 */
export function topScene(speech, state, films, answer, { before, cause, answering }) {
  const { t } = speech;
  const model = shortName(speech, state.settings.model);
  const { recommendations, learns, rating } = answer;
  const { reasons = [], exact = false } = recommendations[0] ?? {};
  const items = recommendations.map(({ item }) => item);
  const change = before && compare(before, items);
  return {
    title: state.likes.length > 0 ? t(words.topBy, { model }) : t(words.top),
    note: noteOf(speech, state, answer, model),
    scores: [
      ...(recommendations.length > 0 ? [scoreSentence(speech, state.model?.score)] : []),
      ...(rating ? [t(words.rated, { rating })] : []),
    ].join(' '),
    change: change && items.length > 0 ? changeText(speech, films, change, cause) : '',
    // While the model learns the list changes all the time: that is no news to be read out each time.
    live: /** @type {'polite' | 'off'} */ (answering ? 'polite' : 'off'),
    films: recommendations.map((film, at) =>
      filmScene(speech, films, film, rating ? ratingText : scoreText, change?.moves[at] ?? 0),
    ),
    why: learns && reasons.length > 0 ? t(exact ? words.exact : words.near) : '',
  };
}

/** What the list is of. @param {Speech} speech @param {Known} state @param {Answer} answer @param {string} model */
function noteOf({ t }, state, { why, learns }, model) {
  if (why) return t(words[why], { model });
  if (state.likes.length === 0) return t(words.invite);
  if (!learns) return t(words.same, { model });
  if (state.model?.once) return t(words.solved);
  const count = epochOfWeights(state)?.epoch ?? 0;
  return count === 0 && !state.loaded && state.phase === 'idle' ? t(words.untrained) : t(words.after, { count });
}

/** @param {Speech} speech @param {Films} films @param {ReturnType<typeof compare>} change @param {string} cause */
function changeText({ t }, { titles }, { moves, gone }, cause) {
  const told = t(words.changed, { cause, fresh: moves.filter((move) => move === 'new').length });
  if (gone.length === 0) return told;
  const named = gone.slice(0, GONE).map((item) => briefTitle(titles[item]));
  const more = gone.length - named.length;
  return `${told} ${t(words.gone, { titles: named.join(t(words.separator)) + (more > 0 ? ` + ${more}` : '') })}`;
}

/**
 * @param {Speech} speech
 * @param {Films} films
 * @param {Recommendation} film
 * @param {(score: number) => string} write
 * @param {number | 'new'} move
 */
function filmScene(speech, films, { item, score, reasons, exact }, write, move) {
  const { t } = speech;
  const title = filmName(films, item);
  return {
    item,
    title,
    onMap: t(words.onMap, { title }),
    add: t(words.add, { title }),
    genres: films.genres[item].join(', '),
    reasons: reasons.map(({ item: liked, share }, at) => ({
      because: at === 0 ? t(exact ? words.because : words.nearTo) : null,
      title: films.titles[liked],
      brief: briefTitle(films.titles[liked]),
      bar: Math.min(1, share),
      share: t(words.share, { share: Math.round(100 * share) }),
    })),
    score: write(score),
    move: moveScene(speech, move),
  };
}

/** @param {Speech} speech @param {number | 'new'} move @returns {{arrow: string, text: string} | null} arrow '': it is new */
function moveScene({ t }, move) {
  if (move === 0) return null;
  if (move === 'new') return { arrow: '', text: t(words.fresh) };
  const count = Math.abs(move);
  return { arrow: `${move > 0 ? '↑' : '↓'}${count}`, text: t(move > 0 ? words.up : words.down, { count }) };
}
