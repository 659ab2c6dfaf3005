// Settings that a paper, or we, found good for MovieLens-1M, by name; everything that one does not say stands at its model's
// default. A preset is a start: whatever else is set takes its place.

/**
 * @typedef {object} Preset
 * @property {string} value
 * @property {string} label
 * @property {string} help
 * @property {Record<string, string|number>} settings  by the names of the settings table
 */

const rows = /** @type {const} @satisfies {readonly Preset[]} */ ([
  {
    value: 'gmf-2017',
    label: 'GMF (He 2017)',
    help: 'He et al. 2017: log loss, 4 negatives a positive, Adam, batches of 256, 8 predictive factors.',
    settings: { model: 'gmf' },
  },
  {
    value: 'mlp-2017',
    label: 'MLP-3 (He 2017)',
    help: 'He et al. 2017: a tower with three hidden layers, the rest as for GMF.',
    settings: { model: 'mlp' },
  },
  {
    value: 'neumf-2017',
    label: 'NeuMF (He 2017)',
    help: 'He et al. 2017: GMF and MLP joined in one output layer, trained from scratch.',
    settings: { model: 'neumf' },
  },
  {
    value: 'neumf-pretrained-2017',
    label: 'NeuMF, pretrained (He 2017)',
    help: 'NeuMF that starts from a trained GMF and MLP (eq. 13), then learns by SGD.',
    settings: { model: 'neumf', pretrain: 20, optimizer: 'sgd', lr: 0.001 },
  },
  {
    value: 'neumf-shared',
    label: 'NeuMF, shared embeddings (eq. 11)',
    help: 'GMF and MLP learn one pair of embeddings between them and meet inside one layer.',
    settings: { model: 'neumf', embeddings: 'shared' },
  },
  {
    value: 'neumf-additive',
    label: 'GMF + MLP, scores added',
    help: 'The scores of GMF and MLP are added up instead of joined in one layer.',
    settings: { model: 'neumf', fusion: 'add' },
  },
  {
    value: 'mf-2020',
    label: 'MF (Rendle 2020)',
    help: 'Rendle et al. 2020, “Neural Collaborative Filtering vs. Matrix Factorization Revisited”: SGD example by example, 8 negatives that are not checked, L2 of 0.005. Stays near ItemPop for some 16 of its 256 epochs.',
    settings: {
      ...{ model: 'mf', factors: 16, std: 0.1, negatives: 8, known: 'accept' },
      ...{ optimizer: 'sgd', lr: 0.002, batchSize: 1, l2: 0.005, epochs: 256 },
    },
  },
  {
    value: 'ials-2022',
    label: 'iALS (Rendle 2022)',
    help: 'Rendle et al. 2022, “Revisiting the Performance of iALS”, for MovieLens-1M: 192 factors, α₀ of 0.3, L2 of 0.007 in proportion to the ratings.',
    settings: { model: 'ials', factors: 192, std: 0.1, unobserved: 0.3, nu: 1, l2: 0.007, epochs: 16 },
  },
  {
    value: 'ease-ml-1m',
    label: 'EASE (λ = 1320)',
    help: 'λ tuned for MovieLens-1M (Ferrari Dacrema et al. 2019).',
    settings: { model: 'ease', l2: 1320 },
  },
  {
    value: 'bpr-64',
    label: 'BPR-MF, 64 factors',
    help: 'Pairs in the wrong order, by Adam: .677 / .403 on MovieLens-1M.',
    settings: { model: 'bpr', factors: 64 },
  },
]);

/** @typedef {(typeof rows)[number]['value']} PresetName */

/** @type {readonly Preset[]} */
export const presets = rows;
