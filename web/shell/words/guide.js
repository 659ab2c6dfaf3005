/**
 * What a student is looking at, and whose data these are.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  title: { en: 'What you are looking at', zh: '你在看什么' },
  errors: { en: 'RMSE and MAE', zh: 'RMSE 和 MAE' },
  errorsText: {
    en: 'Some models predict ratings instead: a share of all ratings is hidden at random, and these say how far off the predictions are. MAE is the mean error in stars; RMSE makes large errors count more. Lower is better. Here the dashed line are the biases: the mean of all ratings, how kindly the user rates and how well the film is liked, nothing else.',
    zh: '有些模型改为预测评分：随机藏起一部分评分，这两个指标说明预测偏了多少。MAE 是以星为单位的平均误差；RMSE 让大误差分量更重。越低越好。这里的虚线是偏置：只有全部评分的平均值、用户打分的宽松程度和电影受欢迎的程度，别无其他。',
  },
  try: { en: 'Things to try', zh: '可以试试' },
  tryText: {
    en: 'Take GMF, then MLP, with the same seed: which half of NeuMF does the work? Does EASE, which is solved in one go, beat them all? Set the factors to 1. Set the learning rate to 0.1 while it trains. Watch one user’s top 10 turn from random films to films that fit. Behind “More settings”: pretrain NeuMF on both halves, or let validation choose the epoch to keep.',
    zh: '用同一个种子先选 GMF，再选 MLP：NeuMF 的哪一半在起作用？一次求解的 EASE 能胜过它们吗？把预测因子设为 1。在训练时把学习率设为 0.1。看一位用户的前 10 名怎样从随机的电影变成合适的电影。在“更多设置”里：先预训练 NeuMF 的两半，或者让验证来选择保留哪一轮。',
  },

  creditData: {
    en: 'The bundled ratings are from MovieLens, collected by GroupLens at the University of Minnesota, who do not endorse this page. They may be used for research and teaching; commercial use needs GroupLens’ permission.',
    zh: '自带的评分来自 MovieLens，由明尼苏达大学的 GroupLens 收集，他们并不为本页背书。这些数据可用于研究和教学；商业使用须经 GroupLens 许可。',
  },
  creditModels: { en: 'The models: ', zh: '模型出自：' },
};
