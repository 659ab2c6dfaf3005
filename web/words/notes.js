/**
 * What the notes on a run (wasm/notes.mjs) say in other languages than theirs, which is English: by their code.
 * @type {Partial<Record<import('../words.js').Language, Record<string, string>>>}
 */
export const translations = {
  zh: {
    'few-candidates': '留出的电影是在 {films} 部（含自身）而不是 100 部电影中排名：用户没评过的电影没有更多。',
    'certain-hits': '{of} 个测试用户中有 {users} 个，参与排名的电影（含留出的那部）不超过 {most} 部：前 10 必然命中。',
  },
};
