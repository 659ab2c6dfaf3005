// What tells the data and the test of a run from others: it stands in result lines and in weights files, so that numbers of
// one are never taken for those of another.

/** @typedef {import('../core/split.mjs').Split} Split */
/** @typedef {import('../core/holdout.mjs').Holdout} Holdout */
/**
 * @typedef {object} DataIdentity
 * @property {number} users
 * @property {number} items
 * @property {number} ratings
 * @property {string} fingerprint   of the ratings as a set: users, items, ratings, times (Dataset.fingerprint.content)
 * @property {string} order         of the same in the order of their rows, by which everything that is drawn goes
 */
/**
 * @typedef {object} TestIdentity
 * @property {string} test          of what is held out for the test, HELD_DIGITS long; of rankings as many more of the negatives
 * @property {string} [validation]  of what is held out for validation, where that is on
 */
/** @typedef {DataIdentity & TestIdentity} Identity */

/** Digits of a fingerprint of what is held out, before those of its negatives. */
export const HELD_DIGITS = 16;

/** @param {import('../core/dataset.mjs').Dataset} dataset @returns {DataIdentity} */
export function identityOfData({ users, items, ratings, fingerprint: { content, order } }) {
  return { users, items, ratings, fingerprint: content, order };
}

/**
 * @param {Split | Holdout} source  what a model learns from: model.source
 * @returns {Identity}
 */
export function identityOf(source) {
  const validation = source.fingerprint(true);
  return { ...identityOfData(source.dataset), test: source.fingerprint(), ...(validation && { validation }) };
}

/**
 * Whether runs of both can stand side by side, and one be taken for the other.
 * @param {Partial<Identity> | null | undefined} a
 * @param {Partial<Identity> | null | undefined} b
 */
export const sameRows = (a, b) => a?.fingerprint === b?.fingerprint && a?.order === b?.order;

/**
 * What of a test counts for an evaluation: of a sampled one the negatives too.
 * @param {Partial<Identity> | null | undefined} data
 * @param {string} kind  sampled, full …
 */
export const testPrint = (data, kind) =>
  String(data?.test ?? '').slice(0, kind === 'sampled' ? 2 * HELD_DIGITS : HELD_DIGITS);

/**
 * Whether ranks were taken of the same films among the same others.
 * @param {Partial<Identity> | null | undefined} a
 * @param {Partial<Identity> | null | undefined} b
 * @param {string} kind
 */
export const sameTest = (a, b, kind) => testPrint(a, kind) === testPrint(b, kind);
