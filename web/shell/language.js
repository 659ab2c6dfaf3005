/** The language: as the page's address says, else as the person chose, else as the browser has it, else English. */
import { isLanguage, isLearnt, learn, speak, tags } from '../parts/speech.js';

/** @typedef {import('../parts/speech.js').Language} Language */

const KEY = 'ncf-lab-language';

/**
 * The language to begin with. Where its words can't be loaded the page speaks English.
 * @param {string | null} asked where the page is told which
 * @param {Partial<Record<Language, string>>} words addresses of the words of languages that the code leaves out
 * @returns {Promise<Language>}
 */
export async function firstLanguage(asked, words) {
  const wanted = isLanguage(asked) ? asked : (recall() ?? ofBrowser());
  return loadWords(wanted, words).then(
    () => wanted,
    () => 'en',
  );
}

/**
 * @param {Language} language
 * @param {Partial<Record<Language, string>>} words
 */
async function loadWords(language, words) {
  if (isLearnt(language)) return;
  const response = await fetch(words[language] ?? '');
  if (!response.ok) throw new Error(`${language}: ${response.status}`);
  learn(language, await response.json());
}

/**
 * @param {HTMLElement} root bears the language in `lang`
 * @param {Language} first whose words are there
 * @param {Partial<Record<Language, string>>} words addresses, as for firstLanguage
 * @param {(language: Language) => void} onLanguage
 */
export function createLanguage(root, first, words, onLanguage) {
  /** @param {Language} language */
  function apply(language) {
    speak(language);
    root.lang = tags[language];
    onLanguage(language);
  }
  apply(first);

  return {
    /** Rejects where its words can't be loaded. @param {Language} language */
    async choose(language) {
      await loadWords(language, words);
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
