/**
 * The sentences by which the core and the worker tell what is wrong. They are made where the fault is found, in English,
 * which the command speaks too; errors.js knows them again by their form, so `en` here is theirs to the letter. The first
 * form that fits counts. By language, since English needs none of them.
 * @type {Partial<Record<import('../speech.js').Language, Record<string, import('../speech.js').Word>>>}
 */
export const words = {
  zh: {
    // Of runs that are gone back to, and of ranks (web/worker/building.js, web/worker/evaluation.js).
    nothingBefore: { en: 'There is no model to go back to.', zh: '没有可以回到的模型。' },
    noRanks: {
      en: 'This model predicts ratings: it is measured by its errors, not by ranks.',
      zh: '这个模型预测评分：衡量它的是误差，而不是排名。',
    },
    epochFirst: {
      en: 'The epoch under way has to end first. Let the model train to the end of it.',
      zh: '正在进行的一轮要先结束。请让模型训练到这一轮的末尾。',
    },
    modelChanged: { en: 'The model has changed meanwhile.', zh: '其间模型已经改变。' },
    noRanksYet: {
      en: 'This model has no ranks before it is solved. Train it first.',
      zh: '这个模型在求解之前没有排名。请先训练。',
    },

    // Of looks into the network, and training by batches (wasm/core/trace.mjs, web/worker/network.js).
    noNetwork: { en: '{model} has no network to look into.', zh: '{model} 没有可以查看的网络。' },
    noExamples: {
      en: '{model} doesn’t learn from single examples, so none has gradients.',
      zh: '{model} 不从单个样本学习，所以样本没有梯度。',
    },
    halfPair: {
      en: 'BPR learns from pairs of films: name the other film of the pair too.',
      zh: 'BPR 从成对的电影学习：请同时给出这一对中的另一部电影。',
    },
    noBatches: { en: '{model} does not learn in batches of examples.', zh: '{model} 不按批次的样本学习。' },
    pretrainFirst: {
      en: 'GMF and MLP are to be trained first, for NeuMF to start from: press Step.',
      zh: 'NeuMF 从训练好的 GMF 和 MLP 出发，要先训练这两个：请按“单步”。',
    },
    trainsAlready: {
      en: 'Training runs already. Pause it to go batch by batch.',
      zh: '训练正在进行。请先暂停，再逐批训练。',
    },
    allTrained: {
      en: 'All epochs are trained. Choose more of them, or reset the model.',
      zh: '所有轮都已训练完。请增加轮数，或重置模型。',
    },
    otherBegan: {
      en: 'Something else began meanwhile, so this batch was not trained.',
      zh: '其间开始了别的操作，所以这一批没有训练。',
    },
    noSuchWeights: {
      en: 'The model has no layer or output weights “{name}”.',
      zh: '模型没有名为“{name}”的层权重或输出权重。',
    },
    manyWeights: {
      en: '{name} has more than a million numbers: too many to show.',
      zh: '{name} 有超过一百万个数，太多了，无法显示。',
    },

    // Of settings (wasm/settings.mjs).
    choice: {
      en: '{setting} must be one of {values}, not “{value}”.',
      zh: '“{setting}”必须是 {values} 之一，而不是“{value}”。',
    },
    layers: {
      en: '{setting} must be “auto” or 1 to {most} widths from 1 to {widest}, such as 64,32,16,8, not “{value}”.',
      zh: '“{setting}”必须是 “auto”，或 1 到 {most} 个宽度，每个从 1 到 {widest}，例如 64,32,16,8，而不是“{value}”。',
    },
    even: {
      en: 'The first of the {setting} holds a user’s and a film’s embedding side by side, so it must be even, not {width}.',
      zh: '“{setting}”的第一个并排放着用户和电影的嵌入，所以必须是偶数，而不是 {width}。',
    },
    threshold: {
      en: '{setting} must be “off” or a rating, such as 4, not “{value}”.',
      zh: '“{setting}”必须是 “off” 或一个评分，例如 4，而不是“{value}”。',
    },
    fusionLayers: {
      en: '{setting} must be “none” or 1 to {most} widths from 1 to {widest}, such as 16,8, not “{value}”.',
      zh: '“{setting}”必须是 “none”，或 1 到 {most} 个宽度，每个从 1 到 {widest}，例如 16,8，而不是“{value}”。',
    },
    l2: {
      en: '{setting} must be a number from 0 to {max}, or numbers by part ({parts}), such as gmf:0.01,mlp:0.001, not “{value}”.',
      zh: '“{setting}”必须是 0 到 {max} 之间的数，或按部分（{parts}）给出的数，例如 gmf:0.01,mlp:0.001，而不是“{value}”。',
    },
    number: {
      en: '{setting} must be {kind} from {min} to {max}, not “{value}”.',
      zh: '“{setting}”必须是 {min} 到 {max} 之间的{kind}，而不是“{value}”。',
    },
    patience: {
      en: 'Patience needs validation to be on: what else should tell that learning is over?',
      zh: '“耐心”需要打开验证：否则凭什么判断学习已经结束？',
    },
    pairs: {
      en: 'BPR trains on pairs, so the batch size must be even, not {size}.',
      zh: 'BPR 成对训练，所以批大小必须是偶数，而不是 {size}。',
    },
    folds: {
      en: 'Folds must be 2 or more, or 0 for a share of the ratings.',
      zh: '折数必须是 2 或更多，或者是 0，表示留出一定比例的评分。',
    },
    fold: {
      en: 'There are {folds} folds, so fold {fold} can’t be the test.',
      zh: '一共 {folds} 折，所以第 {fold} 折不能作测试。',
    },
    oneL2: {
      en: '{model} takes one number as L2 regularisation, not one by part as “{value}”.',
      zh: '{model} 的 L2 正则化是一个数，不能像“{value}”那样按部分给出。',
    },
    noPreset: {
      en: 'There is no preset “{value}”. There are: {values}.',
      zh: '没有名为“{value}”的预设。有：{values}。',
    },
    easeL2: {
      en: 'EASE needs an L2 regularisation above 0, such as 500: without it nothing is learnt.',
      zh: 'EASE 需要大于 0 的 L2 正则化，例如 500：没有它就学不到任何东西。',
    },
    easeMoreL2: {
      en: 'EASE can’t be solved with so little L2 regularisation: choose more, such as 500.',
      zh: 'L2 正则化这么小时 EASE 无法求解：请选大一些，例如 500。',
    },
    fusionTower: {
      en: 'Fusion layers need a tower with hidden layers: give it two widths or more.',
      zh: '融合层需要有隐藏层的塔：请给它两个或更多宽度。',
    },
    fusionPretrained: {
      en: 'NeuMF with fusion layers can’t be pretrained: GMF and MLP have no such layers.',
      zh: '有融合层的 NeuMF 不能预训练：GMF 和 MLP 没有这样的层。',
    },
    sharedLayers: {
      en: 'With shared embeddings the layers must start with {first} (twice the predictive factors) and end with {last}, such as {one},{other}, not {layers}.',
      zh: '共用嵌入时，层必须以 {first}（预测因子的两倍）开始，以 {last} 结束，例如 {one},{other}，而不是 {layers}。',
    },
    sharedPretrained: {
      en: 'NeuMF can’t be pretrained with shared embeddings: GMF and MLP have their own.',
      zh: '共用嵌入的 NeuMF 不能预训练：GMF 和 MLP 各有自己的嵌入。',
    },
    sharedAlone: {
      en: 'Shared embeddings go with neither fusion layers nor side information.',
      zh: '共用嵌入不能与融合层或附加信息一起使用。',
    },
    noSetting: { en: 'There is no setting “{name}”.', zh: '没有名为“{name}”的设置。' },
    needsModel: {
      en: '{setting} needs a new model: it cannot change while this one trains.',
      zh: '“{setting}”需要新的模型：这个模型训练时不能更改。',
    },

    // Of the core's answers (wasm/errors.mjs).
    memory: {
      en: 'There is not enough memory for this. Choose fewer factors, smaller layers or a smaller dataset.',
      zh: '内存不够。请选择更少的因子、更小的层或更小的数据集。',
    },
    range: { en: 'A value is out of range.', zh: '有一个值超出范围。' },
    tooLarge: {
      en: 'The file is larger than the core can hold: at most 60 million ratings and 16 million users or films.',
      zh: '文件太大：最多 6000 万个评分，1600 万位用户或 1600 万部电影。',
    },
    holdsNone: {
      en: 'The file holds no {what}. Is it empty, or cut off after its header?',
      zh: '文件里没有{what}。它是空的，还是在表头之后被截断了？',
    },
    binary: {
      en: 'This is binary data, not {what}. If it is a zip, open the zip itself.',
      zh: '这是二进制数据，不是{what}。如果它是 zip，请直接打开 zip。',
    },
    longLine: {
      en: 'This line is longer than 65,536 bytes, so the file is not {what}.',
      zh: '这一行超过 65,536 字节，所以该文件不是{what}。',
    },
    columns: {
      en: 'This line does not have {columns}. Is the file cut off or damaged here?',
      zh: '这一行没有{columns}。文件是否在这里被截断或损坏？',
    },
    field: {
      en: 'A field here should be a number and is not one, or is out of range (ids and timestamps are whole numbers below 4,294,967,296, ratings are -1,000,000 to 1,000,000).',
      zh: '这里有一个字段应该是数却不是，或者超出范围（编号和时间戳是小于 4,294,967,296 的整数，评分从 -1,000,000 到 1,000,000）。',
    },
    quote: { en: 'A quoted field is not closed on this line.', zh: '这一行有引号没有闭合的字段。' },
    header: {
      en: 'The first line is not that of {what}, which has {columns}.',
      zh: '第一行不是{what}的表头，它应该有{columns}。',
    },
    genres: {
      en: 'The films have more than 32 different genres, or one whose name is longer than 31 bytes.',
      zh: '电影有超过 32 种不同的类型，或有名称超过 31 字节的类型。',
    },
    noTest: {
      en: 'No user has rated two different films, so there is nothing to leave out for the test. Choose a dataset with more ratings a user.',
      zh: '没有用户评过两部不同的电影，所以没有什么可以留出作测试。请选择每位用户评分更多的数据集。',
    },
    noNegative: {
      en: 'All users have every film that could be drawn as a negative, so there is nothing to learn. Choose a dataset with more films.',
      zh: '所有用户都拥有每一部可抽作负样本的电影，所以没有什么可学。请选择电影更多的数据集。',
    },
    noPositive: {
      en: 'No rating is as high as a positive has to be. Choose a lower “positive from” (--positive-from).',
      zh: '没有评分达到正样本的起点。请降低“正样本起点”（--positive-from）。',
    },
    ownTest: {
      en: 'These data bring a test of their own, so none can be held out at random.',
      zh: '这些数据自带测试，所以不能随机留出。',
    },
    notFinite: {
      en: 'The loss is no longer a finite number: training diverged. Choose a smaller learning rate and start again from the first weights.',
      zh: '损失不再是有限的数：训练已发散。请选择更小的学习率，从最初的权重重新开始。',
    },
    twiceTested: {
      en: 'This user has a line in the test file already. Leave-one-out tests one item a user.',
      zh: '这位用户在测试文件里已有一行。留一法对每位用户只测试一部电影。',
    },
    otherPair: {
      en: 'The (user,item) of this line is not this user’s pair in the test file, or has a line already.',
      zh: '这一行的 (user,item) 不是该用户在测试文件中的那一对，或者已有一行。',
    },
    missingPair: {
      en: 'A pair of the test file has no line of negatives here. Is the file cut off?',
      zh: '测试文件中有一对在这里没有负样本行。文件被截断了吗？',
    },
    noValidation: {
      en: 'No user has two films left besides the one for the test, so none can be held out for validation. Turn validation off, or choose a dataset with more ratings a user.',
      zh: '除了测试用的一部，没有用户还剩两部电影，所以无法为验证留出。请关闭验证，或选择每位用户评分更多的数据集。',
    },
    fewRatings: {
      en: 'There are too few ratings for this split: no part of it may be empty. Choose fewer folds or another share for the test, or more data.',
      zh: '评分太少，无法这样划分：任何一部分都不能是空的。请选择更少的折、其他测试比例，或更多的数据。',
    },
    sameRatings: {
      en: 'All ratings of this data are the same, so there is nothing to predict. Choose a model that ranks films, or data with ratings.',
      zh: '这些数据的评分全都相同，所以没有什么可预测的。请选择给电影排名的模型，或有评分的数据。',
    },
    gender: {
      en: 'A gender here is neither M nor F, as MovieLens writes them.',
      zh: '这里有一个性别既不是 M 也不是 F（MovieLens 的写法）。',
    },
    occupations: {
      en: 'There are more than 32 different occupations here, or one with a name longer than 31 bytes.',
      zh: '这里有超过 32 种不同的职业，或有名称超过 31 字节的职业。',
    },
    status: { en: 'The core answered with status {status}.', zh: '核心返回了状态 {status}。' },
    easeSize: {
      en: 'EASE on {films} films would take {bytes} GB, more than the {most} GB that there can be. Choose ItemKNN or a smaller dataset.',
      zh: '{films} 部电影的 EASE 需要 {bytes} GB，超过了最多的 {most} GB。请选择 ItemKNN 或更小的数据集。',
    },
    noFilmSide: {
      en: 'This data has no genres or years of films, so there is no side information about them. Turn side information off, or open a dataset with its film file.',
      zh: '这些数据没有电影的类型或年份，所以没有关于电影的附加信息。请关闭附加信息，或打开带电影文件的数据集。',
    },
    noUserSide: {
      en: 'This data has no gender, age or occupation of users, so there is no side information about them. Choose that of films, or open MovieLens 1M or 100K with its file about users.',
      zh: '这些数据没有用户的性别、年龄或职业，所以没有关于用户的附加信息。请选择电影的附加信息，或打开带用户文件的 MovieLens 1M 或 100K。',
    },

    // Of files (wasm/files.mjs).
    triple: {
      en: 'The split “{split}” is three files, {names}. There is no {missing}.',
      zh: '划分“{split}”由三个文件组成：{names}。缺少 {missing}。',
    },
    splits: {
      en: 'These are files of {names}. Open one split at a time.',
      zh: '这些文件属于 {names}。请一次打开一个划分。',
    },
    noRatings: {
      en: 'There is no rating file here. Choose ratings.csv, ratings.dat or u.data (with movies.csv, movies.dat or u.item for titles), a MovieLens zip, or the three files of the NCF paper’s split (NAME.train.rating, NAME.test.rating, NAME.test.negative).',
      zh: '这里没有评分文件。请选择 ratings.csv、ratings.dat 或 u.data（片名来自 movies.csv、movies.dat 或 u.item）、MovieLens 的 zip，或 NCF 论文划分的三个文件（NAME.train.rating、NAME.test.rating、NAME.test.negative）。',
    },
    damagedEntry: {
      en: '{zip}: {file} in it is damaged ({why}).',
      zh: '{zip}：其中的 {file} 已损坏（{why}）。',
    },
    damagedTensor: {
      en: 'The weights file is damaged: {name} does not begin where what is before it ends.',
      zh: '权重文件已损坏：{name} 没有紧接在前一个之后。',
    },
    damagedEnd: {
      en: 'The weights file is damaged: {n} bytes lie behind its last tensor.',
      zh: '权重文件已损坏：最后一个张量之后还有 {n} 字节。',
    },
    noZip: {
      en: '{name} is not a zip file: it does not begin as one.',
      zh: '{name} 不是 zip 文件：开头不对。',
    },
    damaged: { en: '{name} is damaged ({why}).', zh: '{name} 已损坏（{why}）。' },
    empty: { en: '{name} is empty.', zh: '{name} 是空的。' },
    noEnd: {
      en: '{name} is cut off: its end is missing. Download it again.',
      zh: '{name} 被截断：缺少结尾。请重新下载。',
    },
    noRatingsInZip: {
      en: '{name} holds no rating file (ratings.csv, ratings.dat or u.data). Is it a MovieLens zip?',
      zh: '{name} 里没有评分文件（ratings.csv、ratings.dat 或 u.data）。它是 MovieLens 的 zip 吗？',
    },
    endsEarly: {
      en: '{name} is cut off: its {what} too early.',
      zh: '{name} 被截断：其中的{what}过早结束。',
    },

    // Of weights (wasm/safetensors.mjs, wasm/rows.mjs, wasm/weights.mjs).
    noTensors: { en: 'The weights file holds no tensors.', zh: '权重文件里没有张量。' },
    noSafetensors: {
      en: 'This is not a safetensors file, or it is cut off. Choose a file that was saved by NCF Lab or safetensors.',
      zh: '这不是 safetensors 文件，或者它被截断了。请选择由 NCF Lab 或 safetensors 保存的文件。',
    },
    tensorEntry: {
      en: 'The weights file’s entry for {name} is damaged.',
      zh: '权重文件中 {name} 的条目已损坏。',
    },
    notF32: {
      en: '{name} is stored as {type}; only F32 (float32) can be read.',
      zh: '{name} 保存为 {type}；只能读取 F32（float32）。',
    },
    notI64: {
      en: '{name} is stored as {type}; ids are to be I64 (int64).',
      zh: '{name} 保存为 {type}；id 应是 I64（int64）。',
    },
    idsShape: {
      en: '{name} is [{shape}] in the weights file; ids are one row of numbers.',
      zh: '{name} 在权重文件中是 [{shape}]；id 应是一行数。',
    },
    idTooLarge: { en: '{name} holds {id}, which is too large for an id.', zh: '{name} 里有 {id}，作为 id 太大。' },
    idTwice: {
      en: '{name} has {id} twice: each row must have an id of its own.',
      zh: '{name} 里 {id} 出现两次：每行都要有自己的 id。',
    },
    tensorOutside: {
      en: 'The weights file is cut off or damaged: {name} does not lie inside it.',
      zh: '权重文件被截断或损坏：{name} 不在文件之内。',
    },
    notFiniteValues: {
      en: '{name} holds values that are not finite numbers.',
      zh: '{name} 里有不是有限数的值。',
    },
    weightsSettings: { en: 'The weights file’s settings: {message}', zh: '权重文件的设置：{message}' },
    weightsShapes: { en: 'The weights file’s shapes: {message}', zh: '权重文件的形状：{message}' },
    noModelTensors: {
      en: 'The weights file holds none of the tensors of a model here (gmf.…, mlp.…, bias.item, ease.weight, itemknn.neighbours). See the README for their names.',
      zh: '权重文件里没有这里任何模型的张量（gmf.…、mlp.…、bias.item、ease.weight、itemknn.neighbours）。名称见 README。',
    },
    otherData: {
      en: 'The weights are for {n} {what}, the dataset has {there}: load the dataset that they were trained on.',
      zh: '这些权重对应 {n} {what}，而数据集有 {there}：请加载训练它们所用的数据集。',
    },
    embeddingWidth: {
      en: 'The weights file’s embeddings do not have the width that its settings say.',
      zh: '权重文件中嵌入的宽度与它的设置不符。',
    },
    lacksBoth: {
      en: 'The weights file lacks {n} of the data’s {what} ({ids}), and the data lack {m} of its own ({others}): open the data that it was trained on. Nothing was changed.',
      zh: '权重文件缺少数据中的 {n} 个{what}（{ids}），数据又缺少它的 {m} 个（{others}）：请打开训练它所用的数据。什么都没有改动。',
    },
    lacksRows: {
      en: 'The weights file lacks {n} of the data’s {what} ({ids}): open the data that it was trained on. Nothing was changed.',
      zh: '权重文件缺少数据中的 {n} 个{what}（{ids}）：请打开训练它所用的数据。什么都没有改动。',
    },
    dataLack: {
      en: 'The data lack {n} of the weights file’s {what} ({ids}): open the data that it was trained on. Nothing was changed.',
      zh: '数据缺少权重文件中的 {n} 个{what}（{ids}）：请打开训练它所用的数据。什么都没有改动。',
    },
    lacksIds: {
      en: 'The weights file has {rows} rows of {what}, row n being that of id n, and so lacks {n} that the data have ({ids}): open the data that it was trained on, or say --rows appearance in the command where its rows are in the order in which ids first appear. Nothing was changed.',
      zh: '权重文件有 {rows} 行{what}，第 n 行属于 id n，因此缺少数据中的 {n} 个（{ids}）：请打开训练它所用的数据；如果各行是按 id 首次出现的顺序排的，请在命令里加 --rows appearance。什么都没有改动。',
    },
    moreIds: {
      en: 'The weights file has rows of {what} up to the id {most}, row n being that of id n, and the data’s largest is {largest}: open the data that it was trained on. Nothing was changed.',
      zh: '权重文件中{what}的行一直到 id {most}（第 n 行属于 id n），而数据中最大的是 {largest}：请打开训练它所用的数据。什么都没有改动。',
    },
    carriesIds: {
      en: 'The weights file carries the ids of its rows: leave --rows away.',
      zh: '权重文件带有各行的 id：请去掉 --rows。',
    },
    idsForRows: {
      en: 'The weights file has {n} rows of {what} and {ids} ids.',
      zh: '权重文件有 {n} 行{what}，却有 {ids} 个 id。',
    },
    rowsDiffer: {
      en: 'The weights file is damaged: its tensors have {n} and {m} {what}.',
      zh: '权重文件已损坏：它的张量分别有 {n} 和 {m} 个{what}。',
    },
    strayNeighbour: {
      en: 'The weights file’s itemknn.neighbours names row {row}, which is no film of the data.',
      zh: '权重文件的 itemknn.neighbours 指向第 {row} 行，而它不是数据中的电影。',
    },
    namesDamaged: {
      en: 'The weights file’s names of features are damaged.',
      zh: '权重文件中特征的名称已损坏。',
    },
    holdsOther: { en: 'The weights file holds {model}, not {other}.', zh: '权重文件里是 {model}，不是 {other}。' },
    twoModels: {
      en: 'The weights file has no settings, and {model} (which ranks films) and {other} (which predicts ratings) have the same tensors. Say which it is: add the text {text} or {another} to the file’s metadata as “config”; the command takes --model {name} or --model {second}, too.',
      zh: '权重文件没有设置，而 {model}（给电影排名）和 {other}（预测评分）的张量相同。请说明是哪一个：在文件的元数据里以 “config” 加上文本 {text} 或 {another}；命令也可用 --model {name} 或 --model {second}。',
    },
    lacksTensor: {
      en: 'The weights file lacks {name}, which the model has.',
      zh: '权重文件缺少模型中的 {name}。',
    },
    otherShape: {
      en: '{name} is [{stored}] in the weights file, the model’s is [{shape}].',
      zh: '{name} 在权重文件中是 [{stored}]，在模型中是 [{shape}]。',
    },
    modelLacks: {
      en: 'The weights file holds {name}, which the model lacks.',
      zh: '权重文件里有 {name}，模型却没有。',
    },

    // Of the worker (web/worker/).
    notLoaded: {
      en: '{name} could not be loaded from the server. Check the connection, then try again.',
      zh: '无法从服务器加载 {name}。请检查网络连接，然后重试。',
    },
    noDataset: { en: 'No dataset is open yet.', zh: '还没有打开数据集。' },
    noModel: { en: 'There is no model yet.', zh: '还没有模型。' },
    diverged: {
      en: 'Training diverged. Reset the model, then train with a smaller learning rate.',
      zh: '训练已发散。请重置模型，然后用更小的学习率训练。',
    },
    unsolved: {
      en: 'This model has no weights before it is solved. Train it first.',
      zh: '这个模型在求解之前没有权重。请先训练。',
    },
    outOfPatience: {
      en: 'Patience is over. Reset the model to train it anew.',
      zh: '耐心已用完。请重置模型以重新训练。',
    },
    notStarted: { en: 'The worker could not be started.', zh: '无法启动训练线程。' },

    // A sentence with the place before it, so that these come last.
    inLine: { en: '{file}, line {line}: {message}', zh: '{file} 第 {line} 行：{message}' },
    inFile: { en: '{file}: {message}', zh: '{file}：{message}' },
  },
};

/**
 * What stands in these sentences at the place of a value.
 * @type {Partial<Record<import('../speech.js').Language, Record<string, import('../speech.js').Word>>>}
 */
export const parts = {
  zh: {
    whole: { en: 'a whole number', zh: '整数' },
    number: { en: 'a number', zh: '数' },
    layers: { en: 'layers', zh: '层' },
    users: { en: 'users', zh: '用户' },
    films: { en: 'films', zh: '电影' },
    userFeatures: { en: 'features of users', zh: '用户特征' },
    filmFeatures: { en: 'features of films', zh: '电影特征' },
    ratings: { en: 'ratings', zh: '评分' },
    negatives: { en: 'negatives', zh: '负样本' },
    ratingsEnd: { en: 'ratings end', zh: '评分' },
    filmsEnd: { en: 'films end', zh: '电影' },
    testEnd: { en: 'test end', zh: '测试' },
    negativesEnd: { en: 'negatives end', zh: '负样本' },
    peopleEnd: { en: 'file about users ends', zh: '用户文件' },
    ratingColumns: { en: 'four columns: user, item, rating, timestamp', zh: '四列：用户、电影、评分、时间戳' },
    filmColumns: {
      en: 'three columns (movieId, title, genres), or the 24 of u.item',
      zh: '三列（movieId、title、genres），或 u.item 的 24 列',
    },
    negativeColumns: {
      en: '(user,item) and after it the ids of one or more negatives, with tabs between them',
      zh: ' (user,item) 和其后一个或多个负样本的编号，以制表符分隔',
    },
    peopleColumns: {
      en: 'five columns: user, gender, age, occupation, zip code (users.dat), or user, age, gender, occupation, zip code (u.user)',
      zh: '五列：用户、性别、年龄、职业、邮编（users.dat），或用户、年龄、性别、职业、邮编（u.user）',
    },
    ratingFile: {
      en: 'a MovieLens rating file (ratings.csv, ratings.dat or u.data)',
      zh: ' MovieLens 评分文件（ratings.csv、ratings.dat 或 u.data）',
    },
    filmFile: {
      en: 'a MovieLens film file (movies.csv, movies.dat or u.item)',
      zh: ' MovieLens 电影文件（movies.csv、movies.dat 或 u.item）',
    },
    negativeFile: { en: 'a file of test negatives (NAME.test.negative)', zh: '测试负样本文件（NAME.test.negative）' },
    peopleFile: {
      en: 'a MovieLens file about users (users.dat or u.user)',
      zh: ' MovieLens 用户文件（users.dat 或 u.user）',
    },
    module: { en: 'The WebAssembly module', zh: 'WebAssembly 模块' },
  },
};
