/** What the split keeps out of one user's films, in words and as dots. Plain values. */
import { shortName, testNumbers } from '../../parts/format.js';
import { predictsRatings } from '../../parts/readings.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Timeline} Timeline */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {{item: number, kind: 'train' | 'validation' | 'held' | 'negative', text: string}} Dot */

/** Films that are drawn; a user can have thousands. */
const SHOWN = 120;

/** @param {Speech} speech @param {Dot['kind']} kind */
export const kindName = ({ t }, kind) =>
  t({ train: words.train, validation: words.validation, held: words.heldOut, negative: words.negative }[kind]);

/** @param {Speech} speech @param {number} seconds */
const dateOf = (speech, seconds) =>
  new Intl.DateTimeFormat(speech.spoken.tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(1000 * seconds);

/**
 * all: the user's films, of which the latest are `drawn`; against: those of the test; kept: the kinds that stand out; texts
 * are '' where there is nothing to say.
 * @param {Speech} speech
 * @param {Overview['split']} split
 * @param {Timeline} timeline
 * @param {State} state
 */
export function divisionOf(speech, split, timeline, state) {
  const { t } = speech;
  const { heldOut, validation } = timeline;
  const { titles, years } = state.films ?? { titles: [], years: [] };
  const titleOf = (/** @type {number} */ item) => (years[item] ? `${titles[item]} (${years[item]})` : titles[item]);
  const ranks = !predictsRatings(state);
  const id = String(state.users?.ids[state.user] ?? '');
  /** @type {Dot[]} */
  const all = timeline.films.map(({ item, rating, timestamp }) => ({
    item,
    kind: !ranks ? 'train' : item === heldOut ? 'held' : item === validation ? 'validation' : 'train',
    text: t(words.ratedOn, { film: titleOf(item), stars: rating.toFixed(1), date: dateOf(speech, timestamp) }),
  }));
  /** @type {Dot[]} */
  const against = ranks
    ? Array.from(timeline.negatives, (item) => ({ item, kind: 'negative', text: titleOf(item) }))
    : [];
  const left = Math.max(0, all.length - SHOWN);
  const of = (/** @type {Dot['kind']} */ kind) => all.filter((dot) => dot.kind === kind);
  return {
    lesson: lessonOf(speech, split, timeline, state, id),
    all,
    drawn: all.slice(left),
    name: t(words.timeline, { id }),
    earlier: left > 0 ? t(words.earlier, { n: left }) : '',
    learnt: ranks ? t(words.learnt, { n: of('train').length }) : '',
    kept: /** @type {const} */ (['validation', 'held']).filter((kind) => of(kind).length > 0),
    against,
    title: t(words.negatives, { n: against.length }),
  };
}

/** @param {Speech} speech @param {Overview['split']} split @param {Timeline} timeline @param {State} state @param {string} id */
function lessonOf(speech, { train, test }, { ratings }, state, id) {
  const { t } = speech;
  if (!ratings)
    return predictsRatings(state) ? '' : t(words.splitLesson, { ...testNumbers(state.model), train, test, id });
  const model = shortName(speech, state.settings.model);
  const drawn = t(words.splitRatings, { model, test: ratings.test, train: ratings.train });
  return `${drawn} ${ratings.validation > 0 ? t(words.validationRatings, { n: ratings.validation }) : ''}`;
}

/** @param {Speech} speech @param {Dot[]} dots @returns {import('../../parts/data_table.js').Table} */
export const divisionTable = (speech, dots) => ({
  caption: speech.t(words.split),
  head: [speech.t(words.order), speech.t(words.film), speech.t(words.use)],
  rows: dots.map(({ kind, text }, at) => [at + 1, text, kindName(speech, kind)]),
});

/**
 * The dot of so many that a key leads to.
 * @param {number} n
 * @param {string} key
 * @param {number} active  -1: none
 * @returns {number | undefined}
 */
export function dotFrom(n, key, active) {
  const [next, before] = [Math.min(active + 1, n - 1), Math.max(active - 1, 0)];
  return { ArrowRight: next, ArrowDown: next, ArrowLeft: before, ArrowUp: before, Home: 0, End: n - 1 }[key];
}
