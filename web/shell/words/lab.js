/**
 * The head of the page and the parts that it has.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  title: {
    en: 'NCF Lab: a neural recommender learns in front of you',
    zh: 'NCF Lab：神经推荐模型在你眼前学习',
  },
  tagline: {
    en: 'A neural recommender learns MovieLens in front of you',
    zh: '神经推荐模型在你眼前学习 MovieLens',
  },
  skip: { en: 'Skip to the controls', zh: '跳到控件' },
  light: { en: 'Use the light theme', zh: '使用浅色主题' },
  dark: { en: 'Use the dark theme', zh: '使用深色主题' },
  shortcuts: { en: 'Keyboard shortcuts', zh: '键盘快捷键' },
  drop: { en: 'Drop the files to open them', zh: '松开鼠标即可打开文件' },

  rooms: { en: 'Rooms of the lab', zh: '实验室的房间' },
  settings: { en: 'Settings', zh: '设置' },
  progress: { en: 'Progress', zh: '进度' },
};
