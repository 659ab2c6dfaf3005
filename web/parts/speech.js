/**
 * What a lab says. English stands in the code, in files of words by the part of the page that says them; what another language
 * says stands in one file of its own (web/languages/). A lab has a speech of its own, so that two on a page may speak two
 * languages.
 */

import { fill } from '../../wasm/words/fill.mjs';

export { count } from '../../wasm/words/fill.mjs';

/** @typedef {import('../languages/languages.js').Language} Language */
/** @typedef {import('../languages/languages.js').Translation} Translation */
/** A language with all that it says; null: English, which is in the code. @typedef {{name: Language, tag: string, says: Translation | null}} Spoken */
/** Where a text stands, and what it is in English. @typedef {{section: string, key: string, en: string}} Word */
/** A text that is made when it is read, in the language of then: what the state holds. @typedef {(speech: Speech) => string} Said */
/** @typedef {Record<string, string | number | Said>} Values */
/** @typedef {ReturnType<typeof createSpeech>} Speech */

/**
 * A file of words.
 * @template {Record<string, string>} E
 * @param {string} section  its path in web/, without “words”
 * @param {E} texts  by key, with places for values as fill() has them
 * @returns {{[K in keyof E]: Word}}
 */
export const wordsOf = (section, texts) =>
  /** @type {{[K in keyof E]: Word}} */ (
    Object.fromEntries(Object.entries(texts).map(([key, en]) => [key, { section, key, en }]))
  );

/**
 * A word that is said later, in the language of then.
 * @param {Word} word
 * @param {Values} [values]
 * @returns {Said}
 */
export const later = (word, values) => (speech) => speech.t(word, values);

/** @type {Spoken} */
export const english = { name: 'en', tag: 'en', says: null };

/** @param {Spoken} [first] */
export function createSpeech(first = english) {
  let spoken = first;
  const speech = {
    /** @returns {Spoken} */
    get spoken() {
      return spoken;
    },
    /** What is written from here on is in this language; what stands already is for its writer to write anew. @param {Spoken} next */
    speak(next) {
      spoken = next;
    },
    /**
     * A word in the present language, with its values.
     * @param {Word} word
     * @param {Values} [values]
     * @returns {string}
     */
    t({ section, key, en }, values = {}) {
      /** @type {Record<string, Record<string, string>> | undefined} */
      const words = spoken.says?.words;
      return speech.fill(words?.[section]?.[key] ?? en, values);
    },
    /** @param {string} text @param {Values} values @returns {string} */
    fill(text, values) {
      const said = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'function' ? value(speech) : value,
      ]);
      return fill(text, Object.fromEntries(said));
    },
  };
  return speech;
}
