/** The language: as the page's address says, else as the person chose, else as the browser has it, else English. */
import { isLanguage, speak, tags } from './words.js';

/** @typedef {import('./words.js').Language} Language */

const KEY = 'ncf-lab-language';

/**
 * @param {HTMLElement} root bears the language in `lang`
 * @param {string | null | undefined} asked where the page is told which
 * @param {(language: Language) => void} onLanguage
 */
export function createLanguage(root, asked, onLanguage) {
  /** @param {Language} language */
  function apply(language) {
    speak(language);
    root.lang = tags[language];
    onLanguage(language);
  }
  apply(isLanguage(asked) ? asked : (recall() ?? ofBrowser()));

  return {
    /** @param {Language} language */
    choose(language) {
      remember(language);
      apply(language);
    },
  };
}

/** The first of the browser's languages that the page speaks. @returns {Language} */
function ofBrowser() {
  const [first] = navigator.languages.map((tag) => tag.split('-')[0].toLowerCase()).filter(isLanguage);
  return first ?? 'en';
}

/** @returns {Language | null} */
function recall() {
  try {
    const kept = localStorage.getItem(KEY);
    return isLanguage(kept) ? kept : null;
  } catch {
    // A sandboxed frame has no storage: the browser's language it is.
    return null;
  }
}

/** @param {Language} language */
function remember(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Not kept, but it holds until the page is closed.
  }
}
