/** What the room of the race shows besides its chart and its table: where the race stands, and what can be done. */
import { admitted, isFixed, mostEpochs } from '../../parts/fixed.js';
import { metric } from '../../parts/format.js';
import { messageOf } from '../../parts/notices.js';
import { isRunning, shownMetrics } from '../../parts/readings.js';
import { isActive, isOver, referenceOf, runnersOn, standing } from './race.js';
import { entriesOf } from './presets.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./race.js').Runner} Runner */

/** @param {Speech} speech @param {Pick<State, 'race' | 'dataset'>} state */
export function roomScene(speech, { race, dataset }) {
  const { t } = speech;
  const runners = runnersOn(race, dataset);
  const others = race.runners.length - runners.length;
  return {
    runners,
    charted: runners.filter(({ hidden }) => !hidden),
    reference: referenceOf(runners, race.reference),
    elsewhere: others > 0 ? t(words.elsewhere, { count: others }) : '',
    status: runners.length > 0 ? standingOf(speech, runners, race.paused) : '',
    empty: runners.length === 0,
    downloadable: runners.some(({ results }) => results),
  };
}

/**
 * Where the race stands, in a sentence.
 * @param {Speech} speech
 * @param {Runner[]} runners
 * @param {boolean} paused
 */
function standingOf({ t }, runners, paused) {
  const done = runners.filter(isOver).length;
  if (done < runners.length) {
    const active = runners.filter(isActive).length;
    const waiting = runners.length - done - active;
    const told = t(words.progress, { done, all: runners.length, active, waiting });
    return paused ? `${t(words.pausedNow)} ${told}` : told;
  }
  const measured = runners.flatMap((runner) => {
    const metrics = shownMetrics(standing(runner));
    return metrics && runner.phase === 'finished' ? [{ name: runner.name, ndcg: metrics.ndcg }] : [];
  });
  if (measured.length < 2) return t(words.overPlain);
  const { name, ndcg } = measured.reduce((best, one) => (one.ndcg > best.ndcg ? one : best));
  return t(words.over, { name, value: metric(ndcg) });
}

/** What the buttons of the setup say and whether they can be pressed. @param {Speech} speech @param {Pick<State, 'race' | 'dataset' | 'model' | 'epochs' | 'phase'>} state */
export function controlsScene({ t }, { race, dataset, model, epochs, phase }) {
  const rests = model !== null && epochs.length > 0 && !isRunning({ phase }) && phase !== 'diverged';
  return {
    pause: { text: t(race.paused ? words.goOn : words.pause), disabled: race.runners.every(isOver) },
    start: { disabled: !dataset },
    take: { disabled: !rests, title: rests ? null : t(words.busy) },
  };
}

/** Epochs of a race, few enough that one sees its end. */
const EPOCHS = 10;

/** The epochs that a race begins with, and whether they can be chosen. @param {Pick<State, 'policy' | 'settings'>} state */
export const epochsScene = (state) => ({
  value: isFixed(state, 'epochs') ? state.settings.epochs : Math.min(EPOCHS, mostEpochs(state)),
  fixed: isFixed(state, 'epochs'),
});

/** Why a question can't be asked here; '': it can. @param {Speech} speech @param {import('./presets.js').Preset} preset @param {Pick<State, 'policy' | 'fixed' | 'settings'>} state */
export function barredBy(speech, preset, state) {
  const { settings, fixed } = state;
  try {
    for (const entry of entriesOf(speech, preset, settings, epochsScene(state).value, fixed))
      admitted(state, entry.settings);
    return '';
  } catch (error) {
    return messageOf(speech, error);
  }
}

/** What the paper found, and what else holds. @param {Speech} speech @param {import('./presets.js').Preset} preset @param {number} seed */
export const paperOf = ({ t }, { name }, seed) =>
  `${t(words[`${name}Paper`])} ${t(words.asSet, { seed: String(seed) })}`;
