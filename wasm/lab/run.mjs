// A training run in slices: the same in the page's worker and in the command. Whoever drives it pulls slices from
// slices(), does what else there is to do between them, and stops pulling to pause.

import { Evaluator, Handle, createLearner } from '../core.mjs';
import { fitPart } from './pretrained.mjs';
import { RankLog } from './rank_log.mjs';
import { defaultSettings, reads, toConfig } from '../settings/settings.mjs';
import { createTask, kindsOf, worthOf } from './tasks.mjs';
import { notesOfTest, putWeights } from './weights.mjs';

/** @typedef {import('../core.mjs').Dataset} Dataset */
/** @typedef {import('../core.mjs').Split} Split */
/** @typedef {import('../core.mjs').Model} Model */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('./tasks.mjs').MetricSets} MetricSets */
/** @typedef {{event: 'progress', epoch: number, batch: number, batches: number, loss: number, samplesPerSecond: number}} ProgressEvent */
/** @typedef {{event: 'evaluating', epoch: number}} EvaluatingEvent */
/**
 * Epoch 0 is the model before training; its loss is null, and so is that of a model that is solved at once. `seconds` is training time without evaluation.
 * `validation` where that is on: of the films or ratings held out for it, of one kind.
 * @typedef {{event: 'epoch', epoch: number, loss: number | null, metrics: MetricSets, validation?: MetricSets, seconds: number, samplesPerSecond: number}} EpochEvent
 */
/**
 * The end of a run with validation: the model has the weights of the best epoch again. `stopped`: patience was over.
 * @typedef {{event: 'selected', epoch: number, of: number, stopped: boolean}} SelectedEvent
 */
/**
 * Events of the GMF and the MLP that NeuMF is pretrained with.
 * @typedef {{event: 'pretraining', model: 'gmf' | 'mlp', of: ProgressEvent | EvaluatingEvent | EpochEvent | SelectedEvent}} PretrainingEvent
 */
/** @typedef {ProgressEvent | EvaluatingEvent | EpochEvent | SelectedEvent | PretrainingEvent} RunEvent */

const SLICE_MS = 12;

/**
 * Calls `work(limit)` again and again for about SLICE_MS, with a limit that it learns: a call into wasm should be long
 * enough not to matter and short enough for a pause to be answered at once.
 */
class Pace {
  constructor() {
    this.limit = 1;
  }

  /**
   * @param {(limit: number) => boolean} work  true where there is nothing left to do
   * @returns {{done: boolean, seconds: number}}
   */
  slice(work) {
    const start = performance.now();
    let now = start;
    let done = false;
    while (!done && now - start < SLICE_MS) {
      const before = now;
      done = work(this.limit);
      now = performance.now();
      if (now - before < SLICE_MS / 4) this.limit = Math.min(this.limit * 2, 4096);
      else if (now - before > SLICE_MS) this.limit = Math.max(1, this.limit >> 1);
    }
    return { done, seconds: (now - start) / 1000 };
  }
}

/** One model, trained and evaluated on one split. Owns the model; free() releases all that it made. */
export class Run extends Handle {
  /**
   * @param {Dataset | Split} data  borrowed: the run is freed with it. The split is the one that the settings ask for; one
   *   that is given must be such a one
   * @param {Settings} settings
   * @throws {import('../core.mjs').CoreError} memory was refused, or the data leaves no negatives
   * @throws {import('../settings/settings.mjs').SettingError} a split that is not of these settings
   */
  constructor(data, settings) {
    super('run', [data]);
    this.settings = settings;
    /** @type {import('../core/learners.mjs').Learner | null} */
    this.trainer = null;
    /** @type {{test: import('./tasks.mjs').Meter, validation: import('./tasks.mjs').Meter | null} | null} */
    this.meters = null;
    /** @type {import('../core.mjs').Evaluator | null} */
    this.viewer = null;
    /** The weights that the viewer has, as epoch and examples done. */
    this.viewed = '';
    /** Where the weights are that the viewer and a file get within an epoch. @type {Model | null} */
    this.copy = null;
    /** The parts still to be trained before NeuMF. @type {{model: 'gmf' | 'mlp', run: Run | null}[]} */
    this.parts = [];
    if (reads(settings.model, 'pretrain') && settings.pretrain > 0)
      this.parts = [
        { model: 'gmf', run: null },
        { model: 'mlp', run: null },
      ];
    try {
      this.task = createTask(data, settings);
      /** What users have, without the films that this run holds out for validation. */
      this.split = this.task.split;
      /** What does not hold of these data and settings. @type {import('./notes.mjs').Note[]} */
      this.notes = [...this.task.notes];
      this.model = this.task.createModel(settings);
      this.meters = this.task.createMeters(this.model);
      this.trainer = createLearner(this.model);
    } catch (error) {
      this.free();
      throw error;
    }
    /** Whether the first weights are those of a file. */
    this.loaded = false;
    /** What the learning rate was, and from which batch of the run on, where it has changed. @type {import('./result.mjs').Rate[]} */
    this.rates = [];
    /** Epochs trained. */
    this.epoch = 0;
    /** @type {EpochEvent[]} one an epoch, epoch 0 first */
    this.history = [];
    /** Users' ranks after each epoch, by the kind of evaluation. @type {Map<string, RankLog>} */
    this.rankLogs = new Map();
    this.seconds = 0;
    this.samples = 0;
    /** What pretraining has taken so far, in whole epochs. */
    this.pretrainSeconds = 0;
    this.trainPace = new Pace();
    /** The best epoch on validation and its weights. @type {{event: EpochEvent, weights: Float32Array[]} | null} */
    this.best = null;
    /** The weights of the last epoch, while the model has those of the best. @type {Float32Array[] | null} */
    this.last = null;
    /** @type {Record<string, Pace>} */
    this.evaluationPaces = { sampled: new Pace(), full: new Pace(), errors: new Pace() };
  }

  /** Of the test's rankings. @type {import('../core.mjs').Evaluator | null} */
  get evaluator() {
    return this.meters?.test.evaluator ?? null;
  }

  /** Epochs that the run goes on for. */
  get epochs() {
    return this.trainer?.once ? 1 : this.settings.epochs;
  }

  get batches() {
    return this.trainer?.batches ?? 0;
  }

  get finished() {
    return this.history.length > 0 && (!this.trainer || this.epoch >= this.epochs || this.outOfPatience);
  }

  /** Whether as many epochs as patience says went by without a better one on validation. */
  get outOfPatience() {
    const { patience } = this.settings;
    return patience > 0 && this.best !== null && this.epoch - this.best.event.epoch >= patience;
  }

  /** @param {{lr?: number, epochs?: number}} live  settings that may change while the model is trained */
  change(live) {
    const { lr } = this.settings;
    this.settings = { ...this.settings, ...live };
    if (live.lr === undefined || live.lr === lr || !this.trainer?.setRate) return;
    this.trainer.setRate(live.lr);
    this.keepRate(lr, live.lr);
  }

  /** Keeps when the learning rate has changed, so that the run can be run again. @param {number} before @param {number} lr */
  keepRate(before, lr) {
    const batch = this.batchesDone;
    const earlier = this.rates.length > 0 ? this.rates : [{ batch: 0, lr: before }];
    // What no batch was trained with doesn't count.
    const used = earlier.filter((rate) => rate.batch < batch);
    const rates = used.at(-1)?.lr === lr ? used : [...used, { batch, lr }];
    this.rates = rates.length > 1 ? rates : [];
  }

  /** Batches that were trained since the start. */
  get batchesDone() {
    if (!this.trainer) return 0;
    const { epoch, done } = this.trainer.progress();
    return (epoch - 1) * this.batches + Math.ceil(done / this.trainer.batchSize);
  }

  /**
   * What is left of the run, one event a slice of some ms: progress within an epoch, an epoch's end with its metrics.
   * May be left and called anew at any time; it goes on from the same batch. Ends when `settings.epochs` are trained, or
   * patience is over; with validation the model then has the weights of the best epoch.
   * @returns {Generator<RunEvent, void, void>}
   * @throws {import('../core.mjs').CoreError} STATUS_NOT_FINITE where the loss diverges
   */
  *slices() {
    this.mustLive();
    if (this.history.length === 0) {
      yield* this.pretrain();
      // What is solved at once has nothing to show before.
      if (!this.trainer?.once || this.loaded) yield* this.evaluate(0, null, 0, 0);
    }
    if (!this.finished) this.resume();
    while (!this.finished) yield* this.trainEpoch();
    if (this.trainer && this.best && !this.last) yield this.select(this.best);
  }

  /** Keeps an epoch's weights where it is the best on validation yet. @param {EpochEvent} event */
  keepBest(event) {
    if (!this.trainer || !event.validation) return;
    const now = worthOf(event.validation);
    if (this.best && now <= worthOf(this.best.event.validation)) return;
    this.best = { event, weights: this.model.tensors.map((tensor) => this.model.values(tensor)) };
  }

  /**
   * Goes back to the best epoch's weights; those of the last are kept, should training go on.
   * @param {{event: EpochEvent, weights: Float32Array[]}} best
   * @returns {SelectedEvent}
   */
  select({ event, weights }) {
    this.last = this.model.tensors.map((tensor) => this.model.values(tensor));
    this.setWeights(weights);
    return { event: 'selected', epoch: event.epoch, of: this.epoch, stopped: this.outOfPatience };
  }

  /** Undoes select(), so that training goes on from the epoch that it had come to. */
  resume() {
    if (this.last) this.setWeights(this.last);
    this.last = null;
  }

  /** @param {Float32Array[]} weights  by tensor */
  setWeights(weights) {
    this.model.tensors.forEach((tensor, n) => this.model.setValues(tensor, weights[n]));
    this.viewed = '';
  }

  /**
   * Trains the GMF and the MLP that NeuMF starts from (section 3.4.1), each by Adam.
   * @returns {Generator<PretrainingEvent, void, void>}
   */
  *pretrain() {
    if (this.parts.length === 0) return;
    for (const part of this.parts) {
      part.run ??= new Run(this.split, this.partSettings(part.model));
      for (const of of part.run.slices()) {
        if (of.event === 'epoch') this.pretrainSeconds += of.seconds;
        if (of.event !== 'pretraining') yield { event: 'pretraining', model: part.model, of };
      }
    }
    const [gmf, mlp] = this.parts.map(({ run }) => /** @type {Run} */ (run).model);
    this.model.pretrain(gmf, mlp, this.settings.alpha);
    this.freeParts();
  }

  /** @param {'gmf' | 'mlp'} model @returns {Settings} */
  partSettings(model) {
    const { optimizer, lr } = defaultSettings();
    const { pretrain: epochs } = this.settings;
    return { ...this.settings, model, optimizer, lr, epochs, validation: 'off', patience: 0 };
  }

  freeParts() {
    for (const { run } of this.parts) run?.free();
    this.parts = [];
  }

  /**
   * Starts from saved weights instead of random or pretrained ones.
   * @param {import('./weights.mjs').Fitted} fitted
   * @throws {import('./weights.mjs').WeightsError} they don't have the model's shapes; nothing was changed
   */
  load(fitted) {
    this.mustLive();
    putWeights(this.model, fitted);
    this.freeParts();
    this.loaded = true;
    this.notes.push(...fitted.notes, ...notesOfTest({ ...fitted, settings: this.settings }, this.model.source));
  }

  /**
   * Takes its weights to be those at the end of a run that was trained elsewhere. It can be looked at; to train it further
   * would not be what that run would have done, since the optimizer's moments are not at hand.
   * @param {EpochEvent[]} epochs  of that run, epoch 0 first
   * @param {Record<string, import('./rank_log.mjs').RankLogJson>} [ranks]  its rankLogs, by the kind of evaluation
   */
  standAt(epochs, ranks = {}) {
    const last = epochs.at(-1);
    if (!last || epochs.some(({ epoch }, n) => epoch !== n))
      throw new RangeError('The epochs of a run that is taken over must be 0, 1, 2 … in this order.');
    this.history = [...epochs];
    this.rankLogs = new Map(Object.entries(ranks).map(([kind, log]) => [kind, RankLog.from(log)]));
    this.epoch = last.epoch;
  }

  /**
   * Starts NeuMF from a saved GMF and MLP (eq. 13) instead of training these first.
   * @param {import('./weights.mjs').Weights} gmfFile
   * @param {import('./weights.mjs').Weights} mlpFile
   * @param {import('./weights.mjs').RowRule} [rule]  of files without ids
   * @throws {import('./weights.mjs').WeightsError} they are not what NeuMF can start from, as fitPart has it
   */
  loadPretrained(gmfFile, mlpFile, rule) {
    this.mustLive();
    const gmf = fitPart(gmfFile, 'gmf', this.settings, this.split, rule);
    const mlp = fitPart(mlpFile, 'mlp', this.settings, this.split, rule);
    const parts = [this.split.createModel(this.partSettings('gmf')), this.split.createModel(this.partSettings('mlp'))];
    try {
      putWeights(parts[0], gmf);
      putWeights(parts[1], mlp);
      this.model.pretrain(parts[0], parts[1], this.settings.alpha);
      this.freeParts();
      this.notes.push(...gmf.notes, ...mlp.notes);
    } finally {
      for (const part of parts) part.free();
    }
  }

  /**
   * The model with its weights after the last batch. Within an epoch this is a copy, which the next call overwrites.
   * @returns {Model}  owned by the run
   */
  present() {
    this.mustLive();
    const progress = this.trainer?.progress();
    if (!this.trainer?.snapshot || !progress || progress.done === 0 || progress.done === this.trainer.instances)
      return this.model;
    this.copy ??= this.task.createModel(this.settings);
    this.trainer.snapshot(this.copy);
    return this.copy;
  }

  /** @returns {Generator<RunEvent, void, void>} */
  *trainEpoch() {
    const trainer = this.trainer;
    if (!trainer) return;
    // An epoch whose last batch is done but which was left during its evaluation is evaluated, not trained again.
    for (let ended = this.epoch < trainer.progress().epoch && trainer.progress().done === trainer.instances; !ended;) {
      const before = trainer.progress();
      const { done, seconds } = this.trainPace.slice((limit) => trainer.run(limit));
      ended = done;
      yield this.trained(trainer, before, seconds);
    }
    const { loss } = trainer.progress();
    yield* this.evaluate(this.epoch + 1, Number.isNaN(loss) ? null : loss, this.seconds, this.samplesPerSecond);
  }

  /**
   * Trains one batch of the epoch under way, or of the next where one has ended and is evaluated. Where this ends it,
   * slices() goes on with its evaluation.
   * @returns {{ended: boolean, loss: number, event: ProgressEvent}}  loss: the mean of the batch
   * @throws {import('../core.mjs').CoreError} STATUS_NOT_FINITE where the loss diverges
   */
  trainBatch() {
    this.mustLive();
    const { trainer } = this;
    if (!trainer) throw new RangeError('This model does not learn in batches.');
    this.resume();
    const before = trainer.progress();
    const start = performance.now();
    const ended = trainer.run(1);
    const event = this.trained(trainer, before, (performance.now() - start) / 1000);
    const { epoch, done, loss } = trainer.progress();
    const earlier = epoch === before.epoch && before.done > 0 ? before : { done: 0, loss: 0 };
    return { ended, loss: (loss * done - earlier.loss * earlier.done) / (done - earlier.done), event };
  }

  /**
   * Counts what was trained since `before`, and tells of it.
   * @param {import('../core/learners.mjs').Learner} trainer
   * @param {{epoch: number, done: number}} before
   * @param {number} seconds
   * @returns {ProgressEvent}
   */
  trained(trainer, before, seconds) {
    const { epoch, done, loss } = trainer.progress();
    this.seconds += seconds;
    this.samples += done - (epoch === before.epoch ? before.done : 0);
    return {
      event: 'progress',
      epoch,
      batch: Math.ceil(done / trainer.batchSize),
      batches: this.batches,
      loss,
      samplesPerSecond: this.samplesPerSecond,
    };
  }

  /** Of the epoch under way. */
  get samplesPerSecond() {
    return this.seconds > 0 ? this.samples / this.seconds : 0;
  }

  /**
   * @param {number} epoch
   * @param {number | null} loss
   * @param {number} seconds
   * @param {number} samplesPerSecond
   * @returns {Generator<RunEvent, void, void>}
   */
  *evaluate(epoch, loss, seconds, samplesPerSecond) {
    const { meters } = this;
    if (!meters) return;
    const metrics = yield* this.measure(meters.test, epoch);
    const validation = meters.validation ? yield* this.measure(meters.validation, epoch) : undefined;
    this.logRanks(epoch);
    this.epoch = epoch;
    this.seconds = this.samples = 0;
    /** @type {EpochEvent} */
    const event = { event: 'epoch', epoch, loss, metrics, seconds, samplesPerSecond };
    if (validation) event.validation = validation;
    this.history.push(event);
    this.keepBest(event);
    yield event;
  }

  /** Keeps the ranks of the test that was just taken. @param {number} epoch */
  logRanks(epoch) {
    const { evaluator } = this;
    if (!evaluator) return;
    for (const kind of kindsOf(this.settings)) {
      const log = this.rankLogs.get(kind) ?? new RankLog();
      this.rankLogs.set(kind, log);
      log.add(epoch, evaluator.rankTriples(kind === 'full'));
    }
  }

  /**
   * How a user's held-out film stood after each epoch: expected 0-based ranks. Empty where the run is not evaluated so; of a
   * very long run on very many users not every epoch (rank_log.mjs).
   * @param {number} user
   * @param {boolean} full  among all films rather than the 99
   */
  ranksOf(user, full) {
    return this.rankLogs.get(full ? 'full' : 'sampled')?.of(user) ?? [];
  }

  /**
   * @param {import('./tasks.mjs').Meter} meter
   * @param {number} epoch
   * @returns {Generator<EvaluatingEvent, MetricSets, void>}
   */
  *measure(meter, epoch) {
    /** @type {MetricSets} */
    const metrics = {};
    for (const { name, start, work, read } of meter.measurements) {
      start();
      for (let done = false; !done;) {
        ({ done } = this.evaluationPaces[name].slice(work));
        if (!done) yield { event: 'evaluating', epoch };
      }
      Object.assign(metrics, read());
    }
    return metrics;
  }

  /**
   * The epoch with the highest HR@10, or lowest RMSE, on the test. Choosing by the test is what the paper's code does; it
   * flatters.
   * @returns {EpochEvent}
   */
  bestOnTest() {
    const worth = (/** @type {EpochEvent} */ { metrics }) =>
      metrics.errors ? worthOf(metrics) : ((metrics.sampled ?? metrics.full)?.hr ?? 0);
    return this.history.reduce((best, event) => (worth(event) > worth(best) ? event : best));
  }

  /**
   * The epoch with the highest NDCG@10, or lowest RMSE, on validation, which the model has the weights of when the run is over.
   * @returns {EpochEvent | null}  null without validation
   */
  bestOnValidation() {
    return this.best?.event ?? null;
  }

  /**
   * An evaluator with the model's present weights, beside the one that the run's own evaluation goes through.
   * @returns {import('../core.mjs').Evaluator}  owned by the run
   */
  view() {
    this.mustLive();
    const progress = this.trainer?.progress();
    const weights = `${progress?.epoch} ${progress?.done}`;
    if (this.viewer && this.viewed === weights) return this.viewer;
    const model = this.present();
    if (this.viewer && this.viewer.model !== model) {
      this.viewer.free();
      this.viewer = null;
    }
    this.viewer ??= new Evaluator(model, this.split, false);
    this.viewer.start();
    this.viewed = weights;
    return this.viewer;
  }

  /** The settings as they are printed and saved. */
  config() {
    return toConfig(this.settings);
  }

  /** @override */
  release() {
    this.trainer?.free();
    this.meters?.test.free();
    this.meters?.validation?.free();
    this.viewer?.free();
    this.freeParts();
    this.copy?.free();
    this.model?.free();
    this.task?.free();
  }
}
