/** What the builder says in other languages: in files of its own, which the lab's visitors are spared. */

/** @typedef {import('../parts/speech.js').Spoken} Spoken */

/** @type {Partial<Record<import('../parts/speech.js').Language, () => Promise<Record<string, string>>>>} */
const own = { zh: () => import('../languages/zh_builder.js').then(({ builder }) => builder) };

/**
 * A language with the builder's words in it; without them it says these in English.
 * @param {Spoken} spoken
 * @returns {Promise<Spoken>}
 */
export async function withOwn(spoken) {
  const { name, says } = spoken;
  const builder = await own[name]?.().catch(() => null);
  if (!builder || !says) return spoken;
  return { ...spoken, says: { ...says, words: /** @type {any} */ ({ ...says.words, builder }) } };
}
