// One voice: of the same weights the page's worker and the command show the same films with the same scores, marked and named
// the same, to a user of the data and to somebody new, for every model; and what a user has is never among them.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { notShown, suggestions, userHas } from '../../wasm/core.mjs';
import { scoreOf } from '../../wasm/lab/scores.mjs';
import { models } from '../../wasm/settings/models.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { words } from '../../web/rooms/you/words.js';
import { csv, fill, finish, folder, lab, moviesCsv, ncf } from './fixtures.mjs';
import { base, opened, rows, start, wasm } from './worker_client.mjs';

const USER = 3;
const ALL = 1000;

/** What every model's scores are, by hand. @type {Record<string, string>} */
const kinds = {
  random: 'chance',
  itempop: 'count',
  itemknn: 'similarity-sum',
  ease: 'weight-sum',
  bpr: 'pairwise',
  eals: 'dot-product',
  ials: 'dot-product',
  mf: 'logit',
  gmf: 'logit',
  mlp: 'logit',
  neumf: 'logit',
};

/** A world on disk, and what a worker that has it open makes of settings: its answers, and its weights in a file. @param {import('node:test').TestContext} t */
async function bench(t) {
  const path = fill(folder(t), { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) });
  const worker = await opened(t);
  let heard = 0;
  /** @param {Record<string, unknown>} settings */
  const trained = async (settings) => {
    await worker.ask('configure', { settings });
    heard = worker.events.length;
    await worker.ask('train');
    await worker.state('finished', heard);
    const { bytes } = await worker.ask('save');
    const weights = join(path, 'w.safetensors');
    writeFileSync(weights, new Uint8Array(bytes));
    return {
      /** @param {object} fields */
      guest: (fields) => worker.ask('guest', fields),
      /** @param {object} fields */
      user: (fields) => worker.ask('user', fields),
      /** @param {string[]} args */
      command: (...args) => ncf('recommend', '--data', path, '--weights', weights, '-k', String(ALL), ...args),
      /** The command's films. @param {string[]} args */
      films: async (...args) => {
        const { json } = await ncf(
          'recommend',
          '--data',
          path,
          '--weights',
          weights,
          '-k',
          String(ALL),
          '--json',
          ...args,
        );
        return json().filter(({ event }) => event !== 'note');
      },
    };
  };
  return trained;
}

test('page and command', async (t) => {
  const { dataset, split } = await lab(t);
  const train = await bench(t);
  const id = (/** @type {number} */ item) => dataset.itemIds[item];
  const own = split.withValidation(checkSettings({}).seed);
  t.after(() => own.free());
  const [hidden, validation] = [own.testItem(USER), own.validationItem(USER)].map(id);
  const rated = dataset.history(USER).map(({ item }) => id(item));
  const likes = [4, 9, 30];
  for (const { value: model, task, label } of models)
    await t.test(`${label}: the same films, scores and marks`, async () => {
      const kind = kinds[model] ?? 'rating';
      const { user, guest, films } = await train({ ...base, model, validation: 'on', output: 'sigmoid' });
      const [listed, told] = await Promise.all([
        films('--user', String(dataset.userIds[USER])),
        films('--likes', likes.map(id).join()),
      ]);
      const { recommendations, validationItem } = await user({ user: USER, k: ALL });
      assert.deepEqual(
        listed.map((film) => [film.movie_id, film.score, film.score_kind, film.held_out]),
        recommendations.map((/** @type {any} */ { item, score, heldOut }) => [id(item), score, kind, heldOut]),
      );
      const movies = listed.map((film) => film.movie_id);
      const both = task === 'ranking' ? [hidden] : [];
      assert.deepEqual(
        movies.filter((movie) => rated.includes(movie)),
        both,
        'of what the user has rated the test film alone is shown',
      );
      assert.deepEqual(
        listed.filter((film) => film.held_out).map((film) => film.movie_id),
        both,
      );
      assert.equal(movies.length, dataset.items - rated.length + both.length, 'and all that they have not');
      assert.equal(validationItem < 0 ? null : id(validationItem), task === 'ranking' ? validation : null);

      const you = await guest({ likes, k: ALL });
      assert.deepEqual(
        told.map((film) => [film.movie_id, film.score, film.score_kind, film.exact_reasons, film.reasons]),
        you.recommendations.map((/** @type {any} */ { item, score, exact, reasons }) => [
          ...[id(item), score, kind, exact],
          reasons.map((/** @type {any} */ { item: liked, share }) => ({ movie_id: id(liked), share })),
        ]),
      );
      assert.equal(told.length, dataset.items - likes.length);
      assert(!told.some((film) => likes.map(id).includes(film.movie_id)));
      assert.equal(you.rating, task === 'rating' ? 5 : null);
      assert(told.every((film) => film.like_counts_as === (task === 'rating' ? 5 : undefined)));
      if (task === 'rating') for (const { score } of [...listed, ...told]) assert(score >= 0.5 && score <= 6.5);
    });
});

test('the lists of a model of ratings have the predictor’s numbers, and those of a ranking one its full ranking', async (t) => {
  const mine = await lab(t);
  for (const { value: model, task } of models) {
    const run = mine.run({ ...base, model, validation: 'on', output: 'sigmoid', eval: 'full' });
    finish(run);
    const view = run.view();
    for (const user of [0, USER, 17]) {
      const films = suggestions(view, user, ALL);
      const scores = view.scores(user);
      for (const { item, score } of films) assert.equal(score, scores[item]);
      const left = notShown(run.split, user);
      assert.equal(films.length + left.length, mine.dataset.items);
      assert(!films.some(({ item }) => left.includes(item)));
      if (task === 'ranking') {
        const rank = view.rank(user, true);
        const place = films.findIndex(({ heldOut }) => heldOut);
        assert(rank && films.length === rank.candidates);
        assert(place >= rank.greater && place <= rank.greater + rank.equal);
        assert(!userHas(run.split, user, films[place].item));
        continue;
      }
      const predictor = run.model.createPredictor();
      for (const { item, score, heldOut } of films)
        assert.deepEqual([score, heldOut], [predictor.predict(user, item), false]);
      predictor.free();
    }
  }
});

test('the first line says what the scores are', async (t) => {
  const train = await bench(t);
  for (const [settings, kind, sentence] of /** @type {[Record<string, unknown>, string, string][]} */ ([
    [
      { model: 'gmf' },
      'logit',
      'Scores are logits: above 0 the film is taken for one of the user’s, below for a random one (4 beside each in training).',
    ],
    [
      { model: 'mf', loss: 'squared', negatives: 2 },
      'fitted',
      'Scores are fitted to 1 for a user’s films and to 0 for random ones (2 beside each in training).',
    ],
    [
      { model: 'neumf', loss: 'bpr' },
      'pairwise',
      'Only differences of scores count: a user’s films are put above random ones in training.',
    ],
    [{ model: 'itempop' }, 'count', 'Scores are counts: users who have the film in train.'],
    [{ model: 'bias-mf' }, 'rating', 'Scores are predicted ratings; those of the data go from 0.5 to 5.'],
  ])) {
    const { command } = await train({ ...base, ...settings });
    const { lines } = await command('--user', '14');
    assert.equal(lines[0], sentence);
    const number = { count: /^ {2}1 {3,}\d+ {2}\S/ }[kind] ?? /^ {2}1 +-?\d+\.\d{3} {2}\S/;
    assert.match(lines[1], number);
    assert.equal((await command('--user', '14', '--json')).json()[0].score_kind, kind);
    const likes = (await command('--likes', '5,10')).lines[0];
    assert.equal(likes, kind === 'rating' ? `${sentence} Each film that is liked counts as rated 5.` : sentence);
  }
});

test('a logit is the model’s answer among its negatives, a count the users who have the film', async (t) => {
  const mine = await lab(t);
  const popular = mine.run({ model: 'itempop' });
  finish(popular);
  const counts = mine.split.trainCounts().ofItems;
  for (const { item, score } of suggestions(popular.view(), USER, ALL)) assert.equal(score, counts[item]);
  const run = mine.run({ model: 'gmf', negatives: 7 });
  assert.deepEqual(scoreOf(run.model), { kind: 'logit', values: { negatives: 7 } });
  assert.deepEqual(scoreOf(mine.run({ model: 'bias' }).model), { kind: 'rating', values: { lowest: 0.5, highest: 5 } });
});

test('a model that knows people by what is told of them alone refuses likes, page and command in one sentence', async (t) => {
  const ratings = rows.map(({ user, item, rating, time }) => `${user}::${item}::${Math.ceil(rating)}::${time}\n`);
  const people = [...new Set(rows.map(({ user }) => user))].map((user) => `${user}::F::25::${user % 20}::1\n`);
  const path = fill(folder(t), { 'ratings.dat': ratings.join(''), 'users.dat': people.join('') });
  const settings = { model: 'mlp', side: 'users', ids: 'off', epochs: 1, factors: 2 };
  const weights = join(path, 'w.safetensors');
  const options = ['--model', 'mlp', '--side-information', 'users', '--ids', 'off', '--epochs', '1', '--factors', '2'];
  assert.equal((await ncf('train', '--data', path, ...options, '--save', weights)).stderr, '');
  const { code, stderr, stdout } = await ncf('recommend', '--data', path, '--weights', weights, '--likes', '5');
  const said = 'This model knows people only by what is told of them, such as their age, so likes say nothing to it.';
  assert.deepEqual([code, stdout, stderr], [2, '', `ncf: ${said}\n`]);
  assert.equal(words.features.en, said);
  const worker = start(t);
  const files = ['ratings.dat', 'users.dat'].map((name) => ({ name, url: pathToFileURL(join(path, name)).href }));
  await worker.ask('open', { files, name: 'people', wasm });
  await worker.ask('configure', { settings });
  assert.equal((await worker.ask('guest', { likes: [1], k: 3 })).why, 'features');
});
