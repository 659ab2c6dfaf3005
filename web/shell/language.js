/** The language: as the page's address says, else as the person chose, else as the browser has it, else English. */
import { isLanguage, languages, loadLanguage } from '../languages/languages.js';
import { english } from '../parts/speech.js';

/** @typedef {import('../parts/speech.js').Language} Language */
/** @typedef {import('../parts/speech.js').Spoken} Spoken */

const KEY = 'ncf-lab-language';

/**
 * The language to begin with. Where what it says can't be loaded the page speaks English.
 * @param {string | null} asked where the page is told which
 * @param {(name: Language) => Promise<Spoken>} [load]
 * @returns {Promise<Spoken>}
 */
export async function firstLanguage(asked, load = loadLanguage) {
  const wanted = isLanguage(asked) ? asked : (recall() ?? ofBrowser());
  return load(wanted).catch(() => english);
}

/**
 * @param {HTMLElement} root bears the language in `lang`
 * @param {import('../parts/speech.js').Speech} speech
 * @param {(spoken: Spoken) => void} onLanguage
 * @param {boolean} [asked]  the instructor asked for one: no choice is kept
 */
export function createLanguage(root, speech, onLanguage, asked = false) {
  /** @param {Spoken} spoken */
  function apply(spoken) {
    speech.speak(spoken);
    root.lang = spoken.tag;
    onLanguage(spoken);
  }
  apply(speech.spoken);

  return {
    /** Rejects where what it says can't be loaded. @param {Language} name */
    async choose(name) {
      const spoken = await loadLanguage(name);
      if (!asked) remember(name);
      apply(spoken);
    },
  };
}

/** @param {Language} language the one after it @returns {Language} */
export function nextLanguage(language) {
  const all = /** @type {Language[]} */ (Object.keys(languages));
  return all[(all.indexOf(language) + 1) % all.length];
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

/** @param {Language} name */
function remember(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Not kept, but it holds until the page is closed.
  }
}
