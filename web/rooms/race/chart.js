/** The chart of the race: one measure of every run that shows, by epoch or by second, and the same numbers as a table. */
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText, watch } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { createSegments } from '../../parts/segments.js';
import { chartScene, measures, noteAt, numbersOf } from './chart_scene.js';
import { createRacePlot } from './plot.js';
import { words } from './words.js';

/** @typedef {import('./chart_scene.js').Chosen} Chosen */

/** @param {import('../../parts/speech.js').Speech} speech @param {HTMLElement} host */
export function createRaceChart(speech, host) {
  const { t } = speech;
  const all = measures(speech);
  /** @type {Chosen} */
  let chosen = { measure: all[0], bySecond: false, runners: [] };
  const which = createSegments({
    label: t(words.measure),
    options: all,
    choose: (value) => draw({ measure: all.find((one) => one.value === value) }),
  });
  const axis = createSegments({
    label: t(words.axis),
    options: [
      { value: 'epoch', name: t(words.byEpoch) },
      { value: 'second', name: t(words.bySecond) },
    ],
    choose: (value) => draw({ bySecond: value === 'second' }),
  });
  const note = h('div', { class: 'race-note', 'aria-hidden': 'true', hidden: true });
  const figure = h('div', { class: 'race-figure', role: 'img' }, note);
  const hint = h('p', { class: 'hint' });
  host.append(h('div', { class: 'race-switches' }, which.node, axis.node), figure, hint);
  host.append(pictureMenu(speech, figure, () => chosen.measure?.name ?? t(words.chart)));
  const behind = createBehind(speech, host, t(words.chart), () => numbersOf(speech, chosen), t(words.numbers));
  const plot = createRacePlot(figure, showAt);
  const changed = watch();
  const recoloured = watch();

  /** @param {Partial<Chosen>} choice */
  function draw(choice) {
    chosen = { ...chosen, ...choice };
    const { picture, hint: told, label } = chartScene(speech, chosen);
    plot.update(picture);
    setText(hint, told);
    setAttribute(figure, 'aria-label', label);
    behind.update();
  }

  /** @param {number | null} at where the pointer is on the axis */
  function showAt(at) {
    const told = at === null ? null : noteAt(speech, chosen, at);
    note.hidden = !told;
    if (told) note.replaceChildren(h('strong', {}, told.title), ...told.values.map((value) => h('span', {}, value)));
  }

  return {
    /**
     * @param {import('./race.js').Runner[]} shown
     * @param {string} theme
     */
    update(shown, theme) {
      which.offer(
        'rmse',
        shown.some(({ epochs }) => epochs[0]?.metrics.errors),
      );
      const seen = shown.flatMap((one) => [one.id, one.epochs, one.name, one.selected, one.baseline, one.settings]);
      if (changed(shown.length, ...seen)) draw({ runners: shown });
      if (recoloured(theme)) plot.recolour();
    },
    point: plot.point,
    destroy: plot.destroy,
  };
}
