/** Settings that papers found good, by name, above the settings themselves. */
import { presets } from '../../../wasm/settings/presets.mjs';
import { departsFrom } from '../../../wasm/settings/fixed.mjs';
import { presetHelp, presetLabel } from '../../parts/format.js';
import { words } from '../words/settings.js';
import { h, setAttribute, setText, uniqueId, watch } from '../../parts/dom.js';
import { presetSettings } from '../../parts/fixed.js';
import { words as barred } from '../../parts/words/fixed.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** @param {Speech} speech @param {{choosePreset: (value: string) => void}} actions */
export function createPresets(speech, actions) {
  const { t } = speech;
  const id = uniqueId('preset');
  const own = h('option', { value: '' }, t(words.ownSettings));
  const options = presets.map(({ value }) => h('option', { value }, presetLabel(speech, value)));
  const select = h('select', { id, 'aria-describedby': `${id}-note` }, own, ...options);
  select.addEventListener('change', () => select.value && actions.choosePreset(select.value));
  const note = h('p', { id: `${id}-note`, class: 'field-note' });
  const control = h('div', { class: 'control' }, select);
  const node = h('div', { class: 'field model' }, h('label', { for: id }, t(words.preset)), control, note);
  const locked = watch();
  return {
    node,
    /** @param {import('../state.js').State} state */
    update(state) {
      const { settings, fixed } = state;
      const fits = presets.find(({ settings: some }) => {
        const chosen = presetSettings(state, some);
        return JSON.stringify(chosen) === JSON.stringify(settings);
      });
      const value = fits?.value ?? '';
      if (select.value !== value) select.value = value;
      setAttribute(own, 'hidden', value !== '');
      setText(note, fits ? presetHelp(speech, value) : t(words.presetHelp));
      if (!locked(fixed)) return;
      presets.forEach(({ settings: some }, at) => {
        options[at].disabled = departsFrom(presetSettings(state, some), fixed).length > 0;
      });
      const none = options.every(({ disabled }) => disabled);
      setAttribute(select, 'aria-disabled', none ? 'true' : null);
      setAttribute(select, 'title', none ? t(barred.this) : null);
    },
  };
}
