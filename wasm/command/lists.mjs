// `ncf recommend --all`: everybody's list, a line a film.

import { suggestions } from '../core.mjs';
import { byId, listLines, listsHead } from '../lab/lists.mjs';
import { progress } from './common.mjs';

/** Users whose lines are written at once. */
const TOGETHER = 64;

/** @param {string} text  written whole before the next is made */
const write = (text) => new Promise((done) => process.stdout.write(text, done));

/**
 * @param {import('../lab/run.mjs').Run} run
 * @param {number} k  films of a list
 */
export async function printLists(run, k) {
  const { dataset } = run.split;
  const view = run.view();
  const filmOf = (/** @type {number} */ item) => dataset.film(item);
  await write(listsHead);
  const users = byId(dataset.userIds);
  for (let from = 0; from < users.length; from += TOGETHER) {
    progress.show(`lists of ${from} of ${users.length} users`);
    const some = users.subarray(from, from + TOGETHER);
    const lines = Array.from(some, (user) => listLines(dataset.userIds[user], suggestions(view, user, k), filmOf));
    await write(lines.join(''));
  }
  progress.clear();
}
