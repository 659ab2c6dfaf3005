// What results say against what comes of their runs: where a result parts from its run, and which of them one run is enough for.

import { labelOf, measures } from '../../lab/measures.mjs';
import { firstSettings } from '../../lab/rerun.mjs';
import { worthOf } from '../../lab/tasks.mjs';
import { version } from '../../lab/version.mjs';
import { toConfig } from '../../settings/settings.mjs';

/** @typedef {ReturnType<typeof import('../../lab/result.mjs').readResult>} Result */
/** @typedef {import('../../lab/result.mjs').ResultEpoch} ResultEpoch */
/** @typedef {import('../../lab/identity.mjs').DataIdentity} DataIdentity */
/**
 * Where a result is untrue. of: a setting, a measure, data, hash …; epoch: where it is of one; told: what the file says; found:
 * what there is.
 * @typedef {{of: string, epoch?: number, told: string, found: string}} Parting
 */
/** A result whose run is to be run again. @typedef {{result: Result, parting: Parting | null}} Claim */
/** Results that one run is enough for. @typedef {{key: string, settings: import('../../settings/settings.mjs').Settings, rates: import('../../lab/result.mjs').Rate[], epochs: number, claims: Claim[]}} Group */

/** @param {string} of @param {unknown} told @param {unknown} found @param {number} [epoch] @returns {Parting} */
const parting = (of, told, found, epoch) => ({
  of,
  ...(epoch !== undefined && { epoch }),
  told: String(told),
  found: String(found),
});

/** Where a result is of other data. @param {Result} result @param {DataIdentity} data @returns {Parting | null} */
export function otherData({ data: told }, data) {
  if (told.fingerprint !== data.fingerprint) return parting('data', told.fingerprint, data.fingerprint);
  if (told.order !== data.order) return parting('order of the data', told.order, data.order);
  for (const count of /** @type {const} */ (['users', 'items', 'ratings']))
    if (told[count] !== data[count]) return parting(`data, ${count}`, told[count], data[count]);
  return null;
}

/** Results whose runs are the same but for their length are of one group, the longest of whose runs tells of all. @param {Claim[]} claims @returns {Group[]} */
export function groupsOf(claims) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const claim of claims) {
    const { checked, rates, epochs_trained: epochs } = claim.result;
    const settings = firstSettings(checked, rates);
    const { epochs: _, ...config } = toConfig(settings);
    const key = JSON.stringify([config, rates]);
    const group = groups.get(key) ?? { key, settings, rates, epochs: 0, claims: [] };
    groups.set(key, group);
    group.claims.push(claim);
    group.epochs = Math.max(group.epochs, epochs);
  }
  // The longest first, so that no thread is left with one at the end.
  return [...groups.values()].sort((a, b) => b.epochs - a.epochs);
}

/**
 * An epoch of a group's run.
 * @param {Group} group
 * @param {ResultEpoch} found
 * @param {number} n  which of the run's it is, from 0
 * @returns {boolean}  whether more has to be seen
 */
export function holdEpoch({ claims }, found, n) {
  for (const claim of claims) {
    const told = claim.result.epochs[n];
    if (told) claim.parting ??= epochParting(told, found);
  }
  return claims.some(({ parting: parted, result }) => !parted && result.epochs.length > n + 1);
}

/**
 * The end of a group's run, which may have come before what results tell of.
 * @param {Group} group
 * @param {{parameters: number, seen: ResultEpoch[], why: string}} end  why: there is no more
 */
export function holdEnd({ claims }, { parameters, seen, why }) {
  for (const claim of claims) {
    const { result } = claim;
    const { epochs } = result;
    claim.parting ??=
      (epochs.length > seen.length ? parting('epochs', `${result.epochs_trained} trained`, why) : null) ??
      (result.parameters === parameters ? null : parting('parameters', result.parameters, parameters)) ??
      endParting(result);
  }
}

/** @param {ResultEpoch} told @param {ResultEpoch} found @returns {Parting | null} */
function epochParting(told, found) {
  const { epoch } = found;
  if (told.epoch !== epoch) return parting('epochs', `from epoch ${told.epoch} on`, `from epoch ${epoch} on`);
  if (told.loss !== found.loss) return parting('loss', told.loss, found.loss, epoch);
  return (
    figuresParting(told.metrics, found.metrics, '', epoch) ??
    figuresParting(told.validation ?? {}, found.validation ?? {}, 'validation ', epoch) ??
    (told.hash === found.hash ? null : parting('weights hash', told.hash, found.hash, epoch))
  );
}

/**
 * @param {import('../../lab/result.mjs').Figures} told
 * @param {import('../../lab/result.mjs').Figures} found
 * @param {string} of
 * @param {number} epoch
 */
function figuresParting(told, found, of, epoch) {
  const kinds = Object.keys(found);
  if (Object.keys(told).sort().join() !== [...kinds].sort().join())
    return parting(`${of}metrics`, Object.keys(told).join(', ') || 'none', kinds.join(', ') || 'none', epoch);
  for (const kind of kinds)
    for (const [name, value] of Object.entries(found[kind]))
      if (told[kind][name] !== value) {
        const measure = measures.find((each) => each.name === name);
        const label = measure ? labelOf(measure) : name;
        const among = kinds.length > 1 ? `${kind} ` : '';
        return parting(`${of}${among}${label}`, told[kind][name], value, epoch);
      }
  return null;
}

/** What the end says of itself, once all epochs are as they should be. @param {Result} result */
function endParting({ epochs, selected, weights_hash: hash }) {
  const best = bestOn(epochs);
  if (selected !== null && selected !== best) return parting('best epoch on validation', selected, best ?? 'none');
  const { hash: standing } = /** @type {ResultEpoch} */ (
    epochs.find(({ epoch }) => epoch === selected) ?? epochs.at(-1)
  );
  return hash === standing ? null : parting('weights hash', hash, standing);
}

/** The first of the best on validation, null without that. @param {ResultEpoch[]} epochs */
function bestOn(epochs) {
  const worth = (/** @type {ResultEpoch} */ { validation }) => worthOf(/** @type {any} */ (validation));
  const validated = epochs.filter(({ validation }) => validation);
  if (validated.length === 0) return null;
  return validated.reduce((best, each) => (worth(each) > worth(best) ? each : best)).epoch;
}

/** Where a result parts, in words. @param {Parting} parted @param {Result} result */
export function partingText({ of, epoch, told, found }, { program }) {
  const where = epoch === undefined ? of : `epoch ${epoch}, ${of}`;
  const made = program === version ? '' : ` (made with version ${program}, this is ${version})`;
  return `${where}: ${told} in the file, here ${found}${made}`;
}
