/** The ranks of all users' held-out films as bars (bins.js), to be read and to choose users from. */
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText } from '../../parts/dom.js';
import {
  axisOf,
  binAt,
  binFrom,
  binText,
  histogramOf,
  histogramTable,
  hitsText,
  markOf,
  noHistogram,
  usersThere,
} from './bins.js';
import { words } from './words.js';

/** @typedef {import('./bins.js').Histogram} Histogram */

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {{chooseUser: (user: number) => void}} actions
 */
export function createUsers(speech, host, { chooseUser }) {
  const { t } = speech;
  const summary = h('p', { class: 'users-summary' });
  const bars = createBars(t(words.histogram), {
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const to = binFrom(histogram, event.key, chosen);
      if (to === undefined) return;
      event.preventDefault();
      choose(to);
    },
    onpointermove: (/** @type {PointerEvent} */ event) => look(binAt(histogram, bars.shareAt(event))),
    onpointerleave: () => look(-1),
    onclick: (/** @type {PointerEvent} */ event) => choose(binAt(histogram, bars.shareAt(event))),
  });
  const readout = h('p', { class: 'readout-line' }, t(words.pointBar));
  const there = h('div', { class: 'users-there', role: 'group', 'aria-label': t(words.usersThere) });
  host.append(summary, ...bars.nodes, readout, there);
  const behind = createBehind(speech, host, t(words.histogram), () => histogramTable(speech, histogram));

  let histogram = noHistogram;
  /** The bar that is chosen, and the one under the pointer. */
  let chosen = -1;
  let pointed = -1;
  /** By index. @type {ArrayLike<number>} */
  let ids = [];
  let user = -1;

  /** @param {number} at  the bar under the pointer; -1: none */
  function look(at) {
    pointed = at;
    const told = pointed < 0 ? chosen : pointed;
    setText(readout, binText(speech, histogram, told));
    bars.flag('looked', told);
  }

  /** The bar, and its users, to be chosen. @param {number} at  -1: none */
  function choose(at) {
    chosen = at;
    bars.set(Math.max(at, 0) + 1, binText(speech, histogram, Math.max(at, 0)));
    look(pointed);
    const { named, more } = usersThere(speech, histogram, at, ids);
    there.replaceChildren(
      ...named.map((one) => h('button', { type: 'button', onclick: () => chooseUser(one.user) }, one.text)),
      ...(more ? [h('span', { class: 'hint' }, more)] : []),
    );
  }

  const mark = () => bars.mark(markOf(histogram, user), t(words.user, { id: String(ids[user] ?? '') }));

  return {
    /**
     * @param {import('../../worker/protocol.js').Ranks} all
     * @param {Uint32Array} userIds
     * @param {boolean} dated  whether to say of which epoch they are
     */
    update(all, userIds, dated) {
      const { total } = histogram;
      histogram = histogramOf(all);
      ids = userIds;
      if (histogram.total !== total) {
        chosen = pointed = -1;
        bars.rebuild(histogram);
      }
      bars.update(histogram);
      setText(summary, hitsText(speech, histogram, dated));
      choose(chosen);
      mark();
      behind.update();
    },
    /** @param {number} index  of the chosen user */
    choose(index) {
      if (user === index) return;
      user = index;
      mark();
    },
  };
}

/**
 * The bars, as a slider.
 * @param {string} name
 * @param {Record<string, (event: any) => void>} listeners
 */
function createBars(name, listeners) {
  const bars = h('div', { class: 'bars', 'aria-hidden': 'true' });
  const marker = h('div', { class: 'marker', 'aria-hidden': 'true' });
  const cut = h('div', { class: 'cut-at', 'aria-hidden': 'true' });
  const axis = h('div', { class: 'bars-axis', 'aria-hidden': 'true' });
  const plot = h(
    'div',
    {
      ...{ class: 'histogram', role: 'slider', tabindex: 0, 'aria-label': name, 'aria-valuemin': 1 },
      ...listeners,
    },
    marker,
    bars,
    cut,
  );

  /** @param {string} kind  a class that one bar has @param {number} at */
  function flag(kind, at) {
    for (const [n, bar] of [...bars.children].entries()) bar.classList.toggle(kind, n === at);
  }

  return {
    nodes: [plot, axis],
    flag,
    /** A point as a share of the width. @param {PointerEvent} event */
    shareAt({ clientX }) {
      const { left, width } = bars.getBoundingClientRect();
      return (clientX - left) / width;
    },
    /** Others than before. @param {Histogram} histogram */
    rebuild(histogram) {
      const { bins, ranges } = histogram;
      const { hits, ticks } = axisOf(histogram);
      bars.replaceChildren(
        ...bins.map(({ hit }) => h('span', { class: hit ? 'bar hit' : 'bar' }, h('span', { class: 'fill' }))),
      );
      cut.style.left = `${hits}%`;
      axis.classList.toggle('ranges', ranges);
      axis.replaceChildren(...ticks.map(({ left, text }) => h('span', { style: `left:${left}%` }, text)));
      setAttribute(plot, 'aria-valuemax', bins.length);
    },
    /** @param {Histogram} histogram */
    update({ bins }) {
      bins.forEach(({ height }, n) => {
        const fill = /** @type {HTMLElement} */ (bars.children[n].firstChild);
        fill.style.transform = `scaleY(${height})`;
      });
    },
    /** The value of the slider. @param {number} value @param {string} text */
    set(value, text) {
      setAttribute(plot, 'aria-valuenow', value);
      setAttribute(plot, 'aria-valuetext', text);
    },
    /** The chosen user's bar. @param {ReturnType<typeof markOf>} mark @param {string} text */
    mark(mark, text) {
      flag('mine', mark?.at ?? -1);
      marker.hidden = !mark;
      setText(marker, text);
      if (!mark) return;
      marker.style.left = `${mark.left}%`;
      marker.classList.toggle('end', mark.end);
    },
  };
}
