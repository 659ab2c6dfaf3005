/**
 * The runs of a race, a row each: how far it is, what it has come to, and whether that differs from the reference's more
 * than chance makes it. A row is laid out anew where it is narrow, hence the roles that a table's elements then lose.
 */
import { count, metric, shortName, signed, speed } from '../../parts/format.js';
import { compareResults, epochOf, epochsOf, isActive, secondsBy, standing } from './race.js';
import { shownMetrics } from '../../parts/readings.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { focusedIn, h, setAttribute, setText, svg, watch } from '../../parts/dom.js';
import { swatch } from './looks.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./race.js').Runner} Runner */
/** @typedef {import('./race.js').Race} Race */
/** @typedef {import('../../../wasm/lab/compare.mjs').UserTests} UserTests */

const SIGNIFICANT = 0.05;

/** By runner's results, then by the reference's. @type {WeakMap<object, WeakMap<object, UserTests | null>>} */
const compared = new WeakMap();

/**
 * @param {Runner} runner
 * @param {Runner} reference
 * @returns {UserTests | null}
 */
export function testsOf({ results: a }, { results: b }) {
  if (!a || !b) return null;
  const known = compared.get(a) ?? new WeakMap();
  compared.set(a, known);
  if (!known.has(b)) known.set(b, compareResults(a, b));
  return known.get(b) ?? null;
}

/** @param {number} p */
export const chance = (p) => (p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`);

/**
 * What is said of a run beside the reference.
 * @param {Speech} speech
 * @param {Runner} runner
 * @param {Runner} reference
 * @returns {{verdict: string, numbers: string, sure: -1 | 0 | 1}}  sure: which way, where it is not chance
 */
function against(speech, runner, reference) {
  const { t } = speech;
  if (runner === reference) return { verdict: t(words.reference), numbers: '', sure: 0 };
  if (!runner.results || !reference.results) return { verdict: '–', numbers: '', sure: 0 };
  const tests = testsOf(runner, reference);
  if (!tests) return { verdict: t(words.unlike), numbers: '', sure: 0 };
  const { mean, p } = tests.t;
  if (tests.wilcoxon.n === 0) return { verdict: t(words.identical), numbers: '', sure: 0 };
  const told = { difference: signed(mean), p: chance(p) };
  if (p < SIGNIFICANT) return { verdict: t(words.better, told), numbers: '', sure: mean > 0 ? 1 : -1 };
  return { verdict: t(words.same), numbers: t(words.sameNumbers, told), sure: 0 };
}

/** How far a run is, in words. @param {Speech} speech @param {Runner} runner */
function stateOf(speech, runner) {
  const { t } = speech;
  const { phase, pretraining, selected, message, once, settings } = runner;
  const done = epochOf(runner);
  const of = epochsOf(runner);
  const under = { epoch: Math.min(done + 1, of), of };
  if (phase === 'failed') return t(words.failed, { message });
  if (phase === 'waiting' || phase === 'opening' || phase === 'diverged') return t(words[phase]);
  if (phase === 'finished') {
    if (done === 0) return t(words.nothing);
    if (once) return t(words.solved);
    return selected ? t(words.selected, { epoch: selected.epoch, of: done }) : t(words.finished, { epoch: done });
  }
  if (phase === 'paused') return t(words.paused, under);
  if (pretraining) {
    const { model, epoch } = pretraining;
    return t(words.pretrainingOf, { model: shortName(speech, model), epoch, of: settings.pretrain });
  }
  return once ? t(words.solving) : t(words.training, under);
}

/** How much of a run is done, from 0 to 1; pretraining fills the bar once for itself. @param {Runner} runner */
function shareOf(runner) {
  const { pretraining, share, phase } = runner;
  if (phase === 'finished') return 1;
  if (!pretraining) return Math.min(1, (epochOf(runner) + share) / epochsOf(runner));
  const { model, epoch, epochs, batch, batches } = pretraining;
  return ((model === 'mlp' ? 1 : 0) + (epoch - 1 + batch / batches) / epochs) / 2;
}

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

/**
 * @param {Speech} speech
 * @param {number} id
 * @param {number} number   its place, for whoever hears the table
 * @param {Race} race
 * @param {(id: number) => void} point  0: no run
 */
function createRow(speech, id, number, race, point) {
  const { t } = speech;
  const here = () => race.find(id);
  const name = h('input', {
    ...{ class: 'race-name', type: 'text', maxlength: 60, spellcheck: 'false', autocomplete: 'off' },
    'aria-label': t(words.nameOf, { n: number }),
    onchange: () => {
      race.rename(id, name.value);
      name.value = here()?.name ?? '';
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && name.blur(),
  });
  const mark = h('span', { class: 'race-mark' });
  const phase = h('span', { class: 'race-state' });
  const fill = h('span', {});
  const bar = h('span', { class: 'race-bar', 'aria-hidden': 'true' }, fill);
  const cell = (/** @type {string} */ kind, /** @type {string} */ label) =>
    h('td', { role: 'cell', class: kind, 'data-label': label });
  const hr = cell('hr', 'HR@10');
  const ndcg = cell('ndcg', 'NDCG@10');
  const time = cell('time', t(words.time));
  const pace = cell('pace', t(words.speed));
  const size = cell('size', t(words.parameters));
  const difference = cell('difference', '');
  const buttons = {
    hide: iconButton('hide', () => race.hide(id, !here()?.hidden)),
    keep: iconButton('keep', () => race.keep(id, !here()?.kept)),
    refer: iconButton('refer', () => race.refer(id)),
    stop: iconButton('stop', () => race.stop(id)),
    remove: iconButton('remove', () => race.remove(id)),
  };
  const head = h('th', { role: 'rowheader', scope: 'row' }, h('div', { class: 'race-title' }, mark, name), bar, phase);
  const tools = h('td', { role: 'cell', class: 'tools' }, h('div', {}, ...Object.values(buttons)));
  const row = h(
    'tr',
    {
      role: 'row',
      onpointerenter: () => point(id),
      onpointerleave: () => point(0),
      onfocusin: () => point(id),
      onfocusout: () => point(0),
    },
    ...[head, hr, ndcg, time, pace, size, difference, tools],
  );
  const changed = watch();
  const painted = watch();

  /** @param {Runner} runner */
  function writeName(runner) {
    if (focusedIn(name) !== name) name.value = runner.name;
    for (const [kind, button] of Object.entries(buttons)) {
      const label = t(words[/** @type {keyof typeof buttons} */ (kind)], { name: runner.name });
      setAttribute(button, 'aria-label', label);
      setAttribute(button, 'title', label);
    }
  }

  /** @param {Runner} runner @param {{hr: number, ndcg: number}} best */
  function writeNumbers(runner, best) {
    const final = standing(runner);
    const shown = shownMetrics(final);
    const errors = final?.metrics.errors;
    const half = shown?.hrHalfWidth;
    hr.replaceChildren(shown ? metric(shown.hr) : errors ? `RMSE ${metric(errors.rmse)}` : '–');
    if (half != null) hr.append(h('span', { class: 'interval' }, ` ± ${metric(half)}`));
    if (errors) hr.append(h('span', { class: 'interval' }, ` ± ${metric(errors.rmseHalfWidth)}`));
    setText(ndcg, shown ? metric(shown.ndcg) : '–');
    hr.classList.toggle('best', shown?.hr === best.hr);
    ndcg.classList.toggle('best', shown?.ndcg === best.ndcg);
    const seconds = secondsBy(runner).at(-1) ?? runner.pretrainSeconds;
    setText(time, seconds > 0 ? t(words.seconds, { value: seconds.toFixed(1) }) : '–');
    setText(pace, runner.once ? '–' : speed(speech, runner.samplesPerSecond));
    setText(size, runner.parameters ? count(runner.parameters) : '–');
  }

  return {
    id,
    row,
    /**
     * @param {Runner} runner
     * @param {Runner} reference
     * @param {{hr: number, ndcg: number}} best  of all that show
     */
    update(runner, reference, best) {
      if (!changed(runner, reference, reference.results, reference.name, best.hr, best.ndcg)) return;
      if (painted(runner.look)) mark.replaceChildren(swatch(runner.look));
      writeName(runner);
      setText(phase, stateOf(speech, runner));
      fill.style.transform = `scaleX(${shareOf(runner)})`;
      row.classList.toggle('ended', !isActive(runner) && runner.phase !== 'waiting');
      row.classList.toggle('troubled', runner.phase === 'failed' || runner.phase === 'diverged');
      row.classList.toggle('put-away', runner.hidden);
      writeNumbers(runner, best);
      const { verdict, numbers, sure } = against(speech, runner, reference);
      difference.replaceChildren(h('span', { class: 'finding' }, verdict), h('span', { class: 'hint' }, numbers));
      setAttribute(difference, 'data-sure', sure || null);
      setAttribute(difference, 'data-label', t(words.difference, { name: reference.name }));
      setAttribute(buttons.hide, 'aria-pressed', String(runner.hidden));
      setAttribute(buttons.keep, 'aria-pressed', String(runner.kept));
      setAttribute(buttons.refer, 'aria-pressed', String(runner === reference));
      setAttribute(buttons.stop, 'disabled', !isActive(runner) || runner.once || !!runner.pretraining);
    },
  };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Race} race
 * @param {(id: number) => void} point
 */
export function createRaceTable(speech, host, race, point) {
  const { t } = speech;
  const heads = ['HR@10', 'NDCG@10', t(words.time), t(words.speed), t(words.parameters)];
  const difference = h('th', { role: 'columnheader', scope: 'col', class: 'difference' });
  const columns = [
    h('th', { role: 'columnheader', scope: 'col' }, t(words.run)),
    ...heads.map((text) => h('th', { role: 'columnheader', scope: 'col' }, text)),
    difference,
    h('th', { role: 'columnheader', scope: 'col' }, h('span', { class: 'hidden' }, t(words.actions))),
  ];
  const body = h('tbody', { role: 'rowgroup' });
  const table = h(
    'table',
    { role: 'table', class: 'race-runs', 'aria-label': t(words.runs) },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...columns)),
    body,
  );
  host.append(table);
  /** @type {Runner[]} */
  let shown = [];
  /** @type {Runner | null} */
  let other = null;
  const tests = createBehind(
    speech,
    host,
    t(words.testsOf),
    () => other && testsTable(speech, shown, other),
    t(words.tests),
  );
  const tested = watch();
  /** @type {ReturnType<typeof createRow>[]} */
  let rows = [];
  const listed = watch();

  return {
    /**
     * @param {Runner[]} runners
     * @param {Runner} reference
     */
    update(runners, reference) {
      if (listed(runners.map(({ id }) => id).join())) {
        const before = new Map(rows.map((row) => [row.id, row]));
        rows = runners.map(({ id }, at) => before.get(id) ?? createRow(speech, id, at + 1, race, point));
        for (const [id, { row }] of before) if (!runners.some((one) => one.id === id)) row.remove();
        for (const { row } of rows) if (!row.isConnected) body.append(row);
      }
      const measured = runners.flatMap((runner) => shownMetrics(standing(runner)) ?? []);
      const best = {
        hr: Math.max(...measured.map(({ hr }) => hr)),
        ndcg: Math.max(...measured.map(({ ndcg }) => ndcg)),
      };
      setText(difference, t(words.difference, { name: reference.name }));
      for (const [at, row] of rows.entries()) row.update(runners[at], reference, best);
      shown = runners;
      other = reference;
      if (tested(reference.id, runners.length, ...runners.flatMap(({ id, name, results }) => [id, name, results])))
        tests.update();
    },
  };
}

/**
 * All the tests against one of the runs.
 * @param {Speech} speech
 * @param {Runner[]} runners
 * @param {Runner} reference
 * @returns {import('../../parts/data_table.js').Table}
 */
function testsTable(speech, runners, reference) {
  const { t } = speech;
  const tested = runners.flatMap((runner) => {
    const tests = runner === reference ? null : testsOf(runner, reference);
    return tests ? [{ name: runner.name, tests }] : [];
  });
  return {
    caption: t(words.testsCaption, { name: reference.name, users: tested[0]?.tests.users ?? 0 }),
    note: t(words.significance),
    head: [t(words.run), 'NDCG@10', t(words.testT), t(words.testWilcoxon), t(words.testMcNemar)],
    rows: tested.map(({ name, tests: { t: student, wilcoxon, mcnemar } }) => [
      name,
      `${signed(student.mean)} ± ${metric(student.halfWidth)}`,
      ...[student.p, wilcoxon.p, mcnemar.p].map(chance),
    ]),
  };
}
