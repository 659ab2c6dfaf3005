/**
 * The terms that the tour explains, and what to do to see each of them move.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  tour: { en: 'Five-minute tour', zh: '五分钟导览' },
  tourShort: { en: 'Tour', zh: '导览' },
  place: { en: '{at} of {all}', zh: '第 {at} 站，共 {all} 站' },
  back: { en: 'Back', zh: '上一站' },
  next: { en: 'Next', zh: '下一站' },
  end: { en: 'End the tour', zh: '结束导览' },
  show: { en: 'Show me', zh: '去看看' },
  showTerm: { en: 'Show me: {term}', zh: '去看看：{term}' },

  matrix: { en: 'Users and films', zh: '用户与电影' },
  matrixText: {
    en: 'Each row is a user, each column a film, and a cell is filled where the user has rated the film. Nearly all cells are empty. A recommender guesses which of them will be filled next: this is collaborative filtering, since it knows nothing of the films but who has seen them.',
    zh: '每一行是一位用户，每一列是一部电影，用户评过的格子就填上颜色。几乎所有格子都是空的。推荐系统猜测其中哪些接下来会被填上：这就是协同过滤，因为它对电影一无所知，只知道谁看过。',
  },
  matrixTask: {
    en: 'Point at cells of the fullest corner, and read who has rated what.',
    zh: '指向最满的一角里的格子，看看谁评过什么。',
  },
  embedding: { en: 'Embedding', zh: '嵌入' },
  embeddingText: {
    en: 'Each user and each film is described by a short list of numbers, its embedding, random at first. To learn is to shift these numbers until users lie close to the films that they watch, and films with the same audience close to each other. The map shows the two directions in which films differ most.',
    zh: '每位用户和每部电影都由一小串数来描述，这就是嵌入，起初是随机的。学习就是移动这些数，直到用户靠近他们看的电影，观众相同的电影彼此靠近。地图显示电影差别最大的两个方向。',
  },
  embeddingTask: {
    en: 'Press Train and watch the films drift. Then point at one: its neighbours are listed.',
    zh: '按“训练”，看电影怎样移动。然后指向其中一部：它的近邻会列出来。',
  },
  negative: { en: 'Negative sample', zh: '负样本' },
  negativeText: {
    en: 'The data tell only what people have seen. A model that saw nothing else would say yes to everything. So each film that a user has seen, the positive, is trained together with some drawn at random from those that they have not: the negative samples.',
    zh: '数据只说明人们看过什么。只见过这些的模型会对一切都说“会看”。所以用户看过的每部电影（正样本）都和几部随机抽取的、用户没看过的电影一起训练：这些就是负样本。',
  },
  negativeTask: {
    en: 'Press Next example (pause first, if it trains). The positive lights up in the matrix and its negatives with it; then their embeddings are fetched, a guess is made, and its error flows back.',
    zh: '按“下一个样本”（若正在训练，先暂停）。正样本和它的负样本在矩阵中亮起；接着取出它们的嵌入，作出猜测，误差再流回去。',
  },
  models: { en: 'GMF, MLP and NeuMF', zh: 'GMF、MLP 与 NeuMF' },
  modelsText: {
    en: 'There are two ways from two embeddings to a guess. GMF multiplies them number by number and adds up the products, each with a weight. MLP puts them side by side and sends them through layers, a tower. NeuMF has both, with embeddings of their own, and one output that weighs what they say.',
    zh: '从两个嵌入到一个猜测有两条路。GMF 把它们逐个数相乘，再把乘积加权相加。MLP 把它们并排放在一起，送过一层层网络，即塔。NeuMF 两者都有，各用自己的嵌入，由一个输出权衡两者的意见。',
  },
  modelsTask: {
    en: 'Under “Who says so”, read how much each half gives. Then take GMF or MLP as the model in the settings: the drawing changes, and Undo brings NeuMF back.',
    zh: '在“谁这么说”下看每一半给了多少。然后在设置里把模型换成 GMF 或 MLP：图会随之改变，按“撤销”就能让 NeuMF 回来。',
  },
  loss: { en: 'Loss', zh: '损失' },
  lossText: {
    en: 'How far the guesses were from the truth in this epoch, one pass through all the data. It falls as the model learns; a loss that falls while the other two curves stall means that the model learns the past by heart.',
    zh: '在这一轮（把全部数据过一遍）中，猜测离真相有多远。模型学习时它会下降；如果损失还在下降而另外两条曲线停滞，说明模型在死记过去。',
  },
  lossTask: {
    en: 'Press Train, and set the learning rate to 0.02 after some epochs: what does the loss do, and what the other two?',
    zh: '按“训练”，几轮之后把学习率设为 0.02：损失会怎样，另外两条曲线又会怎样？',
  },
  hr: { en: 'HR@10', zh: 'HR@10' },
  hrText: {
    en: '{which} of each user is hidden before training. Afterwards the model ranks it among {others} films that the user never rated. HR@10, the hit ratio, is the share of users for whom the hidden film is among the first ten. Guessing gives {guess}.',
    zh: '训练之前，把{which}藏起来（留一法）。之后模型把它与该用户从未评过的 {others} 部电影一起排名。HR@10（命中率）是留出的电影进入前十名的用户比例。瞎猜得到 {guess}。',
  },
  hrTask: {
    en: 'Press Random user some times and see hits and misses. While the model trains, the hidden film climbs.',
    zh: '多按几次“随机用户”，看看命中和未命中。模型训练时，留出的电影会往上爬。',
  },
  ndcg: { en: 'NDCG@10', zh: 'NDCG@10' },
  ndcgText: {
    en: 'The same test, but a hit counts in full only at the first place and less and less further down: 1 at the 1st, 0.631 at the 2nd, 0.289 at the 10th. It tells a good order from a lucky one.',
    zh: '同样的测试，但只有排在第一位的命中才算满分，越往下分量越轻：第 1 位算 1，第 2 位算 0.631，第 10 位算 0.289。它能区分好的排序和侥幸的排序。',
  },
  ndcgTask: {
    en: 'In the bars of all users, choose the one at rank 1 and the one at rank 10, and look at a user of each.',
    zh: '在“全部用户”的柱子里，先选第 1 位，再选第 10 位，各看一位用户。',
  },
  itemPop: { en: 'ItemPop, the dashed line', zh: 'ItemPop，虚线' },
  itemPopText: {
    en: 'No learning at all: everyone is offered the films that most people rated. It knows nothing about you and is still hard to beat, so a model is worth something only where it rises above this line. A difference much smaller than the ± behind a number may be luck.',
    zh: '完全不学习：给每个人推荐评分最多的电影。它对你一无所知，却仍然很难超过，所以模型只有升到这条线之上才有价值。比数字后面的 ± 小得多的差别可能只是运气。',
  },
  itemPopTask: {
    en: 'Press Start the race: which of the three leaves the line behind, and which of their differences are more than chance?',
    zh: '按“开始竞赛”：三个模型中哪些把这条线甩在后面？它们之间哪些差别不只是偶然？',
  },
  you: { en: 'A new user', zh: '新用户' },
  youText: {
    en: 'Somebody who was not there when the model was trained has no embedding. It is found from the films that they like, with all other weights as they are.',
    zh: '模型训练时还不在的人没有嵌入。模型从他们喜欢的电影中求出这个嵌入，其他权重保持不变。',
  },
  youTask: {
    en: 'Like five films that you know, and look at your top 10. Take one back and see what changes.',
    zh: '喜欢五部你知道的电影，看看你的前 10 名。撤回一部，看看有什么变化。',
  },
};
