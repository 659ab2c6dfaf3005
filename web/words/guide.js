/**
 * What a student is looking at, and whose data these are.
 * @satisfies {Record<string, import('../words.js').Word>}
 */
export const words = {
  title: { en: 'What you are looking at', zh: '你在看什么' },
  learns: { en: 'What it learns', zh: '它学什么' },
  learnsText: {
    en: 'Each user and each film is described by a short list of numbers, its embedding, random at first. From the two lists the network guesses how likely the user is to watch the film. Training shows it films that people have seen, mixed with films that they have not (the negatives), and shifts the numbers a little after every guess.',
    zh: '每位用户和每部电影都由一小串数来描述，这就是嵌入，起初是随机的。网络根据这两串数猜测用户有多大可能看这部电影。训练给它看人们看过的电影，混入没看过的电影（负样本），每次猜测之后把这些数稍稍移动。',
  },
  loss: { en: 'Loss', zh: '损失' },
  lossText: {
    en: 'How far the guesses were from the truth in this epoch, one pass through all the data. It falls as the model learns; a loss that falls while the other two curves stall means that the model learns the past by heart.',
    zh: '在这一轮（把全部数据过一遍）中，猜测离真相有多远。模型学习时它会下降；如果损失还在下降而另外两条曲线停滞，说明模型在死记过去。',
  },
  hr: { en: 'HR@10', zh: 'HR@10' },
  hrText: {
    en: 'One film of each user, the latest, is hidden before training. Afterwards the model ranks it among 99 films that the user never rated. HR@10, the hit ratio, is the share of users for whom the hidden film is among the first ten. Guessing gives 0.100. The band is the 95 % interval: a difference much smaller than it may be luck.',
    zh: '训练之前，把每位用户最近的一部电影藏起来（留一法）。之后模型把它与该用户从未评过的 99 部电影一起排名。HR@10（命中率）是留出的电影进入前十名的用户比例。瞎猜得到 0.100。色带是 95 % 的区间：比它小得多的差别可能只是运气。',
  },
  ndcg: { en: 'NDCG@10', zh: 'NDCG@10' },
  ndcgText: {
    en: 'The same test, but a hit counts in full only at the first place and less and less further down: it tells a good order from a lucky one.',
    zh: '同样的测试，但只有排在第一位的命中才算满分，越往下分量越轻：它能区分好的排序和侥幸的排序。',
  },
  itemPop: { en: 'ItemPop, the dashed line', zh: 'ItemPop，虚线' },
  itemPopText: {
    en: 'No learning at all: everyone is offered the films that most people rated. It knows nothing about you and is still hard to beat, so a model is worth something only where it rises above this line.',
    zh: '完全不学习：给每个人推荐评分最多的电影。它对你一无所知，却仍然很难超过，所以模型只有升到这条线之上才有价值。',
  },
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
