// `ncf train`

import { settings as table } from '../settings/table.mjs';
import { identityOf } from '../lab/identity.mjs';
import { Run } from '../lab/run.mjs';
import { encodeWeights } from '../lab/weights.mjs';
import { checkSettings, reads } from '../settings/settings.mjs';
import { beyondHelp, measureBeyond } from './beyond.mjs';
import {
  UsageError,
  chosenSettings,
  common,
  dataHelp,
  open,
  printNotes,
  progress,
  readWeights,
  rowRule,
  settingOptions,
} from './common.mjs';
import { metricsHelp, metricsOutput } from './metrics.mjs';
import { modelsToText } from './models.mjs';
import { onnxHelp, onnxOutput } from './onnx.mjs';
import { outputFile } from './output.mjs';
import { checkRanks, evaluateAgain, ranksHelp, ranksOutput } from './ranks.mjs';
import { inJson, inText, showProgress } from './train_report.mjs';

/** @param {import('../settings/table.mjs').Setting} setting */
function settingHelp({ option, type, choices, min, max, default: standard, help }) {
  // The models have a list of their own.
  const listed = type === 'choice' && option !== 'model';
  const range = listed ? choices?.map(({ value }) => value).join('|') : min !== undefined ? `${min}–${max}` : '';
  return `  --${option.padEnd(16)} ${help} (${[range, `default ${standard}`].filter(Boolean).join(', ')})`;
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

/**
 * Trains to the end, telling of it on the way.
 * @param {Run} training
 * @param {import('./train_report.mjs').Report} report
 * @returns {Promise<number | null>} samples a second; null where none were needed
 */
async function toTheEnd(training, report) {
  let samples = 0;
  let seconds = 0;
  for (const event of training.slices()) {
    if (event.event === 'selected') report.selected(event);
    else if (event.event === 'pretraining' && event.of.event === 'epoch') report.pretrained(event.model, event.of);
    else if (event.event !== 'epoch') showProgress(event);
    else {
      progress.clear();
      seconds += event.seconds;
      samples += event.seconds * event.samplesPerSecond;
      report.epoch(event);
      // So that it is seen where nobody reads on.
      await new Promise((done) => setImmediate(done));
    }
  }
  return seconds > 0 ? samples / seconds : null;
}

/** @param {Record<string, any>} values */
async function run(values) {
  const settings = checkSettings(chosenSettings(values));
  checkRanks(values, settings);
  const parts = pretrainedParts(values, settings);
  const rule = rowRule(values);
  const weightsFile = outputFile(values.save);
  const onnx = onnxOutput(values.onnx);
  onnx?.check(settings);
  const metrics = metricsOutput(values.metrics);
  const ranks = ranksOutput(values);
  const { dataset } = await open(values.data);
  const training = new Run(dataset, settings);
  if (parts) training.loadPretrained(parts[0], parts[1], rule);
  const identity = identityOf(training.model.source);
  const report = values.json ? inJson : inText;
  report.begin(training, dataset);
  printNotes(training.notes, values.json);
  const samplesPerSecond = await toTheEnd(training, report);
  const data = { name: values.data, ...identity };
  weightsFile?.write(encodeWeights(training.model, training.config()));
  onnx?.write(training);
  metrics?.write(training, data);
  const selected = training.trainer && training.bestOnValidation();
  const best = training.bestOnTest();
  if (ranks && selected) evaluateAgain(training);
  const beyond = values.beyond ? measureBeyond(training) : undefined;
  progress.clear();
  ranks?.write(training);
  report.result(training, { selected, best, beyond, samplesPerSecond, data, saved: weightsFile && values.save });
}

/** @type {import('./common.mjs').Command} */
export const train = {
  options: {
    ...common,
    ...settingOptions,
    save: { type: 'string' },
    onnx: { type: 'string' },
    metrics: { type: 'string' },
    'pretrained-gmf': { type: 'string' },
    'pretrained-mlp': { type: 'string' },
    rows: { type: 'string' },
    ranks: { type: 'string' },
    beyond: { type: 'boolean', default: false },
  },
  run,
  summary: 'train a model, printing a line an epoch',
  help: `ncf train [--data D] [--model M] [--preset P] [settings] [--save W.safetensors] [--onnx FILE] [--metrics FILE]
          [--ranks FILE] [--beyond] [--json]

Trains and evaluates after every epoch: models that rank films on leave-one-out's train part, models that predict ratings
on what a random split or fold leaves.

${dataHelp()}
  --preset NAME      settings that a paper found good for MovieLens-1M (“ncf models” lists them); others take their place
  --save FILE        keep the trained weights (safetensors)
${onnxHelp}
${metricsHelp}
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
