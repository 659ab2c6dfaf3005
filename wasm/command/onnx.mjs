// --onnx of train and export: a model as ONNX, with whose its rows are.

import { describe, mustHaveNetwork } from '../lab/described.mjs';
import { encodeOnnxBundle, onnxFiles } from '../lab/onnx_bundle.mjs';
import { UsageError } from './common.mjs';
import { outputFile } from './output.mjs';

/** @typedef {import('../lab/run.mjs').Run} Run */

export const onnxHelp = `  --onnx FILE        the model as ONNX: inputs user and item (int64 [n], rows of its tables), output score (float32 [n]).
                     FILE.zip has model.onnx with users.csv, items.csv (the id of each row) and about.json (settings,
                     data, what scores are); NAME.onnx has NAME.users.csv, NAME.items.csv and NAME.about.json beside it`;

/**
 * Where --onnx leads; asked for before the work begins.
 * @param {string | undefined} path
 * @returns {{check: (settings: import('../settings/settings.mjs').Settings) => void, write: (run: Run) => void} | null}
 *   check: throws a UsageError where such a model can't be written
 */
export function onnxOutput(path) {
  if (path === undefined) return null;
  const zipped = path.endsWith('.zip');
  if (!zipped && !path.endsWith('.onnx'))
    throw new UsageError(`--onnx takes a name that ends in .zip or .onnx, not “${path}”.`);
  const beside = (/** @type {string} */ name) =>
    zipped ? path : name === 'model.onnx' ? path : path.replace(/onnx$/, name);
  const names = zipped ? ['model.onnx'] : ['model.onnx', 'users.csv', 'items.csv', 'about.json'];
  const files = new Map(names.map((name) => [name, outputFile(beside(name))]));
  return {
    check(settings) {
      try {
        mustHaveNetwork(settings);
      } catch (error) {
        throw new UsageError(/** @type {Error} */ (error).message);
      }
    },
    write(run) {
      const { model } = run;
      const described = describe(model, run.config());
      const filmOf = (/** @type {number} */ item) => model.source.dataset.film(item);
      if (zipped) return files.get('model.onnx')?.write(encodeOnnxBundle(described, filmOf));
      for (const [name, bytes] of Object.entries(onnxFiles(described, filmOf))) files.get(name)?.write(bytes);
    },
  };
}
