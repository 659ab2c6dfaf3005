// `ncf recommend`

import { NewUser, suggestions } from '../core.mjs';
import { filmOf, userOf } from '../lab/ids.mjs';
import { scoreOf, scoreSentence } from '../lab/scores.mjs';
import {
  UsageError,
  common,
  dataHelp,
  openWeights,
  print,
  printNotes,
  weightsHelp,
  weightsOptions,
  wholeNumber,
} from './common.mjs';
import { printLists } from './lists.mjs';

/** @typedef {import('../core.mjs').Dataset} Dataset */
/** @typedef {import('../lab/run.mjs').Run} Run */
/** @typedef {import('../core.mjs').Recommendation} Recommendation */
/** @typedef {import('../lab/scores.mjs').ScoreKind} ScoreKind */

/**
 * @param {Dataset} dataset
 * @param {string} text
 */
function userNamed(dataset, text) {
  const id = Number(text);
  if (!text.trim() || !Number.isInteger(id)) throw new UsageError('Say for whom: --user ID, a whole number.');
  return userOf(dataset, id);
}

/**
 * The films of --likes 1,296,… by their ids.
 * @param {Dataset} dataset
 * @param {string} text
 */
function likedFilms(dataset, text) {
  const ids = text.split(/[,\s]+/).filter(Boolean);
  if (ids.length === 0) throw new UsageError('Say what the new user likes: --likes ID,ID,…, ids of films.');
  return ids.map((word) => filmOf(dataset, word));
}

/**
 * A film of a list; `heldOut` for a user of the data, the rest for a new one.
 * @typedef {{item: number, score: number, heldOut?: boolean} & Partial<Pick<Recommendation, 'reasons' | 'exact'>>} Shown
 */

/**
 * @param {Run} run
 * @param {number[]} liked
 * @param {number} k
 * @returns {{shown: Shown[], rating: number | null}}  rating: what a like is taken for
 */
function forNewUser(run, liked, k) {
  const user = new NewUser(run.view());
  try {
    return { shown: user.recommend(liked, k), rating: user.rating };
  } finally {
    user.free();
  }
}

/**
 * @param {Dataset} dataset
 * @param {NonNullable<Shown['reasons']>} reasons
 * @param {boolean} [exact]
 */
function reasonsToText(dataset, reasons, exact) {
  if (reasons.length === 0) return '';
  const words = reasons.map(({ item, share }) => `${dataset.film(item).title} ${Math.round(100 * share)} %`);
  return `\n${' '.repeat(15)}${exact ? 'for' : 'near'} ${words.join(', ')}`;
}

/**
 * @param {Dataset} dataset
 * @param {Shown} film
 * @param {number} place
 * @param {ScoreKind} kind
 */
function toText(dataset, { item, score, heldOut, reasons = [], exact }, place, kind) {
  const { title, year, genres } = dataset.film(item);
  const name = `${title}${year ? ` (${year})` : ''}${genres.length ? `  ${genres.join(', ')}` : ''}`;
  const figure = score.toFixed(kind === 'count' ? 0 : 3).padStart(8);
  const mark = heldOut ? '  [held out]' : '';
  return `${String(place + 1).padStart(3)}  ${figure}  ${name}${mark}${reasonsToText(dataset, reasons, exact)}`;
}

/**
 * @param {Dataset} dataset
 * @param {Shown} film
 * @param {number} place
 * @param {{kind: ScoreKind, rating: number | null}} told
 */
function toJson(dataset, { item, score, heldOut, reasons, exact }, place, { kind, rating }) {
  const { id, title, year, genres } = dataset.film(item);
  const film = { rank: place + 1, movie_id: id, title, year, genres, score, score_kind: kind };
  if (!reasons) return JSON.stringify({ ...film, held_out: heldOut });
  const because = reasons.map((reason) => ({ movie_id: dataset.film(reason.item).id, share: reason.share }));
  const like = rating === null ? {} : { like_counts_as: rating };
  return JSON.stringify({ ...film, ...like, reasons: because, exact_reasons: exact });
}

/** @param {Record<string, any>} values */
async function run(values) {
  const k = wholeNumber(values.k, '-k');
  if ([values.user, values.likes, values.all || undefined].filter((each) => each !== undefined).length !== 1)
    throw new UsageError('Say for whom: --user ID, --likes ID,ID,… for a new user, or --all.');
  if (values.all && values.json) throw new UsageError('--all writes CSV: leave --json away.');
  const { dataset, run: loaded } = await openWeights(values);
  if (values.all) return printLists(loaded, k);
  const user = values.user === undefined ? -1 : userNamed(dataset, values.user);
  const { shown, rating } =
    user < 0
      ? forNewUser(loaded, likedFilms(dataset, values.likes), k)
      : { shown: suggestions(loaded.view(), user, k), rating: null };
  printNotes(loaded.notes, values.json);
  const score = scoreOf(loaded.model);
  if (!values.json)
    print(`${scoreSentence(score)}${rating === null ? '' : ` Each film that is liked counts as rated ${rating}.`}`);
  shown.forEach((film, place) =>
    print(
      values.json
        ? toJson(dataset, film, place, { kind: score.kind, rating })
        : toText(dataset, film, place, score.kind),
    ),
  );
}

/** @type {import('./common.mjs').Command} */
export const recommend = {
  options: {
    ...common,
    ...weightsOptions,
    user: { type: 'string' },
    likes: { type: 'string' },
    all: { type: 'boolean', default: false },
    k: { type: 'string', short: 'k', default: '10' },
  },
  run,
  summary: 'the films that a model would show a user next',
  help: `ncf recommend --weights W.safetensors (--user ID | --likes ID,ID,… | --all) [-k 10] [--data D] [--json]

${dataHelp()}
${weightsHelp}
  --user ID          the user's id in the data
  --likes ID,ID,…    films, by their ids, that somebody new likes: their parameters alone are fitted, the model stays. A
                     model that predicts ratings takes each for a rating, the highest that the data have. Each film is
                     shown with what speaks for it: “for” has shares of the score itself, “near” those of nearness in
                     the model’s space, a heuristic
  --all              the lists of all users as CSV: user_id, rank, movie_id, title, year, score, held_out
  -k NUMBER          how many films (10)
  --json             one JSON object a film

The first line says what the scores are; with --json “score_kind” does: logit, fitted, pairwise, dot-product,
similarity-sum, weight-sum, count, chance or rating.

A model that ranks films leaves out what the user has in train or held out for validation. The film held out for the test may
be listed, and is marked. One that predicts ratings leaves out all that the user has rated.`,
};
