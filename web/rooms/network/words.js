/** @satisfies {Record<string, import('../../parts/speech.js').Word>} */
export const words = {
  title: { en: 'One pair through the network', zh: '一对用户与电影如何穿过网络' },
  film: { en: 'Film', zh: '电影' },
  diagram: { en: 'The network', zh: '网络结构' },
  how: {
    en: 'Point at a cell, or use the arrow keys, to read its number. Click a layer to see its weights.',
    zh: '指向一个格子，或用方向键，读出它的数值。点击一层，查看它的权重。',
  },
  nothing: {
    en: '{model} has no network: it has no embeddings and no layers. Choose GMF, MLP or NeuMF to see one.',
    zh: '{model} 没有网络：它既没有嵌入，也没有层。请选择 GMF、MLP 或 NeuMF。',
  },
  waiting: { en: 'The network appears when the data are read.', zh: '读完数据后，这里会显示网络。' },
  failed: { en: 'The numbers could not be had: {why}', zh: '无法取得数值：{why}' },

  // The parts of the network.
  user: { en: 'User', zh: '用户' },
  gmfUser: { en: 'GMF user', zh: 'GMF 用户' },
  gmfItem: { en: 'GMF film', zh: 'GMF 电影' },
  mlpUser: { en: 'MLP user', zh: 'MLP 用户' },
  mlpItem: { en: 'MLP film', zh: 'MLP 电影' },
  bothUser: { en: 'User', zh: '用户' },
  bothItem: { en: 'Film', zh: '电影' },
  product: { en: 'Product', zh: '逐元素积' },
  layer: { en: 'Layer {n}', zh: '第 {n} 层' },
  fusionLayer: { en: 'Fusion {n}', zh: '融合层 {n}' },
  biasUser: { en: 'User bias', zh: '用户偏置' },
  biasItem: { en: 'Film bias', zh: '电影偏置' },
  biasGlobal: { en: 'Bias', zh: '总偏置' },
  output: { en: 'Output', zh: '输出' },

  block: { en: '{width} {width|number|numbers}', zh: '{width} 个数' },
  gradient: { en: 'gradient', zh: '梯度' },
  readout: { en: '{name}, number {n} of {width}: {value}', zh: '{name}，第 {n} 个（共 {width} 个）：{value}' },
  readoutOne: { en: '{name}: {value}', zh: '{name}：{value}' },
  readoutGradient: { en: '{text}; gradient {gradient}', zh: '{text}；梯度 {gradient}' },

  // Colours.
  legend: { en: 'Colour of a number', zh: '数值的颜色' },
  negative: { en: 'below zero', zh: '负' },
  lines: {
    en: 'Lines: what a number gives to the next, the thicker the more.',
    zh: '连线：一个数给下一个数的贡献，越粗越大。',
  },

  // The matrix.
  matrix: { en: 'Users and films', zh: '用户与电影' },
  matrixTable: { en: 'A piece of the user–item matrix', zh: '用户–电影矩阵的一角' },
  rated: { en: 'rated', zh: '已评分' },
  notRated: { en: 'not rated, or hidden', zh: '未评分或隐藏' },
  asked: { en: 'the pair', zh: '当前这一对' },
  positiveCell: { en: 'positive', zh: '正样本' },
  negativeCell: { en: 'negative', zh: '负样本' },
  moved: { en: 'moved', zh: '移动' },
  key: { en: '● rated   ○ not rated, or hidden', zh: '● 已评分   ○ 未评分或隐藏' },

  // The answer.
  answer: { en: 'The answer', zh: '回答' },
  probability: {
    en: 'that it is one of the user’s films, not a random one ({negatives} beside each in training)',
    zh: '它是用户的电影、而不是随机一部的概率（训练时每部旁边有 {negatives} 部）',
  },
  has: { en: 'In the data: the user has it.', zh: '数据中：用户看过。' },
  hasNot: { en: 'In the data: not rated.', zh: '数据中：没有评分。' },
  held: { en: 'Held out: hidden from the model.', zh: '留出的电影：对模型隐藏。' },
  sigmoid: {
    en: 'The sigmoid makes a probability of the logit: {logit} becomes {probability}.',
    zh: 'sigmoid 把 logit 变成概率：{logit} 变为 {probability}。',
  },
  shares: { en: 'Who says so', zh: '各部分的贡献' },
  shareGmf: { en: 'GMF', zh: 'GMF' },
  shareMlp: { en: 'MLP', zh: 'MLP' },
  shareFusion: { en: 'Fusion', zh: '融合层' },
  shareBias: { en: 'Bias', zh: '偏置' },
  shareDot: { en: 'p · q', zh: 'p · q' },
  logit: { en: 'Logit', zh: 'logit' },
  sum: { en: 'Sum', zh: '合计' },

  // One step at a time.
  steps: { en: 'One step at a time', zh: '一步一步看' },
  nextExample: { en: 'Next example', zh: '下一个样本' },
  nextBatch: { en: 'Next batch', zh: '下一批' },
  nextEpoch: { en: 'Next epoch', zh: '下一轮' },
  rewind: { en: 'Rewind', zh: '倒回' },
  newSeed: { en: 'New seed', zh: '新的种子' },
  rewindTitle: { en: 'Back to the same random weights; starts over', zh: '回到同样的随机权重；从头开始' },
  newSeedTitle: { en: 'Other random weights; starts over', zh: '换一组随机权重；从头开始' },
  startsOver: { en: 'Start over:', zh: '从头开始：' },
  rate: { en: 'Learning rate', zh: '学习率' },
  live: { en: 'at once', zh: '立即生效' },
  atEpoch: { en: 'Epoch {epoch}, batch {batch} of {batches}', zh: '第 {epoch} 轮，第 {batch} 批（共 {batches} 批）' },
  atExample: {
    en: 'Epoch {epoch}, batch {batch} of {batches}, example {n} of {size}',
    zh: '第 {epoch} 轮，第 {batch} 批（共 {batches} 批），样本 {n}/{size}',
  },
  pauseFirst: { en: 'Training runs. Pause it to go step by step.', zh: '正在训练。先暂停，再一步一步看。' },
  notInSteps: { en: '{model} does not learn in batches.', zh: '{model} 不是按批学习的。' },
  ready: {
    en: 'Next example shows one example of the next batch in slow motion.',
    zh: '“下一个样本”会慢动作展示下一批中的一个样本。',
  },

  phases: { en: 'The phases of an example', zh: '一个样本经过的阶段' },
  pair: { en: 'The pair', zh: '样本' },
  fetch: { en: 'Embeddings', zh: '取出嵌入' },
  forward: { en: 'Forward', zh: '前向' },
  loss: { en: 'Loss', zh: '损失' },
  back: { en: 'Backward', zh: '反向' },
  batch: { en: 'The batch', zh: '整批更新' },

  pairIdle: {
    en: 'A film that the user has rated is a positive; films drawn at random among the others are its negative samples.',
    zh: '用户评过分的电影是正样本；从其余电影中随机抽取的是它的负样本。',
  },
  pairRatingIdle: {
    en: 'A user, a film, and the rating that the user gave.',
    zh: '一个用户、一部电影，以及用户给出的评分。',
  },
  pairPositive: {
    en: 'User {user} has rated {film}: a positive, label 1. {n} {n|negative was|negatives were} drawn for it.',
    zh: '用户 {user} 给《{film}》评过分：正样本，标签 1。为它抽取了 {n} 个负样本。',
  },
  pairNegative: {
    en: 'User {user} has rated {positive}. For it {film} was drawn at random as a negative: label 0.',
    zh: '用户 {user} 给《{positive}》评过分。为它随机抽到《{film}》作负样本：标签 0。',
  },
  pairRating: { en: 'User {user} gave {film} {label} stars.', zh: '用户 {user} 给《{film}》打了 {label} 星。' },
  fetchIdle: {
    en: 'An embedding is a row of a table: the numbers that stand for one user or one film.',
    zh: '嵌入是表中的一行：代表一个用户或一部电影的一组数。',
  },
  fetched: {
    en: 'The user’s row and the film’s row are taken from the tables: {numbers} numbers for each.',
    zh: '从表中取出该用户和该电影的行：各 {numbers} 个数。',
  },
  forwardGmf: {
    en: 'GMF multiplies the two number by number and weighs the products.',
    zh: 'GMF 把两者逐元素相乘，再给乘积加权。',
  },
  forwardDot: {
    en: 'The two are multiplied number by number and added up: a dot product.',
    zh: '两者逐元素相乘再相加：点积。',
  },
  forwardMlp: { en: 'MLP sends them side by side through its tower.', zh: 'MLP 把它们拼接起来，送进塔中。' },
  forwardSum: { en: 'Together: {logit}.', zh: '合起来：{logit}。' },
  lossIdle: {
    en: 'The loss says how wrong the answer is: 0 is perfect, a sure mistake costs most.',
    zh: '损失衡量回答错得多远：0 为完全正确，越自信的错误代价越大。',
  },
  lossLog: {
    en: 'The answer is {prediction}, the label {label}: the loss is {loss}.',
    zh: '回答是 {prediction}，标签是 {label}：损失为 {loss}。',
  },
  lossBpr: {
    en: 'Compared with {other}, the other film of the pair, the loss is {loss}.',
    zh: '与这一对中的另一部《{other}》相比，损失为 {loss}。',
  },
  backIdle: {
    en: 'A gradient says for each number which way to move it, and how much the loss cares. Arrows are as wide as gradients are long.',
    zh: '梯度说明每个数该往哪边动、对损失影响多大。箭头越宽，梯度越大。',
  },
  backed: {
    en: 'Arrows are as wide as gradients are long: {most} at {name}; {user} at the user’s embedding, {item} at the film’s.',
    zh: '箭头宽度表示梯度长度：{name}处最大，为 {most}；用户嵌入处 {user}，电影嵌入处 {item}。',
  },
  batchIdle: {
    en: 'The weights move only when a whole batch has been seen: by the mean of its gradients, times the learning rate.',
    zh: '看完整整一批后权重才移动：按这批梯度的平均，乘以学习率。',
  },
  batchWaits: {
    en: 'Nothing moves yet: this is one of {size} examples whose gradients are averaged. Next batch trains on all of them.',
    zh: '还没有任何移动：这只是 {size} 个样本之一，梯度要取平均。“下一批”用全部样本训练。',
  },
  batchDone: {
    en: 'Batch {batch} is trained, mean loss {loss}. It had {users} {users|user|users} and {items} {items|film|films}, whose rows moved: this user’s by {user}, this film’s by {item}.',
    zh: '第 {batch} 批训练完成，平均损失 {loss}。其中 {users} 个用户和 {items} 部电影的行移动了：该用户移动 {user}，该电影移动 {item}。',
  },

  // Weights.
  weights: { en: 'Weights into {name}', zh: '通向{name}的权重' },
  weightsHow: {
    en: '{rows} {rows|row|rows}, one for each number of {name}; {columns} columns, one for each number that leads there.',
    zh: '{rows} 行，每行对应{name}的一个数；{columns} 列，每列对应一个输入的数。',
  },
  weightsCell: {
    en: 'From {from}, number {column}, to number {row}: weight {value}',
    zh: '从{from}第 {column} 个到第 {row} 个：权重 {value}',
  },
  weightsOf: { en: 'Weights of', zh: '查看权重' },
  weightsMany: { en: 'Too many weights to draw.', zh: '权重太多，无法画出。' },

  // The table.
  table: { en: 'All numbers as a table', zh: '以表格显示所有数值' },
  numbers: { en: 'numbers of the pair', zh: '这一对的数值' },
  tableCaption: { en: 'The numbers of user {id} and {film}', zh: '用户 {id} 与《{film}》的数值' },
  tableGradient: { en: '{name}, gradient', zh: '{name}，梯度' },
  tableNumber: { en: 'Number', zh: '序号' },
  tableCut: { en: 'The first {n} numbers of each.', zh: '各取前 {n} 个数。' },
};
