// What `ncf train` prints: lines to be read, or JSON, an object a line.

import { epochToJson } from '../lab/metrics.mjs';
import { beyondToText } from './beyond.mjs';
import { number, print, progress, setsToJson, setsToText } from './common.mjs';

/** @typedef {import('../lab/run.mjs').Run} Run */
/** @typedef {import('../lab/run.mjs').EpochEvent} EpochEvent */
/** @typedef {import('../lab/run.mjs').SelectedEvent} Selected */
/**
 * @typedef {object} Outcome
 * @property {ReturnType<Run['bestOnValidation']> | null | undefined} selected  the epoch that validation chose
 * @property {ReturnType<Run['bestOnTest']>} best
 * @property {ReturnType<typeof import('./beyond.mjs').measureBeyond> | undefined} beyond
 * @property {number | null} samplesPerSecond
 * @property {{name: string} & ReturnType<typeof import('../lab/identity.mjs').identityOf>} data
 * @property {string | undefined} saved  the file that has the weights
 */
/**
 * @typedef {object} Report
 * @property {(training: Run, dataset: import('../core.mjs').Dataset) => void} begin
 * @property {(model: string, of: EpochEvent) => void} pretrained  an epoch of a part
 * @property {(event: EpochEvent) => void} epoch
 * @property {(event: Selected) => void} selected
 * @property {(training: Run, outcome: Outcome) => void} result
 */

/** @param {EpochEvent} event */
function epochToText({ epoch, loss, metrics, validation, seconds, samplesPerSecond }) {
  const words = [`epoch ${String(epoch).padStart(3)}`, setsToText(metrics)];
  if (validation?.errors) words.push(`validation RMSE ${validation.errors.rmse.toFixed(4)}`);
  else if (validation) words.push(`validation NDCG@10 ${(validation.sampled ?? validation.full)?.ndcg.toFixed(4)}`);
  if (loss !== null)
    words.push(
      `loss ${loss.toFixed(5)}`,
      `${seconds.toFixed(1)} s`,
      `${number.format(Math.round(samplesPerSecond))} samples/s`,
    );
  else if (epoch > 0) words.push(`${seconds.toFixed(1)} s`);
  return words.join('  ');
}

/** @param {import('../lab/run.mjs').ProgressEvent} event */
function progressToText({ epoch, batch, batches, loss }) {
  const far = `epoch ${epoch}  batch ${batch} of ${batches}`;
  return Number.isNaN(loss) ? far : `${far}  loss ${loss.toFixed(5)}`;
}

/**
 * How far the epoch under way has come; later lines take the place of this one.
 * @param {Exclude<import('../lab/run.mjs').RunEvent, EpochEvent | Selected>} event
 */
export function showProgress(event) {
  if (event.event === 'progress') progress.show(progressToText(event));
  if (event.event !== 'pretraining') return;
  const { model, of } = event;
  progress.show(of.event === 'progress' ? `pretraining ${model}, ${progressToText(of)}` : '');
}

/** @type {Report} */
export const inText = {
  begin({ model, settings }, { ratings, users, items }) {
    print(
      `${number.format(ratings)} ratings, ${number.format(users)} users, ${number.format(items)} films; ` +
        `${settings.model}, ${number.format(model.parameters)} parameters, seed ${settings.seed}`,
    );
  },
  pretrained: (model, of) => print(`pretraining ${model}, ${epochToText(of)}`),
  epoch: (event) => print(epochToText(event)),
  selected({ epoch, of, stopped }) {
    if (stopped) print(`stopped: no better validation since epoch ${epoch}, whose weights are kept`);
    else if (epoch < of) print(`back to the weights of epoch ${epoch}, the best on validation`);
  },
  result({ trainer, model }, { selected, best, beyond, saved }) {
    if (selected) print(`best epoch on validation: ${selected.epoch}, ${setsToText(selected.metrics)}`);
    if (trainer) print(`best epoch on test: ${best.epoch}, ${setsToText(best.metrics)}`);
    if (beyond) print(beyondToText(beyond));
    print(`weights ${model.hash()}${saved ? `, saved to ${saved}` : ''}`);
  },
};

/** @param {object} event */
const tell = (event) => print(JSON.stringify(event));

/** @type {Report} */
export const inJson = {
  begin() {},
  pretrained: (model, { epoch, loss, metrics }) =>
    tell({ event: 'pretraining', model, epoch, loss, metrics: setsToJson(metrics) }),
  epoch: (event) => tell({ event: 'epoch', ...epochToJson(event) }),
  selected: tell,
  result(training, { selected, best, beyond, samplesPerSecond, data }) {
    const last = training.history[training.history.length - 1];
    const final = selected ?? last;
    tell({
      event: 'result',
      model: training.settings.model,
      config: training.config(),
      data,
      epochs_trained: last.epoch,
      epoch: final.epoch,
      loss: final.loss,
      metrics: setsToJson(final.metrics),
      best_on_validation: selected
        ? {
            epoch: selected.epoch,
            metrics: setsToJson(selected.metrics),
            validation: setsToJson(selected.validation ?? {}),
          }
        : undefined,
      best_on_test: { epoch: best.epoch, metrics: setsToJson(best.metrics) },
      notes: training.notes,
      beyond,
      samples_per_second: samplesPerSecond,
      weights_hash: training.model.hash(),
    });
  },
};
