/** @satisfies {Record<string, import('../speech.js').Word>} */
export const words = {
  films: { en: 'Films', zh: '电影' },
  viewers: { en: '{count} {count|rating|ratings}', zh: '{count} 个评分' },
  noFilm: { en: 'No film has “{text}” in its title.', zh: '没有片名含“{text}”的电影。' },
};
