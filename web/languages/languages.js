/** THE list of languages. English stands in the code; another is a file beside this one and a row here. */

/** @typedef {import('./zh.js').Translation} Translation */
/**
 * @typedef {object} Row
 * @property {string} label  by its own name
 * @property {string} tag    for the lang attribute, by which browsers choose glyphs and screen readers a voice, and for dates
 * @property {(() => Promise<Translation>) | null} load
 */

/** @satisfies {Record<string, Row>} */
const rows = {
  en: { label: 'English', tag: 'en', load: null },
  zh: { label: '中文', tag: 'zh-Hans', load: () => import('./zh.js').then(({ zh }) => zh) },
};

/** @typedef {keyof typeof rows} Language */

/** @type {Record<Language, Row>} */
export const languages = rows;

/** @param {unknown} name @returns {name is Language} */
export const isLanguage = (name) => Object.hasOwn(rows, String(name));

/**
 * A language with what it says. Rejects where that can't be loaded.
 * @param {Language} name
 * @returns {Promise<import('../parts/speech.js').Spoken>}
 */
export async function loadLanguage(name) {
  const { tag, load } = languages[name];
  return { name, tag, says: (await load?.()) ?? null };
}
