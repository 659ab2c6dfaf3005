/**
 * A run's row in the table of the race. It is laid out anew where it is narrow, hence the roles that a table's elements then
 * lose.
 */
import { focusedIn, h, setAttribute, setText, svg, watch } from '../../parts/dom.js';
import { swatch } from './looks.js';
import { columnsOf, rowScene } from './table_scene.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./race.js').Race} Race */
/** @typedef {import('./race.js').Runner} Runner */
/** @typedef {import('./table_scene.js').Best} Best */
/** @typedef {import('./table_scene.js').Tool} Tool */

/** Pictures of the buttons, 16 px a side. */
const ICONS = {
  hide: 'M1.5 8C3 5.2 5.3 3.8 8 3.8S13 5.2 14.5 8C13 10.8 10.7 12.2 8 12.2S3 10.8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM2.5 14 13.5 2',
  keep: 'M5 2h6M6 2v4.5L4 9h8l-2-2.5V2M8 9v5',
  refer: 'M3.5 14.5V2M3.5 2.5h9l-2 2.75 2 2.75h-9',
  stop: 'M4 4h8v8H4z',
  remove: 'm4 4 8 8m0-8-8 8',
};

/** @param {keyof typeof ICONS} name @param {() => void} onclick */
function iconButton(name, onclick) {
  const path = svg('path', { d: ICONS[name], fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 });
  const icon = svg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, path);
  return h('button', { type: 'button', class: `icon race-${name}`, onclick }, icon);
}

/** @param {HTMLButtonElement} button @param {Tool} tool */
function writeTool(button, { label, pressed, disabled }) {
  setAttribute(button, 'aria-label', label);
  setAttribute(button, 'title', label);
  setAttribute(button, 'aria-pressed', pressed === undefined ? null : String(pressed));
  setAttribute(button, 'disabled', disabled);
}

/** What can be done with a run. @param {Race} race @param {number} id */
function createTools(race, id) {
  const here = () => race.find(id);
  return {
    hide: iconButton('hide', () => race.hide(id, !here()?.hidden)),
    keep: iconButton('keep', () => race.keep(id, !here()?.kept)),
    refer: iconButton('refer', () => race.refer(id)),
    stop: iconButton('stop', () => race.stop(id)),
    remove: iconButton('remove', () => race.remove(id)),
  };
}

/** @param {number} id @param {Race} race */
function createName(id, race) {
  const name = h('input', {
    ...{ class: 'race-name', type: 'text', maxlength: 60, spellcheck: 'false', autocomplete: 'off' },
    onchange: () => {
      race.rename(id, name.value);
      name.value = race.find(id)?.name ?? '';
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && name.blur(),
  });
  return name;
}

/** @param {string} kind @param {string} [label] */
const cell = (kind, label) => h('td', { role: 'cell', class: kind, 'data-label': label });

/**
 * @param {Speech} speech
 * @param {number} id
 * @param {Race} race
 * @param {(id: number) => void} point  0: no run
 */
export function createRow(speech, id, race, point) {
  const name = createName(id, race);
  const mark = h('span', { class: 'race-mark' });
  const state = h('span', { class: 'race-state' });
  const fill = h('span', {});
  const bar = h('span', { class: 'race-bar', 'aria-hidden': 'true' }, fill);
  const numbers = columnsOf(speech).map(([kind, label]) => cell(kind, label));
  const difference = cell('difference');
  const tools = createTools(race, id);
  const head = h('th', { role: 'rowheader', scope: 'row' }, h('div', { class: 'race-title' }, mark, name), bar, state);
  const last = h('td', { role: 'cell', class: 'tools' }, h('div', {}, ...Object.values(tools)));
  const row = h(
    'tr',
    {
      role: 'row',
      onpointerenter: () => point(id),
      onpointerleave: () => point(0),
      onfocusin: () => point(id),
      onfocusout: () => point(0),
    },
    ...[head, ...numbers, difference, last],
  );
  const changed = watch();
  const painted = watch();

  /** @param {import('./table_scene.js').RowScene} scene */
  function write(scene) {
    if (painted(scene.look)) mark.replaceChildren(swatch(scene.look));
    if (focusedIn(name) !== name) name.value = scene.name;
    setText(state, scene.state);
    fill.style.transform = `scaleX(${scene.share})`;
    for (const [kind, holds] of Object.entries(scene.marks)) row.classList.toggle(kind, holds);
    scene.numbers.forEach(({ text, interval, best = false }, at) => {
      setText(numbers[at], text);
      if (interval) numbers[at].append(h('span', { class: 'interval' }, interval));
      numbers[at].classList.toggle('best', best);
    });
    const { label, verdict, hint, sure } = scene.difference;
    difference.replaceChildren(h('span', { class: 'finding' }, verdict), h('span', { class: 'hint' }, hint));
    setAttribute(difference, 'data-sure', sure || null);
    setAttribute(difference, 'data-label', label);
    for (const kind of /** @type {(keyof typeof tools)[]} */ (Object.keys(tools)))
      writeTool(tools[kind], scene.tools[kind]);
  }

  return {
    id,
    row,
    /** For whoever hears the table. @param {number} number its place */
    count: (number) => setAttribute(name, 'aria-label', speech.t(words.nameOf, { n: number })),
    /** @param {Runner} runner @param {Runner} reference @param {Best} best */
    update(runner, reference, best) {
      if (changed(runner, reference, reference.results, reference.name, best.hr, best.ndcg))
        write(rowScene(speech, runner, reference, best));
    },
  };
}
