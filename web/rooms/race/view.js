/** The race: models side by side on the same data and seed, in one chart and one table. */
import { metric } from '../../parts/format.js';
import { isActive, referenceOf, runnersOn, standing } from './race.js';
import { jsonLines } from './lines.js';
import { shownMetrics } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setAttribute, setText } from '../../parts/dom.js';
import { createRaceChart } from './chart.js';
import { createRaceSetup } from './setup.js';
import { createRaceTable } from './table.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./race.js').Runner} Runner */

/**
 * Where the race stands, in a sentence.
 * @param {Speech} speech
 * @param {Runner[]} runners
 * @param {boolean} paused
 */
function standingOf(speech, runners, paused) {
  const { t } = speech;
  const active = runners.filter(isActive).length;
  const waiting = runners.filter(({ phase }) => phase === 'waiting').length;
  if (active + waiting > 0) {
    const done = runners.length - active - waiting;
    const told = t(words.progress, { done, all: runners.length, active, waiting });
    return paused ? `${t(words.pausedNow)} ${told}` : told;
  }
  const measured = runners.flatMap((runner) => {
    const metrics = shownMetrics(standing(runner));
    return metrics && runner.phase === 'finished' ? [{ name: runner.name, ndcg: metrics.ndcg }] : [];
  });
  if (measured.length < 2) return t(words.overPlain);
  const { name, ndcg } = measured.reduce((best, one) => (one.ndcg > best.ndcg ? one : best));
  return t(words.over, { name, value: metric(ndcg) });
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../../shell/actions.js').Actions, 'race' | 'ask'>} actions
 */
export function createRace(speech, host, actions) {
  const { t } = speech;
  const setupPlace = h('section', { class: 'race-setup', 'aria-label': t(words.setup) });
  const empty = h('p', { class: 'race-empty' }, t(words.empty));
  const status = h('p', { class: 'race-status', role: 'status' });
  const elsewhere = h('p', { class: 'hint' });
  const chartPlace = h('section', { class: 'race-chart', 'aria-label': t(words.chart) });
  const tablePlace = h('section', { class: 'race-table', 'aria-label': t(words.runs) });
  const download = h('button', { type: 'button', onclick: save }, t(words.download));
  const end = h('div', { class: 'race-end' }, download, h('span', { class: 'hint' }, t(words.downloadNote)));
  const show = h('div', { class: 'race-show' }, chartPlace, tablePlace, end);
  host.append(h('div', { class: 'race' }, setupPlace, status, elsewhere, empty, show));

  const setup = createRaceSetup(speech, setupPlace, actions);
  const chart = createRaceChart(speech, chartPlace);
  const table = createRaceTable(speech, tablePlace, actions.race, chart.point);
  /** @type {Runner[]} */
  let runners = [];

  function save() {
    const url = URL.createObjectURL(new Blob([jsonLines(runners)], { type: 'application/x-ndjson' }));
    h('a', { href: url, download: 'ncf-race.jsonl' }).click();
    setTimeout(() => URL.revokeObjectURL(url));
  }

  return {
    /** @param {import('../../shell/state.js').State} state */
    update(state) {
      setup.update(state);
      const { race, dataset, theme } = state;
      runners = runnersOn(race, dataset);
      const others = race.runners.length - runners.length;
      setText(elsewhere, others > 0 ? t(words.elsewhere, { count: others }) : '');
      setText(status, runners.length > 0 ? standingOf(speech, runners, race.paused) : '');
      empty.hidden = runners.length > 0;
      show.hidden = runners.length === 0;
      if (runners.length === 0) return;
      chart.update(
        runners.filter(({ hidden }) => !hidden),
        theme,
      );
      table.update(runners, referenceOf(runners, race.reference));
      setAttribute(download, 'disabled', !runners.some(({ results }) => results));
    },
    destroy() {
      chart.destroy();
      host.replaceChildren();
    },
  };
}
