/**
 * Data and weights, opened, saved and loaded.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  title: { en: 'Data and weights', zh: '数据和权重' },
  dataFile: { en: 'Open a ratings file', zh: '打开评分文件' },
  weightsFile: { en: 'Load a weights file', zh: '加载权重文件' },
  open: { en: 'Open ratings…', zh: '打开评分…' },
  save: { en: 'Save weights', zh: '保存权重' },
  load: { en: 'Load weights…', zh: '加载权重…' },
  hint: {
    en: 'Or drop files anywhere: ratings.csv with movies.csv, u.data, ratings.dat, or a MovieLens zip. They stay in this browser.',
    zh: '也可以把文件拖放到任意位置：ratings.csv 和 movies.csv、u.data、ratings.dat，或 MovieLens 的 zip。文件不会离开这个浏览器。',
  },
  none: { en: 'No data yet', zh: '还没有数据' },
  counts: {
    en: '{ratings} {ratings|rating|ratings}, {users} {users|user|users}, {films} {films|film|films}',
    zh: '{ratings} 个评分，{users} 位用户，{films} 部电影',
  },
  and: { en: ' and ', zh: ' 和 ' },
};
