/** Ratings by value, genres and decades as bars. */
import { count } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setText } from '../../parts/dom.js';
import { createSegments } from '../../parts/segments.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */

/** @param {Speech} speech @param {HTMLElement} host */
export function createValues(speech, host) {
  const { t } = speech;
  const lesson = h('p', { class: 'lesson' });
  const bars = h('ul', { class: 'value-bars' });
  host.append(h('h2', {}, t(words.values)), lesson, bars);
  /** @type {Overview | null} */
  let shown = null;
  const behind = createBehind(speech, host, t(words.values), () => ({
    caption: t(words.values),
    head: [t(words.value), t(words.ratings)],
    rows: (shown?.ratings ?? []).map(({ value, count: n }) => [value, count(n)]),
  }));
  return {
    /** @param {Overview} overview */
    update(overview) {
      shown = overview;
      const { ratings, mean } = overview;
      setText(lesson, t(words.valuesLesson, { mean: mean.toFixed(2) }));
      const most = Math.max(...ratings.map(({ count: n }) => n));
      const total = ratings.reduce((sum, { count: n }) => sum + n, 0);
      bars.replaceChildren(
        ...ratings.map(({ value, count: n }) =>
          h(
            'li',
            {},
            h('span', { class: 'part' }, `${((100 * n) / total).toFixed(0)}%`),
            h('span', { class: 'track' }, h('span', { class: 'fill', style: `height:${(100 * n) / most}%` })),
            h('span', { class: 'name' }, String(value)),
          ),
        ),
      );
      behind.update();
    },
  };
}

/** @typedef {{name: string, films: number, ratings: number, mean?: number}} Group */
/** @typedef {'ratings' | 'films' | 'mean'} Measure */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {{title: string, lesson?: string, column: string, measures: Measure[], read: (overview: Overview) => Group[]}} options
 */
export function createGroups(speech, host, { title, lesson, column, measures, read }) {
  const { t } = speech;
  const names = { ratings: t(words.ratings), films: t(words.films), mean: t(words.mean) };
  const choice = createSegments({
    label: t(words.by),
    options: measures.map((value) => ({ value, name: names[value] })),
    choose(value) {
      measure = value;
      write();
    },
  });
  const list = h('ul', { class: 'group-bars' });
  const none = h('p', { class: 'hint', hidden: true }, t(words.noGenres));
  host.append(h('h2', {}, title));
  if (lesson) host.append(h('p', { class: 'lesson' }, lesson));
  host.append(choice.node, list, none);
  /** @type {Group[]} */
  let groups = [];
  let measure = measures[0];
  const behind = createBehind(speech, host, title, () => ({
    caption: title,
    head: [column, ...measures.map((each) => names[each])],
    rows: groups.map((one) => [one.name, ...measures.map((each) => text(one, each))]),
  }));

  /** @param {Group} one @param {Measure} each */
  const text = (one, each) => (each === 'mean' ? (one.mean ?? NaN).toFixed(2) : count(one[each]));

  function write() {
    const valueOf = (/** @type {Group} */ one) => one[measure] ?? 0;
    // The means are close together: their bars begin at three quarters of the lowest.
    const least = measure === 'mean' ? 0.75 * Math.min(...groups.map(valueOf)) : 0;
    const most = Math.max(...groups.map(valueOf));
    list.replaceChildren(
      ...groups.map((one) =>
        h(
          'li',
          {},
          h('span', { class: 'name' }, one.name),
          h(
            'span',
            { class: 'track' },
            h('span', { class: 'fill', style: `width:${(100 * (valueOf(one) - least)) / (most - least || 1)}%` }),
          ),
          h('span', { class: 'part' }, text(one, measure)),
        ),
      ),
    );
  }

  return {
    /** @param {Overview} overview */
    update(overview) {
      groups = read(overview);
      none.hidden = groups.length > 0;
      choice.node.hidden = groups.length === 0;
      write();
      behind.update();
    },
  };
}
