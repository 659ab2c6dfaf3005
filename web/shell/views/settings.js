/** The settings, made from the one table, grouped by what a change does: start over, or take effect while it learns. */
import { settings as table } from '../../../wasm/settings/table.mjs';
import { defaultOf, reads, tower } from '../../../wasm/settings/settings.mjs';
import { count, shortName } from '../../parts/format.js';
import { words } from '../words/settings.js';
import { h, setAttribute, setText, svg, watch } from '../../parts/dom.js';
import { createField } from './field.js';
import { createPresets } from './presets.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/table.mjs').Setting} Setting */

/** The groups behind “More settings”. @type {NonNullable<Setting['more']>[]} */
const GROUPS = ['network', 'features', 'training', 'data', 'evaluation'];

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{change: (name: string, value: unknown) => void, choosePreset: (value: string) => void}} actions
 * @param {string[] | undefined} names of the settings to show; all where absent
 * @param {boolean} open
 */
export function createSettings(speech, host, actions, names, open) {
  const { t } = speech;
  const shown = table.filter(({ name }) => !names || names.includes(name));
  const fields = new Map(shown.map((setting) => [setting.name, createField(speech, setting, actions.change)]));
  const picture = createTower();
  fields.get('layers')?.node.append(picture.node);
  const size = h('p', {});
  const hash = h('code', {}, '–');
  const hashed = h('p', { hidden: true }, t(words.hash), hash);
  const summary = h('span', { class: 'summary-note' });

  /**
   * @param {string} title
   * @param {string} note
   * @param {(setting: Setting) => boolean} belongs
   */
  const group = (title, note, belongs) =>
    h(
      'fieldset',
      {},
      h('legend', {}, title, note && h('span', { class: 'legend-note' }, note)),
      ...shown.filter(belongs).map(({ name }) => fields.get(name)?.node),
    );

  const behind = shown.filter(({ more }) => more);
  const departures = h('span', { class: 'departures' });
  const rest = h(
    'details',
    { class: 'fold more', hidden: behind.length === 0 },
    h('summary', {}, h('h3', {}, t(words.more)), departures),
    ...GROUPS.map((key) => group(t(words[key]), '', ({ more }) => more === key)),
  );

  // What is wrong with a setting must not go unseen. The press that leaves a field may be the one that closes what the
  // field stands in: an error that has come since then opens it again.
  /** @type {import('../state.js').State['fieldErrors'] | null} */
  let errors = null;
  /** @type {import('../state.js').State['fieldErrors'] | null} */
  let errorsWhenPressed = null;
  const showWrong = () => {
    if (behind.some(({ name }) => errors?.[name])) rest.open = true;
  };
  rest.firstElementChild?.addEventListener('pointerdown', () => (errorsWhenPressed = errors));
  rest.addEventListener('toggle', () => {
    if (errorsWhenPressed !== errors) showWrong();
    errorsWhenPressed = errors;
  });

  const presets = names ? null : createPresets(speech, actions);
  const model = group(t(words.model), t(words.startsOver), ({ live, more }) => !live && !more);
  if (presets) model.firstElementChild?.after(presets.node);

  host.append(
    h(
      'details',
      { class: 'fold', open },
      h('summary', {}, h('h2', {}, t(words.settings)), summary),
      model,
      h('div', { class: 'model-size' }, size, hashed),
      group(t(words.anyTime), t(words.atOnce), ({ live, more }) => live && !more),
      rest,
    ),
  );
  const changed = watch();
  const refused = watch();

  return {
    /** @param {import('../state.js').State} state */
    update({ settings, fieldErrors, model, epochs, selected }) {
      presets?.update(settings);
      const latest = selected ?? epochs.at(-1);
      if (!changed(settings, fieldErrors, model, latest)) return;
      const meant = (/** @type {Setting} */ { name }) => reads(settings.model, name);
      for (const setting of shown) {
        const { name } = setting;
        fields.get(name)?.update(settings[name], fieldErrors[name]?.(speech) ?? '', meant(setting));
      }
      const number = behind.filter((setting) => meant(setting) && !isDefault(setting, settings)).length;
      setText(departures, number > 0 ? t(words.changed, { n: number }) : '');
      errors = fieldErrors;
      if (refused(fieldErrors)) showWrong();
      picture.draw(tower(settings));
      setText(size, model ? t(words.parameters, { n: model.parameters }) : '');
      hashed.hidden = !model;
      setText(hash, latest?.hash ?? '–');
      setAttribute(hashed, 'title', t(words.hashMeans, { epoch: String(latest?.epoch ?? 0) }));
      const told = [
        shortName(speech, settings.model),
        reads(settings.model, 'factors') && t(words.factors, { n: settings.factors }),
        reads(settings.model, 'lr') && t(words.rate, { lr: String(settings.lr) }),
      ];
      setText(summary, told.filter(Boolean).join(' · '));
    },
    destroy: () => host.replaceChildren(),
  };
}

/**
 * @param {Setting} setting
 * @param {import('../../worker/protocol.js').Settings} settings
 */
const isDefault = (setting, settings) => String(settings[setting.name]) === String(defaultOf(setting, settings.model));

/** The tower of layers as bars whose length is their width, on a logarithmic scale. */
function createTower() {
  const bars = svg('svg', { class: 'tower-bars', 'aria-hidden': 'true' });
  const numbers = h('span', {});
  return {
    node: h('p', { class: 'tower' }, bars, numbers),
    /** @param {number[]} widths */
    draw(widths) {
      setText(numbers, widths.map(count).join(' → '));
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
