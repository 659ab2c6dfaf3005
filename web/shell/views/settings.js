/** The settings, made from the one table, grouped by what a change does: start over, or take effect while it learns. */
import { settings as table } from '../../../wasm/settings/table.mjs';
import { reads, tower } from '../../../wasm/settings/settings.mjs';
import { isFixed } from '../../parts/fixed.js';
import { words } from '../words/settings.js';
import { h, setAttribute, setText, watch } from '../../parts/dom.js';
import { createField } from './field.js';
import { createMore } from './more_settings.js';
import { createPresets } from './presets.js';
import { summaryOf } from './settings_scene.js';
import { createTower } from './tower.js';

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
  const rest = createMore(
    speech,
    behind,
    GROUPS.map((key) => group(t(words[key]), '', ({ more }) => more === key)),
  );

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
      rest.node,
    ),
  );
  const changed = watch();

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { settings, fieldErrors, model, epochs, selected } = state;
      presets?.update(state);
      const latest = selected ?? epochs.at(-1);
      if (!changed(settings, fieldErrors, model, latest)) return;
      for (const [name, field] of fields)
        field.update(
          settings[name],
          fieldErrors[name]?.(speech) ?? '',
          reads(settings.model, name),
          isFixed(state, name),
        );
      rest.update(state);
      picture.draw(tower(settings));
      setText(size, model ? t(words.parameters, { n: model.parameters }) : '');
      hashed.hidden = !model;
      setText(hash, latest?.hash ?? '–');
      setAttribute(hashed, 'title', t(words.hashMeans, { epoch: String(latest?.epoch ?? 0) }));
      setText(summary, summaryOf(speech, settings));
    },
    destroy: () => host.replaceChildren(),
  };
}
