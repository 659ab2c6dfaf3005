/** What leaves the page besides weights, as plain values: the page makes files of them (shell/views/leaving.js). */
import { suggestions } from '../../wasm/core.mjs';
import { describe } from '../../wasm/lab/described.mjs';
import { identityOf } from '../../wasm/lab/identity.mjs';
import { isSolved, need, needHealthy, session } from './session.js';
import { Fault, fault } from '../../wasm/words/fault.mjs';

/** Other messages are answered between so many ms of lists. */
const LISTS_MS = 12;

/** A run whose weights mean something. */
function needSolved() {
  const all = needHealthy();
  if (!isSolved(all.run)) throw new Fault(fault('unsolved'));
  return all;
}

/** @type {import('./protocol.js').Handlers['described']} */
function described() {
  const { run } = needSolved();
  return describe(run.present(), run.config());
}

/** @type {import('./protocol.js').Handlers['identity']} */
function identity() {
  const { run, name } = need();
  return { config: run.config(), data: { name, ...identityOf(run.model.source) } };
}

/** @type {import('./protocol.js').Handlers['lists']} */
function lists({ users, k, of }) {
  const { run } = needSolved();
  const { epoch, done } = run.trainer?.progress() ?? { epoch: 0, done: 0 };
  const weights = `${session.held?.number} ${epoch} ${done} ${run.last !== null}`;
  if (of !== undefined && of !== weights) throw new Fault(fault('modelChanged'));
  const view = run.view();
  const end = performance.now() + LISTS_MS;
  /** @type {import('./protocol.js').Out<'lists'>['lists']} */
  const made = [];
  for (const user of users) {
    made.push(suggestions(view, user, k));
    if (performance.now() > end) break;
  }
  return { of: weights, lists: made };
}

export const handlers = { described, identity, lists };
