// What can be wrong, by code: the one catalogue of these sentences, for command and page. In other languages: web/parts/words/.

/** @satisfies {Record<string, string>} */
export const faults = {
  nothingBefore: 'There is no model to go back to.',
  noRanks: 'This model predicts ratings: it is measured by its errors, not by ranks.',
  epochFirst: 'The epoch under way has to end first. Let the model train to the end of it.',
  modelChanged: 'The model has changed meanwhile.',
  noRanksYet: 'This model has no ranks before it is solved. Train it first.',
  noNetwork: '{model} has no network to look into.',
  noOnnx: '{model} has no network to be written as ONNX. Save its weights instead.',
  noExamples: '{model} doesn’t learn from single examples, so none has gradients.',
  halfPair: 'BPR learns from pairs of films: name the other film of the pair too.',
  noBatches: '{model} does not learn in batches of examples.',
  pretrainFirst: 'GMF and MLP are to be trained first, for NeuMF to start from: press Step.',
  trainsAlready: 'Training runs already. Pause it to go batch by batch.',
  allTrained: 'All epochs are trained. Choose more of them, or reset the model.',
  fixed: 'The instructor fixed this setting: {setting}.',
  mostEpochs: '{setting}: {max} at most, says the instructor.',
  otherBegan: 'Something else began meanwhile, so this batch was not trained.',
  noSuchWeights: 'The model has no layer or output weights “{name}”.',
  manyWeights: '{name} has more than a million numbers: too many to show.',
  choice: '{setting} must be one of {values}, not “{value}”.',
  layers: '{setting} must be “auto” or 1 to {most} widths from 1 to {widest}, such as 64,32,16,8, not “{value}”.',
  even: 'The first of the {setting} holds a user’s and a film’s embedding side by side, so it must be even, not {width}.',
  threshold: '{setting} must be “off” or a rating, such as 4, not “{value}”.',
  fusionLayers: '{setting} must be “none” or 1 to {most} widths from 1 to {widest}, such as 16,8, not “{value}”.',
  l2: '{setting} must be a number from 0 to {max}, or numbers by part ({parts}), such as gmf:0.01,mlp:0.001, not “{value}”.',
  number: '{setting} must be {kind} from {min} to {max}, not “{value}”.',
  patience: 'Patience needs validation to be on: what else should tell that learning is over?',
  pairs: 'BPR trains on pairs, so the batch size must be even, not {size}.',
  folds: 'Folds must be 2 or more, or 0 for a share of the ratings.',
  fold: 'There are {folds} folds, so fold {fold} can’t be the test.',
  oneL2: '{model} takes one number as L2 regularisation, not one by part as “{value}”.',
  noPreset: 'There is no preset “{value}”. There are: {values}.',
  easeL2: 'EASE needs an L2 regularisation above 0, such as 500: without it nothing is learnt.',
  easeMoreL2: 'EASE can’t be solved with so little L2 regularisation: choose more, such as 500.',
  fusionTower: 'Fusion layers need a tower with hidden layers: give it two widths or more.',
  fusionPretrained: 'NeuMF with fusion layers can’t be pretrained: GMF and MLP have no such layers.',
  sharedLayers:
    'With shared embeddings the layers must start with {first} (twice the predictive factors) and end with {last}, such as {one},{other}, not {layers}.',
  sharedPretrained: 'NeuMF can’t be pretrained with shared embeddings: GMF and MLP have their own.',
  sharedAlone: 'Shared embeddings go with neither fusion layers nor side information.',
  noSetting: 'There is no setting “{name}”.',
  needsModel: '{setting} needs a new model: it cannot change while this one trains.',
  memory: 'There is not enough memory for this. Choose fewer factors, smaller layers or a smaller dataset.',
  range: 'A value is out of range.',
  tooLarge: 'The file is larger than the core can hold: at most 60 million ratings and 16 million users or films.',
  holdsNone: 'The file holds no {what}. Is it empty, or cut off after its header?',
  binary: 'This is binary data, not {what}. If it is a zip, open the zip itself.',
  longLine: 'This line is longer than 65,536 bytes, so the file is not {what}.',
  columns: 'This line does not have {columns}. Is the file cut off or damaged here?',
  field:
    'A field here should be a number and is not one, or is out of range (ids and timestamps are whole numbers below 4,294,967,296, ratings are -1,000,000 to 1,000,000).',
  quote: 'A quoted field is not closed on this line.',
  header: 'The first line is not that of {what}, which has {columns}.',
  genres: 'The films have more than 32 different genres, or one whose name is longer than 31 bytes.',
  noTest:
    'No user has rated two different films, so there is nothing to leave out for the test. Choose a dataset with more ratings a user.',
  noNegative:
    'All users have every film that could be drawn as a negative, so there is nothing to learn. Choose a dataset with more films.',
  noPositive: 'No rating is as high as a positive has to be. Choose a lower “positive from” (--positive-from).',
  ownTest: 'These data bring a test of their own, so none can be held out at random.',
  notFinite:
    'The loss is no longer a finite number: training diverged. Choose a smaller learning rate and start again from the first weights.',
  twiceTested: 'This user has a line in the test file already. Leave-one-out tests one item a user.',
  otherPair: 'The (user,item) of this line is not this user’s pair in the test file, or has a line already.',
  missingPair: 'A pair of the test file has no line of negatives here. Is the file cut off?',
  noValidation:
    'No user has two films left besides the one for the test, so none can be held out for validation. Turn validation off, or choose a dataset with more ratings a user.',
  fewRatings:
    'There are too few ratings for this split: no part of it may be empty. Choose fewer folds or another share for the test, or more data.',
  sameRatings:
    'All ratings of this data are the same, so there is nothing to predict. Choose a model that ranks films, or data with ratings.',
  gender: 'A gender here is neither M nor F, as MovieLens writes them.',
  occupations: 'There are more than 32 different occupations here, or one with a name longer than 31 bytes.',
  status: 'The core answered with status {status}.',
  easeSize:
    'EASE on {films} films would take {bytes} GB, more than the {most} GB that there can be. Choose ItemKNN or a smaller dataset.',
  noFilmSide:
    'This data has no genres or years of films, so there is no side information about them. Turn side information off, or open a dataset with its film file.',
  noUserSide:
    'This data has no gender, age or occupation of users, so there is no side information about them. Choose that of films, or open MovieLens 1M or 100K with its file about users.',
  triple: 'The split “{split}” is three files, {names}. There is no {missing}.',
  splits: 'These are files of {names}. Open one split at a time.',
  noRatings:
    'There is no rating file here. Choose {ratings} or {ratingsLast} (with {films} or {filmsLast} for titles), a MovieLens zip, or the three files of the NCF paper’s split (NAME.train.rating, NAME.test.rating, NAME.test.negative).',
  damagedEntry: '{zip}: {file} in it is damaged ({why}).',
  damagedTensor: 'The weights file is damaged: {name} does not begin where what is before it ends.',
  damagedEnd: 'The weights file is damaged: {n} bytes lie behind its last tensor.',
  noZip: '{name} is not a zip file: it does not begin as one.',
  damaged: '{name} is damaged ({why}).',
  empty: '{name} is empty.',
  noEnd: '{name} is cut off: its end is missing. Download it again.',
  noRatingsInZip: '{name} holds no rating file ({ratings} or {ratingsLast}). Is it a MovieLens zip?',
  endsEarly: '{name} is cut off: its {what} too early.',
  noTensors: 'The weights file holds no tensors.',
  noSafetensors:
    'This is not a safetensors file, or it is cut off. Choose a file that was saved by NCF Lab or safetensors.',
  tensorEntry: 'The weights file’s entry for {name} is damaged.',
  notF32: '{name} is stored as {type}; only F32 (float32) can be read.',
  notI64: '{name} is stored as {type}; ids are to be I64 (int64).',
  idsShape: '{name} is [{shape}] in the weights file; ids are one row of numbers.',
  idTooLarge: '{name} holds {id}, which is too large for an id.',
  idTwice: '{name} has {id} twice: each row must have an id of its own.',
  tensorOutside: 'The weights file is cut off or damaged: {name} does not lie inside it.',
  notFiniteValues: '{name} holds values that are not finite numbers.',
  weightsSettings: 'The weights file’s settings: {message}',
  weightsShapes: 'The weights file’s shapes: {message}',
  noModelTensors:
    'The weights file holds none of the tensors of a model here (gmf.…, mlp.…, bias.item, ease.weight, itemknn.neighbours). See the README for their names.',
  otherData: 'The weights are for {n} {what}, the dataset has {there}: load the dataset that they were trained on.',
  embeddingWidth: 'The weights file’s embeddings do not have the width that its settings say.',
  lacksBoth:
    'The weights file lacks {n} of the data’s {what} ({ids}), and the data lack {m} of its own ({others}): open the data that it was trained on. Nothing was changed.',
  lacksRows:
    'The weights file lacks {n} of the data’s {what} ({ids}): open the data that it was trained on. Nothing was changed.',
  dataLack:
    'The data lack {n} of the weights file’s {what} ({ids}): open the data that it was trained on. Nothing was changed.',
  lacksIds:
    'The weights file has {rows} rows of {what}, row n being that of id n, and so lacks {n} that the data have ({ids}): open the data that it was trained on, or say --rows appearance in the command where its rows are in the order in which ids first appear. Nothing was changed.',
  moreIds:
    'The weights file has rows of {what} up to the id {most}, row n being that of id n, and the data’s largest is {largest}: open the data that it was trained on. Nothing was changed.',
  carriesIds: 'The weights file carries the ids of its rows: leave --rows away.',
  idsForRows: 'The weights file has {n} rows of {what} and {ids} ids.',
  rowsDiffer: 'The weights file is damaged: its tensors have {n} and {m} {what}.',
  strayNeighbour: 'The weights file’s itemknn.neighbours names row {row}, which is no film of the data.',
  namesDamaged: 'The weights file’s names of features are damaged.',
  holdsOther: 'The weights file holds {model}, not {other}.',
  twoModels:
    'The weights file has no settings, and {model} (which ranks films) and {other} (which predicts ratings) have the same tensors. Say which it is: add the text {text} or {another} to the file’s metadata as “config”; the command takes --model {name} or --model {second}, too.',
  lacksTensor: 'The weights file lacks {name}, which the model has.',
  otherShape: '{name} is [{stored}] in the weights file, the model’s is [{shape}].',
  modelLacks: 'The weights file holds {name}, which the model lacks.',
  notLoaded: '{name} could not be loaded from the server. Check the connection, then try again.',
  noWasm:
    "WebAssembly may not run here. If this page has a Content-Security-Policy, its script-src needs the word 'wasm-unsafe-eval'.",
  noSimd: 'This browser has no WebAssembly SIMD, which this copy of the lab needs. A browser of 2023 or later has it.',
  noDataset: 'No dataset is open yet.',
  noModel: 'There is no model yet.',
  diverged: 'Training diverged. Reset the model, then train with a smaller learning rate.',
  unsolved: 'This model has no weights before it is solved. Train it first.',
  outOfPatience: 'Patience is over. Reset the model to train it anew.',
  notStarted: 'The worker could not be started.',
  exerciseLong: 'An exercise has at most {most} characters.',
  exerciseEmpty: 'Between two | of an exercise, or behind the last, there is nothing.',
  exerciseNothing: 'An exercise needs a task, a goal or a question.',
  exerciseMany: 'An exercise has at most {goals} goals and {questions} questions.',
  exercisePart:
    '“{part}” is neither a goal, such as hr@10 >= 0.7, nor a question, which begins with ?. The task in words comes first, in at most 1,000 characters.',
  exerciseQuantity:
    '“{part}”: there is no “{name}” that a goal could be of. There are {quantities} and the settings that are numbers, by the names of the command’s options.',
  exerciseNumber: '“{part}”: a goal’s bound is a number, not “{number}”.',
  exerciseQuestion: 'A question of an exercise is a text of at most {most} characters.',
  exerciseChoices:
    '“{part}”: the choices of a question are 2 to {most} different short texts with commas between them.',
  exerciseUnwritable:
    'This exercise can’t be written as one text: no text in it may have a | or line breaks, or look like a goal or choices where it is none.',
  resultNothing: 'There is nothing to hand in yet: train the model first.',
  resultLoaded:
    'This run began with the weights of a file, so nobody can run it again from its settings. Reset the model and train it from its seed to hand it in.',
  resultShipped: 'This run came with the page. Train one of your own to hand it in.',
  resultNone: 'This is not a result file of NCF Lab, or it is cut off.',
  resultLong: 'A result file has at most {most} characters.',
  resultVersion:
    'The result file is of version {version}, and version {known} can be read: take the NCF Lab that it was made with.',
  resultField: 'The result file is damaged: {field} is not what it should be.',
  resultSettings: 'The result file’s settings: {message}',
  resultUnknown:
    'The result file’s settings have “{name}”, which there is not here: take the NCF Lab that it was made with.',
  inLine: '{file}, line {line}: {message}',
  inFile: '{file}: {message}',

  // What a file should be, in such a sentence.
  ratingFile: 'a MovieLens rating file ({ratings} or {ratingsLast})',
  filmFile: 'a MovieLens film file ({films} or {filmsLast})',
  negativeFile: 'a file of test negatives (NAME.test.negative)',
  peopleFile: 'a MovieLens file about users ({people} or {peopleLast})',
};

/** What stands in them at the place of a value. @satisfies {Record<string, string>} */
export const parts = {
  whole: 'a whole number',
  number: 'a number',
  layers: 'layers',
  users: 'users',
  films: 'films',
  userFeatures: 'features of users',
  filmFeatures: 'features of films',
  ratings: 'ratings',
  negatives: 'negatives',
  ratingsEnd: 'ratings end',
  filmsEnd: 'films end',
  testEnd: 'test end',
  negativesEnd: 'negatives end',
  peopleEnd: 'file about users ends',
  ratingColumns: 'four columns: user, item, rating, timestamp',
  filmColumns: 'three columns (movieId, title, genres), or the 24 of u.item',
  negativeColumns: '(user,item) and after it the ids of one or more negatives, with tabs between them',
  peopleColumns:
    'five columns: user, gender, age, occupation, zip code (users.dat), or user, age, gender, occupation, zip code (u.user)',
  module: 'The WebAssembly module',
};
