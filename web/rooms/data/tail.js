/** The long tail of films and of users: how many ratings each has, and what the first of them have together. */
import { count } from '../../parts/format.js';
import { words } from './words.js';
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText, svg, uniqueId } from '../../parts/dom.js';
import { createSegments } from '../../parts/segments.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */

const [WIDTH, HEIGHT] = [1000, 300];
/** Points of the outline. */
const POINTS = 500;

/** @param {Uint32Array} counts */
function sums(counts) {
  const all = new Float64Array(counts.length + 1);
  counts.forEach((n, at) => (all[at + 1] = all[at] + n));
  return all;
}

/** @param {Speech} speech @param {HTMLElement} host */
export function createTail(speech, host) {
  const { t } = speech;
  const lesson = h('p', { class: 'lesson' });
  const kinds = createSegments({
    label: t(words.tailOf),
    options: [
      { value: 'films', name: t(words.films) },
      { value: 'users', name: t(words.users) },
    ],
    choose(value) {
      byUsers = value === 'users';
      write();
      behind.update();
    },
  });
  const head = svg('path', { class: 'head' });
  const rest = svg('path', { class: 'rest' });
  const picture = svg(
    'svg',
    { class: 'tail-picture', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' },
    rest,
    head,
  );
  const id = uniqueId('head');
  const slider = h('input', {
    ...{ type: 'range', id, min: 1, max: 100, value: 10, 'aria-label': t(words.headPart) },
    oninput: () => write(),
  });
  const sentence = h('output', { class: 'tail-sentence', for: id });
  host.append(
    h('h2', {}, t(words.tail)),
    lesson,
    kinds.node,
    h('div', { class: 'tail-frame' }, picture, slider),
    sentence,
  );
  const behind = createBehind(speech, host, t(words.tail), () => {
    if (!shown) return null;
    const counts = ofKind(shown);
    return {
      caption: t(words.tail),
      head: [t(words.first), t(byUsers ? words.users : words.films), t(words.share)],
      rows: [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((part) => {
        const { n, share } = headOf(counts, part);
        return [`${part} %`, count(n), share];
      }),
    };
  });

  /** @type {Overview | null} */
  let shown = null;
  let byUsers = false;
  /** @param {Overview} overview */
  const ofKind = ({ popularity, activity }) => (byUsers ? activity : popularity);

  /** @param {Uint32Array} counts @param {number} part  in % */
  function headOf(counts, part) {
    const all = sums(counts);
    const n = Math.max(1, Math.round((counts.length * part) / 100));
    return { n, share: `${((100 * all[n]) / all[counts.length]).toFixed(0)} %` };
  }

  /** @param {Uint32Array} counts @param {number} from @param {number} to */
  function outline(counts, from, to) {
    const most = counts[0];
    const points = [];
    for (let point = 0; point <= POINTS; point++) {
      const at = from + ((to - from) * point) / POINTS;
      const n = counts[Math.min(counts.length - 1, Math.floor(at))];
      points.push(`${((at / counts.length) * WIDTH).toFixed(1)},${(HEIGHT * (1 - n / most)).toFixed(1)}`);
    }
    const [left, right] = [from, to].map((at) => ((at / counts.length) * WIDTH).toFixed(1));
    return `M${left},${HEIGHT}L${points.join('L')}L${right},${HEIGHT}Z`;
  }

  function write() {
    if (!shown) return;
    const counts = ofKind(shown);
    const { n, share } = headOf(counts, slider.valueAsNumber);
    const part = `${slider.value} %`;
    setText(sentence, t(byUsers ? words.headUsers : words.headFilms, { part, n, share }));
    setAttribute(slider, 'aria-valuetext', sentence.textContent);
    setAttribute(head, 'd', outline(counts, 0, n));
    setAttribute(rest, 'd', outline(counts, n, counts.length));
    const [first, last] = [counts[0], counts[counts.length - 1]];
    setAttribute(picture, 'aria-label', t(words.tailSummary, { first, last }));
    const median = shown.activity[shown.activity.length >> 1];
    setText(lesson, t(byUsers ? words.tailLessonUsers : words.tailLesson, { most: shown.activity[0], median }));
  }

  return {
    /** @param {Overview} overview */
    update(overview) {
      shown = overview;
      write();
      behind.update();
    },
  };
}
