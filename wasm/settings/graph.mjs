// The network of a model as nodes and edges, for drawings and for those who look into it (core/trace.mjs): what the
// settings say, with nothing loaded.

import { isShared, modelRow, reads, tower } from './settings.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {'gmf' | 'mlp' | 'fusion' | 'bias' | 'output'} Part */
/**
 * A vector on an example's way. tensor: where an embedding's or a bias' values come from, or the weights that make a layer
 * or the output of what leads there; null where there is none, as for a product or a sum.
 * @typedef {{id: string, kind: 'embedding' | 'product' | 'layer' | 'bias' | 'output', width: number, part: Part, tensor: string | null}} GraphNode
 */
/**
 * tensor: the weights [to, from] on the edge, whose columns from `column` on belong to `from`; null: each number counts
 * once (biases, p · q, and p ∘ q inside the last layer with shared embeddings), or is multiplied (into a product).
 * @typedef {{from: string, to: string, tensor: string | null, column: number}} GraphEdge
 */
/** @typedef {{nodes: GraphNode[], edges: GraphEdge[]}} Graph */

/** Nodes from the embeddings to the output, edges in the order of their columns. */
class Builder {
  constructor() {
    /** @type {GraphNode[]} */
    this.nodes = [];
    /** @type {GraphEdge[]} */
    this.edges = [];
  }

  /**
   * @param {string} id
   * @param {GraphNode['kind']} kind
   * @param {number} width
   * @param {Part} part
   * @param {string | null} tensor
   */
  add(id, kind, width, part, tensor) {
    this.nodes.push({ id, kind, width, part, tensor });
    return id;
  }

  /**
   * Edges of the nodes, side by side, to one node.
   * @param {string[]} from
   * @param {string} to
   * @param {string | null} tensor
   */
  lead(from, to, tensor) {
    let column = 0;
    for (const id of from) {
      this.edges.push({ from: id, to, tensor, column: tensor ? column : 0 });
      column += this.nodes.find((node) => node.id === id)?.width ?? 0;
    }
  }

  /**
   * A stack of layers over what stands side by side; returns its last.
   * @param {'mlp' | 'fusion'} part
   * @param {string[]} from
   * @param {number[]} widths
   */
  stack(part, from, widths) {
    let below = from;
    widths.forEach((width, n) => {
      const id = `${part}.layers.${n}`;
      this.add(id, 'layer', width, part, `${id}.weight`);
      this.lead(below, id, `${id}.weight`);
      below = [id];
    });
    return below;
  }

  /**
   * The embeddings of users and films of a part.
   * @param {'gmf' | 'mlp'} part
   * @param {number} width
   * @param {(side: 'user' | 'item') => string} tensorOf
   */
  embeddings(part, width, tensorOf) {
    return /** @type {const} */ (['user', 'item']).map((side) =>
      this.add(`${part}.${side}`, 'embedding', width, part, tensorOf(side)),
    );
  }
}

/**
 * Where the MLP's input of a side comes from: without embeddings of their own, from those of their features.
 * @param {Settings} settings
 * @param {'user' | 'item'} side
 */
function inputOf({ side: known, ids }, side) {
  const alone = ids === 'off' && (known === 'both' || known === `${side}s`);
  return `mlp.${side}_${alone ? 'features' : 'embedding'}.weight`;
}

/**
 * The network of a model; null where there is none.
 * @param {Settings} settings  complete
 * @returns {Graph | null}
 */
export function networkGraph(settings) {
  const { model, factors } = settings;
  const { parts, dot = false, drawn } = modelRow(model);
  if (!drawn) return null;
  const shared = isShared(settings);
  const fusion = reads(model, 'fusionLayers') && settings.fusionLayers !== 'none' ? settings.fusionLayers : [];
  const graph = new Builder();
  /** @type {string[]} what stands side by side before the output, or before the fusion tower */
  let joint = [];
  /** @type {string[]} what is added up to the logit as it is */
  const added = [];
  let pair = /** @type {string[]} */ ([]);
  if (parts.includes('gmf')) {
    pair = graph.embeddings('gmf', factors, (side) => `gmf.${side}_embedding.weight`);
    const product = graph.add('gmf.product', 'product', factors, 'gmf', null);
    graph.lead(pair, product, null);
    if (dot) added.push(product);
    else if (!shared) joint.push(product);
  }
  if (parts.includes('mlp')) {
    const [concatenation, ...hidden] = tower(settings);
    if (!shared) pair = graph.embeddings('mlp', concatenation / 2, (side) => inputOf(settings, side));
    const top = graph.stack('mlp', pair, hidden);
    if (shared) graph.lead(['gmf.product'], top[0], null);
    joint.push(...top);
  }
  joint = graph.stack('fusion', joint, fusion);
  if (parts.includes('bias'))
    for (const side of ['user', 'item', 'global'])
      added.push(graph.add(`bias.${side}`, 'bias', 1, 'bias', `bias.${side}`));
  const weight = joint.length > 0 ? 'output.weight' : null;
  graph.add('output', 'output', 1, 'output', weight);
  graph.lead(joint, 'output', weight);
  graph.lead(added, 'output', null);
  return { nodes: graph.nodes, edges: graph.edges };
}
