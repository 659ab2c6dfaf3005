/**
 * What the scores of a model are (wasm/scores.mjs) in other languages than that module's, which is English: by their kind.
 * @type {Partial<Record<import('../speech.js').Language, Record<import('../../../wasm/lab/scores.mjs').ScoreKind, string>>>}
 */
export const translations = {
  zh: {
    logit:
      '分数是 logit：大于 0 表示模型认为该片属于用户，小于 0 表示是随机的一部（训练时每部旁边有 {negatives} 部）。',
    fitted: '分数拟合到：用户的电影为 1，随机电影为 0（训练时每部旁边有 {negatives} 部）。',
    pairwise: '只有分数之差才有意义：训练时把用户的电影排在随机电影之上。',
    'dot-product': '分数是点积，拟合到：用户的电影为 1，其余为 0。',
    'similarity-sum': '分数是与用户电影的相似度之和。',
    'weight-sum': '分数是用户电影的权重之和，拟合到：用户的电影为 1，其余为 0。',
    count: '分数是计数：训练集中有该片的用户数。',
    chance: '分数是随机的。',
    rating: '分数是预测的评分；数据中的评分从 {lowest} 到 {highest}。',
  },
};
