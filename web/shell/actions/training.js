/** Training: on, a step, and a pause. */
import { isSpent, mostEpochs } from '../../parts/fixed.js';
import { complain, reason } from '../../parts/notices.js';
import { epochsDone, isRunning } from '../../parts/readings.js';
import { later } from '../../parts/speech.js';
import { words as wrong } from '../../parts/words/notices.js';
import { words } from '../words/run.js';
import { tellMost } from './fixed.js';

/** Epochs that a finished run is given when it is told to go on. */
const MORE_EPOCHS = 10;

/** As many as it may have of them. @param {import('../state.js').State} state */
export const moreEpochs = (state) => Math.min(MORE_EPOCHS, mostEpochs(state) - epochsDone(state));

/** @param {import('../actions.js').Lab} lab */
export function createTraining(lab) {
  const { store, client } = lab;

  /**
   * What came with the site shows where training leads; training itself starts from the seed.
   * @returns {Promise<boolean>} false: that model could not be made, as the page says, and what came with the site stays
   */
  async function leaveShipped() {
    if (!store.state.shipped) return true;
    await lab.models.rebuild(later(words.fromSeed, { seed: String(store.state.settings.seed) }), false);
    return !store.state.shipped;
  }

  /** @param {'train' | 'step'} type */
  async function run(type) {
    // What was asked for before is done first.
    await lab.commands.answered;
    const { model, phase, settings, selected } = store.state;
    if (!model || isRunning(store.state) || phase === 'diverged' || selected?.stopped) return;
    if (store.state.shipped) {
      if (await leaveShipped()) await run(type);
      return;
    }
    const done = epochsDone(store.state);
    if (model.once && done > 0) return;
    if (isSpent(store.state)) return tellMost(store, mostEpochs(store.state));
    if (!model.once && done >= settings.epochs)
      await lab.settings.change('epochs', done + (type === 'step' ? 1 : moreEpochs(store.state)));
    try {
      await client.request(type);
    } catch (error) {
      complain(store, 'train', later(wrong.notTrained), reason(error));
    }
  }

  const train = () => run('train');
  const step = () => run('step');

  async function pause() {
    try {
      await client.request('pause');
    } catch (error) {
      complain(store, 'train', later(wrong.notPaused), reason(error));
    }
  }

  return { train, step, pause, leaveShipped };
}
