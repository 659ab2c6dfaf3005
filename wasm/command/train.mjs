// `ncf train`

import { settings as table } from '../settings/table.mjs';
import { identityOf } from '../lab/identity.mjs';
import { Run } from '../lab/run.mjs';
import { encodeWeights } from '../lab/weights.mjs';
import { checkSettings, reads } from '../settings/settings.mjs';
import { beyondHelp, beyondToText, measureBeyond } from './beyond.mjs';
import {
  UsageError,
  chosenSettings,
  common,
  dataHelp,
  number,
  open,
  print,
  printNotes,
  progress,
  readWeights,
  rowRule,
  setsToJson,
  setsToText,
  settingOptions,
} from './common.mjs';
import { modelsToText } from './models.mjs';
import { outputFile } from './output.mjs';
import { checkRanks, evaluateAgain, ranksHelp, ranksOutput } from './ranks.mjs';

/** @param {import('../settings/table.mjs').Setting} setting */
function settingHelp({ option, type, choices, min, max, default: standard, help }) {
  // The models have a list of their own.
  const listed = type === 'choice' && option !== 'model';
  const range = listed ? choices?.map(({ value }) => value).join('|') : min !== undefined ? `${min}–${max}` : '';
  return `  --${option.padEnd(16)} ${help} (${[range, `default ${standard}`].filter(Boolean).join(', ')})`;
}

/** @param {import('../lab/run.mjs').EpochEvent} event */
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

/**
 * The weights of --pretrained-gmf and --pretrained-mlp, or null without these.
 * @param {Record<string, any>} values
 * @param {import('../settings/settings.mjs').Settings} settings
 */
function pretrainedParts(values, settings) {
  const paths = [values['pretrained-gmf'], values['pretrained-mlp']];
  if (paths.every((path) => path === undefined)) return null;
  if (paths.some((path) => path === undefined))
    throw new UsageError('NeuMF starts from both parts: give --pretrained-gmf FILE and --pretrained-mlp FILE.');
  if (!reads(settings.model, 'pretrain') || settings.embeddings === 'shared' || settings.pretrain > 0)
    throw new UsageError(
      '--pretrained-gmf and --pretrained-mlp are for --model neumf with embeddings of its own, without --pretrain.',
    );
  return paths.map(readWeights);
}

/** @param {import('../lab/run.mjs').ProgressEvent} event */
function progressToText({ epoch, batch, batches, loss }) {
  const far = `epoch ${epoch}  batch ${batch} of ${batches}`;
  return Number.isNaN(loss) ? far : `${far}  loss ${loss.toFixed(5)}`;
}

/** @param {import('../lab/run.mjs').PretrainingEvent} event */
function pretrainingToText({ model, of }) {
  if (of.event !== 'progress') return '';
  return `pretraining ${model}, ${progressToText(of)}`;
}

/** @param {Record<string, any>} values */
async function run(values) {
  const settings = checkSettings(chosenSettings(values));
  checkRanks(values, settings);
  const parts = pretrainedParts(values, settings);
  const rule = rowRule(values);
  const weightsFile = outputFile(values.save);
  const ranks = ranksOutput(values);
  const { dataset } = await open(values.data);
  const training = new Run(dataset, settings);
  if (parts) training.loadPretrained(parts[0], parts[1], rule);
  const identity = identityOf(training.model.source);
  let samples = 0;
  let seconds = 0;
  if (!values.json)
    print(
      `${number.format(dataset.ratings)} ratings, ${number.format(dataset.users)} users, ${number.format(dataset.items)} films; ` +
        `${settings.model}, ${number.format(training.model.parameters)} parameters, seed ${settings.seed}`,
    );
  printNotes(training.notes, values.json);
  for (const event of training.slices()) {
    if (event.event === 'progress') progress.show(progressToText(event));
    if (event.event === 'pretraining') {
      const { model, of } = event;
      if (of.event !== 'epoch') progress.show(pretrainingToText(event));
      else if (values.json)
        print(
          JSON.stringify({
            event: 'pretraining',
            model,
            epoch: of.epoch,
            loss: of.loss,
            metrics: setsToJson(of.metrics),
          }),
        );
      else print(`pretraining ${model}, ${epochToText(of)}`);
    }
    if (event.event === 'selected') {
      const { epoch, of, stopped } = event;
      if (values.json) print(JSON.stringify(event));
      else if (stopped) print(`stopped: no better validation since epoch ${epoch}, whose weights are kept`);
      else if (epoch < of) print(`back to the weights of epoch ${epoch}, the best on validation`);
    }
    if (event.event !== 'epoch') continue;
    progress.clear();
    seconds += event.seconds;
    samples += event.seconds * event.samplesPerSecond;
    const { epoch, loss, metrics, validation } = event;
    if (values.json)
      print(
        JSON.stringify({
          event: 'epoch',
          epoch,
          loss,
          metrics: setsToJson(metrics),
          validation: validation && setsToJson(validation),
          seconds: event.seconds,
          samples_per_second: event.samplesPerSecond,
        }),
      );
    else print(epochToText(event));
    // So that it is seen where nobody reads on.
    await new Promise((done) => setImmediate(done));
  }
  weightsFile?.write(encodeWeights(training.model, training.config()));
  const selected = training.trainer && training.bestOnValidation();
  const last = training.history[training.history.length - 1];
  const final = selected ?? last;
  const best = training.bestOnTest();
  if (ranks && selected) evaluateAgain(training);
  const beyond = values.beyond ? measureBeyond(training) : undefined;
  progress.clear();
  ranks?.write(training);
  if (!values.json) {
    if (selected) print(`best epoch on validation: ${selected.epoch}, ${setsToText(selected.metrics)}`);
    if (training.trainer) print(`best epoch on test: ${best.epoch}, ${setsToText(best.metrics)}`);
    if (beyond) print(beyondToText(beyond));
    print(`weights ${training.model.hash()}${weightsFile ? `, saved to ${values.save}` : ''}`);
    return;
  }
  print(
    JSON.stringify({
      event: 'result',
      model: settings.model,
      config: training.config(),
      data: { name: values.data, ...identity },
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
      samples_per_second: seconds > 0 ? samples / seconds : null,
      weights_hash: training.model.hash(),
    }),
  );
}

/** @type {import('./common.mjs').Command} */
export const train = {
  options: {
    ...common,
    ...settingOptions,
    save: { type: 'string' },
    'pretrained-gmf': { type: 'string' },
    'pretrained-mlp': { type: 'string' },
    rows: { type: 'string' },
    ranks: { type: 'string' },
    beyond: { type: 'boolean', default: false },
  },
  run,
  summary: 'train a model, printing a line an epoch',
  help: `ncf train [--data D] [--model M] [--preset P] [settings] [--save W.safetensors] [--ranks FILE] [--beyond] [--json]

Trains and evaluates after every epoch: models that rank films on leave-one-out's train part, models that predict ratings
on what a random split or fold leaves.

${dataHelp()}
  --preset NAME      settings that a paper found good for MovieLens-1M (“ncf models” lists them); others take their place
  --save FILE        keep the trained weights (safetensors)
  --pretrained-gmf FILE, --pretrained-mlp FILE
                     weights that NeuMF starts from (eq. 13), instead of --pretrain
  --rows RULE        of such weights without ids: id or appearance, as for ncf evaluate
${ranksHelp}
${beyondHelp}
  --json             one JSON object a line: an event an epoch, then the result

Settings (some models have other defaults: “ncf models”):
${table.map(settingHelp).join('\n')}

${modelsToText()}`,
};
