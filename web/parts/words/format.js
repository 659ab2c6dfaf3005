/** @satisfies {Record<string, import('../speech.js').Word>} */
export const words = {
  bytes: { en: '{n} bytes', zh: '{n} 字节' },
  speed: { en: '{n} k', zh: '{n} 万' },
  th: { en: '{n}th', zh: '第 {n}' },
  st: { en: '{n}st', zh: '第 {n}' },
  nd: { en: '{n}nd', zh: '第 {n}' },
  rd: { en: '{n}rd', zh: '第 {n}' },
  last: { en: 'The newest film', zh: '每位用户最新评分的电影' },
  random: { en: 'A random film', zh: '每位用户随机的一部电影' },
};
