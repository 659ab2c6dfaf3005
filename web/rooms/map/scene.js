/** What the room of the map says of the state and of the worker's answers. */
import { filmName } from '../../parts/film_picker.js';
import { shortName } from '../../parts/format.js';
import { epochsDone, isRunning } from '../../parts/readings.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Films} Films */
/** @typedef {import('../../worker/protocol.js').Picture} Picture */
/** @typedef {import('../../parts/map/captions.js').Person} Person */

/** The map that an answer brings, where it is one of these films. @param {Picture | {available: false}} answer @param {Films} films */
export const pictureOf = (answer, films) =>
  answer.available && answer.places.length === 2 * films.titles.length ? answer : null;

/** @param {number} value */
const share = (value) => (100 * value).toFixed(0);

/**
 * What one sees, in a sentence.
 * @param {Speech} speech
 * @param {State} state
 * @param {Picture | null} picture  null: it is yet to come
 * @param {boolean} available       whether the model has embeddings
 */
export function sentenceOf({ t, ...speech }, state, picture, available) {
  if (!available) return t(words.none, { model: shortName({ t, ...speech }, state.settings.model) });
  if (!picture) return t(words.waiting);
  if (epochsDone(state) === 0 && !state.loaded && !isRunning(state)) return t(words.untrained);
  const { width, explained } = picture;
  const [first, second] = explained.map(share);
  return width <= 2 ? t(words.exact) : t(words.principal, { width, first, second });
}

/** What the two directions are. @param {Speech} speech @param {Picture | null} picture @returns {[string, string]} */
export function axesOf({ t }, picture) {
  if (!picture) return ['', ''];
  const name = (/** @type {number} */ at) =>
    picture.width <= 2
      ? t(words.column, { n: at + 1 })
      : t(words.axis, { n: at + 1, share: share(picture.explained[at]) });
  return [name(0), name(1)];
}

/** Who stands on the map. @param {Speech} speech @param {State} state @param {Picture} picture @returns {Person[]} */
export function personsOf({ t }, { users, user }, picture) {
  const id = users?.ids[user] ?? 0;
  /** @type {Person[]} */
  const persons = [];
  if (picture.user) persons.push({ kind: 'user', name: t(words.user, { id: String(id) }), place: picture.user });
  if (picture.likes) persons.push({ kind: 'you', name: t(words.you), place: picture.likes });
  return persons;
}

/** When everybody's place is asked for anew. It takes a while: while training goes on only when an epoch has ended. @param {State} state */
export const crowdTime = (state) => (isRunning(state) ? `epoch ${epochsDone(state)}` : `weights ${state.weights}`);

/** A film that is told of. @param {Speech} speech @param {Films} films @param {number} item */
export function filmOf({ t }, films, item) {
  const seen = t(words.seen, { count: films.counts[item] });
  return { title: filmName(films, item), about: [films.genres[item].join(', '), seen].filter(Boolean).join(' · ') };
}

/**
 * Its neighbours.
 * @param {Speech} speech
 * @param {Films} films
 * @param {{item: number, similarity: number}[]} near
 * @param {number} width  numbers of an embedding
 */
export function nearOf({ t }, films, near, width) {
  const note = width <= 2 ? t(words.nearestExact) : t(words.nearestNote, { width });
  return {
    note: near.length === 0 ? '' : note,
    films: near.map(({ item, similarity }) => ({
      item,
      name: filmName(films, item),
      similarity: similarity.toFixed(2).replace('-', '−'),
    })),
  };
}

/** The same, to be read out. @param {Speech} speech @param {ReturnType<typeof filmOf>} film @param {{name: string}[]} near */
export const spokenOf = ({ t }, { title, about }, near) =>
  `${title}. ${about}. ${t(words.nearest)}: ${near.map(({ name }) => name).join(', ')}.`;

/**
 * The next step of a walk from film to film; before the first one the last film is one step back.
 * @param {number} walked  -1: it has not begun
 * @param {number} by
 * @param {number} count
 */
export const stepOf = (walked, by, count) => (walked + by + count + Number(walked < 0 && by < 0)) % count;
