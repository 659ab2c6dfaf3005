// Why a film is recommended, where a model does not tell: the liked films that are nearest to it in the model's space.

/** @typedef {import('../core.mjs').Model} Model */

const tables = ['gmf.item_embedding.weight', 'mlp.item_embedding.weight'];

/**
 * Shares of the liked films in what speaks for `item`: their cosine similarity to it, over all embeddings of films that the
 * model has, those below zero counting as none; they add up to 1, or are all 0. A heuristic: the model scores by the
 * user's parameters, which the liked films have only shaped.
 * @param {Model} model
 * @param {number} item
 * @param {number[]} liked
 * @returns {number[]}
 */
export function why(model, item, liked) {
  const rows = model.tensors.filter(({ name }) => tables.includes(name));
  const similarity = liked.map(() => 0);
  for (const tensor of rows) {
    const vector = model.row(tensor, item);
    liked.forEach((each, n) => (similarity[n] += Math.max(0, cosine(vector, model.row(tensor, each)))));
  }
  const sum = similarity.reduce((total, value) => total + value, 0);
  return similarity.map((value) => (sum > 0 ? value / sum : 0));
}

/**
 * @param {Float32Array} a
 * @param {Float32Array} b
 */
function cosine(a, b) {
  const dot = (/** @type {Float32Array} */ x, /** @type {Float32Array} */ y) =>
    x.reduce((sum, value, n) => sum + value * y[n], 0);
  const length = Math.sqrt(dot(a, a) * dot(b, b));
  return length > 0 ? dot(a, b) / length : 0;
}
