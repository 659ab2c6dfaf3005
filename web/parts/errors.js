/** What is wrong, in the page's language: a fault comes as a code with values (wasm/words/fault.mjs). */
import { tell } from '../../wasm/words/fault.mjs';
import { faults } from '../../wasm/words/faults.mjs';
import { modelName, settingLabel } from './format.js';
import { currentLanguage } from './speech.js';
import { translations } from './words/errors.js';

/** @param {import('../../wasm/words/fault.mjs').Told} told */
export function faultText(told) {
  const words = translations[currentLanguage()];
  return tell(
    told,
    (code) => words?.faults[code] ?? faults[code],
    ({ of, name, text }) => {
      if (of === 'setting') return settingLabel({ name, label: text });
      return of === 'model' ? modelName(name) : (words?.parts[name] ?? text);
    },
  );
}
