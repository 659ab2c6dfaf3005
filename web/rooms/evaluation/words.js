/** @satisfies {Record<string, import('../../parts/speech.js').Word>} */
export const words = {
  test: { en: 'One user’s test', zh: '一位用户的测试' },
  lesson: {
    en: '{which} of each user is hidden from the model. Here it stands among {others} films that the user never rated, and the model sorts all {total}. If it comes in the first 10, that is a hit.',
    zh: '{which}对模型是隐藏的。这里把它放进 {others} 部该用户从未评分的电影中，由模型给这 {total} 部排序。排进前 10 就是命中。',
  },
  lessonFull: {
    en: '{which} of each user is hidden from the model. Here it stands among all films that the user has not rated. The first 10 of so many are much harder to reach.',
    zh: '{which}对模型是隐藏的。这里把它放进该用户没有评分的全部电影中。在这么多电影里进入前 10 要难得多。',
  },
  among: { en: 'Ranked among', zh: '排名范围' },
  sampled: { en: 'Random films', zh: '随机电影' },
  full: { en: 'All films', zh: '全部电影' },
  waiting: { en: 'As soon as there is a model, its ranking stands here.', zh: '有了模型，这里就会显示它的排名。' },
  unsolved: {
    en: 'This model is solved in one go. Press Train: its ranking follows.',
    zh: '这个模型一次求解。按“训练”，随后显示它的排名。',
  },
  diverged: {
    en: 'Training has diverged: the scores are no numbers, so there is nothing to sort. Reset the model.',
    zh: '训练已发散：分数不再是数字，无法排序。请重置模型。',
  },
  alone: {
    en: 'No film of this user is held out: that takes two. Choose another user.',
    zh: '这位用户没有留出的电影：要有两部才行。请选择另一位用户。',
  },
  ratings: {
    en: '{model} predicts ratings, so its test is how far off it is, not a rank. Choose GMF, MLP or NeuMF to see a ranking judged.',
    zh: '{model} 预测评分，因此测试看的是误差，而不是排名。选择 GMF、MLP 或 NeuMF 可以看到排名如何评判。',
  },
  errors: {
    en: 'On ratings that it has not seen: RMSE {rmse}, MAE {mae} stars.',
    zh: '在它没有见过的评分上：RMSE {rmse}，MAE {mae} 星。',
  },
  failed: { en: 'The ranking could not be made: {message}', zh: '无法得出排名：{message}' },

  heldOut: { en: 'Held out for user {id}:', zh: '为用户 {id} 留出的电影：' },
  rank: { en: 'Rank', zh: '排名' },
  of: { en: 'of {total}', zh: '共 {total} 部' },
  hitTerm: { en: 'Counts for HR@10', zh: '计入 HR@10' },
  ndcgTerm: { en: 'Counts for NDCG@10', zh: '计入 NDCG@10' },
  hit: { en: 'a hit', zh: '命中' },
  miss: { en: 'a miss', zh: '未命中' },
  tied: {
    en: 'on average: {equal} {equal|film has|films have} the same score',
    zh: '取平均：有 {equal} 部电影分数相同',
  },
  formula: { en: '1 / log₂({place} + 1)', zh: '1 / log₂({place} + 1)' },
  nothing: { en: 'below the cut: nothing', zh: '在截断线以下：不计' },
  means: {
    en: 'Their means over {users} users after epoch {epoch}: HR@10 {hr}, NDCG@10 {ndcg}.',
    zh: '第 {epoch} 轮后 {users} 位用户的平均：HR@10 {hr}，NDCG@10 {ndcg}。',
  },
  untrained: {
    en: 'Not trained yet: the order is as good as chance. Press Train and watch the held-out film.',
    zh: '尚未训练：顺序和随机差不多。按“训练”，看留出的电影如何移动。',
  },

  candidates: { en: 'Candidates by score', zh: '按分数排列的候选电影' },
  cut: { en: 'cut at 10', zh: '在第 10 名截断' },
  skipped: { en: '{n} {n|film|films} more', zh: '还有 {n} 部' },
  point: {
    en: 'Point at a line or use the arrow keys to read it.',
    zh: '指向一行或用方向键查看。',
  },
  candidate: { en: '{place}: {film}, score {score}', zh: '{place}：{film}，分数 {score}' },
  candidateHeld: {
    en: '{place}: {film}, the held-out film, score {score}',
    zh: '{place}：{film}，留出的电影，分数 {score}',
  },
  chosen: { en: 'chosen in every room', zh: '已在所有房间选中' },
  place: { en: 'Place', zh: '名次' },
  film: { en: 'Film', zh: '电影' },
  score: { en: 'Score', zh: '分数' },
  isHeldOut: { en: '{film} (held out)', zh: '{film}（留出）' },

  history: { en: 'Its rank over the epochs', zh: '它的排名随轮数的变化' },
  historyNow: { en: 'Epoch {epoch}: {place} of {total}', zh: '第 {epoch} 轮：{total} 部中{place}' },
  historySummary: {
    en: 'Rank by epoch: {first} at epoch {from}, {last} at epoch {to}',
    zh: '各轮的排名：第 {from} 轮{first}，第 {to} 轮{last}',
  },
  hits: { en: 'hits', zh: '命中' },
  historyNone: {
    en: 'Ranks among all films are kept over the epochs where Evaluation is set to full or both.',
    zh: '把“评估”设为完整或两者时，才会逐轮保存在全部电影中的排名。',
  },
  epoch: { en: 'Epoch', zh: '轮' },

  allUsers: { en: 'All users', zh: '所有用户' },
  allLesson: {
    en: 'One bar a rank, as high as there are users whose held-out film stands there. Left of the line are the hits.',
    zh: '每个名次一根柱，高度是留出电影排在该名次的用户数。线左边是命中。',
  },
  allLessonFull: {
    en: 'Users by the rank of their held-out film among all films; the steps grow. Left of the line are the hits.',
    zh: '按留出电影在全部电影中的排名统计用户，区间逐渐变宽。线左边是命中。',
  },
  share: {
    en: '{hits} of {users} users have a hit: HR@10 {hr}.',
    zh: '{users} 位用户中 {hits} 位命中：HR@10 {hr}。',
  },
  shareAt: {
    en: '{hits} of {users} users have a hit after epoch {epoch}: HR@10 {hr}.',
    zh: '第 {epoch} 轮后 {users} 位用户中 {hits} 位命中：HR@10 {hr}。',
  },
  rankAll: { en: 'Rank all {users} users', zh: '为全部 {users} 位用户排名' },
  ranking: { en: 'Ranking all users among all films.', zh: '正在为所有用户在全部电影中排名。' },
  rankAllWhy: {
    en: 'This ranks every user’s film among all films with the weights as they are, and takes a moment.',
    zh: '用当前权重为每位用户的电影在全部电影中排名，需要一点时间。',
  },
  histogram: { en: 'Users by rank', zh: '按排名统计的用户' },
  ranks: { en: 'Rank', zh: '名次' },
  rankOne: { en: 'Rank {from}', zh: '第 {from} 名' },
  rankMany: { en: 'Ranks {from} to {to}', zh: '第 {from} 至 {to} 名' },
  bar: { en: '{ranks}: {n} {n|user|users}, {share}', zh: '{ranks}：{n} 位用户，{share}' },
  barHit: { en: '{ranks}: {n} {n|user|users}, {share}, hits', zh: '{ranks}：{n} 位用户，{share}，命中' },
  users: { en: 'Users', zh: '用户数' },
  user: { en: 'User {id}', zh: '用户 {id}' },
  usersThere: { en: 'Users there', zh: '这里的用户' },
  more: { en: 'and {n} more', zh: '以及另外 {n} 位' },
  pointBar: {
    en: 'Choose a bar to see whose films stand there.',
    zh: '选择一根柱，看看是谁的电影排在那里。',
  },

  cuts: { en: 'At every cut', zh: '在每个截断处' },
  cutsLesson: {
    en: 'Ten is a choice. The curves move the cut from 1 to 20: HR@K counts hits, NDCG@K counts a hit more the higher it stands.',
    zh: '10 只是一种选择。曲线把截断从 1 移到 20：HR@K 统计命中，NDCG@K 中命中排得越靠前计得越多。',
  },
  chance: { en: 'chance', zh: '随机' },
  atK: { en: 'K = {k}: {value}', zh: 'K = {k}：{value}' },
  atKBeside: { en: 'K = {k}: {value}, {baseline} {other}', zh: 'K = {k}：{value}，{baseline} {other}' },
  curveSummary: {
    en: '{measure} by K: {low} at 1, {ten} at 10, {high} at 20',
    zh: '{measure} 随 K 的变化：K=1 时 {low}，K=10 时 {ten}，K=20 时 {high}',
  },
  cutsNone: {
    en: 'The curves appear with the first evaluation.',
    zh: '第一次评估后显示曲线。',
  },
  noBaseline: {
    en: '{baseline} among all films is measured where Evaluation is set to full or both.',
    zh: '把“评估”设为完整或两者时，才会测量 {baseline} 在全部电影中的表现。',
  },
};
