// A model as ONNX (https://onnx.ai/onnx/repo-docs/IR.html), for whatever reads that. Inputs are `user` and `item`, int64 [n],
// rows of the model's tables; the output is `score`, float32 [n], what the model's score is (scores.mjs). The composition is
// read off the graph that the page draws (settings/graph.mjs); tensors keep the names that they have in a weights file. Pure:
// what a model has is described first (described.mjs), where the core is; this may be done elsewhere.

import { networkGraph } from '../settings/graph.mjs';
import { binary, bytesOf, fields, message, text, whole } from './protobuf.mjs';

/** @typedef {import('./described.mjs').Described} Described */
/** @typedef {import('../settings/graph.mjs').GraphNode} GraphNode */
/** @typedef {import('./protobuf.mjs').Message} Message */

/** Operators of 2019, which every runtime of today has; nothing here needs a later one. */
const OPSET = 11;
const IR_VERSION = 6;

/** Types of numbers, as ONNX numbers them. */
const FLOAT = 1;
const INT64 = 7;

const operators = { relu: 'Relu', tanh: 'Tanh', sigmoid: 'Sigmoid', identity: null };

/** A number or a list of numbers that an operator is told. @param {string} name @param {number | number[]} value */
const attribute = (name, value) =>
  Array.isArray(value)
    ? message(5, text(1, name), ...value.map((each) => whole(8, each)), whole(20, 7))
    : message(5, text(1, name), whole(3, value), whole(20, 2));

/**
 * An input or output of the graph, [n].
 * @param {number} field
 * @param {string} name
 * @param {number} type
 * @param {string} help
 */
const vector = (field, name, type, help) =>
  message(
    field,
    text(1, name),
    message(2, message(1, whole(1, type), message(2, message(1, text(2, 'n'))))),
    text(3, help),
  );

/** Writes the nodes in the order in which they are computed, and the tables that they need. */
class Writer {
  /** @param {Described} model */
  constructor(model) {
    this.model = model;
    this.graph = /** @type {NonNullable<ReturnType<typeof networkGraph>>} */ (networkGraph(model.settings));
    /** @type {Message[]} */
    this.nodes = [];
    /** By name, so that each is written once. @type {Map<string, Message>} */
    this.tables = new Map();
  }

  /**
   * One operator; its output has its own name.
   * @param {string} operator
   * @param {string[]} inputs
   * @param {string} output
   * @param {Record<string, number | number[]>} [told]
   */
  node(operator, inputs, output, told = {}) {
    this.nodes.push(
      message(
        1,
        ...inputs.map((name) => text(1, name)),
        text(2, output),
        text(3, output),
        text(4, operator),
        ...Object.entries(told).map(([name, value]) => attribute(name, value)),
      ),
    );
    return output;
  }

  /**
   * @param {string} name
   * @param {number[]} shape
   * @param {Float32Array | BigInt64Array} values
   */
  table(name, shape, values) {
    const type = values instanceof Float32Array ? FLOAT : INT64;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.tables.set(
      name,
      message(5, ...shape.map((length) => whole(1, length)), whole(2, type), text(8, name), binary(9, bytes)),
    );
    return name;
  }

  /** A tensor by its name. @param {string} name */
  find(name) {
    const tensor = this.model.tensors.find((each) => each.name === name);
    if (!tensor) throw new RangeError(`The model has no ${name}.`);
    return tensor;
  }

  /**
   * A tensor of the model.
   * @param {string} name
   * @param {number[]} [shape]  where it is to have another
   */
  tensor(name, shape) {
    const tensor = this.find(name);
    return this.tables.has(name) ? name : this.table(name, shape ?? tensor.shape, tensor.values);
  }

  /** What stands side by side. @param {string[]} names @param {string} whose */
  beside(names, whose) {
    return names.length === 1 ? names[0] : this.node('Concat', names, `${whose}.input`, { axis: 1 });
  }

  /** A sum. @param {string[]} names @param {string} whose */
  sum(names, whose) {
    return names.reduce((sum, name, n) => this.node('Add', [sum, name], `${whose}.sum.${n}`));
  }

  /** What leads to a node: through weights, or as it is. @param {string} id */
  into(id) {
    const edges = this.graph.edges.filter(({ to }) => to === id);
    const from = (/** @type {boolean} */ weighed) =>
      edges.filter(({ tensor }) => (tensor !== null) === weighed).map((edge) => edge.from);
    return { weighed: from(true), added: from(false) };
  }

  /**
   * W x + b of what leads to a node.
   * @param {string} id
   * @param {string[]} from
   * @param {string} weight
   */
  affine(id, from, weight) {
    const bias = weight.replace(/weight$/, 'bias');
    const inputs = [this.beside(from, id), this.tensor(weight), this.tensor(bias)];
    return this.node('Gemm', inputs, `${id}.affine`, { transB: 1 });
  }

  /** Rows of an embedding; where side information has a part in them, of what it comes to. @param {GraphNode} node */
  embedding({ id, part }) {
    const side = id.endsWith('.user') ? 'user' : 'item';
    const fed = `${part}.${side}_input`;
    const known = this.model.tensors.some(({ name }) => name === fed);
    this.node('Gather', [this.tensor(known ? fed : `${part}.${side}_embedding.weight`), side], id, { axis: 0 });
  }

  /** @param {GraphNode} node */
  layer({ id, tensor }) {
    const { weighed, added } = this.into(id);
    const affine = this.affine(id, weighed, /** @type {string} */ (tensor));
    const sum = this.sum([affine, ...added], id);
    this.node(operators[this.model.settings.activation] ?? 'Identity', [sum], id);
  }

  /** @param {string} id */
  bias(id) {
    const side = id.replace('bias.', '');
    if (side === 'global') return void this.node('Identity', [this.tensor('bias.global', [1, 1])], 'bias.all');
    this.node('Gather', [this.tensor(id, [...this.find(id).shape, 1]), side], `${id}.row`, { axis: 0 });
  }

  /** The logit, [n, 1]. @param {GraphNode} node */
  output({ id, tensor }) {
    const { weighed, added } = this.into(id);
    const terms = added.map((from) => {
      if (from === 'bias.global') return 'bias.all';
      if (from.startsWith('bias.')) return `${from}.row`;
      return this.node('ReduceSum', [from], `${from}.dot`, { axes: [1], keepdims: 1 });
    });
    if (tensor) terms.unshift(this.affine(id, weighed, tensor));
    return this.sum(terms, id);
  }

  /** The score, [n]. */
  score() {
    let logit = '';
    for (const node of this.graph.nodes) {
      if (node.kind === 'embedding') this.embedding(node);
      else if (node.kind === 'product') this.node('Mul', this.into(node.id).added, node.id);
      else if (node.kind === 'layer') this.layer(node);
      else if (node.kind === 'bias') this.bias(node.id);
      else logit = this.output(node);
    }
    const shape = this.table('shape', [1], BigInt64Array.of(-1n));
    return this.node('Reshape', [this.scaled(logit), shape], 'score');
  }

  /** A rating on the data's scale where the settings want one. @param {string} logit */
  scaled(logit) {
    if (!this.model.scale) return logit;
    const { lowest, highest } = this.model.scale;
    const number = (/** @type {string} */ name, /** @type {number} */ value) =>
      this.table(name, [1, 1], Float32Array.of(value));
    const share = this.node('Sigmoid', [logit], 'output.share');
    const scaled = this.node('Mul', [share, number('rating.range', highest - lowest)], 'output.scaled');
    return this.node('Add', [scaled, number('rating.lowest', lowest)], 'output.rating');
  }
}

/** @param {Described} model @returns {Uint8Array<ArrayBuffer>} */
export function encodeOnnx(model) {
  const { about, users, items, settings } = model;
  const writer = new Writer(model);
  writer.score();
  const graph = message(
    7,
    ...writer.nodes,
    text(2, settings.model),
    ...writer.tables.values(),
    vector(11, 'user', INT64, `rows of users.csv, 0 to ${users.length - 1}`),
    vector(11, 'item', INT64, `rows of items.csv, 0 to ${items.length - 1}`),
    vector(12, 'score', FLOAT, about.score),
  );
  const props = Object.entries(about).map(([key, value]) =>
    message(14, text(1, key), text(2, typeof value === 'string' ? value : JSON.stringify(value))),
  );
  return bytesOf(
    fields(
      whole(1, IR_VERSION),
      text(2, 'ncf-lab'),
      text(6, about.score),
      graph,
      message(8, text(1, ''), whole(2, OPSET)),
      ...props,
    ),
  );
}
