/**
 * Kinds of films.
 * @satisfies {Record<string, import('../speech.js').Word>}
 */
export const words = {
  decade: { en: '{year}s', zh: '{year} 年代' },
  before: { en: 'Before {year}', zh: '{year} 年以前' },
  since: { en: '{year} on', zh: '{year} 年以后' },
  noYear: { en: 'Year unknown', zh: '年份不详' },
  other: { en: 'Other', zh: '其他' },
};
