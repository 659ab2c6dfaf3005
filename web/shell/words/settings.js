/**
 * The settings' own frame. What the table of settings says of each stands in words/table.js.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  settings: { en: 'Settings', zh: '设置' },
  more: { en: 'More settings', zh: '更多设置' },
  model: { en: 'Model', zh: '模型' },
  preset: { en: 'Preset', zh: '预设' },
  ownSettings: { en: 'settings of your own', zh: '自己的设置' },
  presetHelp: {
    en: 'Settings that a paper found good for MovieLens-1M. The seed stays as it is.',
    zh: '论文中在 MovieLens-1M 上效果好的设置。种子保持不变。',
  },
  startsOver: { en: 'a change starts over', zh: '更改后从头开始' },
  anyTime: { en: 'Any time', zh: '随时可改' },
  atOnce: { en: 'takes effect at once', zh: '立即生效' },
  network: { en: 'Network', zh: '网络' },
  features: { en: 'Side information', zh: '附加信息' },
  training: { en: 'Training', zh: '训练' },
  data: { en: 'Data', zh: '数据' },
  evaluation: { en: 'Measuring', zh: '测量' },
  changed: { en: '{n} changed', zh: '已改 {n} 项' },
  parameters: { en: '{n} {n|parameter|parameters}', zh: '{n} 个参数' },
  hash: { en: 'Weights hash ', zh: '权重哈希 ' },
  hashMeans: {
    en: 'After epoch {epoch}. The same settings and seed give the same hash on every machine, to the last bit of the weights.',
    zh: '第 {epoch} 轮之后。同样的设置和种子在任何机器上都得到同样的哈希，直到权重的最后一位。',
  },
  factors: { en: '{n} {n|factor|factors}', zh: '{n} 个因子' },
  rate: { en: 'rate {lr}', zh: '学习率 {lr}' },

  ranking: { en: 'Ranking films', zh: '给电影排名' },
  rating: { en: 'Predicting ratings', zh: '预测评分' },
  help: { en: 'Help on {setting}', zh: '“{setting}”的说明' },
  live: {
    en: '{help} A change takes effect while the model learns.',
    zh: '{help}更改在模型学习时生效。',
  },
  rebuilds: { en: '{help} A change starts the model over.', zh: '{help}更改后模型从头开始。' },
};
