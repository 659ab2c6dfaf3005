/** @satisfies {Record<string, import('../../parts/speech.js').Word>} */
export const words = {
  loading: { en: 'Counting the ratings.', zh: '正在统计评分。' },
  failed: { en: 'The data could not be counted: {message}', zh: '无法统计数据：{message}' },

  matrix: { en: 'The matrix', zh: '矩阵' },
  matrixLesson: {
    en: 'A row a user, a column a film, a cell filled where the user has rated the film. Only {share} of the {cells} cells are filled: the model has to guess the rest. The most active users are on top, the most popular films on the left.',
    zh: '一行是一位用户，一列是一部电影，用户评过的格子被填上。{cells} 个格子中只填了 {share}，其余要由模型去猜。最活跃的用户在上，最热门的电影在左。',
  },
  density: { en: 'All users and films', zh: '全部用户和电影' },
  densityNote: {
    en: 'A dot stands for some {users} users × {films} films; the darker, the fuller.',
    zh: '一个点代表约 {users} 位用户 × {films} 部电影；颜色越深越满。',
  },
  corner: { en: 'The fullest corner', zh: '最满的一角' },
  cornerNote: {
    en: 'The {users} most active users × the {films} most popular films, cell by cell.',
    zh: '{users} 位最活跃的用户 × {films} 部最热门的电影，逐格显示。',
  },
  cornerHeld: {
    en: '{n} of these users’ held-out films {n|is|are} among them.',
    zh: '这些用户留出的电影有 {n} 部在其中。',
  },
  cornerNoneHeld: {
    en: 'None of these users’ held-out films is among them.',
    zh: '这些用户留出的电影都不在其中。',
  },
  pointCells: { en: 'Point at a cell or use the arrow keys to read it.', zh: '指向一格或用方向键查看。' },
  bin: {
    en: 'Users {fromUser} to {toUser} by activity × films {fromFilm} to {toFilm} by popularity: {n} {n|rating|ratings}, {share} filled',
    zh: '活跃度第 {fromUser} 至 {toUser} 的用户 × 热门度第 {fromFilm} 至 {toFilm} 的电影：{n} 个评分，填充 {share}',
  },
  cellTrain: { en: 'User {id} has rated {film}', zh: '用户 {id} 评过《{film}》' },
  cellHeld: {
    en: 'User {id} has rated {film}: held out for the test',
    zh: '用户 {id} 评过《{film}》：留出用于测试',
  },
  cellEmpty: {
    en: 'User {id} has not rated {film}: it may be drawn as a negative',
    zh: '用户 {id} 没有评过《{film}》：可能被抽作负样本',
  },
  keyTrain: { en: 'rated: learnt from', zh: '评过：用于学习' },
  keyHeld: { en: 'rated last: held out', zh: '最后评的：留出' },
  keyEmpty: { en: 'not rated', zh: '没有评过' },
  users: { en: 'Users', zh: '用户' },
  films: { en: 'Films', zh: '电影' },
  ratings: { en: 'Ratings', zh: '评分' },
  share: { en: 'Share', zh: '比例' },
  byActivity: { en: 'Users by activity', zh: '按活跃度排列的用户' },
  filled: { en: 'Cells filled', zh: '已填的格子' },

  tail: { en: 'The long tail', zh: '长尾' },
  tailOf: { en: 'Tail of', zh: '长尾对象' },
  tailLesson: {
    en: 'Few films are rated by many and many by few. This is why ItemPop, which offers everybody the most popular films, is hard to beat.',
    zh: '少数电影被很多人评分，多数电影只被少数人评分。所以给每个人推荐最热门电影的 ItemPop 很难超越。',
  },
  tailLessonUsers: {
    en: 'Users have a tail, too: the busiest has rated {most} films, half of them at most {median}.',
    zh: '用户也有长尾：最活跃的用户评了 {most} 部电影，一半用户不超过 {median} 部。',
  },
  headFilms: {
    en: 'The most popular {part} of films ({n}) have {share} of the ratings.',
    zh: '最热门的 {part} 电影（{n} 部）占有 {share} 的评分。',
  },
  headUsers: {
    en: 'The most active {part} of users ({n}) have given {share} of the ratings.',
    zh: '最活跃的 {part} 用户（{n} 位）给出了 {share} 的评分。',
  },
  headPart: { en: 'Share of films or users counted from the most rated', zh: '从评分最多的一端数起的比例' },
  tailSummary: {
    en: 'Ratings by place, falling from {first} to {last}',
    zh: '按名次排列的评分数，从 {first} 降到 {last}',
  },
  first: { en: 'First', zh: '前' },

  values: { en: 'Ratings', zh: '评分' },
  valuesLesson: {
    en: 'People rate what they like: the mean is {mean}. For films to be ranked, the stars are left aside: that somebody rated a film at all is the signal. This is implicit feedback.',
    zh: '人们多给喜欢的电影评分：平均 {mean}。在排序任务中不看星数：用户评过这部电影本身就是信号。这就是隐式反馈。',
  },
  value: { en: 'Stars', zh: '星' },

  genres: { en: 'Genres', zh: '类型' },
  genre: { en: 'Genre', zh: '类型' },
  by: { en: 'Bars show', zh: '柱形表示' },
  mean: { en: 'Mean rating', zh: '平均评分' },
  genresLesson: {
    en: 'A film can have several genres. What a genre has in numbers it need not have in stars.',
    zh: '一部电影可以有多个类型。数量多的类型，星数不一定高。',
  },
  noGenres: { en: 'These data do not tell genres.', zh: '这些数据没有类型信息。' },
  decades: { en: 'Decades', zh: '年代' },
  decade: { en: '{from}s', zh: '{from} 年代' },
  unknown: { en: 'unknown', zh: '未知' },

  split: { en: 'What is kept out', zh: '留出了什么' },
  splitLesson: {
    en: 'Leave-one-out. {which} of each user is the test. The model learns from the other {train} ratings and never sees these {test}. Below is user {id}, from the first film on the left to the newest on the right.',
    zh: '留一法：{which}是测试。模型从其余 {train} 个评分学习，从不看到这 {test} 个。下面是用户 {id}，从左边最早的电影到右边最新的电影。',
  },
  splitRatings: {
    en: '{model} predicts ratings, so it is tested otherwise: {test} ratings drawn at random are held out, and it learns from {train}.',
    zh: '{model} 预测评分，因此测试方式不同：随机抽出 {test} 个评分留出，从 {train} 个评分学习。',
  },
  validationRatings: { en: 'Another {n} are kept for validation.', zh: '另有 {n} 个留作验证。' },
  timeline: { en: 'Films of user {id} by time', zh: '用户 {id} 的电影，按时间排列' },
  earlier: { en: '{n} earlier', zh: '更早的 {n} 部' },
  learnt: { en: '{n} learnt from', zh: '{n} 部用于学习' },
  validation: { en: 'kept for validation', zh: '留作验证' },
  heldOut: { en: 'held out', zh: '留出' },
  negatives: { en: 'The {n} it has to beat', zh: '它要胜过的 {n} 部' },
  negativesLesson: {
    en: 'Films that the user has not rated, drawn once and kept for all epochs. The held-out film is ranked among them.',
    zh: '该用户没有评过的电影，抽取一次，各轮不变。留出的电影在它们之中排名。',
  },
  toTest: { en: 'See this test', zh: '查看这个测试' },
  nothing: { en: 'Point at a film or use the arrow keys to read it.', zh: '指向一部电影或用方向键查看。' },
  ratedOn: { en: '{film}, {stars} stars, {date}', zh: '{film}，{stars} 星，{date}' },
  order: { en: 'Place', zh: '次序' },
  film: { en: 'Film', zh: '电影' },
  use: { en: 'Use', zh: '用途' },
  negative: { en: 'test negative', zh: '测试负样本' },
  train: { en: 'learnt from', zh: '用于学习' },
};
