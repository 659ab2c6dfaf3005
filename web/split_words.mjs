// For the built site: the page's words in languages other than English leave its code and become files of their own, which
// only those who choose that language load. In the development server and in Node's tests they stay where they stand.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = fileURLToPath(new URL('../build/words', import.meta.url));

/** @typedef {Record<string, Record<string, any>>} Lists  the exports of a file of words: entries, or a table by language */

/** @param {string} file @returns {Promise<Lists>} */
const listsOf = async (file) => ({ ...(await import(pathToFileURL(file).href)) });

/** @param {Lists} lists @param {string} language what they say in it */
const saidIn = (lists, language) =>
  Object.fromEntries(
    Object.entries(lists).map(([list, entries]) => [
      list,
      Object.hasOwn(entries, language)
        ? entries[language]
        : Object.fromEntries(Object.entries(entries).map(([key, word]) => [key, word[language]])),
    ]),
  );

/** Words stand in files of that name, or in a folder of it. @param {string} file its path in web/ */
const hasWords = (file) => /(^|\/)words(\/\w+)?\.js$/.test(file);

/** Writes build/words/zh.json: what every file of words says in Chinese. */
async function writeOthers() {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(hasWords);
  const all = await Promise.all(files.map(async (name) => [name, saidIn(await listsOf(join(here, name)), 'zh')]));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'zh.json'), JSON.stringify(Object.fromEntries(all)));
}

/**
 * A file of words without the other languages, which tells speech.js of itself so that it can be given them later.
 * @param {string} file
 */
async function englishOf(file) {
  const name = relative(here, file);
  const lists = await listsOf(file);
  const code = Object.entries(lists).map(([list, entries]) => {
    const words = Object.hasOwn(entries, 'zh') ? {} : onlyEnglish(entries);
    return `export const ${list} = ${JSON.stringify(words)};`;
  });
  const names = Object.keys(lists).join(', ');
  return [
    `import { expect } from '${join(here, 'parts/speech.js')}';`,
    ...code,
    `expect(${JSON.stringify(name)}, { ${names} });`,
  ].join('\n');
}

/** @param {Record<string, {en: string}>} entries */
const onlyEnglish = (entries) => Object.fromEntries(Object.entries(entries).map(([key, { en }]) => [key, { en }]));

/** @returns {import('vite').Plugin} */
export function splitWords() {
  return {
    name: 'split-words',
    buildStart: writeOthers,
    async load(id) {
      const file = id.split('?')[0];
      if (this.environment?.mode === 'dev' || !file.startsWith(here) || !hasWords(relative(here, file))) return null;
      return { code: await englishOf(file), moduleSideEffects: true };
    },
  };
}
