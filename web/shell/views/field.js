/** One control made from a row of the settings table: label, input, help, and what is wrong with what was typed. */
import { modelHelp, settingHelp, settingLabel } from '../../parts/format.js';
import { words as barred } from '../../parts/words/fixed.js';
import { words } from '../words/settings.js';
import { h, setAttribute, setText, uniqueId } from '../../parts/dom.js';
import { createControl } from './controls.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/table.mjs').Setting} Setting */

/**
 * @param {Speech} speech
 * @param {Setting} setting
 * @param {(name: string, value: unknown) => void} change
 */
export function createField(speech, setting, change) {
  const id = uniqueId(setting.name);
  const isModel = setting.name === 'model';
  const error = h('p', { id: `${id}-error`, class: 'field-error', 'aria-live': 'polite' });
  const note = h('p', { id: `${id}-note`, class: 'field-note' });
  const name = settingLabel(speech, setting);
  const { help, more } = createHelp(speech, setting, `${id}-help`, name);
  const lock = h('p', { id: `${id}-fixed`, class: 'field-fixed' });
  const described = [error, isModel && note, lock, help].map((one) => one && one.id).filter(Boolean);
  const named = { id, 'aria-describedby': described.join(' ') };
  const control = createControl(speech, setting, named, (value) => change(setting.name, value));
  const node = h(
    'div',
    { class: `field ${isModel ? 'model' : setting.type}` },
    ...[h('label', { for: id }, name), more, h('div', { class: 'control' }, ...control.nodes), error],
    isModel && note,
    lock,
    help,
  );
  return {
    node,
    /**
     * @param {unknown} value
     * @param {string} message what is wrong with what was typed, or nothing
     * @param {boolean} shown
     * @param {boolean} fixed  by the instructor
     */
    update(value, message, shown, fixed) {
      node.hidden = !shown;
      node.classList.toggle('fixed', fixed);
      setText(lock, fixed ? speech.t(barred.this) : '');
      control.fix(fixed);
      setText(error, message);
      if (isModel) setText(note, modelHelp(speech, String(value)));
      control.update(value, message !== '');
    },
  };
}

/**
 * What a setting does, behind a small button.
 * @param {Speech} speech
 * @param {Setting} setting
 * @param {string} id
 * @param {string} name of the setting
 */
function createHelp(speech, setting, id, name) {
  const { t } = speech;
  const effect = t(setting.live ? words.live : words.rebuilds, { help: settingHelp(speech, setting) });
  const help = h('p', { id, class: 'field-help', hidden: true }, effect);
  const more = h('button', { type: 'button', class: 'help', 'aria-expanded': 'false', 'aria-controls': id });
  more.append(
    h('span', { 'aria-hidden': 'true' }, '?'),
    h('span', { class: 'hidden' }, t(words.help, { setting: name })),
  );
  more.addEventListener('click', () => {
    help.hidden = !help.hidden;
    setAttribute(more, 'aria-expanded', String(!help.hidden));
  });
  return { help, more };
}
