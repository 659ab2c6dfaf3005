/** The settings, made from the one table, grouped by what a change does: start over, or take effect while it learns. */
import { settings as table, tower } from '../../wasm/core.mjs';
import { count, plural } from '../format.js';
import { h, setAttribute, setText, svg, watch } from './dom.js';
import { createField } from './field.js';

/** @typedef {import('./field.js').Setting} Setting */

/**
 * @param {HTMLElement} host
 * @param {{change: (name: string, value: unknown) => void}} actions
 * @param {string[]} names of the settings to show
 * @param {boolean} open
 */
export function createSettings(host, actions, names, open) {
  const shown = /** @type {Setting[]} */ (table).filter(({ name }) => names.includes(name));
  const fields = new Map(shown.map((setting) => [setting.name, createField(setting, actions.change)]));
  const picture = createTower();
  fields.get('layers')?.node.append(picture.node);
  const size = h('p', {});
  const hash = h('code', {}, '–');
  const hashed = h('p', { hidden: true }, 'Weights hash ', hash);
  const summary = h('span', { class: 'summary-note' });

  /**
   * @param {boolean} live
   * @param {string} title
   * @param {string} note
   */
  const group = (live, title, note) =>
    h(
      'fieldset',
      {},
      h('legend', {}, title, h('span', { class: 'legend-note' }, note)),
      ...shown.filter((setting) => setting.live === live).map(({ name }) => fields.get(name)?.node),
    );

  host.append(
    h(
      'details',
      { class: 'fold', open },
      h('summary', {}, h('h2', {}, 'Settings'), summary),
      group(false, 'Model', 'a change starts over'),
      h('div', { class: 'model-size' }, size, hashed),
      group(true, 'Any time', 'takes effect at once'),
    ),
  );
  const changed = watch();

  return {
    /** @param {import('../state.js').State} state */
    update({ settings, fieldErrors, model, epochs }) {
      const latest = epochs.at(-1);
      if (!changed(settings, fieldErrors, model, latest)) return;
      for (const setting of shown) {
        const { name, models } = setting;
        const meant = !models || models.includes(settings.model);
        fields.get(name)?.update(settings[name], fieldErrors[name] ?? '', meant);
      }
      picture.draw(tower(/** @type {any} */ (settings)));
      setText(size, model ? `${plural(model.parameters, 'parameter')}` : '');
      hashed.hidden = !model;
      setText(hash, latest?.hash ?? '–');
      const told = 'The same settings and seed give the same hash on every machine, to the last bit of the weights.';
      setAttribute(hashed, 'title', `After epoch ${latest?.epoch ?? 0}. ${told}`);
      const chosen = table.find(({ name }) => name === 'model')?.choices?.find(({ value }) => value === settings.model);
      setText(summary, [chosen?.label, plural(settings.factors, 'factor'), `rate ${settings.lr}`].join(' · '));
    },
    destroy: () => host.replaceChildren(),
  };
}

/** The tower of layers as bars whose length is their width, on a logarithmic scale. */
function createTower() {
  const bars = svg('svg', { class: 'tower-bars', 'aria-hidden': 'true' });
  const words = h('span', {});
  return {
    node: h('p', { class: 'tower' }, bars, words),
    /** @param {number[]} widths */
    draw(widths) {
      setText(words, widths.map(count).join(' → '));
      const most = Math.log2(Math.max(...widths) + 1);
      setAttribute(bars, 'viewBox', `0 0 64 ${widths.length * 4 - 1}`);
      setAttribute(bars, 'height', Math.min(36, widths.length * 5));
      bars.replaceChildren(
        ...widths.map((width, at) => {
          const long = 4 + (60 * Math.log2(width + 1)) / most;
          return svg('rect', { x: 32 - long / 2, y: at * 4, width: long, height: 3, rx: 1, fill: 'currentColor' });
        }),
      );
    },
  };
}
