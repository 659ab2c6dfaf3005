// `ncf export`

import {
  UsageError,
  common,
  dataHelp,
  openWeights,
  print,
  printNotes,
  weightsHelp,
  weightsOptions,
} from './common.mjs';
import { onnxHelp, onnxOutput } from './onnx.mjs';

/** @param {Record<string, any>} values */
async function run(values) {
  const onnx = onnxOutput(values.onnx);
  if (!onnx) throw new UsageError('Say what to write: --onnx FILE.zip or NAME.onnx');
  const { run: loaded } = await openWeights(values);
  onnx.check(loaded.settings);
  printNotes(loaded.notes, values.json);
  onnx.write(loaded);
  const hash = loaded.model.hash();
  print(
    values.json
      ? JSON.stringify({ event: 'export', onnx: values.onnx, weights_hash: hash })
      : `weights ${hash}, as ONNX in ${values.onnx}`,
  );
}

/** @type {import('./common.mjs').Command} */
export const exportCommand = {
  options: { ...common, ...weightsOptions, onnx: { type: 'string' } },
  run,
  summary: 'saved weights as ONNX, for other programs',
  help: `ncf export --weights W.safetensors --onnx FILE [--data D] [--rows id|appearance] [--json]

${dataHelp()}
${weightsHelp}
${onnxHelp}
  --json             what was written as one JSON object

A model without a network (ItemPop, ItemKNN, EASE, means) has no ONNX. The score is what the model's scores are, without
anything done to it: about.json and the file's metadata have its kind, as “score_kind” of ncf recommend.`,
};
