/** What a person hands in: answers, a name, and the result of the run. */

/** What an instructor may have told a page, by attributes or in the query, that its results are to be held to. */
const TOLD = ['lock', 'max-epochs', 'hide', 'only', 'start', 'chapter'];

/**
 * @param {(name: string) => string | null} get
 * @returns {[name: string, text: string][]}
 */
export const askedOf = (get) =>
  TOLD.flatMap((name) => {
    const text = get(name);
    return text === null ? [] : [/** @type {[string, string]} */ ([name, text.slice(0, 4000)])];
  });

/**
 * @param {import('../state.js').Store} store
 * @param {Pick<import('../actions.js').Assets, 'exercise' | 'asked'>} assets
 */
export function createHandIn(store, { exercise, asked }) {
  /** @param {Partial<import('../state.js').State['handIn']>} patch */
  const change = (patch) => store.set({ handIn: { ...store.state.handIn, ...patch } });

  /** @param {number} question @param {string} text */
  function answer(question, text) {
    const answers = [...store.state.handIn.answers];
    answers[question] = text;
    change({ answers: Array.from(answers, (one) => one ?? '') });
  }

  /** @param {string} name of the person, if they give one */
  const sign = (name) => change({ name });

  /**
   * What the run has come to, with the answers.
   * @returns {Promise<import('../../../wasm/lab/result.mjs').Result>}
   * @throws {import('../../../wasm/lab/result.mjs').ResultError} it is none to be handed in
   */
  async function result() {
    const { makeResult } = await import('../../../wasm/lab/result.mjs');
    return makeResult(handedOf(store.state, exercise ?? null, asked ?? []));
  }

  return { answer, sign, result };
}

/**
 * @param {import('../state.js').State} state
 * @param {string | null} exercise
 * @param {[string, string][]} policy
 * @returns {import('../../../wasm/lab/result.mjs').Handed}
 */
function handedOf(state, exercise, policy) {
  const { model, dataset, epochs, selected, rates, loaded, shipped, settings, handIn } = state;
  return {
    ...{ rates, loaded, shipped, exercise, policy },
    ...{ answers: handIn.answers, name: handIn.name.trim() },
    settings: model?.settings ?? settings,
    parameters: model?.parameters ?? 0,
    // Before there are data and a model there is nothing.
    epochs: model && dataset ? epochs : [],
    selected: selected?.epoch ?? null,
    data: dataset ?? { name: '', users: 0, items: 0, ratings: 0, fingerprint: '', order: '' },
  };
}
