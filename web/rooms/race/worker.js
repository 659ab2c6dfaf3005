/** What a run has come to, for whoever compares it with others. */
import { identityOf } from '../../../wasm/lab/identity.mjs';
import { breathe, isSolved, needHealthy, session } from '../../worker/session.js';
import { Fault, fault } from '../../../wasm/words/fault.mjs';

/** @typedef {import('../../../wasm/lab/run.mjs').Run} Run */

/** Whether the weights are those of the last epoch that was measured. @param {Run} run */
function atRest(run) {
  if (run.history.length === 0) return false;
  if (!run.trainer) return true;
  const { done, epoch } = run.trainer.progress();
  return done === 0 || (done === run.trainer.instances && epoch === run.epoch);
}

/**
 * @param {Run} run
 * @param {'sampled' | 'full'} kind
 */
function ranksOf(run, kind) {
  const all = run.evaluator?.ranks(kind === 'full') ?? [];
  const users = Uint32Array.from(all.flatMap((rank, user) => (rank ? [user] : [])));
  const of = (/** @type {'greater' | 'equal' | 'candidates'} */ what) => users.map((user) => Number(all[user]?.[what]));
  const ids = users.map((user) => run.split.dataset.userIds[user]);
  return { users: ids, greater: of('greater'), equal: of('equal'), candidates: of('candidates') };
}

/** @type {import('../../worker/protocol.js').Handlers['results']} */
async function results() {
  const { run } = needHealthy();
  if (!isSolved(run) || !atRest(run)) throw new Fault(fault('epochFirst'));
  // Back at its best epoch's weights, the model is not what was ranked last.
  if (run.last && run.meters) {
    const mine = session.loop;
    for (const _ of run.measure(run.meters.test, run.epoch)) {
      await breathe();
      if (mine !== session.loop) throw new Fault(fault('modelChanged'));
    }
  }
  const { eval: kind } = run.settings;
  const kinds = !run.evaluator ? [] : kind === 'both' ? /** @type {const} */ (['sampled', 'full']) : [kind];
  return {
    config: run.config(),
    data: identityOf(run.model.source),
    hash: run.model.hash(),
    ranks: Object.fromEntries(kinds.map((each) => [each, ranksOf(run, each)])),
    pretrainSeconds: run.pretrainSeconds,
  };
}

export const handlers = { results };
