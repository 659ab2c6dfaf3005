/** Writes the answer: the prediction, the curve that makes it of the logit, and each part's share in the logit. */
import { EDGE, HEIGHT, WIDTH, curvePoints, onCurve } from './answer_scene.js';
import { words } from './words.js';
import { h, setAttribute, setText, svg, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./answer_scene.js').Answer} Answer */

/** The curve in its frame, and the point on it. */
function createCurve() {
  const middle = onCurve(0);
  const line = curvePoints().map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  const dot = svg('circle', { r: 4.5, class: 'net-dot' });
  const drop = svg('path', { class: 'net-drop' });
  const node = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'net-curve', role: 'img' },
    svg('path', { class: 'net-axis', d: `M${middle.x} ${EDGE}V${HEIGHT - EDGE}M${EDGE} ${middle.y}H${WIDTH - EDGE}` }),
    svg('path', { class: 'net-sigmoid', d: `M${line.join('L')}` }),
    drop,
    dot,
  );
  return {
    node,
    /** @param {Answer['curve']} point */
    update(point) {
      setAttribute(node, 'hidden', !point);
      if (!point) return;
      const [x, y] = [point.x, point.y].map((place) => place.toFixed(1));
      setAttribute(dot, 'cx', x);
      setAttribute(dot, 'cy', y);
      setAttribute(drop, 'd', `M${x} ${HEIGHT - EDGE}V${y}H${EDGE}`);
      setAttribute(node, 'aria-label', point.label);
    },
  };
}

/** @param {string} key @param {string} name */
function createRow(key, name) {
  const bar = h('span', { class: 'net-bar' });
  const text = h('td', { class: 'net-number' });
  const track = h('td', { class: 'net-track' }, bar);
  return { node: h('tr', { class: `of-${key}` }, h('th', { scope: 'row' }, name), track, text), bar, text };
}

/** @param {Speech} speech @param {HTMLElement} host */
export function createAnswer(speech, host) {
  const { t } = speech;
  const value = h('p', { class: 'net-value' }, '–');
  const meaning = h('p', { class: 'hint' });
  const fact = h('p', { class: 'hint' });
  const curve = createCurve();
  const body = h('tbody', {});
  const table = h('table', { class: 'net-shares' }, h('caption', {}, t(words.shares)), body);
  host.append(h('h3', {}, t(words.answer)), h('div', { class: 'net-said' }, value, meaning, fact), curve.node, table);
  /** @type {ReturnType<typeof createRow>[]} */
  let rows = [];
  const renamed = watch();

  return {
    /** @param {Answer | null} answer null: not known yet */
    update(answer) {
      host.classList.toggle('unknown', !answer);
      setText(value, answer?.value ?? '–');
      if (!answer) return;
      setText(meaning, answer.meaning);
      setText(fact, answer.fact);
      curve.update(answer.curve);
      const { shares } = answer;
      if (renamed(shares.map(({ key, name }) => `${key} ${name}`).join())) {
        rows = shares.map(({ key, name }) => createRow(key, name));
        body.replaceChildren(...rows.map(({ node }) => node));
      }
      shares.forEach(({ text, negative, width }, at) => {
        const row = rows[at];
        setText(row.text, text);
        row.bar.style.cssText = `width:${width}%;${negative ? 'right' : 'left'}:50%`;
        row.bar.classList.toggle('negative', negative);
      });
    },
    destroy: () => host.replaceChildren(),
  };
}
