// `ncf recommend`

import { UsageError, common, dataHelp, number, openWeights, print, wholeNumber } from './common.mjs';

/** @param {Record<string, any>} values */
async function run(values) {
  const id = Number(values.user);
  const k = wholeNumber(values.k, '-k');
  if (!values.user?.trim() || !Number.isInteger(id)) throw new UsageError('Say for whom: --user ID, a whole number.');
  const { dataset, split, run: loaded } = await openWeights(values);
  const user = dataset.userIndex(id);
  if (user < 0) {
    const ids = [...dataset.userIds].sort((a, b) => a - b);
    throw new UsageError(
      `User ${id} is not in the data, which has ${number.format(ids.length)} users with ids from ${ids[0]} to ${ids[ids.length - 1]}.`,
    );
  }
  const held = split.testItem(user);
  loaded
    .view()
    .recommend(user, k)
    .forEach(({ item, score }, place) => {
      const { id: movie, title, year, genres } = dataset.film(item);
      if (values.json)
        print(
          JSON.stringify({ rank: place + 1, movie_id: movie, title, year, genres, score, held_out: item === held }),
        );
      else
        print(
          `${String(place + 1).padStart(3)}  ${score.toFixed(3).padStart(8)}  ${title}${year ? ` (${year})` : ''}` +
            `${genres.length ? `  ${genres.join(', ')}` : ''}${item === held ? '  [held out]' : ''}`,
        );
    });
}

/** @type {import('./common.mjs').Command} */
export const recommend = {
  options: {
    ...common,
    weights: { type: 'string' },
    user: { type: 'string' },
    k: { type: 'string', short: 'k', default: '10' },
  },
  run,
  summary: 'the films that a model would show a user next',
  help: `ncf recommend --weights W.safetensors --user ID [-k 10] [--data D] [--json]

${dataHelp()}
  --weights FILE     as for ncf evaluate
  --user ID          the user's id in the data
  -k NUMBER          how many films (10)
  --json             one JSON object a film

Films that the user has in train are left out. The held-out film is not in train, so it may be listed; it is marked.`,
};
