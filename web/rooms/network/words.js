import { wordsOf } from '../../parts/speech.js';

export const words = wordsOf('rooms/network', {
  title: 'One pair through the network',
  film: 'Film',
  diagram: 'The network',
  how: 'Point at a cell, or use the arrow keys, to read its number. Click a layer to see its weights.',
  nothing: '{model} has no network: it has no embeddings and no layers. Choose GMF, MLP or NeuMF to see one.',
  waiting: 'The network appears when the data are read.',
  failed: 'The numbers could not be had: {why}',

  // The parts of the network.
  user: 'User',
  gmfUser: 'GMF user',
  gmfItem: 'GMF film',
  mlpUser: 'MLP user',
  mlpItem: 'MLP film',
  bothUser: 'User',
  bothItem: 'Film',
  product: 'Product',
  layer: 'Layer {n}',
  fusionLayer: 'Fusion {n}',
  biasUser: 'User bias',
  biasItem: 'Film bias',
  biasGlobal: 'Bias',
  output: 'Output',

  block: '{width} {width|number|numbers}',
  gradient: 'gradient',
  readout: '{name}, number {n} of {width}: {value}',
  readoutOne: '{name}: {value}',
  readoutGradient: '{text}; gradient {gradient}',

  // Colours.
  legend: 'Colour of a number',
  negative: 'below zero',
  lines: 'Lines: what a number gives to the next, the thicker the more.',

  // The matrix.
  matrix: 'Users and films',
  matrixTable: 'A piece of the user–item matrix',
  rated: 'rated',
  notRated: 'not rated, or hidden',
  asked: 'the pair',
  positiveCell: 'positive',
  negativeCell: 'negative',
  moved: 'moved',
  key: '● rated   ○ not rated, or hidden',

  // The answer.
  answer: 'The answer',
  probability: 'that it is one of the user’s films, not a random one ({negatives} beside each in training)',
  has: 'In the data: the user has it.',
  hasNot: 'In the data: not rated.',
  held: 'Held out: hidden from the model.',
  sigmoid: 'The sigmoid makes a probability of the logit: {logit} becomes {probability}.',
  shares: 'Who says so',
  shareGmf: 'GMF',
  shareMlp: 'MLP',
  shareFusion: 'Fusion',
  shareBias: 'Bias',
  shareDot: 'p · q',
  logit: 'Logit',
  sum: 'Sum',

  // One step at a time.
  steps: 'One step at a time',
  nextExample: 'Next example',
  nextBatch: 'Next batch',
  nextEpoch: 'Next epoch',
  rewind: 'Rewind',
  newSeed: 'New seed',
  rewindTitle: 'Back to the same random weights; starts over',
  newSeedTitle: 'Other random weights; starts over',
  startsOver: 'Start over:',
  rate: 'Learning rate',
  live: 'at once',
  atEpoch: 'Epoch {epoch}, batch {batch} of {batches}',
  atExample: 'Epoch {epoch}, batch {batch} of {batches}, example {n} of {size}',
  pauseFirst: 'Training runs. Pause it to go step by step.',
  notInSteps: '{model} does not learn in batches.',
  ready: 'Next example shows one example of the next batch in slow motion.',

  phases: 'The phases of an example',
  pair: 'The pair',
  fetch: 'Embeddings',
  forward: 'Forward',
  loss: 'Loss',
  back: 'Backward',
  batch: 'The batch',

  pairIdle:
    'A film that the user has rated is a positive; films drawn at random among the others are its negative samples.',
  pairRatingIdle: 'A user, a film, and the rating that the user gave.',
  pairPositive: 'User {user} has rated {film}: a positive, label 1. {n} {n|negative was|negatives were} drawn for it.',
  pairNegative: 'User {user} has rated {positive}. For it {film} was drawn at random as a negative: label 0.',
  pairRating: 'User {user} gave {film} {label} stars.',
  fetchIdle: 'An embedding is a row of a table: the numbers that stand for one user or one film.',
  fetched: 'The user’s row and the film’s row are taken from the tables: {numbers} numbers for each.',
  forwardGmf: 'GMF multiplies the two number by number and weighs the products.',
  forwardDot: 'The two are multiplied number by number and added up: a dot product.',
  forwardMlp: 'MLP sends them side by side through its tower.',
  forwardSum: 'Together: {logit}.',
  lossIdle: 'The loss says how wrong the answer is: 0 is perfect, a sure mistake costs most.',
  lossLog: 'The answer is {prediction}, the label {label}: the loss is {loss}.',
  lossBpr: 'Compared with {other}, the other film of the pair, the loss is {loss}.',
  backIdle:
    'A gradient says for each number which way to move it, and how much the loss cares. Arrows are as wide as gradients are long.',
  backed:
    'Arrows are as wide as gradients are long: {most} at {name}; {user} at the user’s embedding, {item} at the film’s.',
  batchIdle:
    'The weights move only when a whole batch has been seen: by the mean of its gradients, times the learning rate.',
  batchWaits:
    'Nothing moves yet: this is one of {size} examples whose gradients are averaged. Next batch trains on all of them.',
  batchDone:
    'Batch {batch} is trained, mean loss {loss}. It had {users} {users|user|users} and {items} {items|film|films}, whose rows moved: this user’s by {user}, this film’s by {item}.',

  // Weights.
  weights: 'Weights into {name}',
  weightsHow:
    '{rows} {rows|row|rows}, one for each number of {name}; {columns} columns, one for each number that leads there.',
  weightsCell: 'From {from}, number {column}, to number {row}: weight {value}',
  weightsOf: 'Weights of',
  weightsMany: 'Too many weights to draw.',

  // The table.
  table: 'All numbers as a table',
  numbers: 'numbers of the pair',
  tableCaption: 'The numbers of user {id} and {film}',
  tableGradient: '{name}, gradient',
  tableNumber: 'Number',
  tableCut: 'The first {n} numbers of each.',
});
