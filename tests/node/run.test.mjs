import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { Evaluator, STATUS_NOT_FINITE } from '../../wasm/core.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { decodeWeights, encodeWeights, fitWeights, putWeights } from '../../wasm/lab/weights.mjs';
import { checkSettings, toConfig } from '../../wasm/settings/settings.mjs';
import { finish, lab, numbers, outcome } from './fixtures.mjs';

const models = ['gmf', 'mlp', 'neumf'];

/**
 * Makes a run's slices as short as they can be, one batch or user each, so that a small world has many of them.
 * @template {Run} R
 * @param {R} run
 */
function fine(run) {
  for (const pace of [run.trainPace, run.evaluationPaces.sampled, run.evaluationPaces.full])
    pace.slice = (work) => ({ done: work(1), seconds: 0.001 });
  return run;
}

describe('slices()', () => {
  test('gives epoch 0, then progress and an epoch’s end for each, and ends', async (t) => {
    const run = (await lab(t)).run({ epochs: 3, batchSize: 100, eval: 'both' });
    assert.equal(run.finished, false);
    const events = finish(fine(run));
    const epochs = events.filter(({ event }) => event === 'epoch');
    assert.deepEqual(
      epochs.map(({ epoch }) => epoch),
      [0, 1, 2, 3],
    );
    assert.deepEqual(run.history, epochs, 'which are kept');
    assert.equal(events.at(-1), epochs[3]);
    assert.equal(run.finished, true);
    assert.deepEqual(finish(run), [], 'nothing is left');
    for (const { epoch, loss, metrics } of epochs) {
      assert.deepEqual(Object.keys(metrics), ['sampled', 'full', 'expected']);
      assert.equal(loss === null, epoch === 0);
    }

    const { instances } = run.trainer;
    assert.equal(instances, 5 * 40 * 11, 'a positive and four negatives for each of 40 users’ 11 train films');
    assert.equal(run.batches, Math.ceil(instances / 100));
    for (const epoch of [1, 2, 3]) {
      const progress = events.filter((event) => event.event === 'progress' && event.epoch === epoch);
      assert.deepEqual(
        progress.map(({ batch }) => batch),
        Array.from({ length: run.batches }, (_, n) => n + 1),
      );
      for (const { batches, loss, samplesPerSecond } of progress) {
        assert.equal(batches, run.batches);
        assert(loss > 0 && loss < 2);
        assert(samplesPerSecond > 0);
      }
      assert.equal(progress.at(-1).loss, epochs[epoch].loss, 'the mean of the epoch so far ends as the epoch’s');
      assert(Math.abs(epochs[epoch].samplesPerSecond * epochs[epoch].seconds - instances) < 1e-6);
      assert(Math.abs(epochs[epoch].seconds - 0.001 * run.batches) < 1e-9, 'training’s time without evaluation’s');
    }
    assert.deepEqual(
      events.filter(({ event }) => event === 'evaluating').length,
      4 * 2 * 39,
      'evaluation comes in slices too: 40 users, two kinds, four times',
    );
  });

  for (const each of [0.1, 0.5, 7, 40])
    test(`are some milliseconds long where a batch or a user takes ${each} ms`, async (t) => {
      const run = (await lab(t)).run({ epochs: 40, batchSize: 1, eval: 'both' });
      const { trainPace, evaluationPaces } = run;
      // A clock that goes by what is done, not by how fast this machine does it.
      let now = 1000;
      t.mock.method(performance, 'now', () => now);
      for (const pace of [trainPace, evaluationPaces.sampled, evaluationPaces.full]) {
        const slice = pace.slice.bind(pace);
        pace.slice = (work) =>
          slice((limit) => {
            now += limit * each;
            return work(limit);
          });
      }
      /** @type {number[]} */
      const times = [];
      for (let before = now; times.length < 60 && !run.slices().next().done; before = now) times.push(now - before);
      assert.equal(times.length, 60);
      // A call that is too long is halved the next time, so a slice is one of 12 ms and at most one call more.
      const most = Math.max(each, 12 + 12);
      assert(Math.max(...times) <= most, `${Math.max(...times)} ms`);
      // Nor are they so short that time goes into breaks.
      assert(times.filter((time) => time >= 12).length > 40, times.join(' '));
    });

  const kinds = { sampled: ['sampled'], full: ['full', 'expected'], both: ['sampled', 'full', 'expected'] };
  for (const [kind, sets] of Object.entries(kinds))
    test(`evaluate as --eval ${kind} says`, async (t) => {
      const run = (await lab(t)).run({ epochs: 1, eval: kind });
      finish(run);
      for (const { metrics } of run.history) assert.deepEqual(Object.keys(metrics), sets);
    });

  test('of ItemPop are its evaluation alone', async (t) => {
    const run = (await lab(t)).run({ model: 'itempop' });
    assert.equal(run.batches, 0);
    // How many slices the evaluation takes is the machine's affair.
    const events = finish(run).filter(({ event }) => event !== 'evaluating');
    assert.deepEqual(
      events.map(({ event }) => event),
      ['epoch'],
    );
    assert.equal(run.finished, true);
    assert.deepEqual([run.history[0].epoch, run.history[0].loss], [0, null]);
  });

  test('make the loss fall and the metrics rise', async (t) => {
    const mine = await lab(t);
    for (const model of models) {
      const run = mine.run({ model, epochs: 15, lr: 0.02, factors: 8 });
      finish(run);
      const [first, last] = [run.history[0], run.history[15]];
      assert(last.loss < 0.8 * run.history[1].loss, `${model}: ${run.history[1].loss} to ${last.loss}`);
      // Half of the films are never rated by a user, so that a model that has learnt that ranks among the other half.
      assert(last.metrics.sampled.mrr > first.metrics.sampled.mrr, model);
    }
  });
});

describe('paused', () => {
  for (const model of models)
    test(`${model} anywhere and gone on with ends with the same bits`, async (t) => {
      const mine = await lab(t);
      const settings = { model, epochs: 3, batchSize: 64, eval: 'both', lr: 0.01 };
      const whole = mine.run(settings);
      finish(whole);
      const expected = outcome(whole);
      assert.equal(new Set(expected.epochs.map(({ loss }) => loss)).size, 4);

      const next = numbers(3);
      for (const most of [1, 2, 7, 40]) {
        const run = fine(mine.run(settings));
        for (let pauses = 0; !run.finished; pauses++) {
          assert(pauses < 10_000, 'it gets on');
          // An evaluation that is left begins anew, so it needs a pull that reaches its end.
          let left = pauses % 3 === 0 ? 100 : 1 + next(most);
          for (const event of run.slices()) {
            assert(event.epoch <= 3);
            if (--left <= 0) break;
          }
          // Looking at recommendations and metrics between slices changes nothing.
          if (pauses % 5 === 0) {
            run.view().recommend(next(40), 5);
            run.view().rank(next(40), pauses % 2 === 0);
          }
        }
        assert.deepEqual(outcome(run), expected, `up to ${most} slices at a time`);
      }
    });

  test('in the middle of an epoch’s evaluation, the epoch is not trained again', async (t) => {
    const run = fine((await lab(t)).run({ epochs: 1, batchSize: 500 }));
    for (const event of run.slices()) if (event.event === 'evaluating' && event.epoch === 1) break;
    const hash = run.model.hash();
    assert.equal(run.epoch, 0, 'it is not over before its metrics are there');
    const rest = finish(run);
    assert(rest.every(({ event }) => event !== 'progress'));
    assert.equal(run.model.hash(), hash);
    assert.equal(run.history.length, 2);
    assert(rest.at(-1).seconds > 0, 'and the time that training took is kept');
  });

  test('runs that take turns on one split do not disturb each other', async (t) => {
    const mine = await lab(t);
    const alone = models.map((model) => {
      const run = mine.run({ model, batchSize: 64 });
      finish(run);
      return outcome(run);
    });
    const runs = models.map((model) => fine(mine.run({ model, batchSize: 64 })));
    const slices = runs.map((run) => run.slices());
    while (slices.filter((each) => !each.next().done).length > 0);
    assert.deepEqual(runs.map(outcome), alone);
  });
});

describe('change()', () => {
  test('of the learning rate counts from the next batch on', async (t) => {
    const mine = await lab(t);
    const settings = { epochs: 2, batchSize: 64 };
    const [slow, fast, changed, same] = [0.001, 0.1, 0.001, 0.001].map((lr) => fine(mine.run({ ...settings, lr })));
    /** @param {Run} run @param {number} batches */
    const train = (run, batches) => {
      for (const event of run.slices()) if (event.event === 'progress' && event.batch === batches) break;
      return run.present().hash();
    };
    const [start] = [train(slow, 5), train(changed, 5), train(same, 5)];
    assert.equal(changed.present().hash(), start);
    changed.change({ lr: 0.1 });
    same.change({ lr: 0.001 });
    assert.equal(changed.settings.lr, 0.1);
    assert.equal(changed.present().hash(), start, 'the weights are not touched');
    assert.notEqual(train(changed, 6), train(slow, 6));
    finish(slow);
    finish(same);
    finish(changed);
    finish(fast);
    assert.deepEqual(outcome(same), outcome(slow), 'the rate that it has already changes nothing');
    assert.notEqual(changed.model.hash(), fast.model.hash());
    assert.equal(changed.settings.epochs, 2, 'the rest of the settings stays');
    assert.equal(changed.config().lr, 0.1, 'what is saved says so');
  });

  test('of the epochs makes a finished run go on as one that was longer from the start', async (t) => {
    const mine = await lab(t);
    const long = mine.run({ epochs: 4 });
    finish(long);
    const run = mine.run({ epochs: 2 });
    finish(run);
    run.change({ epochs: 4 });
    assert.equal(run.finished, false);
    finish(run);
    assert.deepEqual(outcome(run), outcome(long));
    run.change({ epochs: 3 });
    assert.equal(run.finished, true);
    assert.deepEqual(finish(run), []);
    assert.equal(run.epoch, 4);
  });

  test('to fewer epochs ends the run with the epoch under way', async (t) => {
    const run = fine((await lab(t)).run({ epochs: 9, batchSize: 64 }));
    for (const event of run.slices()) if (event.epoch === 2 && event.event === 'progress') run.change({ epochs: 1 });
    assert.equal(run.epoch, 2);
  });
});

test('bestOnTest() is the earliest epoch with the highest HR@10, sampled where there is both', async (t) => {
  const run = (await lab(t)).run({});
  const history = [0.2, 0.5, 0.4, 0.5].map((hr, epoch) => ({
    epoch,
    metrics: { sampled: { hr }, full: { hr: -epoch } },
  }));
  run.history = /** @type {any} */ (history);
  assert.equal(run.bestOnTest().epoch, 1);
  run.history = /** @type {any} */ (history.map(({ epoch }) => ({ epoch, metrics: { full: { hr: epoch % 3 } } })));
  assert.equal(run.bestOnTest().epoch, 2);
});

describe('view()', () => {
  test('has the weights of now, the run’s own evaluation those of its beginning', async (t) => {
    const run = fine((await lab(t)).run({ epochs: 2, batchSize: 64, lr: 0.05, eval: 'full' }));
    const first = run.view().recommend(3, 5);
    assert.deepEqual(run.view().recommend(3, 5), first);
    for (const event of run.slices()) if (event.event === 'progress' && event.batch === 4) break;
    const later = run.view().recommend(3, 5);
    assert.notDeepEqual(later, first);
    assert.equal(run.view(), run.view(), 'one evaluator for all looks');
    finish(run);
    // What the run measured is what the view says at its end, user by user.
    const ranks = run.evaluator.ranks(true);
    ranks.forEach((rank, user) => assert.deepEqual(run.view().rank(user, true), rank));
  });

  for (const settings of [
    { model: 'gmf', optimizer: 'adam' },
    { model: 'gmf', optimizer: 'sgd' },
    { model: 'mlp', layers: '8,4' },
    { model: 'ials' },
    { model: 'mf-ratings' },
  ])
    test(`has the weights after the last batch within an epoch too: ${Object.values(settings).join(' ')}`, async (t) => {
      const mine = await lab(t);
      const run = mine.run({ epochs: 2, batchSize: 64, lr: 0.05, ...settings });
      /** @type {Set<string>} */
      const seen = new Set();
      const look = () => {
        // What is there now, copied into a model of its own.
        const present = run.present();
        const model = run.task.createModel(run.settings);
        model.tensors.forEach((tensor, n) => model.setValues(tensor, present.values(present.tensors[n])));
        seen.add(model.hash());
        const evaluator = new Evaluator(model, run.split, false);
        evaluator.start();
        for (const user of [3, 39]) assert.deepEqual(run.view().scores(user), evaluator.scores(user));
        model.free();
      };
      look();
      const { trainer } = run;
      assert(trainer);
      for (const quarter of [1, 2, 3]) {
        while (trainer.progress().done < (quarter / 4) * trainer.instances) trainer.run(1);
        look();
      }
      assert.equal(seen.size, 4, 'the weights move, else this tests nothing');
    });

  test('leaves out the films in train and keeps the held-out one', async (t) => {
    const { run, dataset, split } = await lab(t);
    const view = run({ model: 'gmf' }).view();
    for (let user = 0; user < dataset.users; user++) {
      const films = view.recommend(user, dataset.items).map(({ item }) => item);
      const mine = dataset.history(user).map(({ item }) => item);
      assert.equal(new Set(films).size, films.length);
      assert.equal(films.length, dataset.items - mine.length + 1);
      assert.deepEqual(
        mine.filter((item) => films.includes(item)),
        [split.testItem(user)],
      );
    }
  });
});

describe('pretraining', () => {
  for (const pretrain of [1, 3])
    test(`of ${pretrain} epochs starts NeuMF from a GMF and an MLP trained so by Adam on what it learns from itself`, async (t) => {
      const mine = await lab(t);
      const settings = { layers: '8,4', batchSize: 64, validation: 'on', eval: 'both' };
      const run = mine.run({
        ...settings,
        model: 'neumf',
        pretrain,
        alpha: 0.3,
        optimizer: 'sgd',
        lr: 0.5,
        patience: 5,
      });
      const events = finish(run);
      const told = events.flatMap((event) =>
        event.event === 'pretraining' && event.of.event === 'epoch' ? [`${event.model} ${event.of.epoch}`] : [],
      );
      const epochs = Array.from({ length: pretrain + 1 }, (_, epoch) => epoch);
      assert.deepEqual(
        told,
        ['gmf', 'mlp'].flatMap((model) => epochs.map((epoch) => `${model} ${epoch}`)),
      );
      const parts = ['gmf', 'mlp'].map((model) => {
        const part = new Run(
          run.split,
          checkSettings({ ...settings, model, factors: 4, epochs: pretrain, validation: 'off' }),
        );
        finish(part);
        return part.model;
      });
      const other = mine.run({ ...settings, model: 'neumf', alpha: 0.3, optimizer: 'sgd', lr: 0.5 });
      assert.equal(run.split.trainPairs, mine.split.trainPairs - 40, 'without the films for validation');
      other.model.pretrain(parts[0], parts[1], 0.3);
      finish(other);
      assert.deepEqual(outcome(run).epochs, outcome(other).epochs);
      assert.equal(run.model.hash(), other.model.hash());
    });
});

describe('a learning rate that is too large', () => {
  for (const model of models)
    test(`ends ${model} with an explanation, and others go on`, async (t) => {
      const mine = await lab(t);
      const healthy = mine.run({ model, epochs: 1 });
      const run = mine.run({ model, lr: 1e12, epochs: 5, batchSize: 1 });
      const diverged = {
        name: 'CoreError',
        status: STATUS_NOT_FINITE,
        message:
          'The loss is no longer a finite number: training diverged. Choose a smaller learning rate and start again from the first weights.',
      };
      assert.throws(() => finish(run), diverged);
      assert.throws(() => finish(run), diverged, 'and again, rather than hang or go on with broken weights');
      assert.equal(run.finished, false);
      for (const { metrics, loss } of run.history) {
        assert(loss === null || Number.isFinite(loss));
        for (const value of Object.values(metrics.sampled).flat()) assert(!Number.isNaN(value));
      }
      // Whatever the weights are now, looking at them must not break.
      for (const { score } of run.view().recommend(0, 200)) assert.equal(typeof score, 'number');
      assert(run.view().rank(0, true));
      finish(healthy);
      const fresh = mine.run({ model, epochs: 1 });
      finish(fresh);
      assert.deepEqual(outcome(fresh), outcome(healthy));
    });
});

test('config() is the settings as they are printed, and goes with the weights into another run', async (t) => {
  const mine = await lab(t);
  const run = mine.run({ model: 'mlp', layers: '8,4', epochs: 1 });
  assert.deepEqual(run.config(), toConfig(run.settings));
  finish(run);
  const other = mine.run({ ...run.settings, seed: 5 });
  assert.notEqual(other.model.hash(), run.model.hash());
  putWeights(other.model, fitWeights(decodeWeights(encodeWeights(run.model, run.config())), mine.dataset));
  assert.equal(other.model.hash(), run.model.hash());
  for (const { event } of other.slices()) if (event === 'epoch') break;
  assert.deepEqual(other.history[0].metrics, run.history[1].metrics);
});
