/** What each phase of an example says, in one sentence: in general, and of the example that is under way. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { filmName } from '../../parts/film_picker.js';
import { words } from './words.js';
import { lengthOf } from './links.js';
import { nameOf } from './names.js';
import { number } from './numbers.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('../../worker/protocol.js').Settings} Settings */
/** @typedef {{user: number, item: number, label: number, positive: number, negatives: number[], other?: number}} Example  other: with BPR, the other film of the pair */
/** @typedef {{id: string, values: Float32Array}} Numbers  of a node */
/** @typedef {import('../../worker/protocol.js').Passed} Passed */
/** @typedef {import('../../worker/protocol.js').Traced} Traced */
/** @typedef {import('../../worker/protocol.js').Moved} Moved */
/** @typedef {import('../../worker/protocol.js').Trained} Trained */

/** The phases, by what each is called in words.js. */
export const PHASES = /** @type {const} */ (['pair', 'fetch', 'forward', 'loss', 'back', 'batch']);
/** The places of some of them. */
export const FORWARD = 2;
export const BACK = 4;
export const BATCH = 5;

/**
 * @param {Speech} speech
 * @param {Graph} graph
 * @param {Settings} settings
 * @returns {string[]} before there is an example
 */
export function idleSentences(speech, graph, settings) {
  const { t } = speech;
  const rating = modelRow(settings.model).task === 'rating';
  const first = t(rating ? words.pairRatingIdle : words.pairIdle);
  return [first, t(words.fetchIdle), way(speech, graph), t(words.lossIdle), t(words.backIdle), t(words.batchIdle)];
}

/** How numbers go forward. @param {Speech} speech @param {Graph} graph */
function way(speech, { nodes, edges }) {
  const { t } = speech;
  const product = nodes.some(({ kind }) => kind === 'product');
  const dot = edges.some(({ from, to, tensor }) => from === 'gmf.product' && to === 'output' && !tensor);
  const tower = nodes.some(({ part }) => part === 'mlp');
  return [product && t(dot ? words.forwardDot : words.forwardGmf), tower && t(words.forwardMlp)]
    .filter(Boolean)
    .join(' ');
}

/**
 * @param {Speech} speech
 * @param {object} under  what is under way
 * @param {Graph} under.graph
 * @param {Settings} under.settings
 * @param {Example} under.example
 * @param {Traced} under.traced
 * @param {number} under.size           of the batch
 * @param {Trained | null} under.trained  once the batch is done
 * @param {(prediction: number) => string} under.said  a prediction in words
 * @param {import('../../worker/protocol.js').Users} under.users
 * @param {import('../../worker/protocol.js').Films} under.films
 * @returns {string[]}
 */
export function sentencesOf(speech, { graph, settings, example, traced, size, trained, said, users, films }) {
  const { t } = speech;
  const idle = idleSentences(speech, graph, settings);
  const film = (/** @type {number} */ item) => filmName(films, item);
  const pair = pairOf(speech, settings, example, String(users.ids[example.user]), film);
  const loss = number(traced.loss);
  const { label, prediction } = traced;
  const wrong =
    example.other === undefined
      ? t(words.lossLog, { prediction: said(prediction), label: String(label), loss })
      : t(words.lossBpr, { other: film(example.other), loss });
  const widths = graph.nodes
    .filter(({ id, kind }) => kind === 'embedding' && id.endsWith('.user'))
    .map((node) => node.width);
  const fetched = t(words.fetched, { numbers: widths.join(' + ') });
  const forward = `${idle[2]} ${t(words.forwardSum, { logit: number(traced.logit) })}`;
  return [
    pair,
    fetched,
    forward,
    wrong,
    backSentence(speech, graph, traced),
    batchSentence(speech, example, size, trained),
  ];
}

/**
 * @param {Speech} speech
 * @param {Settings} settings
 * @param {Example} example
 * @param {string} user
 * @param {(item: number) => string} film
 */
function pairOf(speech, settings, { item, label, positive, negatives }, user, film) {
  const { t } = speech;
  if (modelRow(settings.model).task === 'rating')
    return t(words.pairRating, { user, film: film(item), label: String(label) });
  if (label > 0) return t(words.pairPositive, { user, film: film(item), n: negatives.length });
  return t(words.pairNegative, { user, film: film(item), positive: film(positive) });
}

/** The lengths of gradients by node. @param {Numbers[]} gradients */
export const lengths = (gradients) => new Map(gradients.map(({ id, values }) => [id, lengthOf(values)]));

/** @param {Speech} speech @param {Graph} graph @param {Traced} traced */
function backSentence(speech, graph, { gradients }) {
  const { t } = speech;
  const all = lengths(gradients);
  const [id, most] = [...all].reduce((best, each) => (each[1] > best[1] ? each : best));
  const of = (/** @type {string} */ side) =>
    number(
      Math.hypot(
        ...graph.nodes
          .filter((node) => node.kind === 'embedding' && node.id.endsWith(side))
          .map((node) => all.get(node.id) ?? 0),
      ),
    );
  return t(words.backed, { most: number(most), name: nameOf(speech, graph, id), user: of('.user'), item: of('.item') });
}

/** @param {Speech} speech @param {Example} example @param {number} size @param {Trained | null} trained */
function batchSentence(speech, { user, item }, size, trained) {
  const { t } = speech;
  if (!trained) return t(words.batchWaits, { size });
  const { batch, loss, rows, moved } = trained;
  const of = (/** @type {Moved} */ all, /** @type {number} */ index) =>
    number(all.find((one) => one.index === index)?.distance ?? 0);
  return t(words.batchDone, {
    ...{ batch, loss: number(loss), ...rows },
    ...{ user: of(moved.users, user), item: of(moved.items, item) },
  });
}
