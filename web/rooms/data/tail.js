/** The long tail of films and of users: how many ratings each has, and what the first of them have together (head.js). */
import { createBehind } from '../../parts/data_table.js';
import { h, setAttribute, setText, svg, uniqueId } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { createSegments } from '../../parts/segments.js';
import { HEIGHT, WIDTH, tailOf, tailTable } from './head.js';
import { words } from './words.js';

/** @typedef {import('../../worker/protocol.js').Overview} Overview */

/** @param {import('../../parts/speech.js').Speech} speech @param {HTMLElement} host */
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
    oninput: write,
  });
  const sentence = h('output', { class: 'tail-sentence', for: id });
  const frame = h('div', { class: 'tail-frame' }, picture, slider);
  host.append(h('h2', {}, t(words.tail)), lesson, kinds.node, frame, sentence);
  host.append(pictureMenu(speech, host, () => t(words.tail)));
  const behind = createBehind(speech, host, t(words.tail), () => shown && tailTable(speech, shown, byUsers));

  /** @type {Overview | null} */
  let shown = null;
  let byUsers = false;

  function write() {
    if (!shown) return;
    const tail = tailOf(speech, shown, byUsers, slider.valueAsNumber);
    setText(lesson, tail.lesson);
    setText(sentence, tail.sentence);
    setAttribute(slider, 'aria-valuetext', tail.sentence);
    setAttribute(picture, 'aria-label', tail.name);
    setAttribute(head, 'd', tail.head);
    setAttribute(rest, 'd', tail.rest);
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
