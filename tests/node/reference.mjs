// GMF, MLP and NeuMF as the paper's formulas read (He et al. 2017, eq. 7 to 12), in double precision and with no thought
// of speed: one example at a time, gradients by hand, Adam over all parameters at every step, ranks by sorting. It was
// written from the paper, shares nothing with the core, and is what the core is measured against.

const activations = {
  relu: { of: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  tanh: { of: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  sigmoid: { of: sigmoid, slope: (z) => sigmoid(z) * (1 - sigmoid(z)) },
  identity: { of: (z) => z, slope: () => 1 },
};

function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}

/** The sum of f(k) for k below n. */
function sum(n, f) {
  let total = 0;
  for (let k = 0; k < n; k++) total += f(k);
  return total;
}

/** @typedef {{shape: number[], values: Float64Array}} Matrix  a vector has one length in its shape */

/** A matrix's element, and the place of it. */
const at = ({ shape, values }, row, column) => values[row * shape[1] + column];
const add = ({ shape, values }, row, column, x) => (values[row * shape[1] + column] += x);

export class Reference {
  /**
   * @param {{activation: string, embeddings: string, lr: number}} settings
   * @param {Record<string, {shape: number[], values: Iterable<number>}>} tensors  by the names of a weights file
   */
  constructor({ activation, embeddings, lr }, tensors) {
    this.activation = activations[activation];
    this.shared = embeddings === 'shared';
    this.lr = lr;
    this.steps = 0;
    const copy = (/** @type {(values: Iterable<number>) => Float64Array} */ make) =>
      Object.fromEntries(
        Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: make(values) }]),
      );
    /** @type {Record<string, Matrix>} */
    this.weights = copy((values) => Float64Array.from(values));
    const zeros = () => copy((values) => new Float64Array([...values].length));
    this.gradients = zeros();
    this.m = zeros();
    this.v = zeros();
    /** How far each parameter has moved, to and fro added up. */
    this.path = zeros();
    this.hidden = Object.keys(tensors).filter((name) => /^mlp\.layers\.\d+\.weight$/.test(name)).length;
    this.hasGmf = 'gmf.user_embedding.weight' in tensors;
    this.hasMlp = 'mlp.user_embedding.weight' in tensors || this.shared;
  }

  /** Names of the tables with the user's and the item's embedding of a part. */
  tables(part) {
    const of = this.shared ? 'gmf' : part;
    return [`${of}.user_embedding.weight`, `${of}.item_embedding.weight`];
  }

  /** The logit of a user for an item, and what it was made of. */
  forward(user, item) {
    const w = this.weights;
    const output = w['output.weight'];
    let logit = w['output.bias'].values[0];
    let product = [];
    if (this.hasGmf) {
      const [p, q] = this.tables('gmf').map((name) => w[name]);
      product = Array.from({ length: p.shape[1] }, (_, f) => at(p, user, f) * at(q, item, f));
      if (!this.shared) logit += sum(product.length, (f) => at(output, 0, f) * product[f]);
    }
    if (!this.hasMlp) return { logit, product, layers: [] };
    const [s, t] = this.tables('mlp').map((name) => w[name]);
    const width = s.shape[1];
    const first = Array.from({ length: 2 * width }, (_, d) => (d < width ? at(s, user, d) : at(t, item, d - width)));
    const layers = [{ z: first, x: first }];
    for (let l = 0; l < this.hidden; l++) {
      const weight = w[`mlp.layers.${l}.weight`];
      const bias = w[`mlp.layers.${l}.bias`].values;
      const { x } = layers[l];
      const meets = this.shared && l === this.hidden - 1;
      const z = Array.from(
        bias,
        (b, o) => b + sum(x.length, (i) => at(weight, o, i) * x[i]) + (meets ? product[o] : 0),
      );
      layers.push({ z, x: z.map(this.activation.of) });
    }
    const { x } = layers[this.hidden];
    const offset = output.shape[1] - x.length;
    logit += sum(x.length, (i) => at(output, 0, offset + i) * x[i]);
    return { logit, product, layers };
  }

  /** Adds to the gradients what one example contributes, d being the loss's derivative by its logit. */
  backward(user, item, d, { product, layers }) {
    const { weights: w, gradients: g } = this;
    const output = w['output.weight'];
    g['output.bias'].values[0] += d;
    /** The derivative by the products of the two embeddings. @type {number[]} */
    let dProduct = [];
    if (this.hasGmf && !this.shared) {
      product.forEach((x, f) => add(g['output.weight'], 0, f, d * x));
      dProduct = product.map((_, f) => d * at(output, 0, f));
    }
    if (this.hasMlp) {
      const top = layers[this.hidden].x;
      const offset = output.shape[1] - top.length;
      top.forEach((x, i) => add(g['output.weight'], 0, offset + i, d * x));
      let dx = top.map((_, i) => d * at(output, 0, offset + i));
      for (let l = this.hidden - 1; l >= 0; l--) {
        const weight = w[`mlp.layers.${l}.weight`];
        const { x } = layers[l];
        const dz = dx.map((each, o) => each * this.activation.slope(layers[l + 1].z[o]));
        if (this.shared && l === this.hidden - 1) dProduct = dz;
        dz.forEach((each, o) => {
          g[`mlp.layers.${l}.bias`].values[o] += each;
          x.forEach((value, i) => add(g[`mlp.layers.${l}.weight`], o, i, each * value));
        });
        dx = x.map((_, i) => sum(dz.length, (o) => dz[o] * at(weight, o, i)));
      }
      const [s, t] = this.tables('mlp').map((name) => g[name]);
      const width = s.shape[1];
      dx.forEach((each, n) => (n < width ? add(s, user, n, each) : add(t, item, n - width, each)));
    }
    if (this.hasGmf) {
      const [p, q] = this.tables('gmf');
      dProduct.forEach((each, f) => {
        add(g[p], user, f, each * at(w[q], item, f));
        add(g[q], item, f, each * at(w[p], user, f));
      });
    }
  }

  /** One step on a batch; its mean log loss before the step. */
  step({ users, items, labels }) {
    for (const { values } of Object.values(this.gradients)) values.fill(0);
    let loss = 0;
    users.forEach((user, b) => {
      const made = this.forward(user, items[b]);
      const p = sigmoid(made.logit);
      loss -= labels[b] === 1 ? Math.log(p) : Math.log1p(-p);
      this.backward(user, items[b], (p - labels[b]) / users.length, made);
    });
    this.adam();
    return loss / users.length;
  }

  adam() {
    this.steps++;
    const rate = (this.lr * Math.sqrt(1 - 0.999 ** this.steps)) / (1 - 0.9 ** this.steps);
    for (const [name, { values }] of Object.entries(this.weights)) {
      const [g, m, v, path] = [this.gradients, this.m, this.v, this.path].map((all) => all[name].values);
      for (let i = 0; i < values.length; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        const move = (rate * m[i]) / (Math.sqrt(v[i]) + 1e-8);
        values[i] -= move;
        path[i] += Math.abs(move);
      }
    }
  }

  /** Scores a user's held-out item and `others`; the place of the held-out one, 0 the best. */
  place(user, heldOut, others) {
    const score = (item) => this.forward(user, item).logit;
    const ranked = [heldOut, ...others].sort((a, b) => score(b) - score(a));
    return ranked.indexOf(heldOut);
  }
}

/**
 * HR@K, NDCG@K and MRR of places without ties.
 * @param {number[]} places
 * @param {number} k
 */
export function metricsOf(places, k) {
  const mean = (gain) => sum(places.length, (n) => gain(places[n])) / places.length;
  return {
    hr: mean((place) => (place < k ? 1 : 0)),
    ndcg: mean((place) => (place < k ? 1 / Math.log2(place + 2) : 0)),
    mrr: mean((place) => 1 / (place + 1)),
  };
}

/**
 * The largest difference between values of a model and others, and the largest as a share of the way these have gone.
 * @param {import('../../wasm/core.mjs').Model} model
 * @param {Record<string, {values: ArrayLike<number>}>} others
 * @param {Record<string, Matrix>} path
 */
export function distance(model, others, path) {
  let [largest, share] = [0, 0];
  for (const tensor of model.tensors)
    model.values(tensor).forEach((value, i) => {
      const difference = Math.abs(value - others[tensor.name].values[i]);
      largest = Math.max(largest, difference);
      if (path[tensor.name].values[i] > 0) share = Math.max(share, difference / path[tensor.name].values[i]);
    });
  return { largest, share };
}

/** The weights of a model by name. @param {import('../../wasm/core.mjs').Model} model */
export function tensorsOf(model) {
  return Object.fromEntries(
    model.tensors.map((tensor) => [tensor.name, { shape: tensor.shape, values: model.values(tensor) }]),
  );
}

/**
 * Trains for `count` batches; each batch with its mean loss.
 * @param {import('../../wasm/core.mjs').Trainer} trainer
 * @param {number} count
 */
export function* batchesOf(trainer, count) {
  for (let n = 0; n < count; n++) {
    const before = trainer.progress();
    trainer.run(1);
    const { epoch, done, loss } = trainer.progress();
    const same = before.epoch === epoch && before.done > 0;
    const all = loss * done - (same ? before.loss * before.done : 0);
    const batch = trainer.batch();
    yield { ...batch, loss: all / batch.users.length };
  }
}
