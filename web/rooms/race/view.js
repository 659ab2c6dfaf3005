/** The race: models side by side on the same data and seed, in one chart and one table. */
import { h, setAttribute, setText } from '../../parts/dom.js';
import { createRaceChart } from './chart.js';
import { jsonLines } from './lines.js';
import { roomScene } from './scene.js';
import { createRaceSetup } from './setup.js';
import { createRaceTable } from './table.js';
import { words } from './words.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
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
  /** @type {import('./race.js').Runner[]} */
  let runners = [];
  /** @type {ReturnType<typeof import('../../parts/save.js').createHanded> | null} */
  let handed = null;

  async function save() {
    const { createHanded } = await import('../../parts/save.js');
    (handed ??= createHanded(speech, end)).handOver({ name: 'ncf-race.jsonl', content: jsonLines(runners) });
  }

  return {
    /** @param {import('../../shell/state.js').State} state */
    update(state) {
      setup.update(state);
      const scene = roomScene(speech, state);
      ({ runners } = scene);
      setText(elsewhere, scene.elsewhere);
      setText(status, scene.status);
      empty.hidden = !scene.empty;
      show.hidden = scene.empty;
      if (scene.empty) return;
      chart.update(scene.charted, state.theme);
      table.update(runners, scene.reference);
      setAttribute(download, 'disabled', !scene.downloadable);
    },
    destroy() {
      chart.destroy();
      host.replaceChildren();
    },
  };
}
