// Training for scripts: epochs as they come, a model at the end.
/// <reference lib="esnext.disposable" preserve="true" />

import { Run } from '../lab/run.mjs';
import { checkSettings, presetNamed } from '../settings/settings.mjs';
import { host } from '#host';
import { TrainedModel, dataOf } from './model.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('../settings/models.mjs').ModelName} ModelName */
/** @typedef {import('../lab/run.mjs').EpochEvent} EpochEvent */
/** @typedef {import('../lab/run.mjs').RunEvent} RunEvent */
/** @typedef {import('./data.mjs').DataSource} DataSource */
/**
 * Settings by name, those of a preset behind them. What is absent takes its default.
 * @typedef {Omit<Partial<Settings>, 'model'> & {model?: ModelName, preset?: string}} TrainSettings
 */
/**
 * data: opened by loadData, or what loadData takes; the bundled set where absent. onProgress: hears of everything, within
 * epochs and of pretraining too.
 * @typedef {{data?: import('./data.mjs').Data | DataSource, signal?: AbortSignal, onProgress?: (event: RunEvent) => void}} TrainOptions
 */

/**
 * A run under way. Nothing is done until its epochs are asked for; who stops asking has paused it.
 * @implements {AsyncIterable<EpochEvent>}
 */
export class Training {
  /** All of them, as they were checked. @type {Settings} */
  settings;
  #options;
  /** @type {Promise<{run: Run, model: TrainedModel}> | null} */
  #begun = null;
  /** @type {TrainedModel | null} */
  #model = null;
  #busy = false;
  #freed = false;

  /**
   * @param {Settings} settings
   * @param {TrainOptions} options
   */
  constructor(settings, options) {
    this.settings = settings;
    this.#options = options;
  }

  /**
   * The model with its present weights: also between epochs.
   * @returns {TrainedModel}  freed with the training, and the training with it
   */
  get model() {
    if (!this.#model) throw new Error('There is no model yet: ask for the first epoch, or call finish().');
    return this.#model;
  }

  /**
   * The epochs that are left, each with its loss and metrics; epoch 0 is the model before training. May be left and asked
   * anew: it goes on from the same batch. At the end of a run with validation the model has the weights of the best epoch.
   * @returns {AsyncGenerator<EpochEvent, void, void>}
   * @throws the signal's reason; DataError, or CoreError where training diverges
   */
  async *[Symbol.asyncIterator]() {
    if (this.#busy) throw new Error('This training is under way already: its epochs go to whoever asked first.');
    this.#busy = true;
    try {
      const { run } = await this.#begin();
      const { signal, onProgress } = this.#options;
      signal?.throwIfAborted();
      for (const event of run.slices()) {
        onProgress?.(event);
        if (event.event === 'epoch') yield event;
        await host.pause();
        signal?.throwIfAborted();
      }
    } finally {
      this.#busy = false;
    }
  }

  /**
   * Trains what is left.
   * @returns {Promise<TrainedModel>}
   */
  async finish() {
    for await (const _ of this);
    return this.model;
  }

  #begin() {
    return (this.#begun ??= this.#open().catch((error) => {
      this.#begun = null;
      throw error;
    }));
  }

  async #open() {
    const { signal } = this.#options;
    const { data, owned } = await dataOf(this.#options.data, { signal });
    try {
      // Meanwhile nobody may want it any more.
      if (this.#freed) throw new Error('This training was freed, so it can’t be used any more.');
      const run = new Run(data.dataset, this.settings);
      this.#model = new TrainedModel(run, data, owned);
      return { run, model: this.#model };
    } catch (error) {
      if (owned) data.free();
      throw error;
    }
  }

  /** Gives the model's memory back, that of the data too where they were opened for it alone. Twice is harmless. */
  free() {
    this.#freed = true;
    this.#model?.free();
  }

  [Symbol.dispose]() {
    this.free();
  }
}

/**
 * A run: with the same data and settings its numbers are to the bit those of `ncf train` and of the page.
 * @param {TrainSettings} [settings]
 * @param {TrainOptions} [options]
 * @returns {Training}  owned by the caller: free() gives its memory back
 * @throws {import('../settings/settings.mjs').SettingError} at once: one sentence that names the setting
 */
export function train({ preset, ...settings } = {}, options = {}) {
  const behind = preset === undefined ? {} : presetNamed(preset).settings;
  return new Training(checkSettings({ ...behind, ...settings }), options);
}
