/** What the network room shows, in plain values: made of what it knows, and of how far slow motion has come. */
import { shortName } from '../../parts/format.js';
import { answerOf } from './answer_scene.js';
import { stagesOf } from './layout.js';
import { glowOf } from './moved.js';
import { nameOf } from './names.js';
import { number, short } from './numbers.js';
import { BACK, BATCH, FORWARD, lengths } from './phases.js';
import { stepsOf } from './steps_scene.js';
import { byNode } from './values.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('./look.js').Look} Look */
/** The phase of the example that is shown, -1: none; and how much of it is over, from 0 to 1. @typedef {{phase: number, share: number}} Moment */
/**
 * @typedef {object} Shown  of the network
 * @property {import('./diagram.js').Drawing} drawing
 * @property {import('./answer_scene.js').Answer | null} answer  null: not known yet
 * @property {string} readout
 * @property {import('./steps_scene.js').Steps} steps
 * @property {import('./weights.js').Shown | null} weights  null: the network has none
 */
/** What is said in place of the room, null: nothing; and the room. @typedef {{instead: string | null, shown: Shown | null}} Scene */

/**
 * @param {Speech} speech
 * @param {Pick<State, 'settings' | 'films'>} state
 * @param {Graph | null} graph
 */
function insteadOf(speech, { settings, films }, graph) {
  if (!films) return speech.t(words.waiting);
  return graph ? null : speech.t(words.nothing, { model: shortName(speech, settings.model) });
}

/**
 * @param {Speech} speech
 * @param {Look} look
 * @param {Moment} moment
 * @returns {Scene | null} null: nothing is known yet
 */
export function sceneOf(speech, look, moment) {
  const { state, graph } = look;
  return (
    state && { instead: insteadOf(speech, state, graph), shown: graph && shownOf(speech, state, graph, look, moment) }
  );
}

/**
 * @param {Speech} speech
 * @param {State} state
 * @param {Graph} graph
 * @param {Look} look
 * @param {Moment} moment
 * @returns {Shown}
 */
function shownOf(speech, state, graph, look, moment) {
  const { values, weights, picked, pointed, pair, film, under } = look;
  const { phase } = moment;
  const { reveal, back, said } = progressOf(moment, Math.max(...stagesOf(graph).values()));
  const gradients = under && back > 0 ? lengths(under.traced.gradients) : new Map();
  const notes = new Map([...gradients].map(([id, length]) => [id, short(length)]));
  const moved = under?.trained && phase === BATCH ? under.trained.moved : null;
  const glow = under && moved ? glowOf(graph, under.example, moved) : new Map();
  const shown = under && !under.trained ? under.traced : pair;
  const tensor = graph.nodes.find(({ id }) => id === picked)?.tensor;
  return {
    drawing: { graph, values, weights, gradients, notes, reveal, back, glow, picked, pointed },
    answer: shown && said ? answerOf(speech, state, shown, film, pair) : null,
    readout: readoutOf(speech, look, phase),
    steps: stepsOf(speech, state, graph, look, phase),
    weights: tensor ? { graph, id: picked, known: weights.get(tensor) ?? null } : null,
  };
}

/**
 * How far numbers have come, and gradients back, in stages; `said`: whether the answer is out. Without a phase all numbers
 * are there.
 * @param {Moment} moment
 * @param {number} last  stage, the output's
 */
export function progressOf({ phase, share }, last) {
  if (phase < 0) return { reveal: last, back: 0, said: true };
  return {
    // The pair alone has no numbers yet; then the embeddings are fetched; then numbers go forward.
    reveal: [-1, share - 1, share * last][phase] ?? last,
    back: phase === BACK ? share * last : 0,
    said: phase > FORWARD || (phase === FORWARD && share === 1),
  };
}

/**
 * The number that is pointed at.
 * @param {Speech} speech
 * @param {Pick<Look, 'graph' | 'pointed' | 'values' | 'under'>} look
 * @param {number} phase
 */
export function readoutOf(speech, { graph, pointed, values, under }, phase) {
  const { t } = speech;
  if (!graph || !pointed) return t(words.how);
  const { id, index } = pointed;
  const all = values.get(id);
  if (!all) return '';
  const said = { name: nameOf(speech, graph, id), n: index + 1, width: all.length, value: number(all[index]) };
  const text = t(all.length === 1 ? words.readoutOne : words.readout, said);
  const gradient = under && phase >= BACK ? byNode(under.traced.gradients).get(id)?.[index] : undefined;
  return gradient === undefined ? text : t(words.readoutGradient, { text, gradient: number(gradient) });
}
