/**
 * The keys and what they do.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  title: { en: 'Keyboard shortcuts', zh: '键盘快捷键' },
  close: { en: 'Close', zh: '关闭' },
  space: { en: 'Space', zh: '空格' },
  or: { en: ' or ', zh: ' 或 ' },
  train: { en: 'Train, or pause', zh: '训练或暂停' },
  step: { en: 'Train for one epoch', zh: '训练一轮' },
  reset: { en: 'Reset the model', zh: '重置模型' },
  user: { en: 'Look at another user, by chance', zh: '随机换一位用户' },
  room: { en: 'Go to the room “{room}”', zh: '进入“{room}”房间' },
  language: { en: 'Change the language: {language}', zh: '切换语言：{language}' },
  theme: { en: 'Light or dark', zh: '浅色或深色' },
  list: { en: 'This list', zh: '本列表' },
  note: {
    en: 'They are off while you type, and a control that has the focus keeps its own keys.',
    zh: '输入文字时快捷键不起作用，获得焦点的控件保留自己的按键。',
  },
};
