/** What the network answers: the prediction, the curve that makes it of the logit, and each part's share in the logit. */
import { scoreKind } from '../../../wasm/lab/scores.mjs';
import { modelRow } from '../../../wasm/settings/models.mjs';
import { ratingText, scoreSentence } from '../../parts/format.js';
import { number, signed } from './numbers.js';
import { words } from './words.js';
import { h, setAttribute, setText, svg, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {'probability' | 'rating' | 'score'} Kind  what the output is */
/**
 * @typedef {object} Answer
 * @property {Kind} kind
 * @property {number} logit
 * @property {number} prediction
 * @property {Record<string, number>} shares
 * @property {boolean} dot              GMF's part is a dot product
 * @property {string} meaning        what the number is
 * @property {string} fact           what the data say of the pair
 */

/** What the output is. @param {import('../../worker/protocol.js').Settings} settings @returns {Kind} */
export function kindOf(settings) {
  const kind = scoreKind(settings);
  return kind === 'logit' ? 'probability' : kind === 'rating' ? 'rating' : 'score';
}

/**
 * What is answered of the pair that is looked at.
 * @param {Speech} speech
 * @param {import('../../shell/state.js').State} state
 * @param {import('./phases.js').Passed} passed
 * @param {number} film
 * @param {import('./values.js').Pair | null} pair
 * @returns {Answer}
 */
export function answerOf(speech, { settings, model, person, user }, { logit, prediction, shares }, film, pair) {
  const { t } = speech;
  const held = person?.user === user && [person.heldOut?.item, person.validationItem].includes(film);
  const fact = held ? t(words.held) : pair ? t(pair.known ? words.has : words.hasNot) : '';
  const kind = kindOf(settings);
  const meaning =
    kind === 'probability'
      ? t(words.probability, { negatives: settings.negatives })
      : scoreSentence(speech, model?.score);
  return { kind, logit, prediction, shares, dot: modelRow(settings.model).dot === true, meaning, fact };
}

/** The curve's frame: logits from -SPAN to SPAN. */
const SPAN = 6;
const SIZE = { width: 160, height: 72 };

const PARTS = /** @type {const} */ ([
  ['gmf', 'shareGmf'],
  ['mlp', 'shareMlp'],
  ['fusion', 'shareFusion'],
  ['bias', 'shareBias'],
]);

/** @param {number} value a share from 0 to 1 */
export const percentage = (value) =>
  value > 0.999 ? '> 99.9 %' : value < 0.001 ? '< 0.1 %' : `${(100 * value).toFixed(1)} %`;

/** @param {Pick<Answer, 'kind' | 'prediction'>} answer */
export function predictionText({ kind, prediction }) {
  if (kind === 'probability') return percentage(prediction);
  return kind === 'rating' ? ratingText(prediction) : number(prediction);
}

/** @param {number} logit */
function place(logit) {
  const x = (Math.min(SPAN, Math.max(-SPAN, logit)) / SPAN + 1) / 2;
  const y = 1 - 1 / (1 + Math.exp(-logit));
  return { x: 4 + x * (SIZE.width - 8), y: 4 + y * (SIZE.height - 8) };
}

/** @param {Speech} speech @param {HTMLElement} host */
export function createAnswer(speech, host) {
  const { t } = speech;
  const value = h('p', { class: 'net-value' }, '–');
  const meaning = h('p', { class: 'hint' });
  const fact = h('p', { class: 'hint' });
  const points = Array.from({ length: 49 }, (_, n) => place(-SPAN + (n * SPAN) / 24));
  const [zero, half] = [place(0), place(0)];
  const dot = svg('circle', { r: 4.5, class: 'net-dot' });
  const drop = svg('path', { class: 'net-drop' });
  const curve = svg(
    'svg',
    { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, class: 'net-curve', role: 'img' },
    svg('path', { class: 'net-axis', d: `M${zero.x} 4V${SIZE.height - 4}M4 ${half.y}H${SIZE.width - 4}` }),
    svg('path', {
      class: 'net-sigmoid',
      d: `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`,
    }),
    drop,
    dot,
  );
  const rows = h('tbody', {});
  const shares = h('table', { class: 'net-shares' }, h('caption', {}, t(words.shares)), rows);
  host.append(h('h3', {}, t(words.answer)), h('div', { class: 'net-said' }, value, meaning, fact), curve, shares);
  /** @type {Map<string, {row: HTMLElement, bar: HTMLElement, text: HTMLElement}>} */
  const made = new Map();
  const renamed = watch();

  /** @param {string} key @param {string} name */
  function rowOf(key, name) {
    const bar = h('span', { class: 'net-bar' });
    const text = h('td', { class: 'net-number' });
    const row = h(
      'tr',
      { class: `of-${key}` },
      h('th', { scope: 'row' }, name),
      h('td', { class: 'net-track' }, bar),
      text,
    );
    made.set(key, { row, bar, text });
    return row;
  }

  return {
    /** @param {Answer | null} answer null: not known yet */
    update(answer) {
      host.classList.toggle('unknown', !answer);
      setText(value, answer ? predictionText(answer) : '–');
      if (!answer) return;
      const { kind, logit, prediction, shares: parts } = answer;
      setText(meaning, answer.meaning);
      setText(fact, answer.fact);
      curve.toggleAttribute('hidden', kind !== 'probability');
      const at = place(logit);
      for (const [name, where] of /** @type {const} */ ([
        ['cx', at.x],
        ['cy', at.y],
      ]))
        setAttribute(dot, name, where.toFixed(1));
      setAttribute(drop, 'd', `M${at.x.toFixed(1)} ${SIZE.height - 4}V${at.y.toFixed(1)}H4`);
      const values = { logit: number(logit), probability: percentage(prediction) };
      setAttribute(curve, 'aria-label', t(words.sigmoid, values));
      const known = PARTS.filter(([key]) => parts[key] !== undefined);
      const keys = [...known.map(([key]) => key), 'sum'];
      if (renamed(kind, answer.dot, keys.join())) {
        made.clear();
        rows.replaceChildren(
          ...known.map(([key, name]) => rowOf(key, t(words[key === 'gmf' && answer.dot ? 'shareDot' : name]))),
          rowOf('sum', t(kind === 'probability' ? words.logit : words.sum)),
        );
      }
      const most = Math.max(...known.map(([key]) => Math.abs(parts[key])), Math.abs(logit), 1e-9);
      for (const key of keys) {
        const share = key === 'sum' ? logit : parts[key];
        const one = made.get(key);
        if (!one) continue;
        setText(one.text, signed(share));
        one.bar.style.cssText = `width:${(50 * Math.abs(share)) / most}%;${share < 0 ? 'right' : 'left'}:50%`;
        one.bar.classList.toggle('negative', share < 0);
      }
    },
    destroy: () => host.replaceChildren(),
  };
}
