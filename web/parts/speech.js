/**
 * What the page says, in every language that it speaks. The words stand in words/, by the part of the page that says them,
 * an entry's languages side by side.
 */

import { fill } from '../../wasm/words/fill.mjs';

export { count } from '../../wasm/words/fill.mjs';

/** @typedef {'en' | 'zh'} Language */
/** @typedef {Record<Language, string>} Word */
/** A text that is made when it is read, in the language of then: what the state holds. @typedef {() => string} Said */
/** @typedef {Record<string, string | number | Said>} Values */

/** By their own names. @type {Record<Language, string>} */
export const languages = { en: 'English', zh: '中文' };

/** For the lang attribute, by which browsers choose glyphs and screen readers a voice. @type {Record<Language, string>} */
export const tags = { en: 'en', zh: 'zh-Hans' };

/** @param {unknown} name @returns {name is Language} */
export const isLanguage = (name) => Object.hasOwn(languages, String(name));

/** @type {Language} */
let language = 'en';

export const currentLanguage = () => language;

/** What is written from here on is in this language; what stands already is for its writer to write anew. @param {Language} next */
export function speak(next) {
  language = next;
}

/** Files of words that were built without the other languages. @type {Map<string, Record<string, any>>} */
const expecting = new Map();
/** What was learnt, by language, file and list. @type {Map<Language, Record<string, Record<string, any>>>} */
const learnt = new Map();

/**
 * A file of words tells that it has English alone (split_words.mjs).
 * @param {string} file
 * @param {Record<string, any>} lists
 */
export function expect(file, lists) {
  expecting.set(file, lists);
  // A room's words may come after the language.
  for (const [name, said] of learnt) teach(name, lists, said[file]);
}

/** @param {Language} name whether all that the page says is there in it */
export const isLearnt = (name) => name === 'en' || expecting.size === 0 || learnt.has(name);

/**
 * Gives the files their words in a language.
 * @param {Language} name
 * @param {Record<string, Record<string, any>>} said by file and list: texts by key, or a table
 * @throws {TypeError} words are missing, as in a file of something else; none were given
 */
export function learn(name, said) {
  for (const [file, lists] of expecting)
    for (const [list, words] of Object.entries(lists)) {
      const texts = said[file][list];
      if (!texts || Object.keys(words).some((key) => !texts[key])) throw new TypeError(file);
    }
  for (const [file, lists] of expecting) teach(name, lists, said[file]);
  learnt.set(name, said);
}

/**
 * @param {Language} name
 * @param {Record<string, any>} lists
 * @param {Record<string, any>} said  texts by list
 */
function teach(name, lists, said) {
  for (const [list, words] of Object.entries(lists)) {
    if (Object.keys(words).length === 0) words[name] = said[list];
    else for (const [key, word] of Object.entries(words)) word[name] = said[list][key];
  }
}

/**
 * An entry in the current language, with its values (fill in wasm/words/fill.mjs).
 * @param {Word} word
 * @param {Values} [values]
 */
export const t = (word, values = {}) => fill(word[language], values);

/**
 * The same, but made anew whenever it is read.
 * @param {Word} word
 * @param {Values} [values]
 * @returns {Said}
 */
export const later = (word, values) => () => t(word, values);
