// `ncf recommend`

import { NewUser } from '../core.mjs';
import { UsageError, common, dataHelp, number, openWeights, print, printNotes, wholeNumber } from './common.mjs';

/** @typedef {import('../core.mjs').Dataset} Dataset */
/** @typedef {import('../core.mjs').Recommendation} Recommendation */

/**
 * @param {Dataset} dataset
 * @param {string} text
 */
function userOf(dataset, text) {
  const id = Number(text);
  if (!text.trim() || !Number.isInteger(id)) throw new UsageError('Say for whom: --user ID, a whole number.');
  const user = dataset.userIndex(id);
  if (user >= 0) return user;
  const ids = [...dataset.userIds].sort((a, b) => a - b);
  throw new UsageError(
    `User ${id} is not in the data, which has ${number.format(ids.length)} users with ids from ${ids[0]} to ${ids[ids.length - 1]}.`,
  );
}

/**
 * The films of --likes 1,296,… by their ids.
 * @param {Dataset} dataset
 * @param {string} text
 */
function likedFilms(dataset, text) {
  const ids = text.split(/[,\s]+/).filter(Boolean);
  if (ids.length === 0) throw new UsageError('Say what the new user likes: --likes ID,ID,…, ids of films.');
  return ids.map((word) => {
    const item = dataset.itemIds.indexOf(Number(word));
    if (item < 0)
      throw new UsageError(`Film ${word} is not in the data. --likes takes the ids that the film file has.`);
    return item;
  });
}

/**
 * @param {import('../core.mjs').Run} run
 * @param {number[]} liked
 * @param {number} k
 */
function forNewUser(run, liked, k) {
  const user = new NewUser(run.view());
  try {
    return user.recommend(liked, k);
  } finally {
    user.free();
  }
}

/**
 * @param {Dataset} dataset
 * @param {Pick<Recommendation, 'reasons' | 'exact'>} why
 */
function reasonsToText(dataset, { reasons, exact }) {
  if (reasons.length === 0) return '';
  const words = reasons.map(({ item, share }) => `${dataset.film(item).title} ${Math.round(100 * share)} %`);
  return `\n${' '.repeat(15)}${exact ? 'for' : 'near'} ${words.join(', ')}`;
}

/** @param {Record<string, any>} values */
async function run(values) {
  const k = wholeNumber(values.k, '-k');
  if ((values.user === undefined) === (values.likes === undefined))
    throw new UsageError('Say for whom: --user ID, or --likes ID,ID,… for a new user.');
  const { dataset, split, run: loaded } = await openWeights(values);
  printNotes(loaded.notes, values.json);
  const user = values.user === undefined ? -1 : userOf(dataset, values.user);
  const held = user < 0 ? -1 : split.testItem(user);
  /** @type {(Partial<Recommendation> & {item: number, score: number})[]} */
  const shown = user < 0 ? forNewUser(loaded, likedFilms(dataset, values.likes), k) : loaded.view().recommend(user, k);
  shown.forEach(({ item, score, reasons, exact = false }, place) => {
    const { id: movie, title, year, genres } = dataset.film(item);
    if (values.json) {
      const because = reasons?.map((reason) => ({ movie_id: dataset.film(reason.item).id, share: reason.share }));
      const film = { rank: place + 1, movie_id: movie, title, year, genres, score };
      const rest = user < 0 ? { reasons: because, exact_reasons: exact } : { held_out: item === held };
      return print(JSON.stringify({ ...film, ...rest }));
    }
    print(
      `${String(place + 1).padStart(3)}  ${score.toFixed(3).padStart(8)}  ${title}${year ? ` (${year})` : ''}` +
        `${genres.length ? `  ${genres.join(', ')}` : ''}${item === held ? '  [held out]' : ''}` +
        `${reasons ? reasonsToText(dataset, { reasons, exact }) : ''}`,
    );
  });
}

/** @type {import('./common.mjs').Command} */
export const recommend = {
  options: {
    ...common,
    weights: { type: 'string' },
    user: { type: 'string' },
    likes: { type: 'string' },
    k: { type: 'string', short: 'k', default: '10' },
  },
  run,
  summary: 'the films that a model would show a user next',
  help: `ncf recommend --weights W.safetensors (--user ID | --likes ID,ID,…) [-k 10] [--data D] [--json]

${dataHelp()}
  --weights FILE     as for ncf evaluate
  --user ID          the user's id in the data
  --likes ID,ID,…    films, by their ids, that somebody new likes: their parameters alone are fitted, the model stays.
                     Each film is shown with what speaks for it: “for” has shares of the score itself, “near” those of
                     nearness in the model’s space, a heuristic
  -k NUMBER          how many films (10)
  --json             one JSON object a film

Films that the user has in train are left out. The held-out film is not in train, so it may be listed; it is marked.`,
};
