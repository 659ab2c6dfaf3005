/**
 * What the table of the race says of each run: how far it is, what it has come to, and whether that differs from the
 * reference's more than chance makes it.
 */
import { count, metric, shortName, signed, speed } from '../../parts/format.js';
import { shownMetrics } from '../../parts/readings.js';
import { compareResults, epochOf, epochsOf, isActive, isOver, secondsBy, standing } from './race.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./race.js').Runner} Runner */
/** @typedef {import('../../../wasm/lab/compare.mjs').UserTests} UserTests */
/** @typedef {{hr: number, ndcg: number}} Best  of all that show */
/** @typedef {{label: string, pressed?: boolean, disabled?: boolean}} Tool */
/** @typedef {ReturnType<typeof rowScene>} RowScene */

const SIGNIFICANT = 0.05;

/** By runner's results, then by the reference's. @type {WeakMap<object, WeakMap<object, UserTests | null>>} */
const compared = new WeakMap();

/**
 * @param {Runner} runner
 * @param {Runner} reference
 * @returns {UserTests | null}
 */
function testsOf({ results: a }, { results: b }) {
  if (!a || !b) return null;
  const known = compared.get(a) ?? new WeakMap();
  compared.set(a, known);
  if (!known.has(b)) known.set(b, compareResults(a, b));
  return known.get(b) ?? null;
}

/** @param {number} p */
const chance = (p) => (p < 0.001 ? 'p < .001' : `p = ${p.toFixed(3).replace(/^0/, '')}`);

/**
 * What is said of a run beside the reference.
 * @param {Speech} speech
 * @param {Runner} runner
 * @param {Runner} reference
 */
function against(speech, runner, reference) {
  const { t } = speech;
  /** sure: which way, where it is not chance. @type {(verdict: string, hint?: string, sure?: -1 | 0 | 1) => {verdict: string, hint: string, sure: -1 | 0 | 1}} */
  const say = (verdict, hint = '', sure = 0) => ({ verdict, hint, sure });
  if (runner === reference) return say(t(words.reference));
  if (!runner.results || !reference.results) return say('–');
  const tests = testsOf(runner, reference);
  if (!tests) return say(t(words.unlike));
  const { mean, p } = tests.t;
  if (tests.wilcoxon.n === 0) return say(t(words.identical));
  const told = { difference: signed(mean), p: chance(p) };
  if (p < SIGNIFICANT) return say(t(words.better, told), '', mean > 0 ? 1 : -1);
  return say(t(words.same), t(words.sameNumbers, told));
}

/** How far a run is, in words. @param {Speech} speech @param {Runner} runner */
function stateOf(speech, runner) {
  const { t } = speech;
  const { phase, pretraining, selected, message, once, settings } = runner;
  const done = epochOf(runner);
  const of = epochsOf(runner);
  const under = { epoch: Math.min(done + 1, of), of };
  if (phase === 'failed') return t(words.failed, { message });
  if (phase === 'waiting' || phase === 'opening' || phase === 'diverged') return t(words[phase]);
  if (phase === 'finished') {
    if (done === 0) return t(words.nothing);
    if (once) return t(words.solved);
    return selected ? t(words.selected, { epoch: selected.epoch, of: done }) : t(words.finished, { epoch: done });
  }
  if (phase === 'paused') return t(words.paused, under);
  if (pretraining) {
    const { model, epoch } = pretraining;
    return t(words.pretrainingOf, { model: shortName(speech, model), epoch, of: settings.pretrain });
  }
  return once ? t(words.solving) : t(words.training, under);
}

/** How much of a run is done, from 0 to 1; pretraining fills the bar once for itself. @param {Runner} runner */
function shareOf(runner) {
  const { pretraining, share, phase } = runner;
  if (phase === 'finished') return 1;
  if (!pretraining) return Math.min(1, (epochOf(runner) + share) / epochsOf(runner));
  const { model, epoch, epochs, batch, batches } = pretraining;
  return ((model === 'mlp' ? 1 : 0) + (epoch - 1 + batch / batches) / epochs) / 2;
}

/** @param {Runner[]} runners @returns {Best} */
export function bestOf(runners) {
  const measured = runners.flatMap((runner) => shownMetrics(standing(runner)) ?? []);
  return { hr: Math.max(...measured.map(({ hr }) => hr)), ndcg: Math.max(...measured.map(({ ndcg }) => ndcg)) };
}

/**
 * @param {Speech} speech
 * @param {Runner} runner
 * @param {Runner} reference
 * @param {Best} best
 */
export function rowScene(speech, runner, reference, best) {
  const { t } = speech;
  const { name, look, phase, hidden, kept, once, pretraining } = runner;
  /** @type {(word: import('../../parts/speech.js').Word, holds?: Omit<Tool, 'label'>) => Tool} */
  const tool = (word, holds) => ({ label: t(word, { name }), ...holds });
  return {
    ...{ name, look },
    state: stateOf(speech, runner),
    share: shareOf(runner),
    marks: { ended: isOver(runner), troubled: phase === 'failed' || phase === 'diverged', 'put-away': hidden },
    numbers: numbersOf(speech, runner, best),
    difference: { label: t(words.difference, { name: reference.name }), ...against(speech, runner, reference) },
    tools: {
      hide: tool(words.hide, { pressed: hidden }),
      keep: tool(words.keep, { pressed: kept }),
      refer: tool(words.refer, { pressed: runner === reference }),
      stop: tool(words.stop, { disabled: !isActive(runner) || once || pretraining !== null }),
      remove: tool(words.remove),
    },
  };
}

/** What a row's numbers are, and their heads, in the order of numbersOf(). @param {Speech} speech */
export const columnsOf = ({ t }) => [
  ['hr', 'HR@10'],
  ['ndcg', 'NDCG@10'],
  ['time', t(words.time)],
  ['pace', t(words.speed)],
  ['size', t(words.parameters)],
];

/**
 * @param {Speech} speech
 * @param {Runner} runner
 * @param {Best} best
 * @returns {{text: string, interval?: string, best?: boolean}[]}
 */
function numbersOf(speech, runner, best) {
  const final = standing(runner);
  const shown = shownMetrics(final);
  const errors = final?.metrics.errors;
  const half = shown ? shown.hrHalfWidth : errors?.rmseHalfWidth;
  const seconds = secondsBy(runner).at(-1) ?? runner.pretrainSeconds;
  return [
    {
      text: shown ? metric(shown.hr) : errors ? `RMSE ${metric(errors.rmse)}` : '–',
      interval: half == null ? '' : ` ± ${metric(half)}`,
      best: shown?.hr === best.hr,
    },
    { text: shown ? metric(shown.ndcg) : '–', best: shown?.ndcg === best.ndcg },
    { text: seconds > 0 ? speech.t(words.seconds, { value: seconds.toFixed(1) }) : '–' },
    { text: runner.once ? '–' : speed(speech, runner.samplesPerSecond) },
    { text: runner.parameters ? count(runner.parameters) : '–' },
  ];
}

/**
 * All the tests against one of the runs.
 * @param {Speech} speech
 * @param {Runner[]} runners
 * @param {Runner} reference
 * @returns {import('../../parts/data_table.js').Table}
 */
export function testsTable(speech, runners, reference) {
  const { t } = speech;
  const tested = runners.flatMap((runner) => {
    const tests = runner === reference ? null : testsOf(runner, reference);
    return tests ? [{ name: runner.name, tests }] : [];
  });
  return {
    caption: t(words.testsCaption, { name: reference.name, users: tested[0]?.tests.users ?? 0 }),
    note: t(words.significance),
    head: [t(words.run), 'NDCG@10', t(words.testT), t(words.testWilcoxon), t(words.testMcNemar)],
    rows: tested.map(({ name, tests: { t: student, wilcoxon, mcnemar } }) => [
      name,
      `${signed(student.mean)} ± ${metric(student.halfWidth)}`,
      ...[student.p, wilcoxon.p, mcnemar.p].map(chance),
    ]),
  };
}
