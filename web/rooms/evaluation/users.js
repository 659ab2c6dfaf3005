/** The ranks of all users' held-out films: a bar a rank, or among all films a bar a range of ranks. */
import { gainOf, hitOf } from '../../../wasm/lab/stats/ranks.mjs';
import { metric } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Ranks} Ranks */
/** @typedef {{from: number, to: number, users: number[]}} Bin  ranks from 1; users by index */

const CUT = 10;
/** Users of a bar that are named. */
const NAMED = 12;
/** Above so many ranks a bar is a range of them. */
const MANY = 200;

/** @param {number} total @returns {Bin[]} */
function binsOf(total) {
  if (total <= MANY) return Array.from({ length: total }, (_, at) => ({ from: at + 1, to: at + 1, users: [] }));
  /** @type {Bin[]} */
  const bins = [];
  for (let from = 1, unit = 10; from <= total; unit *= 10)
    for (const times of [1, 2, 5]) {
      if (from > total) break;
      bins.push({ from, to: Math.min(times * unit, total), users: [] });
      from = times * unit + 1;
    }
  return bins;
}

/** @param {Ranks} ranks @param {number} n its place */
const placesOf = ({ ranks, equal }, n) => ({ greater: ranks[n] - equal[n] / 2, equal: equal[n] });

/**
 * HR@K and NDCG@K for K = 1 … 20.
 * @param {Ranks} all
 */
export function curvesOf(all) {
  const mean = (/** @type {typeof hitOf} */ of, /** @type {number} */ k) =>
    all.ranks.reduce((sum, _, n) => sum + of(placesOf(all, n), k), 0) / all.ranks.length;
  const ks = Array.from({ length: 20 }, (_, at) => at + 1);
  return { hr: ks.map((k) => mean(hitOf, k)), ndcg: ks.map((k) => mean(gainOf, k)) };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{chooseUser: (user: number) => void}} actions
 */
export function createUsers(speech, host, { chooseUser }) {
  const { t } = speech;
  const summary = h('p', { class: 'users-summary' });
  const bars = h('div', { class: 'bars', 'aria-hidden': 'true' });
  const marker = h('div', { class: 'marker', 'aria-hidden': 'true' });
  const cut = h('div', { class: 'cut-at', 'aria-hidden': 'true' });
  const axis = h('div', { class: 'bars-axis', 'aria-hidden': 'true' });
  const plot = h(
    'div',
    {
      ...{ class: 'histogram', role: 'slider', tabindex: 0, 'aria-label': t(words.histogram), 'aria-valuemin': 1 },
      onkeydown: key,
      onpointermove: (/** @type {PointerEvent} */ event) => look(under(event)),
      onpointerleave: () => look(-1),
      onclick: (/** @type {PointerEvent} */ event) => choose(under(event)),
    },
    marker,
    bars,
    cut,
  );
  const readout = h('p', { class: 'readout-line' }, t(words.pointBar));
  const there = h('div', { class: 'users-there', role: 'group', 'aria-label': t(words.usersThere) });
  host.append(summary, plot, axis, readout, there);
  const behind = createBehind(speech, host, t(words.histogram), () => ({
    caption: t(words.histogram),
    head: [t(words.ranks), t(words.users)],
    rows: bins.map(({ from, to, users }) => [from === to ? from : `${from}–${to}`, users.length]),
  }));

  /** @type {Bin[]} */
  let bins = [];
  let total = 0;
  let userCount = 0;
  /** The bar that is chosen, and the one under the pointer. */
  let chosen = -1;
  let pointed = -1;
  /** @type {Uint32Array | null} */
  let ids = null;
  let user = -1;

  /** @param {number} size */
  function rebuild(size) {
    total = size;
    bins = binsOf(total);
    chosen = pointed = -1;
    bars.replaceChildren(
      ...bins.map(({ to }) => h('span', { class: to <= CUT ? 'bar hit' : 'bar' }, h('span', { class: 'fill' }))),
    );
    const hits = bins.filter(({ to }) => to <= CUT).length;
    cut.style.left = `${(100 * hits) / bins.length}%`;
    const ranges = bins.length < total;
    axis.classList.toggle('ranges', ranges);
    axis.replaceChildren(
      ...bins.flatMap(({ from, to }, at) => {
        if (!ranges && from !== 1 && from % 10 !== 0) return [];
        return h('span', { style: `left:${(100 * (at + 0.5)) / bins.length}%` }, short(ranges ? to : from));
      }),
    );
    setAttribute(plot, 'aria-valuemax', bins.length);
  }

  /** @param {PointerEvent} event */
  function under({ clientX }) {
    const { left, width } = bars.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * bins.length)));
  }

  /** @param {number} at */
  function told(at) {
    const bin = bins[at];
    if (!bin) return t(words.pointBar);
    const { from, to, users } = bin;
    const ranks = t(from === to ? words.rankOne : words.rankMany, { from, to });
    const share = `${((100 * users.length) / userCount).toFixed(1)} %`;
    return t(to <= CUT ? words.barHit : words.bar, { ranks, n: users.length, share });
  }

  /** @param {number} at the bar under the pointer; -1: none */
  function look(at) {
    pointed = at;
    tell();
  }

  /** Of the bar under the pointer, else of the chosen one. */
  function tell() {
    const at = pointed < 0 ? chosen : pointed;
    setText(readout, told(at));
    for (const [n, bar] of [...bars.children].entries()) bar.classList.toggle('looked', n === at);
  }

  /** @param {number} at */
  function choose(at) {
    chosen = at;
    setAttribute(plot, 'aria-valuenow', at + 1);
    setAttribute(plot, 'aria-valuetext', told(at));
    tell();
    name();
  }

  /** The users of the chosen bar, to be chosen. */
  function name() {
    const users = bins[chosen]?.users ?? [];
    const named = users.slice(0, NAMED);
    there.replaceChildren(
      ...named.map((index) =>
        h('button', { type: 'button', onclick: () => chooseUser(index) }, t(words.user, { id: ids?.[index] ?? index })),
      ),
      ...(users.length > NAMED ? [h('span', { class: 'hint' }, t(words.more, { n: users.length - NAMED }))] : []),
    );
    mark();
  }

  /** The chosen user's bar, and button. */
  function mark() {
    const at = bins.findIndex(({ users }) => users.includes(user));
    marker.hidden = at < 0;
    marker.style.left = `${(100 * (at + 0.5)) / Math.max(1, bins.length)}%`;
    marker.classList.toggle('end', at > bins.length * 0.8);
    marker.classList.toggle('start', at < bins.length * 0.1);
    setText(marker, t(words.user, { id: ids?.[user] ?? '' }));
    for (const [n, bar] of [...bars.children].entries()) bar.classList.toggle('mine', n === at);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const last = bins.length - 1;
    const [next, before] = [Math.min(chosen + 1, last), Math.max(chosen - 1, 0)];
    const to = {
      ...{ ArrowRight: next, ArrowUp: next, ArrowLeft: before, ArrowDown: before },
      ...{ PageUp: Math.min(chosen + 10, last), PageDown: Math.max(chosen - 10, 0), Home: 0, End: last },
    }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    choose(to);
  }

  return {
    /**
     * @param {Ranks} all
     * @param {Uint32Array} userIds
     * @param {boolean} dated  whether to say of which epoch they are
     */
    update(all, userIds, dated) {
      ids = userIds;
      userCount = all.users.length;
      const size = all.candidates.reduce((most, each) => Math.max(most, each), 1);
      if (size !== total) rebuild(size);
      for (const bin of bins) bin.users = [];
      const ends = bins.map(({ to }) => to);
      all.users.forEach((index, n) => {
        // As the sentence above says it: a rank between two is the worse of them.
        const rank = Math.round(all.ranks[n] + 1);
        bins[ends.findIndex((to) => rank <= to)]?.users.push(index);
      });
      const most = Math.max(1, ...bins.map(({ users }) => users.length));
      for (const [n, bar] of [...bars.children].entries()) {
        const fill = /** @type {HTMLElement} */ (bar.firstChild);
        fill.style.transform = `scaleY(${bins[n].users.length / most})`;
      }
      const hits = all.ranks.reduce((sum, _, n) => sum + hitOf(placesOf(all, n), CUT), 0);
      const values = { hits: Math.round(hits), users: userCount, hr: metric(hits / userCount), epoch: all.epoch };
      setText(summary, t(dated ? words.shareAt : words.share, values));
      setAttribute(plot, 'aria-valuenow', Math.max(chosen, 0) + 1);
      setAttribute(plot, 'aria-valuetext', told(Math.max(chosen, 0)));
      tell();
      name();
      behind.update();
    },
    /** @param {number} index of the chosen user */
    choose(index) {
      if (user === index) return;
      user = index;
      mark();
    },
  };
}

/** @param {number} rank */
const short = (rank) => (rank < 1000 ? String(rank) : `${+(rank / 1000).toFixed(1)}k`);
