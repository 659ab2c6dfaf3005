// A training run in slices: the same in the page's worker and in the command. Whoever drives it pulls slices from
// slices(), does what else there is to do between them, and stops pulling to pause.

import { toConfig } from './settings.mjs';

/** @typedef {import('./core.mjs').Split} Split */
/** @typedef {import('./core.mjs').Metrics} Metrics */
/** @typedef {import('./core.mjs').Model} Model */
/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{sampled?: Metrics, full?: Metrics}} MetricSets */
/** @typedef {{event: 'progress', epoch: number, batch: number, batches: number, loss: number, samplesPerSecond: number}} ProgressEvent */
/** @typedef {{event: 'evaluating', epoch: number}} EvaluatingEvent */
/**
 * Epoch 0 is the model before training; its loss is null. `seconds` is training time without evaluation.
 * @typedef {{event: 'epoch', epoch: number, loss: number | null, metrics: MetricSets, seconds: number, samplesPerSecond: number}} EpochEvent
 */
/** @typedef {ProgressEvent | EvaluatingEvent | EpochEvent} RunEvent */

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
export class Run {
  /**
   * @param {Split} split  borrowed: must outlive the run
   * @param {Settings} settings
   * @throws {import('./core.mjs').CoreError} memory was refused, or the data leaves no negatives
   */
  constructor(split, settings) {
    this.split = split;
    this.settings = settings;
    this.model = split.createModel(settings);
    /** @type {import('./core.mjs').Trainer | null} */
    this.trainer = null;
    /** @type {import('./core.mjs').Evaluator | null} */
    this.evaluator = null;
    /** @type {import('./core.mjs').Evaluator | null} */
    this.viewer = null;
    /** The weights that the viewer has, as epoch and examples done. */
    this.viewed = '';
    try {
      this.evaluator = this.model.createEvaluator();
      if (settings.model !== 'itempop') this.trainer = this.model.createTrainer();
    } catch (error) {
      this.free();
      throw error;
    }
    /** Epochs trained. */
    this.epoch = 0;
    /** @type {EpochEvent[]} one an epoch, epoch 0 first */
    this.history = [];
    this.seconds = 0;
    this.samples = 0;
    this.trainPace = new Pace();
    /** @type {Record<string, Pace>} */
    this.evaluationPaces = { sampled: new Pace(), full: new Pace() };
  }

  get batches() {
    return this.trainer?.batches ?? 0;
  }

  get finished() {
    return this.history.length > 0 && (!this.trainer || this.epoch >= this.settings.epochs);
  }

  /** @param {{lr?: number, epochs?: number}} live  settings that may change while the model is trained */
  change(live) {
    this.settings = { ...this.settings, ...live };
    if (live.lr !== undefined) this.trainer?.setRate(live.lr);
  }

  /**
   * What is left of the run, one event a slice of some ms: progress within an epoch, an epoch's end with its metrics.
   * May be left and called anew at any time; it goes on from the same batch. Ends when `settings.epochs` are trained.
   * @returns {Generator<RunEvent, void, void>}
   * @throws {import('./core.mjs').CoreError} STATUS_NOT_FINITE where the loss diverges
   */
  *slices() {
    if (this.history.length === 0) yield* this.evaluate(null, 0, 0);
    while (!this.finished) yield* this.trainEpoch();
  }

  /** @returns {Generator<RunEvent, void, void>} */
  *trainEpoch() {
    const trainer = this.trainer;
    if (!trainer) return;
    // An epoch whose last batch is done but which was left during its evaluation is evaluated, not trained again.
    for (let ended = this.epoch < trainer.progress().epoch && trainer.progress().done === trainer.instances; !ended;) {
      const before = trainer.progress();
      const { done, seconds } = this.trainPace.slice((limit) => trainer.run(limit));
      const now = trainer.progress();
      ended = done;
      this.seconds += seconds;
      this.samples += now.done - (now.epoch === before.epoch ? before.done : 0);
      yield {
        event: 'progress',
        epoch: now.epoch,
        batch: Math.ceil(now.done / this.settings.batchSize),
        batches: this.batches,
        loss: now.loss,
        samplesPerSecond: this.samplesPerSecond,
      };
    }
    yield* this.evaluate(trainer.progress().loss, this.seconds, this.samplesPerSecond);
  }

  /** Of the epoch under way. */
  get samplesPerSecond() {
    return this.seconds > 0 ? this.samples / this.seconds : 0;
  }

  /**
   * @param {number | null} loss
   * @param {number} seconds
   * @param {number} samplesPerSecond
   * @returns {Generator<RunEvent, void, void>}
   */
  *evaluate(loss, seconds, samplesPerSecond) {
    const evaluator = this.evaluator;
    if (!evaluator) return;
    const epoch = loss === null ? 0 : this.epoch + 1;
    /** @type {MetricSets} */
    const metrics = {};
    /** @type {('sampled'|'full')[]} */
    const kinds = this.settings.eval === 'both' ? ['sampled', 'full'] : [this.settings.eval];
    for (const kind of kinds) {
      const full = kind === 'full';
      evaluator.start();
      for (let done = false; !done;) {
        ({ done } = this.evaluationPaces[kind].slice((limit) => evaluator.run(full, limit)));
        if (!done) yield { event: 'evaluating', epoch };
      }
      metrics[kind] = evaluator.metrics(full);
    }
    this.epoch = epoch;
    this.seconds = this.samples = 0;
    /** @type {EpochEvent} */
    const event = { event: 'epoch', epoch, loss, metrics, seconds, samplesPerSecond };
    this.history.push(event);
    yield event;
  }

  /**
   * The epoch with the highest HR@10 on the test items. Choosing by the test is what the paper's code does; it flatters.
   * @returns {EpochEvent}
   */
  bestOnTest() {
    const hr = (/** @type {EpochEvent} */ event) => (event.metrics.sampled ?? event.metrics.full)?.hr ?? 0;
    return this.history.reduce((best, event) => (hr(event) > hr(best) ? event : best));
  }

  /**
   * An evaluator with the model's present weights, beside the one that the run's own evaluation goes through.
   * @returns {import('./core.mjs').Evaluator}  owned by the run
   */
  view() {
    const progress = this.trainer?.progress();
    const weights = `${progress?.epoch} ${progress?.done}`;
    this.viewer ??= this.model.createEvaluator();
    if (this.viewed !== weights) this.viewer.start();
    this.viewed = weights;
    return this.viewer;
  }

  /** The settings as they are printed and saved. */
  config() {
    return toConfig(this.settings);
  }

  free() {
    this.trainer?.free();
    this.evaluator?.free();
    this.viewer?.free();
    this.model.free();
  }
}
