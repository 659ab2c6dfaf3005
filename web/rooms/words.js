/**
 * What the rooms are called.
 * @satisfies {Record<string, import('../parts/speech.js').Word>}
 */
export const words = {
  learn: { en: 'Learning', zh: '学习' },
  network: { en: 'Network', zh: '网络' },
  evaluation: { en: 'Evaluation', zh: '评估' },
  race: { en: 'Race', zh: '竞赛' },
  you: { en: 'You', zh: '你' },
  map: { en: 'Map', zh: '地图' },
  data: { en: 'Data', zh: '数据' },
};
