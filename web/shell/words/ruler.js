/**
 * How far things are.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  epoch: { en: 'Epoch', zh: '轮' },
  of: { en: ' of {n}', zh: ' / {n}' },
  samples: { en: 'Samples a second', zh: '每秒样本数' },
  scalar: { en: ' scalar', zh: ' 标量' },
  noModel: { en: 'No model yet', zh: '还没有模型' },
  predicting: { en: 'Predicting the hidden ratings', zh: '正在预测隐藏的评分' },
  ranking: { en: 'Ranking the hidden films', zh: '正在给留出的电影排名' },
  solving: { en: 'Solving: {share}', zh: '正在求解：{share}' },
  batch: { en: 'Epoch {epoch}: batch {batch} of {batches}', zh: '第 {epoch} 轮：第 {batch} 批，共 {batches} 批' },
  within: { en: 'Epoch {epoch}: {share}', zh: '第 {epoch} 轮：{share}' },
  best: { en: 'Epoch {epoch} was the best on validation', zh: '第 {epoch} 轮在验证中最好' },
  back: { en: 'Back at epoch {epoch}, the best on validation', zh: '回到验证中最好的第 {epoch} 轮' },
  nothing: { en: 'Nothing to train', zh: '没有什么要训练的' },
  solved: { en: 'Solved', zh: '已求解' },
  once: { en: 'Solved in one go, without epochs', zh: '一次求解，没有轮次' },
  partsFirst: { en: 'GMF and MLP first, {n} {n|epoch|epochs} each', zh: '先训练 GMF 和 MLP，各 {n} 轮' },
  batches: { en: '{n} {n|batch|batches} an epoch', zh: '每轮 {n} 批' },
  reading: { en: 'Reading the data', zh: '正在读取数据' },
  read: { en: '{n} {n|rating|ratings}, {size}', zh: '{n} 个评分，{size}' },
  sizeOf: { en: '{bytes} of {all}', zh: '{bytes} / {all}' },
  pretraining: {
    en: 'Pretraining {model}: epoch {epoch} of {epochs}',
    zh: '正在预训练 {model}：第 {epoch} 轮，共 {epochs} 轮',
  },
  ofPretraining: { en: 'Progress of pretraining', zh: '预训练的进度' },
  ofRun: { en: 'Progress of the run', zh: '运行的进度' },
};
