/** What the parts of the network are called. */
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */

/**
 * @param {Speech} speech
 * @param {Graph} graph
 * @param {string} id of a node
 */
export function nameOf(speech, { nodes }, id) {
  const { t } = speech;
  const [part, kind, n] = id.split('.');
  const two = nodes.filter((node) => node.kind === 'embedding').length > 2;
  if (id === 'output') return t(words.output);
  if (kind === 'layers') return t(part === 'mlp' ? words.layer : words.fusionLayer, { n: Number(n) + 1 });
  if (kind === 'product') return t(words.product);
  if (part === 'bias')
    return t({ user: words.biasUser, item: words.biasItem, global: words.biasGlobal }[kind] ?? words.biasGlobal);
  const user = kind === 'user';
  if (!two) return t(user ? words.bothUser : words.bothItem);
  if (part === 'gmf') return t(user ? words.gmfUser : words.gmfItem);
  return t(user ? words.mlpUser : words.mlpItem);
}
