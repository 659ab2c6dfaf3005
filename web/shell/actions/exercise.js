/** What a person hands in: answers, a name, and the result of the run. */

/**
 * What the instructor decided, as texts, for whoever reads the result.
 * @param {import('../policy.js').Policy} policy
 * @returns {[name: string, text: string][]}
 */
function pairsOf({ lock, hide, only, maxEpochs, start, chapter }) {
  const list = (/** @type {Iterable<string>} */ words) => [...words].join(',');
  const told = /** @type {[string, string][]} */ ([
    ['lock', lock.has('all') ? 'all' : list(lock)],
    ['max-epochs', maxEpochs === null ? '' : String(maxEpochs)],
    ['hide', list(hide)],
    ['only', list(only)],
    ['start', start ?? ''],
    ['chapter', chapter],
  ]);
  return told.filter(([, text]) => text !== '').map(([name, text]) => [name, text.slice(0, 4000)]);
}

/** @param {import('../state.js').Store} store */
export function createHandIn(store) {
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
    return makeResult(handedOf(store.state));
  }

  return { answer, sign, result };
}

/**
 * @param {import('../state.js').State} state
 * @returns {import('../../../wasm/lab/result.mjs').Handed}
 */
function handedOf(state) {
  const { model, dataset, epochs, selected, rates, loaded, shipped, settings, handIn, policy } = state;
  return {
    ...{ rates, loaded, shipped, policy: pairsOf(policy), exercise: policy.exercise || null },
    ...{ answers: handIn.answers, name: handIn.name.trim() },
    settings: model?.settings ?? settings,
    parameters: model?.parameters ?? 0,
    // Before there are data and a model there is nothing.
    epochs: model && dataset ? epochs : [],
    selected: selected?.epoch ?? null,
    data: dataset ?? { name: '', users: 0, items: 0, ratings: 0, fingerprint: '', order: '' },
  };
}
