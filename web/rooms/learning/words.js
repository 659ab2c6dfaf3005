/**
 * The curves, and one user: their films and what the model shows them.
 * @satisfies {Record<string, import('../../parts/speech.js').Word>}
 */
export const words = {
  curves: { en: 'Curves', zh: '曲线' },
  title: { en: 'One user’s films', zh: '一位用户的电影' },

  recommendations: { en: 'Recommendations', zh: '推荐' },
  history: { en: 'History', zh: '历史' },
  rated: { en: 'Films rated', zh: '评过的电影' },
  topOfModel: { en: 'The model’s top 10', zh: '模型的前 10 名' },
  top: { en: '{model}’s top 10', zh: '{model} 的前 10 名' },
  hasRated: { en: 'User {id} has rated', zh: '用户 {id} 评过' },
  newestFirst: { en: '{n} {n|film|films}, newest first', zh: '{n} 部电影，最新的在前' },
  more: { en: 'Show {n} more of {left}', zh: '再显示 {left} 部中的 {n} 部' },
  validation: { en: 'held out for validation', zh: '为验证留出' },
  hidden: { en: 'hidden from the model', zh: '对模型隐藏' },
  wasHidden: { en: 'the film that was hidden', zh: '留出的电影' },
  new: { en: 'new', zh: '新' },

  onceRead: { en: 'as soon as the data are read', zh: '数据读完后显示' },
  onceSolved: {
    en: 'as soon as the model is solved: press Train',
    zh: '模型求解后显示：请按“训练”',
  },
  counted: { en: 'the most rated films not yet seen', zh: '没看过的电影中评分最多的' },
  byChance: { en: 'by chance', zh: '随机给出' },
  loaded: { en: 'with the loaded weights', zh: '使用加载的权重' },
  untrained: { en: 'not trained yet', zh: '尚未训练' },
  solved: { en: 'solved', zh: '已求解' },
  after: { en: 'after {n} {n|epoch|epochs}', zh: '训练 {n} 轮后' },
  afterMore: { en: 'after {n} more {n|epoch|epochs}', zh: '又训练 {n} 轮后' },

  unrated: {
    en: 'The films that this user has not rated, by the rating that the model predicts.',
    zh: '这位用户没评过的电影，按模型预测的评分排列。',
  },
  noHidden: { en: 'This user has no hidden film.', zh: '这位用户没有留出的电影。' },
  hiddenFilm: { en: 'Hidden from the model: ', zh: '对模型隐藏的电影：' },
  hit: { en: '. It ranks {place} of {n}: a hit.', zh: '。它在 {n} 部中排{place}：命中。' },
  miss: { en: '. It ranks {place} of {n}: a miss.', zh: '。它在 {n} 部中排{place}：未命中。' },
  noYear: { en: 'year unknown', zh: '年份不详' },
  noGenres: { en: 'no genres', zh: '没有类型' },
  comma: { en: ', ', zh: '、' },
  stars: { en: 'Rated {rating} of 5', zh: '评分 {rating}，满分 5' },
};
