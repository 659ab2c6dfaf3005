/**
 * What the notes on a run (wasm/lab/notes.mjs) say in other languages than theirs, which is English: by their code.
 * @type {Partial<Record<import('../speech.js').Language, Record<string, string>>>}
 */
export const translations = {
  zh: {
    'few-candidates':
      '{of} 个测试用户中有 {users} 个，留出的电影是在 {films} 部（含自身）而不是 {paper} 部电影中排名：没有更多的候选。',
    'certain-hits': '{of} 个测试用户中有 {users} 个，参与排名的电影（含留出的那部）不超过 {most} 部：前 10 必然命中。',
    'rows-by-id':
      '权重文件没有 id（user_ids、item_ids）：按论文代码的惯例，第 n 行当作 id 为 n 的用户或电影。如果各行是按 id 首次出现的顺序排的，请在命令里加 --rows appearance。',
    'rows-by-appearance':
      '权重文件没有 id（user_ids、item_ids）：各行当作按 id 在评分文件中首次出现的顺序排列。如果第 n 行是 id 为 n 的，请在命令里加 --rows id。',
    'features-in-order': '权重文件没有写明各特征的名称：当作与这些数据中特征的顺序相同。',
    'activation-assumed': '权重文件没有设置：各层的激活函数当作 {activation}。如果不是，请写进它的元数据 “config”。',
    'other-data': '这不是训练这些权重所用的数据：这里测试的内容，它们可能已经学过。',
    'other-test':
      '这些权重是在同样的评分上训练的，但这里留出的是别的电影或评分：测试的内容，它们可能已经学过。时间相同而行的顺序不同时会这样，设置不同时也会。',
    'other-negatives':
      '这些权重是在同样的评分上训练的，但行的顺序不同，而测试负样本按行的顺序抽取：抽样指标会因抽取而不同，完整指标不会。',
    'foreign-results': '{file} 中有 {results} 个结果属于别的数据，或没有说明属于哪些数据：既不采用，也不改动。',
    'unknown-data': '{file} 没有说明其中的运行属于哪些数据：当作与其他文件的数据相同。',
    'zero-ratings':
      '{of} 行中有 {rows} 行的评分是 0：它们不是正样本，只有这种行的电影和用户不参与。“正样本起点”设为 0 则算作正样本。',
    'negative-ratings':
      '评分从 {lowest} 到 {highest}，所有行都是正样本，0 及以下的也是。“正样本起点”可规定从哪个评分算起。',
    'positive-from': '{of} 行中有 {positives} 行是正样本：评分不低于 {from} 的。其余不参与。',
    repeats: '有 {rows} 行重复了用户已有的电影：每一对只算一次。',
    'test-in-train': '训练文件中有 {rows} 行正是测试文件为该用户留出的电影：训练不用它们。',
    'same-times':
      '{share} 的测试用户（{of} 个中的 {users} 个）的所有时间都相同，留出哪部电影只由文件中的顺序决定。“留出”选“随机一部”则不依赖时间。',
    'tied-times':
      '{share} 的测试用户（{of} 个中的 {users} 个）有几部电影的时间同为最晚，留出哪部由文件中的顺序决定。“留出”选“随机一部”则不依赖时间。',
    untested: '{of} 个用户中有 {users} 个没有可留出的电影，不参与测试。',
    'fewer-validated': '{of} 个测试用户中只有 {users} 个有用于验证的电影：其余的没有剩下的了。',
    everything:
      '{users} 个用户拥有全部可抽作负样本的电影（第一个是用户 {user}）：训练时不用他们的评分，因为没有可与之区分的电影。',
    'nearly-everything':
      '{users} 个用户几乎拥有全部电影（第一个是用户 {user}，{of} 部中的 {films} 部）：他们的负样本总是剩下的那几部，其中包括留出的那部。',
    'low-ratings': '{of} 个评分中有 {rows} 个是 0 或更低，它们和其他评分一样被学习，范围是 {lowest} 到 {highest}。',
    'rated-again': '有 {rows} 个评分被同一用户对同一电影后来的评分取代。',
  },
};
