/**
 * The measures: their curves and the table of their numbers.
 * @satisfies {Record<string, import('../speech.js').Word>}
 */
export const words = {
  loss: { en: 'Loss', zh: '损失' },
  hr: { en: 'HR@10', zh: 'HR@10' },
  ndcg: { en: 'NDCG@10', zh: 'NDCG@10' },
  rmse: { en: 'RMSE', zh: 'RMSE' },
  mae: { en: 'MAE', zh: 'MAE' },
  lossMeans: {
    en: 'how wrong the model is on what it trains on; lower is better',
    zh: '模型在训练数据上错得多厉害；越低越好',
  },
  hrMeans: {
    en: 'share of users whose hidden film makes the top 10 of {total}',
    zh: '留出的电影进入 {total} 部中前 10 名的用户比例',
  },
  hrMeansInFull: {
    en: 'share of users whose hidden film makes the top 10 of all films',
    zh: '留出的电影进入所有电影中前 10 名的用户比例',
  },
  ndcgMeans: {
    en: 'the same, but a hit counts more the higher it stands',
    zh: '与上面相同，但命中的位置越靠前，分量越重',
  },
  rmseMeans: {
    en: 'how far off predicted ratings are, large errors counting more; lower is better',
    zh: '预测的评分偏差多大，大误差分量更重；越低越好',
  },
  maeMeans: {
    en: 'the same in stars, on average; lower is better',
    zh: '与上面相同，以星为单位的平均值；越低越好',
  },
  lossless: { en: 'none: this model does not learn by it', zh: '没有：这个模型不靠损失学习' },
  chance: { en: 'all scores are equal: this is chance', zh: '所有分数相等：这只是随机结果' },
  against: { en: '{lead} against {name}', zh: '{lead}，对比 {name}' },
  nothing: { en: '{name} by epoch: nothing yet', zh: '各轮的{name}：还没有' },
  summary: {
    en: '{name} by epoch: {from} at epoch {first}, {now} at epoch {last}',
    zh: '各轮的{name}：第 {first} 轮 {from}，第 {last} 轮 {now}',
  },
  summaryAgainst: { en: '{summary}; {baseline} {value}', zh: '{summary}；{baseline} {value}' },
  cursor: { en: 'epoch {epoch}: {value}', zh: '第 {epoch} 轮：{value}' },

  caption: { en: 'Loss and metrics of each epoch', zh: '每轮的损失和指标' },
  epochs: { en: 'epochs', zh: '各轮' },
  epoch: { en: 'Epoch', zh: '轮' },
  seconds: { en: 'Seconds', zh: '秒' },
  samples: { en: 'Samples a second', zh: '每秒样本数' },
  full: { en: 'Full {name}', zh: '完整 {name}' },
  expected: { en: 'Expected {name}', zh: '期望 {name}' },
  validation: { en: 'Validation {name}', zh: '验证 {name}' },
  best: {
    en: 'Epoch {epoch} was the best on validation: the model has its weights.',
    zh: '第 {epoch} 轮在验证中最好：模型用的是那时的权重。',
  },
  toBeat: { en: '{name}, the line to beat: {numbers}.', zh: '{name}，要超过的线：{numbers}。' },
  ranked: { en: 'HR@10 {hr}, NDCG@10 {ndcg}', zh: 'HR@10 {hr}，NDCG@10 {ndcg}' },
  rankedInFull: {
    en: 'against all films HR@10 {hr}, NDCG@10 {ndcg}',
    zh: '与所有电影相比 HR@10 {hr}，NDCG@10 {ndcg}',
  },
  rankedExpected: {
    en: 'expected against {others} films HR@10 {hr}, NDCG@10 {ndcg}',
    zh: '与 {others} 部电影相比的期望值 HR@10 {hr}，NDCG@10 {ndcg}',
  },
  errors: { en: 'RMSE {rmse}, MAE {mae}', zh: 'RMSE {rmse}，MAE {mae}' },
  semicolon: { en: '; ', zh: '；' },
};
