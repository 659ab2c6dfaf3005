/** The three measures, each a channel: its number now, what it means, and its curve over the epochs. */
import { isRunning } from '../../parts/readings.js';
import { words as room } from './words.js';
import { createChart } from '../../parts/chart.js';
import { h, setAttribute, setText, uniqueId, watch } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { measuresOf, RANKING, textOf } from './measures.js';
import { cursorOf, readoutOf, seriesOf } from './scene.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */

/** @param {Speech} speech @param {HTMLElement} host */
export function createCurves(speech, host) {
  const { t } = speech;
  const sync = uniqueId('epochs');
  host.append(h('h2', { class: 'hidden' }, t(room.curves)));
  const channels = RANKING.map((_, at) => createChannel(speech, host, at, sync));
  // One chart a frame, so that the page's first frames are not held up by all of them at once.
  const waiting = [...channels];
  const drawNext = () => {
    waiting.shift()?.draw();
    frame = waiting.length > 0 ? requestAnimationFrame(drawNext) : 0;
  };
  let frame = requestAnimationFrame(drawNext);
  return {
    /** @param {State} state */
    update(state) {
      for (const channel of channels) channel.update(state);
    },
    destroy() {
      cancelAnimationFrame(frame);
      for (const channel of channels) channel.destroy();
      host.replaceChildren();
    },
  };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {number} at  its place among the measures
 * @param {string} sync
 */
function createChannel(speech, host, at, sync) {
  let measure = RANKING[at];
  /** @type {State | null} */
  let latest = null;
  /** @type {ReturnType<typeof createChart> | null} */
  let chart = null;
  const { figure, caption, write } = createReadout(speech, host);
  const redraw = watch();
  const rewrite = watch();
  const themed = watch();

  /** @param {State} state */
  function update(state) {
    latest = state;
    measure = measuresOf(state)[at];
    if (rewrite(measure, state.epochs, state.model, state.selected)) write(readoutOf(speech, measure, state));
    if (!chart) return;
    if (themed(state.theme)) chart.recolour();
    const within = !measure.metric && isRunning(state) ? state.progress : null;
    if (redraw(measure, state.epochs, state.model, state.settings.epochs, within))
      chart.update(seriesOf(speech, measure, state));
  }

  return {
    update,
    draw() {
      chart = createChart(figure, {
        sync,
        format: (number) => textOf(measure, number),
        onCursor: (number) => setText(caption, cursorOf(speech, measure, latest?.epochs ?? [], number)),
      });
      if (latest) update(latest);
    },
    destroy: () => chart?.destroy(),
  };
}

/** The elements of a channel, and what puts a readout into them. @param {Speech} speech @param {HTMLElement} host */
function createReadout(speech, host) {
  const value = h('span', { class: 'value' }, '–');
  const interval = h('span', { class: 'interval' });
  const lead = h('span', {});
  const target = h('span', { class: 'target' });
  const meaning = h('p', { class: 'meaning' });
  const title = h('h3', {});
  const readout = h(
    'div',
    { class: 'readout' },
    title,
    h('p', { class: 'number' }, value, interval),
    h('p', { class: 'against' }, lead, target),
    meaning,
  );
  const caption = h('p', { class: 'cursor-note', 'aria-hidden': 'true' });
  const figureTitle = h('p', { class: 'figure-name', 'aria-hidden': 'true' });
  const figure = h('div', { class: 'figure', role: 'img' }, figureTitle, caption);
  const section = h('section', { class: 'channel' }, readout, figure);
  readout.append(pictureMenu(speech, section, () => title.textContent));
  host.append(section);
  return {
    figure,
    caption,
    /** @param {ReturnType<typeof readoutOf>} told */
    write(told) {
      setText(title, told.name);
      setText(figureTitle, told.name);
      setAttribute(section, 'aria-label', told.name);
      setText(meaning, told.meaning);
      setText(value, told.value);
      setText(interval, told.interval);
      readout.classList.toggle('ahead', told.ahead);
      setText(lead, told.lead);
      setText(target, told.target);
      setAttribute(figure, 'aria-label', told.summary);
    },
  };
}
