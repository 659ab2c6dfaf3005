/**
 * Commands to the worker: the run that it answers takes the place of the page's. While one is open the settings are what was
 * asked for; when the last is answered, with an error too, they are the run's.
 */
import { withRun } from '../state.js';

/** @typedef {import('../../worker/protocol.js').RunState} RunState */

export class Commands {
  /** @param {import('../actions.js').Lab} lab */
  constructor(lab) {
    this.lab = lab;
    this.open = 0;
    /** When all that were given are answered. @type {Promise<unknown>} */
    this.answered = Promise.resolve();
  }

  /**
   * @param {() => Promise<RunState | null>} ask
   * @param {Promise<unknown>} [ready] when the worker can take it
   * @returns {Promise<RunState | null>} null: a later command took its place
   */
  give(ask, ready = this.lab.arrived) {
    const answer = this.take(ask, ready);
    this.answered = Promise.allSettled([this.answered, answer]).then(() => {});
    return answer;
  }

  /** @param {() => Promise<RunState | null>} ask @param {Promise<unknown>} ready */
  async take(ask, ready) {
    const { store } = this.lab;
    this.open++;
    try {
      await ready;
      const told = await ask();
      if (told) store.set(withRun(store.state, told));
      return told;
    } finally {
      this.open--;
      const { model } = store.state;
      if (this.open === 0 && model) store.set({ settings: model.settings });
    }
  }
}
