/**
 * The buttons that run the model, and what the page says of a run.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  run: { en: 'Run', zh: '运行' },
  train: { en: 'Train', zh: '训练' },
  more: { en: 'Train {n} more', zh: '再训练 {n} 轮' },
  pause: { en: 'Pause', zh: '暂停' },
  step: { en: 'Step', zh: '单步' },
  reset: { en: 'Reset', zh: '重置' },
  stepTitle: { en: 'Train for one epoch', zh: '训练一轮' },
  resetTitle: {
    en: 'Start over from random weights drawn with the same seed',
    zh: '用同一个种子重新抽取随机权重，从头开始',
  },

  loading: { en: 'Loading the data.', zh: '正在加载数据。' },
  reading: { en: 'Reading {name}.', zh: '正在读取 {name}。' },
  opened: { en: 'Opened {name}. Press Train.', zh: '已打开 {name}。请按“训练”。' },
  noData: { en: 'No data are open.', zh: '没有打开的数据。' },
  startsOver: {
    en: '{setting} changed, so the model starts over.',
    zh: '“{setting}”已更改，模型从头开始。',
  },
  isNow: { en: '{setting} is now {value}.', zh: '“{setting}”现在是 {value}。' },
  wasReset: {
    en: 'Reset: the model is back at its random start. Press Train.',
    zh: '已重置：模型回到随机的起点。请按“训练”。',
  },
  shipped: {
    en: 'NeuMF after {n} epochs, trained when this page was built. Train starts from the seed.',
    zh: '这是训练了 {n} 轮的 NeuMF，在建站时训练好。“训练”会从种子开始。',
  },
  fromSeed: { en: 'Starting from seed {seed}.', zh: '从种子 {seed} 开始。' },
  fromAddress: { en: 'The settings are those of the address. Press Train.', zh: '设置已按地址更改。请按“训练”。' },
  undo: { en: 'Undo', zh: '撤销' },
  undoTitle: {
    en: 'Back to the run before the last change, as it was left: {model}, epoch {n}',
    zh: '回到上次更改之前的运行，保持离开时的样子：{model}，第 {n} 轮',
  },
  undone: { en: 'Back at {model} after {n} {n|epoch|epochs}.', zh: '已回到训练了 {n} 轮的 {model}。' },
  copyLink: { en: 'Copy link', zh: '复制链接' },
  copyTitle: {
    en: 'An address of this page with all settings, the seed, the room, the user and the film',
    zh: '本页的地址，含全部设置、种子、房间、用户和电影',
  },
  copied: {
    en: 'The link is copied: it opens this page with these settings.',
    zh: '链接已复制：打开它就是带有这些设置的本页。',
  },
  presetChosen: { en: '{preset}: the model starts over.', zh: '{preset}：模型从头开始。' },
  loaded: {
    en: '{name} is loaded. Train goes on from these weights.',
    zh: '已加载 {name}。训练会从这些权重继续。',
  },
  saved: {
    en: 'The weights ({n} bytes) are saved as {name}.',
    zh: '权重（{n} 字节）已保存为 {name}。',
  },

  training: { en: 'Training.', zh: '正在训练。' },
  solving: { en: 'Solving.', zh: '正在求解。' },
  pretraining: { en: 'Pretraining {model}.', zh: '正在预训练 {model}。' },
  pretrainingAt: {
    en: 'Pretraining {model}: epoch {epoch} of {epochs}.',
    zh: '正在预训练 {model}：第 {epoch} 轮，共 {epochs} 轮。',
  },
  pretrained: {
    en: 'GMF and MLP are trained. Training NeuMF from their weights.',
    zh: 'GMF 和 MLP 已训练好。NeuMF 正从它们的权重开始训练。',
  },
  paused: { en: 'Paused. Train goes on from here.', zh: '已暂停。训练会从这里继续。' },
  notANumber: { en: 'Stopped: the loss is no longer a number.', zh: '已停止：损失不再是一个数。' },
  stopped: { en: 'The training worker has stopped.', zh: '训练线程已停止。' },

  evaluated: { en: 'Evaluated: this model has nothing to learn.', zh: '已评估：这个模型没有什么要学的。' },
  solved: { en: 'Solved: {quality}.', zh: '已求解：{quality}。' },
  finished: { en: 'Finished after {n} {n|epoch|epochs}.', zh: '训练 {n} 轮后完成。' },
  finishedAtBest: {
    en: 'Finished after {n} {n|epoch|epochs}, the last of them the best on validation.',
    zh: '训练 {n} 轮后完成，最后一轮在验证中最好。',
  },
  finishedBest: {
    en: 'Finished after {n} {n|epoch|epochs}. Epoch {best} was the best on validation: the model has its weights again.',
    zh: '训练 {n} 轮后完成。第 {best} 轮在验证中最好：模型恢复了那时的权重。',
  },
  stoppedEarly: {
    en: 'Stopped early after {n} {n|epoch|epochs}. Epoch {best} was the best on validation: the model has its weights again.',
    zh: '训练 {n} 轮后提前停止。第 {best} 轮在验证中最好：模型恢复了那时的权重。',
  },
  epochOf: { en: 'Epoch {epoch} of {epochs}: {told}.', zh: '第 {epoch} 轮，共 {epochs} 轮：{told}。' },
  loss: { en: 'loss {value}', zh: '损失 {value}' },
  comma: { en: ', ', zh: '，' },
};
