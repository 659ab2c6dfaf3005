/**
 * What the page says, in every language that it speaks. The words stand in words/, by the part of the page that says them,
 * an entry's languages side by side.
 */
import { count } from './format.js';

/** @typedef {'en' | 'zh'} Language */
/** @typedef {Record<Language, string>} Word */

/** By their own names. @type {Record<Language, string>} */
export const languages = { en: 'English', zh: '简体中文' };

/** @type {Language} */
let language = 'en';

export const currentLanguage = () => language;

/** What is written from here on is in this language; what stands already is for its writer to write anew. @param {Language} next */
export function speak(next) {
  language = next;
}

/**
 * An entry in the current language. In it `{films}` stands for a value, whole numbers with their separators, and
 * `{films|film|films}` for a word by a number: the first where that is 1.
 * @param {Word} word
 * @param {Record<string, string | number>} [values]
 */
export function t(word, values = {}) {
  return word[language].replaceAll(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => {
    const value = values[name];
    if (one !== undefined) return value === 1 ? one : many;
    return Number.isInteger(value) ? count(Number(value)) : String(value);
  });
}
