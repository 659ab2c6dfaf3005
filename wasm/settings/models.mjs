// THE table of models: what each is composed of (src/model/model.h), how it is fitted, and the settings that it wants
// otherwise than the rest. Adding a model is adding a row.

/**
 * How a model comes to its parameters: by nothing, by counting, by gradient steps on batches, by alternating least squares
 * (ials, eals), by one solution (ease, itemknn, means).
 * @typedef {'none'|'counts'|'gradient'|'ials'|'eals'|'ease'|'itemknn'|'means'} Fit
 */
/**
 * How somebody new is fitted to what they like, while what is learnt of films stands: by gradient steps, by one alternating
 * step in closed form, from what their films are like, by a bias of their own; null: everybody is shown the same.
 * @typedef {'steps' | 'als' | 'items' | 'bias' | null} Folds
 */
/**
 * A logit; a number fitted to 1 and 0; one of which only differences count; a dot product; sums over the user's films of
 * similarities, or of weights; a count of users; chance; a predicted rating.
 * @typedef {'logit'|'fitted'|'pairwise'|'dot-product'|'similarity-sum'|'weight-sum'|'count'|'chance'|'rating'} ScoreKind
 */
/**
 * What a way of fitting can. drawn: as a network; byExamples: a single one has gradients; scores: what they are where the model
 * ranks films.
 * @typedef {{folds: Folds, drawn: boolean, byExamples: boolean, scores: ScoreKind | 'by loss'}} Abilities
 */

/** @type {Record<Fit, Abilities>} */
const fits = {
  none: { folds: null, drawn: false, byExamples: false, scores: 'chance' },
  counts: { folds: null, drawn: false, byExamples: false, scores: 'count' },
  means: { folds: null, drawn: false, byExamples: false, scores: 'rating' },
  gradient: { folds: 'steps', drawn: true, byExamples: true, scores: 'by loss' },
  ials: { folds: 'als', drawn: true, byExamples: false, scores: 'dot-product' },
  eals: { folds: 'als', drawn: true, byExamples: false, scores: 'dot-product' },
  ease: { folds: 'items', drawn: false, byExamples: false, scores: 'weight-sum' },
  itemknn: { folds: 'items', drawn: false, byExamples: false, scores: 'similarity-sum' },
};

/** A row of the table with what its fit can. @typedef {ModelRow & Abilities} Model */
/**
 * @typedef {object} ModelRow
 * @property {string} value
 * @property {string} label
 * @property {'ranking'|'rating'} task  ranks films by implicit feedback, or predicts ratings
 * @property {Fit} fit
 * @property {readonly ('bias'|'gmf'|'mlp'|'items'|'neighbours')[]} parts  of the composition
 * @property {boolean} [dot]      the GMF part's h is 1: a dot product
 * @property {boolean} [stdByFactors]  the standard deviation of first embeddings is divided by √F, so that first scores do not
 *                                grow with the factors (Rendle et al. 2022)
 * @property {boolean} [ridge]    solved with L2 regularisation
 * @property {boolean} [halves]   joins a GMF and an MLP: they may be trained first, or share their embeddings
 * @property {Folds} [folds]      otherwise than its fit
 * @property {string} help
 * @property {Record<string, string|number>} [defaults]  of settings, where they differ from the table's
 */

const rows = /** @type {const} @satisfies {readonly ModelRow[]} */ ([
  {
    value: 'random',
    label: 'Random',
    task: 'ranking',
    fit: 'none',
    parts: ['gmf'],
    dot: true,
    help: 'Scores by chance: the floor under everything.',
    defaults: { std: 1 },
  },
  {
    value: 'itempop',
    label: 'ItemPop',
    task: 'ranking',
    fit: 'counts',
    parts: ['bias'],
    help: 'Learns nothing: shows everybody the most popular films. The line that learning has to beat.',
  },
  {
    value: 'itemknn',
    label: 'ItemKNN',
    task: 'ranking',
    fit: 'itemknn',
    parts: ['neighbours'],
    help: 'Films whose viewers are those of films that the user has: cosine similarity, the nearest neighbours of each film.',
  },
  {
    value: 'ease',
    label: 'EASE',
    task: 'ranking',
    fit: 'ease',
    parts: ['items'],
    ridge: true,
    help: 'A linear model from all films to all films, solved at once (Steck 2019). Hard to beat.',
    defaults: { l2: 500 },
  },
  {
    value: 'bpr',
    label: 'BPR-MF',
    task: 'ranking',
    fit: 'gradient',
    parts: ['bias', 'gmf'],
    dot: true,
    help: 'A dot product that learns to put each film that a user has above one that they have not (Rendle et al. 2009).',
    defaults: { loss: 'bpr', negatives: 1, std: 0.1 },
  },
  {
    value: 'eals',
    label: 'eALS',
    task: 'ranking',
    fit: 'eals',
    parts: ['gmf'],
    dot: true,
    help: 'A dot product fitted to all films at once, popular ones that a user lacks weighing more (He et al. 2016): the paper’s baseline.',
    defaults: { l2: 0.01 },
  },
  {
    value: 'ials',
    label: 'iALS',
    task: 'ranking',
    fit: 'ials',
    parts: ['gmf'],
    dot: true,
    help: 'A dot product fitted to all films at once by alternating least squares (Hu et al. 2008; Rendle et al. 2022).',
    stdByFactors: true,
    defaults: { factors: 64, l2: 0.007, std: 0.1 },
  },
  {
    value: 'mf',
    label: 'MF (dot product)',
    task: 'ranking',
    fit: 'gradient',
    parts: ['bias', 'gmf'],
    dot: true,
    help: 'Matrix factorisation: the dot product of two embeddings, plus biases, with the same loss as NeuMF. Tuned well it beats NeuMF (Rendle et al. 2020).',
    defaults: { std: 0.1 },
  },
  {
    value: 'gmf',
    label: 'GMF',
    task: 'ranking',
    fit: 'gradient',
    parts: ['gmf'],
    help: 'Weighs the product of two embeddings.',
  },
  {
    value: 'mlp',
    label: 'MLP',
    task: 'ranking',
    fit: 'gradient',
    parts: ['mlp'],
    help: 'Runs two embeddings through a tower of layers.',
  },
  {
    value: 'neumf',
    label: 'NeuMF',
    task: 'ranking',
    fit: 'gradient',
    parts: ['gmf', 'mlp'],
    halves: true,
    help: 'Joins GMF and MLP in one output layer.',
  },
  {
    value: 'global-mean',
    label: 'Global mean',
    task: 'rating',
    fit: 'means',
    parts: ['bias'],
    help: 'Predicts the mean of all ratings for everything.',
  },
  {
    value: 'user-mean',
    label: 'User mean',
    task: 'rating',
    fit: 'means',
    folds: 'bias',
    parts: ['bias'],
    ridge: true,
    help: 'Predicts each user’s own mean.',
  },
  {
    value: 'item-mean',
    label: 'Film mean',
    task: 'rating',
    fit: 'means',
    parts: ['bias'],
    ridge: true,
    help: 'Predicts each film’s own mean.',
  },
  {
    value: 'bias',
    label: 'Biases',
    task: 'rating',
    fit: 'means',
    folds: 'bias',
    parts: ['bias'],
    ridge: true,
    help: 'Mean, how kindly the user rates and how well the film is liked: μ + a + b, by ridge regression.',
    defaults: { l2: 5 },
  },
  {
    value: 'mf-ratings',
    label: 'MF, p·q',
    task: 'rating',
    fit: 'gradient',
    parts: ['gmf'],
    dot: true,
    help: 'The dot product of two embeddings is the rating. Without biases it knows nothing of films with few ratings.',
    defaults: { std: 0.1, lr: 0.005, l2: 0.05, epochs: 10 },
  },
  {
    value: 'bias-mf',
    label: 'Biased MF',
    task: 'rating',
    fit: 'gradient',
    parts: ['bias', 'gmf'],
    dot: true,
    help: 'Biases and a dot product: μ + a + b + p·q (Koren et al. 2009).',
    defaults: { factors: 50, std: 0.02, lr: 0.002, l2: 'biases:0.05,gmf:0.2' },
  },
  {
    value: 'ncf-ratings',
    label: 'NCF, φ(p, q)',
    task: 'rating',
    fit: 'gradient',
    parts: ['mlp'],
    help: 'A tower of layers over both embeddings predicts the rating.',
    defaults: { std: 0.02, lr: 0.0005, l2: 'mlp:0.5,layers:0.01', epochs: 10 },
  },
  {
    value: 'ancf',
    label: 'ANCF, p·q + f([s, t])',
    task: 'rating',
    fit: 'gradient',
    parts: ['gmf', 'mlp'],
    dot: true,
    help: 'A dot product and a tower over embeddings of its own, added up.',
    defaults: { std: 0.02, lr: 0.0005, l2: 'gmf:0.2,mlp:0.5,layers:0.01', epochs: 10 },
  },
  {
    value: 'neural-ncf',
    label: 'Neural NCF, φ([p∘q, ψ([s, t])])',
    task: 'rating',
    fit: 'gradient',
    parts: ['gmf', 'mlp'],
    help: 'The product of two embeddings and a tower over two others, joined by further layers.',
    defaults: { std: 0.02, lr: 0.0005, l2: 'gmf:0.5,mlp:0.5,layers:0.01', epochs: 10, fusionLayers: '8' },
  },
]);

/** @typedef {(typeof rows)[number]['value']} ModelName */

/** @type {readonly Model[]} */
export const models = rows.map((row) => ({ ...fits[row.fit], ...row }));

/** @param {string} value @returns {Model} */
export function modelRow(value) {
  const row = models.find((model) => model.value === value);
  if (!row) throw new RangeError(`There is no model “${value}”.`);
  return row;
}

/**
 * Names of the models that fit a condition.
 * @param {(row: Model) => boolean} holds
 */
export function modelsWhere(holds) {
  return models.filter(holds).map(({ value }) => value);
}
