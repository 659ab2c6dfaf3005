/** One control made from a row of the settings table: label, input, help, and what is wrong with what was typed. */
import { models } from '../../../wasm/settings/models.mjs';
import { choiceLabel, modelHelp, modelName, settingHelp, settingLabel, settingText } from '../../parts/format.js';
import { words } from '../words/settings.js';
import { h, setAttribute, setText, uniqueId } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/table.mjs').Setting} Setting */

/** What models are for. */
const TASKS = /** @type {const} */ (['ranking', 'rating']);

/**
 * @param {Speech} speech
 * @param {Setting} setting
 * @param {(name: string, value: unknown) => void} change
 */
export function createField(speech, setting, change) {
  const { t } = speech;
  const id = uniqueId(setting.name);
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const noteId = `${id}-note`;
  const isModel = setting.name === 'model';
  const described = isModel ? `${errorId} ${noteId} ${helpId}` : `${errorId} ${helpId}`;
  /** @type {unknown} */
  let current;
  let editing = false;

  const commit = () => {
    editing = false;
    change(setting.name, setting.type === 'choice' ? control.value : parse(setting, control.value));
  };
  const control = setting.type === 'choice' ? select() : input();
  const step = stepper();
  const error = h('p', { id: errorId, class: 'field-error', 'aria-live': 'polite' });
  const effect = t(setting.live ? words.live : words.rebuilds, { help: settingHelp(speech, setting) });
  const help = h('p', { id: helpId, class: 'field-help', hidden: true }, effect);
  const more = h('button', { type: 'button', class: 'help', 'aria-expanded': 'false', 'aria-controls': helpId });
  const name = settingLabel(speech, setting);
  const helpOn = t(words.help, { setting: name });
  more.append(h('span', { 'aria-hidden': 'true' }, '?'), h('span', { class: 'hidden' }, helpOn));
  more.addEventListener('click', () => {
    help.hidden = !help.hidden;
    setAttribute(more, 'aria-expanded', String(!help.hidden));
  });
  const label = h('label', { for: id }, name);
  const note = h('p', { id: noteId, class: 'field-note' });
  const node = h(
    'div',
    { class: `field ${isModel ? 'model' : setting.type}` },
    ...[label, more, h('div', { class: 'control' }), error],
    isModel && note,
    help,
  );
  const box = /** @type {HTMLElement} */ (node.querySelector('.control'));
  box.append(...(step ? [step[0], control, step[1]] : [control]));

  function select() {
    const option = (/** @type {string} */ value, /** @type {string} */ text) => h('option', { value }, text);
    const groups = TASKS.map((task) => {
      const fitting = models.filter((model) => model.task === task);
      return h(
        'optgroup',
        { label: t(words[task]) },
        ...fitting.map(({ value }) => option(value, modelName(speech, value))),
      );
    });
    const choices = isModel
      ? groups
      : (setting.choices ?? []).map((choice) => option(choice.value, choiceLabel(speech, setting, choice)));
    return h('select', { id, 'aria-describedby': described, onchange: commit }, ...choices);
  }

  function input() {
    const ranged = setting.min !== undefined && setting.max !== undefined;
    return h('input', {
      ...{ id, type: 'text', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': described },
      ...(ranged && { role: 'spinbutton', 'aria-valuemin': setting.min, 'aria-valuemax': setting.max }),
      inputmode: setting.type === 'integer' ? 'numeric' : setting.type === 'number' ? 'decimal' : 'text',
      oninput: () => (editing = true),
      onchange: commit,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (ranged && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
          event.preventDefault();
          move(event.key === 'ArrowUp' ? 1 : -1);
        } else if (event.key === 'Escape' && editing) {
          editing = false;
          control.value = settingText(current);
        }
      },
    });
  }

  /** Small buttons for a pointer; the keyboard has the arrow keys, so they are no stops of their own. */
  function stepper() {
    if (setting.type !== 'integer' && setting.type !== 'number') return null;
    const make = (/** @type {1 | -1} */ way, /** @type {string} */ sign) =>
      h(
        'button',
        { type: 'button', class: 'nudge', tabindex: -1, 'aria-hidden': 'true', onclick: () => move(way) },
        sign,
      );
    return [make(-1, '−'), make(1, '+')];
  }

  /** @param {1 | -1} way */
  function move(way) {
    const typed = parse(setting, control.value);
    const from = typeof typed === 'number' && !error.textContent ? typed : Number(current);
    const { min = -Infinity, max = Infinity } = setting;
    const next = Math.min(max, Math.max(min, neighbour(setting, from, way)));
    // Written at once, so that keys that come quicker than frames each count.
    control.value = settingText(next);
    editing = false;
    change(setting.name, next);
  }

  return {
    node,
    /**
     * @param {unknown} value
     * @param {string} message what is wrong with what was typed, or nothing
     * @param {boolean} shown
     */
    update(value, message, shown) {
      current = value;
      node.hidden = !shown;
      setText(error, message);
      if (isModel) setText(note, modelHelp(speech, String(value)));
      setAttribute(control, 'aria-invalid', message ? 'true' : null);
      if (control.getAttribute('role') === 'spinbutton') setAttribute(control, 'aria-valuenow', value);
      const text = settingText(value);
      if (!message && !editing && control.value !== text) control.value = text;
    },
  };
}

/**
 * @param {Setting} setting
 * @param {string} text
 * @returns {unknown} the text itself where it means nothing: the check then says what it should be
 */
function parse(setting, text) {
  const typed = text.trim();
  if (setting.type !== 'layers' && setting.type !== 'fusion')
    return typed === '' || Number.isNaN(Number(typed)) ? typed : Number(typed);
  // Arrows may stand between the widths, as the page itself writes them; the rest is the check's to judge.
  return typed.toLowerCase().replaceAll(/->|→/g, ',');
}

/**
 * The next value up or down: powers of two for whole numbers on a logarithmic scale, 1, 2, 5, 10 for others.
 * @param {Setting} setting
 * @param {number} from
 * @param {1 | -1} way
 */
function neighbour(setting, from, way) {
  // Rounded, since 0.2 + 0.1 is not 0.3 to a computer.
  if (setting.scale !== 'log') return Number((from + way * (setting.step ?? 1)).toFixed(9));
  if (setting.type === 'integer') {
    return way > 0 ? 2 ** Math.floor(Math.log2(from) + 1) : 2 ** Math.ceil(Math.log2(from) - 1);
  }
  const places = Math.floor(Math.log10(from) + 1e-9);
  const ladder = [0.5, 1, 2, 5, 10, 20].map((rung) => Number(`${rung}e${places}`));
  const slack = 1 + 1e-9;
  return (
    (way > 0 ? ladder.find((rung) => rung > from * slack) : ladder.findLast((rung) => rung < from / slack)) ?? from
  );
}
