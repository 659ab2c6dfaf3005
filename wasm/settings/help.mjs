/**
 * What each setting does, in a sentence or two: for the command's help and the page's controls. Those who only check settings
 * do without.
 * @type {Record<string, string>}
 */
export const help = {
  model:
    'GMF weighs the product of two embeddings, MLP runs them through a tower of layers, NeuMF joins both. The rest is what they are compared with, and models that predict ratings.',
  factors: 'How many numbers describe a user and a film just before the score: the width of the last layer.',
  layers:
    'Widths of the MLP tower, the concatenated embeddings first: 64,32,16,8. “auto” is 8, 4, 2 and 1 times the predictive factors.',
  activation: 'What each hidden layer does to its sums. ReLU was the best in the paper.',
  embeddings:
    'Whether NeuMF’s two parts learn embeddings of their own, or one pair between them, joined inside the last layer (eq. 11).',
  pretrain:
    'Epochs that a GMF and an MLP are trained first, by Adam with a learning rate of 0.001; NeuMF then starts from their weights (section 3.4.1).',
  alpha: 'How much of a pretrained NeuMF’s first score is GMF’s; the rest is MLP’s (eq. 13).',
  fusion:
    'How GMF and MLP meet: in one output layer (NeuMF), or as two scores that are added up. Both can learn the same; they start from different weights.',
  fusionLayers:
    'Widths of up to 4 hidden layers between the joined parts and the output, such as 16,8; “none” leads them straight there.',
  std: 'The standard deviation of the numbers that embeddings start as. iALS divides it by the root of the factors.',
  side: 'Gives the MLP what is known about films and users besides ratings, so that new ones can be scored too.',
  ids: 'Whether films and users with side information have embeddings of their own in the MLP as well.',
  neighbours: 'How many of the most similar films each film keeps.',
  shrinkage: 'Pulls the similarity of films with few common viewers to zero.',
  unobserved: 'How much a film that a user does not have counts against one that they have (α₀).',
  nu: 'Whether those with many ratings are pulled to zero as others are (0), or in proportion to their ratings (1).',
  missing: 'The weight that all missing films have together; popular ones get more of it.',
  missingPower: 'How much more of that weight popular films get: 0 none.',
  negatives:
    'For each film a user has rated, how many that they have not are drawn at random as counterexamples, anew every epoch.',
  loss: 'What training makes small: log loss as in the paper, squared errors, or pairs of films in the wrong order.',
  negativeWeight: 'With the squared loss: how much a negative counts against a positive.',
  popularityPower:
    'Negatives are drawn with probability proportional to popularity to this power: 0 draws all films alike.',
  known: 'Whether a film that the user has may be drawn as a negative, as Rendle et al. 2020 do.',
  optimizer:
    'How gradients become steps. Lazy Adam leaves the users and films that a batch does not have where they are; the slow “every row” form gives what Adam gives and is there to check it.',
  lr: 'How far the optimizer moves the weights at a step. Too small learns slowly, too large never settles.',
  batchSize: 'How many examples, positives and negatives together, are looked at before the weights move.',
  order:
    'Shuffled as a whole, as in the paper, or each positive together with its negatives, which trains faster: what depends on the user is computed once for all of them.',
  l2: 'How strongly weights are pulled to zero: one number for all, or by part, such as gmf:0.01,mlp:0.001,layers:0.',
  epochs: 'How many times training goes through all ratings.',
  seed: 'Where the random numbers start: the same seed gives the same run to the last bit, on every machine.',
  positiveFrom:
    'The rating from which on a row counts as a positive for models that rank; the others are left out. “off” takes all rows, but those of rating 0 where that is the lowest.',
  holdOut:
    'Which film of each user is held out for the test: the latest, as in the paper, or one at random, the same for every seed.',
  eval: 'What the held-out film is ranked against: 99 random films, as in the paper (or as many as there are), or every film that the user has not rated.',
  validation:
    'Hold one more film of every user out of training, or a tenth of the ratings where these are predicted, drawn with the seed, and choose the epoch by it rather than by the test: the weights go back to the epoch with the best NDCG@10 or RMSE there.',
  output: 'How the score becomes a rating.',
  clip: 'Whether predictions outside the scale of the ratings count as its ends when errors are measured.',
  testShare: 'How many of the ratings are held out, drawn at random with the seed.',
  folds:
    'Cross-validation: the ratings fall into so many parts, and one of them is the test. 0 holds out a share instead.',
  fold: 'Which of the folds is the test, from 1.',
  patience: 'With validation: stop after so many epochs without a better NDCG@10 or RMSE there. 0 trains all epochs.',
};
