// The experiments of He et al., Neural Collaborative Filtering, WWW 2017, section 4, on MovieLens-1M: which runs each table
// or figure needs, and the numbers that the paper prints. Figures 5, 6 and 7 are drawings without printed numbers.

/** @typedef {Record<string, unknown>} PartialSettings */
/**
 * One cell: a setting of the models, run with every seed, beside the paper's HR@10 and NDCG@10 where it prints them.
 * @typedef {{row: string, column: string, settings: PartialSettings, hr?: number, ndcg?: number}} Cell
 */
/**
 * `show`: what the cells' results are set out as: `table` by row and column, `curve` by K, `epochs` by epoch.
 * @typedef {{title: string, show: 'table' | 'curve' | 'epochs', measures: Measure[], cells: (factors: number[]) => Cell[], factors: number[]}} Experiment
 * @typedef {'hr' | 'ndcg'} Measure
 */

export const paperFactors = [8, 16, 32, 64];

/** Layers of MLP-`depth`: every hidden layer halves the one below, the last has as many as there are factors. */
export function towerOf(/** @type {number} */ depth, /** @type {number} */ factors) {
  return Array.from({ length: depth + 1 }, (_, l) => factors * 2 ** (depth - l));
}

/** Table 2, HR@10 and NDCG@10 by factors. @type {Record<string, Record<number, [number, number]>>} */
const table2 = {
  'with pretraining': { 8: [0.684, 0.403], 16: [0.707, 0.426], 32: [0.726, 0.445], 64: [0.73, 0.447] },
  'without pretraining': { 8: [0.688, 0.41], 16: [0.696, 0.42], 32: [0.701, 0.425], 64: [0.705, 0.426] },
};

/** Table 3, HR@10 of MLP-0 … MLP-4. @type {Record<number, number[]>} */
const table3 = {
  8: [0.452, 0.628, 0.655, 0.671, 0.678],
  16: [0.454, 0.663, 0.674, 0.684, 0.69],
  32: [0.453, 0.682, 0.687, 0.692, 0.699],
  64: [0.453, 0.687, 0.696, 0.702, 0.707],
};

/** Table 4, NDCG@10 of MLP-0 … MLP-4. @type {Record<number, number[]>} */
const table4 = {
  8: [0.253, 0.359, 0.383, 0.399, 0.406],
  16: [0.252, 0.391, 0.402, 0.41, 0.415],
  32: [0.252, 0.406, 0.41, 0.425, 0.423],
  64: [0.251, 0.409, 0.417, 0.426, 0.432],
};

/** As the paper: SGD after pretraining, since Adam's moments of the parts are not at hand. */
const pretrained = { pretrain: 20, alpha: 0.5, optimizer: 'sgd' };

/** @param {number[]} factors */
function neumfCells(factors) {
  return factors.flatMap((width) =>
    Object.entries(table2).map(([row, numbers]) => {
      const settings = { model: 'neumf', factors: width, ...(row.startsWith('with ') ? pretrained : {}) };
      const [hr, ndcg] = numbers[width] ?? [];
      return { row, column: String(width), settings, hr, ndcg };
    }),
  );
}

/** @param {number[]} factors */
function mlpCells(factors) {
  return factors.flatMap((width) =>
    [0, 1, 2, 3, 4].map((depth) => ({
      row: `MLP-${depth}`,
      column: String(width),
      // MLP-0 of f factors has embeddings of f / 2, side by side.
      settings: { model: 'mlp', factors: width, layers: towerOf(depth, width) },
      hr: table3[width]?.[depth],
      ndcg: table4[width]?.[depth],
    })),
  );
}

const models = [
  { row: 'ItemPop', settings: { model: 'itempop' } },
  { row: 'GMF', settings: { model: 'gmf' } },
  { row: 'MLP', settings: { model: 'mlp' } },
  { row: 'NeuMF', settings: { model: 'neumf' } },
];

/** @type {Record<string, Experiment>} */
export const experiments = {
  table2: {
    title: 'Table 2: NeuMF with and without pretraining, by predictive factors',
    show: 'table',
    measures: ['hr', 'ndcg'],
    factors: paperFactors,
    cells: neumfCells,
  },
  table3: {
    title: 'Table 3: HR@10 of MLP by depth and predictive factors',
    show: 'table',
    measures: ['hr'],
    factors: paperFactors,
    cells: mlpCells,
  },
  table4: {
    title: 'Table 4: NDCG@10 of MLP by depth and predictive factors',
    show: 'table',
    measures: ['ndcg'],
    factors: paperFactors,
    cells: mlpCells,
  },
  figure5: {
    title: 'Figure 5: HR@K and NDCG@K, K = 1 … 10',
    show: 'curve',
    measures: ['hr', 'ndcg'],
    factors: [8],
    cells: (factors) =>
      factors.flatMap((width) =>
        models.map(({ row, settings }) => ({ row, column: String(width), settings: { ...settings, factors: width } })),
      ),
  },
  figure6: {
    title: 'Figure 6: training loss, HR@10 and NDCG@10 by epoch',
    show: 'epochs',
    measures: ['hr', 'ndcg'],
    factors: [8],
    cells: (factors) =>
      factors.flatMap((width) =>
        models
          .slice(1)
          .map(({ row, settings }) => ({ row, column: String(width), settings: { ...settings, factors: width } })),
      ),
  },
  figure7: {
    title: 'Figure 7: HR@10 and NDCG@10 by negatives a positive',
    show: 'table',
    measures: ['hr', 'ndcg'],
    factors: [16],
    cells: (factors) =>
      factors.flatMap((width) =>
        models.slice(1).flatMap(({ row, settings }) =>
          Array.from({ length: 10 }, (_, n) => ({
            row,
            column: String(n + 1),
            settings: { ...settings, factors: width, negatives: n + 1 },
          })),
        ),
      ),
  },
};
