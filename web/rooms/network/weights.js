/** Writes the weights of one layer: a row for each of its numbers, a column for each number that leads there. */
import { createHeatMap } from './heat_map.js';
import { headingOf, layersOf, weightText } from './weights_scene.js';
import { words } from './words.js';
import { h, setText, uniqueId, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** The layer whose weights are shown; known: null where they are too many, or not there yet. @typedef {{graph: Graph, id: string, known: import('./links.js').Weights | null}} Shown */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {(id: string) => void} onPick
 */
export function createWeights(speech, host, onPick) {
  const { t } = speech;
  const id = uniqueId('weights');
  const choice = h('select', { id, onchange: () => onPick(choice.value) });
  const title = h('h3', {});
  const how = h('p', { class: 'hint' });
  const label = h('label', { for: id }, t(words.weightsOf));
  host.append(h('div', { class: 'net-weights-head' }, title, label, h('div', { class: 'control' }, choice)), how);
  /** @type {Shown | null} */
  let shown = null;
  const map = createHeatMap(host, (cell) =>
    setText(said, shown ? weightText(speech, shown.graph, shown.known, cell) : ''),
  );
  const said = h('p', { class: 'net-readout', role: 'status' });
  host.append(said);
  const changed = watch();
  const listed = watch();

  return {
    /** @param {Shown | null} next  null: the network has none */
    update(next) {
      host.hidden = !next;
      if (!next || !changed(next.graph, next.id, next.known)) return;
      shown = next;
      const other = listed(next.graph, next.id);
      if (other) {
        const layers = layersOf(speech, next.graph);
        choice.replaceChildren(...layers.map((layer) => h('option', { value: layer.id }, layer.name)));
      }
      if (choice.value !== next.id) choice.value = next.id;
      const heading = headingOf(speech, next.graph, next.id, next.known);
      setText(title, heading.title);
      setText(how, heading.how);
      map.update(next.known, heading, other);
    },
    recolour: map.recolour,
    destroy() {
      map.close();
      host.replaceChildren();
    },
  };
}
