/** What a setting is chosen or typed in. */
import { models } from '../../../wasm/settings/models.mjs';
import { choiceLabel, modelName, settingText } from '../../parts/format.js';
import { h, setAttribute } from '../../parts/dom.js';
import { words } from '../words/settings.js';
import { isRanged, parse, stepped } from './typed.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/table.mjs').Setting} Setting */
/** nodes: in their order; update: with the value that holds, and whether what stands there was refused; fix: it can be read and not changed. @typedef {{nodes: Node[], update: (value: unknown, wrong: boolean) => void, fix: (fixed: boolean) => void}} Control */

/** What models are for. */
const TASKS = /** @type {const} */ (['ranking', 'rating']);

/**
 * @param {Speech} speech
 * @param {Setting} setting
 * @param {{id: string, 'aria-describedby': string}} named
 * @param {(value: unknown) => void} change
 * @returns {Control}
 */
export function createControl(speech, setting, named, change) {
  return setting.type === 'choice' ? createChoice(speech, setting, named, change) : createTyped(setting, named, change);
}

/** @type {typeof createControl} */
function createChoice(speech, setting, named, change) {
  const option = (/** @type {string} */ value, /** @type {string} */ text) => h('option', { value }, text);
  const groups = () =>
    TASKS.map((task) => {
      const fitting = models.filter((model) => model.task === task);
      const options = fitting.map(({ value }) => option(value, modelName(speech, value)));
      return h('optgroup', { label: speech.t(words[task]) }, ...options);
    });
  const choices = () =>
    (setting.choices ?? []).map((choice) => option(choice.value, choiceLabel(speech, setting, choice)));
  const select = h('select', named, ...(setting.name === 'model' ? groups() : choices()));
  select.addEventListener('change', () => change(select.value));
  return {
    nodes: [select],
    update: (value, wrong) => write(select, value, wrong, false),
    fix(fixed) {
      setAttribute(select, 'aria-disabled', fixed ? 'true' : null);
      for (const one of select.options) one.disabled = fixed && !one.selected;
    },
  };
}

/**
 * @param {Setting} setting
 * @param {{id: string, 'aria-describedby': string}} named
 * @param {(value: unknown) => void} change
 * @returns {Control}
 */
function createTyped(setting, named, change) {
  /** @type {unknown} */
  let current;
  let refused = false;
  let editing = false;
  const ranged = isRanged(setting);
  const input = h('input', {
    ...{ type: 'text', autocomplete: 'off', spellcheck: 'false', ...named },
    ...(ranged && { role: 'spinbutton', 'aria-valuemin': setting.min, 'aria-valuemax': setting.max }),
    inputmode: setting.type === 'integer' ? 'numeric' : setting.type === 'number' ? 'decimal' : 'text',
    oninput: () => (editing = true),
    onchange: () => take(parse(setting, input.value)),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (ranged && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault();
        step(event.key === 'ArrowUp' ? 1 : -1);
      } else if (event.key === 'Escape' && editing) {
        editing = false;
        input.value = settingText(current);
      }
    },
  });

  /** @param {unknown} value */
  function take(value) {
    editing = false;
    change(value);
  }

  /** @param {1 | -1} way */
  function step(way) {
    if (input.readOnly) return;
    const next = stepped(setting, input.value, current, refused, way);
    // Written at once, so that keys that come quicker than frames each count.
    input.value = settingText(next);
    take(next);
  }

  /** Small buttons for a pointer; the keyboard has the arrow keys, so they are no stops of their own. */
  const nudge = (/** @type {1 | -1} */ way, /** @type {string} */ sign) =>
    h(
      'button',
      { type: 'button', class: 'nudge', tabindex: -1, 'aria-hidden': 'true', onclick: () => step(way) },
      sign,
    );
  const isNumber = setting.type === 'integer' || setting.type === 'number';
  const nudges = isNumber ? [nudge(-1, '−'), nudge(1, '+')] : [];
  return {
    nodes: nudges.length > 0 ? [nudges[0], input, nudges[1]] : [input],
    update(value, wrong) {
      current = value;
      refused = wrong;
      if (ranged) setAttribute(input, 'aria-valuenow', value);
      write(input, value, wrong, editing);
    },
    fix(fixed) {
      input.readOnly = fixed;
      for (const one of nudges) one.hidden = fixed;
    },
  };
}

/**
 * The value that holds, except in the place of what somebody types or what was refused.
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {unknown} value
 * @param {boolean} wrong
 * @param {boolean} editing
 */
function write(control, value, wrong, editing) {
  setAttribute(control, 'aria-invalid', wrong ? 'true' : null);
  const text = settingText(value);
  if (!wrong && !editing && control.value !== text) control.value = text;
}
