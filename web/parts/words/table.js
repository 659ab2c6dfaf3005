/**
 * What the tables of settings and models (wasm/settings/) say in other languages than theirs, which is English: by the
 * setting's name, its choice's value, the model's value.
 */

/** @typedef {{label: string, help: string, choices?: Record<string, string>}} Setting */
/** @typedef {Record<string, {label: string, help: string}>} Named */
/** @typedef {{settings: Record<string, Setting>, models: Named, presets: Named}} Tables */

/** @type {Tables['models']} */
const models = {
  random: { label: '随机', help: '随机打分：一切方法的下限。' },
  itempop: { label: 'ItemPop', help: '什么也不学：给每个人推荐最热门的电影。学习必须超过这条线。' },
  itemknn: {
    label: 'ItemKNN',
    help: '推荐与用户看过的电影拥有相同观众的电影：余弦相似度，每部电影保留最近的邻居。',
  },
  ease: { label: 'EASE', help: '从所有电影到所有电影的线性模型，一次解出（Steck 2019）。很难超越。' },
  bpr: {
    label: 'BPR-MF',
    help: '学习把用户看过的每部电影排在没看过的电影之前的点积模型（Rendle 等，2009）。',
  },
  eals: {
    label: 'eALS',
    help: '同时拟合所有电影的点积模型，用户没看过的热门电影权重更大（He 等，2016）：论文的对比基线。',
  },
  ials: {
    label: 'iALS',
    help: '用交替最小二乘法同时拟合所有电影的点积模型（Hu 等，2008；Rendle 等，2022）。',
  },
  mf: {
    label: 'MF（点积）',
    help: '矩阵分解：两个嵌入的点积加上偏置，损失与 NeuMF 相同。调好参数后能胜过 NeuMF（Rendle 等，2020）。',
  },
  gmf: { label: 'GMF', help: '对两个嵌入的逐元素乘积加权。' },
  mlp: { label: 'MLP', help: '让两个嵌入穿过由多层组成的塔。' },
  neumf: { label: 'NeuMF', help: '在同一个输出层里把 GMF 和 MLP 结合起来。' },
  'global-mean': { label: '全局均值', help: '对所有情况都预测全部评分的平均值。' },
  'user-mean': { label: '用户均值', help: '预测每个用户自己的平均分。' },
  'item-mean': { label: '电影均值', help: '预测每部电影自己的平均分。' },
  bias: { label: '偏置', help: '平均值、用户打分的宽松程度、电影受欢迎的程度：μ + a + b，由岭回归求出。' },
  'mf-ratings': {
    label: 'MF, p·q',
    help: '两个嵌入的点积就是评分。没有偏置，所以对评分很少的电影一无所知。',
  },
  'bias-mf': { label: '带偏置的 MF', help: '偏置加点积：μ + a + b + p·q（Koren 等，2009）。' },
  'ncf-ratings': { label: 'NCF, φ(p, q)', help: '由两个嵌入之上的多层塔预测评分。' },
  ancf: { label: 'ANCF, p·q + f([s, t])', help: '点积与塔各用自己的嵌入，结果相加。' },
  'neural-ncf': {
    label: 'Neural NCF, φ([p∘q, ψ([s, t])])',
    help: '一对嵌入的乘积与另一对嵌入之上的塔，再由更多的层结合。',
  },
};

const onOff = { on: '开', off: '关' };

/** @type {Tables['settings']} */
const settings = {
  model: {
    label: '模型',
    help: 'GMF 对两个嵌入的乘积加权，MLP 让它们穿过多层的塔，NeuMF 把两者结合。其余是用来对比的模型，以及预测评分的模型。',
    choices: Object.fromEntries(Object.entries(models).map(([value, { label }]) => [value, label])),
  },
  factors: { label: '预测因子', help: '在得出分数之前用多少个数描述用户和电影：最后一层的宽度。' },
  layers: {
    label: '层',
    help: 'MLP 塔各层的宽度，最先是拼接的嵌入：64,32,16,8。“auto” 表示预测因子的 8、4、2 和 1 倍。',
  },
  activation: {
    label: '激活函数',
    help: '每个隐藏层对它的加权和做什么。论文中 ReLU 效果最好。',
    choices: { relu: 'ReLU', tanh: 'tanh', sigmoid: 'Sigmoid', identity: '无（线性）' },
  },
  embeddings: {
    label: '嵌入',
    help: 'NeuMF 的两部分各学自己的嵌入，还是共用一对、在最后一层里结合（式 11）。',
    choices: { own: 'GMF 和 MLP 各有自己的', shared: '共用' },
  },
  pretrain: {
    label: '预训练轮数',
    help: '先用 Adam 以 0.001 的学习率把一个 GMF 和一个 MLP 训练多少轮；之后 NeuMF 从它们的权重开始（第 3.4.1 节）。',
  },
  alpha: { label: '预训练比例 α', help: '预训练的 NeuMF 最初的分数中 GMF 占多少；其余来自 MLP（式 13）。' },
  fusion: {
    label: '融合',
    help: 'GMF 和 MLP 怎样汇合：在同一个输出层里（NeuMF），或者作为两个相加的分数。两者能学到的相同，起始权重不同。',
    choices: { concatenate: '并排，一个输出层', add: '两个分数相加' },
  },
  fusionLayers: {
    label: '融合层',
    help: '结合后的两部分与输出之间最多 4 个隐藏层的宽度，例如 16,8；“none” 表示直接相连。',
  },
  std: { label: '初始嵌入的离散程度', help: '嵌入初始值的标准差。iALS 会再除以因子数的平方根。' },
  side: {
    label: '附加信息',
    help: '把评分之外已知的电影和用户信息交给 MLP，这样新电影和新用户也能打分。',
    choices: { off: '关', items: '电影：类型和年代', users: '用户：性别、年龄、职业', both: '两者' },
  },
  ids: {
    label: '自己的嵌入',
    help: '有附加信息的电影和用户在 MLP 中是否还有自己的嵌入。',
    choices: { on: '与附加信息并存', off: '只有附加信息' },
  },
  neighbours: { label: '邻居数', help: '每部电影保留多少部最相似的电影。' },
  shrinkage: { label: '收缩', help: '把共同观众很少的电影之间的相似度拉向零。' },
  unobserved: { label: '未观测对的权重', help: '用户没看过的一部电影相对于看过的一部算多少（α₀）。' },
  nu: {
    label: '按频次的正则化 ν',
    help: '评分多的用户和电影是与其他的同样拉向零（0），还是按评分数成比例（1）。',
  },
  missing: { label: '缺失数据的权重 c₀', help: '所有缺失的电影合起来的权重；热门电影分得更多。' },
  missingPower: { label: '热门度的幂', help: '热门电影从该权重中多分得多少：0 表示不多分。' },
  negatives: {
    label: '每个正样本的负样本数',
    help: '用户评过的每部电影配多少部没评过的电影作反例，每轮重新随机抽取。',
  },
  loss: {
    label: '损失',
    help: '训练要减小的量：论文中的对数损失、平方误差，或者顺序颠倒的电影对。',
    choices: { log: '对数损失', squared: '加权平方损失（式 5）', bpr: 'BPR，成对' },
  },
  negativeWeight: { label: '负样本的权重', help: '使用平方损失时：一个负样本相对于一个正样本算多少。' },
  popularityPower: {
    label: '按热门度抽负样本',
    help: '抽到负样本的概率与热门度的这个次幂成正比：0 表示所有电影机会相同。',
  },
  known: {
    label: '已看电影作负样本',
    help: '用户看过的电影能否被抽作负样本，如 Rendle 等 2020 那样。',
    choices: { reject: '从不', accept: '抽到就用' },
  },
  optimizer: {
    label: '优化器',
    help: '梯度怎样变成步长。惰性 Adam 不移动本批中没有的用户和电影；很慢的“每步更新每一行”与 Adam 结果相同，是用来检验它的。',
    choices: {
      adam: 'Adam',
      'adam-lazy': 'Adam，惰性',
      'adam-dense': 'Adam，每步更新每一行',
      sgd: 'SGD',
      adagrad: 'Adagrad',
      rmsprop: 'RMSprop',
    },
  },
  lr: { label: '学习率', help: '优化器每一步把权重移动多远。太小学得慢，太大永远稳不下来。' },
  batchSize: { label: '批大小', help: '看多少个样本（正负样本一起）才移动一次权重。' },
  order: {
    label: '样本顺序',
    help: '像论文那样整体打乱，或者每个正样本与它的负样本放在一起，后者训练更快：与用户有关的部分对它们只算一次。',
    choices: { shuffled: '全部打乱', grouped: '正样本与其负样本一起' },
  },
  l2: {
    label: 'L2 正则化',
    help: '权重被拉向零的力度：一个数用于全部，或者按部分给出，例如 gmf:0.01,mlp:0.001,layers:0。',
  },
  epochs: { label: '轮数', help: '训练把全部评分过多少遍。' },
  seed: { label: '随机种子', help: '随机数从哪里开始：同样的种子在任何机器上都得到完全相同的运行，直到最后一位。' },
  positiveFrom: {
    label: '正样本起点',
    help: '从哪个评分起，一行对排名模型算作正样本；其余不参与。不设时所有行都算，但以 0 为最低评分时不含评分为 0 的行。',
  },
  holdOut: {
    label: '留出',
    help: '为测试留出每位用户的哪部电影：像论文那样最近的一部，或者随机一部（对每个种子都相同）。',
    choices: { last: '每位用户最近的一部', random: '随机一部' },
  },
  eval: {
    label: '评估',
    help: '留出的电影与什么一起排名：像论文那样与 99 部随机电影（不够时有多少算多少），或者与用户没评过的每一部电影。',
    choices: { sampled: '抽样：与随机电影', full: '完整：与所有电影', both: '两者' },
  },
  validation: {
    label: '验证',
    help: '再从训练中为每个用户留出一部电影（预测评分时留出十分之一的评分），用种子抽取，并用它而不是用测试来选择轮次：权重回到那里 NDCG@10 或 RMSE 最好的一轮。',
    choices: onOff,
  },
  output: {
    label: '预测评分',
    help: '分数怎样变成评分。',
    choices: { identity: '分数本身', sigmoid: 'Sigmoid，缩放到评分范围' },
  },
  clip: {
    label: '截断预测',
    help: '计算误差时，超出评分范围的预测是否按范围的两端计算。',
    choices: { on: '截断到评分范围', off: '否' },
  },
  testShare: { label: '用于测试的评分比例', help: '留出多少评分，用种子随机抽取。' },
  folds: { label: '折数', help: '交叉验证：评分分成这么多份，其中一份作测试。0 表示改为留出一定比例。' },
  fold: { label: '用于测试的折', help: '哪一折作测试，从 1 数起。' },
  patience: {
    label: '耐心',
    help: '启用验证时：连续这么多轮 NDCG@10 或 RMSE 没有更好就停止。0 表示训练全部轮数。',
  },
};

/** @type {Tables['presets']} */
const presets = {
  'gmf-2017': {
    label: 'GMF（He 2017）',
    help: 'He 等，2017：对数损失，每个正样本 4 个负样本，Adam，批大小 256，8 个预测因子。',
  },
  'mlp-2017': { label: 'MLP-3（He 2017）', help: 'He 等，2017：三个隐藏层的塔，其余与 GMF 相同。' },
  'neumf-2017': { label: 'NeuMF（He 2017）', help: 'He 等，2017：GMF 与 MLP 在同一输出层相连，从头训练。' },
  'neumf-pretrained-2017': {
    label: 'NeuMF，预训练（He 2017）',
    help: '从训练好的 GMF 和 MLP 出发的 NeuMF（式 13），然后用 SGD 学习。',
  },
  'neumf-shared': {
    label: 'NeuMF，共用嵌入（式 11）',
    help: 'GMF 和 MLP 共同学习一对嵌入，在同一层里相遇。',
  },
  'neumf-additive': { label: 'GMF + MLP，得分相加', help: 'GMF 与 MLP 的得分相加，而不是连到同一层。' },
  'mf-2020': {
    label: 'MF（Rendle 2020）',
    help: 'Rendle 等，2020，《神经协同过滤与矩阵分解再考察》：逐个样本的 SGD，8 个不作检查的负样本，L2 为 0.005。256 轮中约有前 16 轮停留在 ItemPop 附近。',
  },
  'ials-2022': {
    label: 'iALS（Rendle 2022）',
    help: 'Rendle 等，2022，《重新考察 iALS 的性能》，用于 MovieLens-1M：192 个因子，α₀ 为 0.3，L2 为 0.007，与评分数成比例。',
  },
  'ease-ml-1m': { label: 'EASE（λ = 1320）', help: '为 MovieLens-1M 调好的 λ（Ferrari Dacrema 等，2019）。' },
  'bpr-64': {
    label: 'BPR-MF，64 个因子',
    help: '用 Adam 学习哪些电影对的次序错了：在 MovieLens-1M 上 .677 / .403。',
  },
};

/** @type {Partial<Record<import('../speech.js').Language, Tables>>} */
export const translations = { zh: { settings, models, presets } };
