/** Ratings by value, genres and decades as bars (groups.js). */
import { count } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setText } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { createSegments } from '../../parts/segments.js';
import { groupBars, groupText, valuesOf } from './groups.js';

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
  host.append(pictureMenu(speech, host, () => t(words.values)));
  const behind = createBehind(speech, host, t(words.values), () => ({
    caption: t(words.values),
    head: [t(words.value), t(words.ratings)],
    rows: (shown?.ratings ?? []).map(({ value, count: n }) => [value, count(n)]),
  }));
  return {
    /** @param {Overview} overview */
    update(overview) {
      shown = overview;
      setText(lesson, t(words.valuesLesson, { mean: overview.mean.toFixed(2) }));
      bars.replaceChildren(
        ...valuesOf(overview).map(({ name, part, height }) =>
          h(
            'li',
            {},
            h('span', { class: 'part' }, part),
            h('span', { class: 'track' }, h('span', { class: 'fill', style: `height:${height}%` })),
            h('span', { class: 'name' }, name),
          ),
        ),
      );
      behind.update();
    },
  };
}

/** @typedef {import('./groups.js').Group} Group */
/** @typedef {import('./groups.js').Measure} Measure */

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
  host.append(pictureMenu(speech, host, () => title));
  const behind = createBehind(speech, host, title, () => ({
    caption: title,
    head: [column, ...measures.map((each) => names[each])],
    rows: groups.map((one) => [one.name, ...measures.map((each) => groupText(one, each))]),
  }));

  function write() {
    list.replaceChildren(
      ...groupBars(groups, measure).map(({ name, width, text }) =>
        h(
          'li',
          {},
          h('span', { class: 'name' }, name),
          h('span', { class: 'track' }, h('span', { class: 'fill', style: `width:${width}%` })),
          h('span', { class: 'part' }, text),
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
