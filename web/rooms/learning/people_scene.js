/** What is said of one user: what their list is made from, how its films moved, and what became of the hidden one. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { ordinal, ratingText, scoreText } from '../../parts/format.js';
import { epochOfWeights } from '../../parts/readings.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Person} Person */

/** Films of the history that are shown before more are asked for, and a time. */
const PAGE = 30;

/**
 * What the list is made from.
 * @param {Speech} speech
 * @param {Pick<import('../../shell/state.js').State, 'person' | 'settings' | 'loaded' | 'model' | 'epochs' | 'selected'>} state
 */
export function noteOf({ t }, state) {
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
 * What became of the film that was hidden from the model.
 * @param {Speech} speech
 * @param {Person} person
 * @returns {{before: string, film?: string, after?: string}}  the film's name stands between the two
 */
export function verdictOf(speech, { heldOut: film, task, ready }) {
  const { t } = speech;
  if (!ready) return { before: '' };
  if (task === 'rating') return { before: t(words.unrated) };
  if (!film) return { before: t(words.noHidden) };
  const place = ordinal(speech, Math.round(film.rank));
  const after = t(film.rank <= 10 ? words.hit : words.miss, { place, n: String(film.candidates) });
  return { before: t(words.hiddenFilm), film: film.year ? `${film.title} (${film.year})` : film.title, after };
}

/**
 * The recommendations with their scores, and how each film moved since the list before, where that was of the same user.
 * @param {Speech} speech
 * @param {Person} person
 * @param {Person | null} before
 */
export function topOf({ t }, person, before) {
  const comparable = before !== null && sameHistory(before, person) && before.ready;
  const places = new Map(before?.recommendations.map(({ item }, at) => [item, at]));
  /** @param {number} item @param {number} at its place now */
  function moved(item, at) {
    const was = places.get(item);
    if (was === undefined) return t(words.new);
    return was === at ? '' : `${was > at ? '↑' : '↓'}${Math.abs(was - at)}`;
  }
  return person.recommendations.map((film, at) => ({
    film,
    score: (person.task === 'rating' ? ratingText : scoreText)(film.score),
    move: comparable ? moved(film.item, at) : '',
    flag: film.heldOut ? t(words.wasHidden) : undefined,
  }));
}

/** Whether both are one user of the same data. @param {Person | null} a @param {Person} b */
const sameHistory = (a, b) => a !== null && a.user === b.user && a.history.length === b.history.length;

/** Whether the films rated are those that are listed already, with the same ones held out. @param {Person | null} before @param {Person} person */
export const listsTheSame = (before, person) =>
  sameHistory(before, person) &&
  before?.validationItem === person.validationItem &&
  before.heldOut?.item === person.heldOut?.item;

/**
 * The next films of the history, and what is left behind them.
 * @param {Speech} speech
 * @param {Person} person
 * @param {number} listed  films that are shown already
 */
export function pageOf({ t }, { history, validationItem, heldOut }, listed) {
  const flags = new Map([
    [validationItem, t(words.validation)],
    [heldOut?.item, t(words.hidden)],
  ]);
  const films = history.slice(listed, listed + PAGE).map((film) => ({ film, flag: flags.get(film.item) }));
  const left = history.length - listed - films.length;
  return { films, left, more: t(words.more, { n: Math.min(PAGE, left), left: String(left) }) };
}
