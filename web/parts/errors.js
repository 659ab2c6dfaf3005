/**
 * The core's sentences about what is wrong, in the page's language. The core and the worker write them in English; they are
 * known again by their form, with what stands at the places of the values.
 */
import { models } from '../../wasm/settings/models.mjs';
import { settings } from '../../wasm/settings/table.mjs';
import { modelName, settingLabel } from './format.js';
import { currentLanguage, t } from './speech.js';
import { parts, words } from './words/errors.js';

/** @typedef {import('./speech.js').Word} Word */

/** By language, made when they are first needed. @type {Map<string, {word: Word, form: RegExp}[]>} */
const forms = new Map();

/** @param {Word} word */
function formOf(word) {
  const fixed = word.en.replaceAll(/[.*+?^$()[\]\\|]/g, String.raw`\$&`);
  return { word, form: new RegExp(`^${fixed.replaceAll(/\{(\w+)\}/g, '(?<$1>.*?)')}$`, 's') };
}

/**
 * What stands for a value: a sentence, a setting's or a model's label, a part of a sentence, or what was typed.
 * @param {string} name
 * @param {string} text
 * @returns {string}
 */
function part(name, text) {
  if (name === 'message') return translated(text);
  const setting = settings.find(({ label }) => label === text);
  if (setting) return settingLabel(setting);
  const model = models.find(({ label }) => label === text);
  if (model) return modelName(model.value);
  const known = Object.values(parts[currentLanguage()] ?? {}).find(({ en }) => en === text);
  return known ? t(known) : text;
}

/**
 * A sentence that isn't known stays as it is.
 * @param {string} message
 * @returns {string}
 */
export function translated(message) {
  const language = currentLanguage();
  const known = forms.get(language) ?? Object.values(words[language] ?? {}).map(formOf);
  forms.set(language, known);
  for (const { word, form } of known) {
    const found = form.exec(message);
    if (!found) continue;
    const values = Object.entries(found.groups ?? {}).map(([name, value]) => [name, part(name, value)]);
    return t(word, Object.fromEntries(values));
  }
  return message;
}
