/**
 * What went wrong. The reasons themselves are the core's sentences: words/errors.js.
 * @satisfies {Record<string, import('../speech.js').Word>}
 */
export const words = {
  reset: { en: 'Reset the model', zh: '重置模型' },
  retry: { en: 'Try again', zh: '重试' },
  dismiss: { en: 'Dismiss', zh: '关闭' },
  line: { en: 'Line {line}: {message}', zh: '第 {line} 行：{message}' },

  notOpened: { en: '{name} could not be opened', zh: '无法打开 {name}' },
  stillOpen: {
    en: '{message} {name} is still open, with the model as it was.',
    zh: '{message}{name} 仍然打开着，模型也保持原样。',
  },
  misfit: { en: 'These weights do not fit', zh: '这些权重不匹配' },
  notBuilt: { en: 'The model could not be built', zh: '无法建立模型' },
  notShipped: {
    en: 'The finished run that belongs to this page could not be read',
    zh: '无法读取随本页面附带的已完成的训练',
  },
  seedInstead: { en: 'A model from the seed takes its place.', zh: '改用一个从随机种子开始的模型。' },
  notTrained: { en: 'Training could not go on', zh: '训练无法继续' },
  notPaused: { en: 'Training could not be paused', zh: '训练无法暂停' },
  notRecommended: { en: 'The recommendations could not be made', zh: '无法给出推荐' },
  notSaved: { en: 'The weights could not be saved', zh: '无法保存权重' },
  stopped: { en: 'Training has stopped', zh: '训练已停止' },
  diverged: { en: 'Training has diverged', zh: '训练已发散' },
  notANumber: { en: 'The loss is no longer a number.', zh: '损失不再是一个数。' },
  damaged: { en: 'A part of the address can’t be used', zh: '地址中有一部分无法使用' },
  damagedParts: { en: 'Defaults took the place of {parts}.', zh: '{parts} 已改用默认值。' },
  elsewhere: { en: 'This address was made with {name}', zh: '这个地址来自 {name}' },
  openThat: {
    en: 'Open those data to see what it shows. Here are its settings on the data that are open.',
    zh: '请打开那些数据以看到它所显示的内容。这里是它的设置用于当前数据的结果。',
  },
  copyThis: { en: 'Copy this link', zh: '请复制这个链接' },
  noWords: { en: 'The other language could not be loaded', zh: '无法加载另一种语言' },
  noRoom: { en: 'This room could not be loaded', zh: '无法加载这个页面' },
  connection: { en: 'Check the connection, then try again.', zh: '请检查网络连接，然后重试。' },
  crashed: { en: 'The training worker has stopped', zh: '训练线程已停止' },
  reload: { en: 'Reload the page to start it again.', zh: '请刷新页面重新启动。' },
};
