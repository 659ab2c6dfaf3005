/** @satisfies {Record<string, import('../words.js').Word>} */
export const words = {
  rooms: { en: 'Rooms of the lab', zh: '实验室的房间' },
  learn: { en: 'Learning', zh: '学习' },
  network: { en: 'Network', zh: '网络' },
  evaluation: { en: 'Evaluation', zh: '评估' },
  race: { en: 'Race', zh: '竞赛' },
  you: { en: 'You', zh: '你' },
  map: { en: 'Map', zh: '地图' },
  data: { en: 'Data', zh: '数据' },
};
