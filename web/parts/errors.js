/** What is wrong, in the page's language: a fault comes as a code with values (wasm/words/fault.mjs). */
import { nameOf, tell } from '../../wasm/words/fault.mjs';
import { faults } from '../../wasm/words/faults.mjs';
import { modelName, settingLabel } from './format.js';

/** @typedef {import('./speech.js').Speech} Speech */

/** @param {Speech} speech @param {import('../../wasm/words/fault.mjs').Told} told */
export function faultText(speech, told) {
  /** @type {Record<string, Record<string, any>> | null} */
  const says = speech.spoken.says;
  return tell(
    told,
    (code) => says?.faults[code] ?? faults[code],
    (value) => {
      const { of, name, text } = value;
      if (of === 'setting') return settingLabel(speech, { name, label: text });
      return of === 'model' ? modelName(speech, name) : (says?.parts[name] ?? nameOf(value));
    },
  );
}
