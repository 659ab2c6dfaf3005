// What a run takes for granted and does not hold of its data, as notes. Only what changes a number is said, and only where it
// is so.

import { reads } from '../settings/settings.mjs';

/** @typedef {import('../core.mjs').Split} Split */
/** @typedef {import('../core.mjs').Holdout} Holdout */
/** @typedef {import('../core.mjs').Dataset} Dataset */
/** @typedef {import('./notes.mjs').Note} Note */
/** @typedef {import('../settings/settings.mjs').Settings} Settings */

/** Cut-off of the metrics that are told of. */
export const K = 10;

/** A user who leaves less than this share of the films has nearly all of them. */
const SCARCE = 0.05;

/** @param {number} part @param {number} of */
const share = (part, of) => `${Math.round((100 * part) / of)} %`;

/** @param {Note['code']} code @param {Note['values']} values @returns {Note} */
const note = (code, values) => ({ code, values });

/** @param {number} least @param {number} most */
export const range = (least, most) => (least === most ? least : `${least}–${most}`);

/**
 * Of a model that ranks.
 * @param {Split} split
 * @param {Settings} settings
 * @returns {Note[]}
 */
export function rankingNotes(split, settings) {
  return [
    ...positives(split, settings),
    ...heldOut(split, settings),
    ...candidates(split),
    ...(reads(settings.model, 'known') && settings.known === 'reject' ? crowded(split, settings) : []),
  ];
}

/** Which rows count. @param {Split} split @param {Settings} settings */
function positives(split, { positiveFrom }) {
  const { dataset } = split;
  const { lowest, highest, zeros } = dataset.scale;
  const { rows, positives: kept, testsInTrain } = split.facts;
  const notes = [];
  if (positiveFrom !== 'off') notes.push(note('positive-from', { from: positiveFrom, positives: kept, of: rows }));
  else if (kept < rows) notes.push(note('zero-ratings', { rows: zeros, of: rows }));
  else if (lowest < 0) notes.push(note('negative-ratings', { lowest, highest }));
  if (testsInTrain > 0) notes.push(note('test-in-train', { rows: testsInTrain }));
  const repeats = kept - testsInTrain - split.pairs;
  if (repeats > 0) notes.push(note('repeats', { rows: repeats }));
  return notes;
}

/** What is held out. @param {Split} split @param {Settings} settings */
function heldOut({ dataset, testUsers, validationUsers, facts }, { validation }) {
  const notes = [];
  const { sameTimes, tied } = facts;
  if (sameTimes > testUsers / 2)
    notes.push(note('same-times', { share: share(sameTimes, testUsers), users: sameTimes, of: testUsers }));
  else if (tied > testUsers / 2)
    notes.push(note('tied-times', { share: share(tied, testUsers), users: tied, of: testUsers }));
  if (testUsers < dataset.users) notes.push(note('untested', { users: dataset.users - testUsers, of: dataset.users }));
  if (validation === 'on' && validationUsers < testUsers)
    notes.push(note('fewer-validated', { users: validationUsers, of: testUsers }));
  return notes;
}

/** Whether there are as many films to rank among as the paper has. @param {Split} split */
function candidates(split) {
  const { least, most, short, fewest } = split.candidates(K);
  // The paper's own file has the held-out film among the negatives of some users.
  if ((split.dataset.hasTest ? most : least) > split.options.negatives) return [];
  const paper = split.options.negatives + 1;
  const films = range(least, Math.min(most, paper - 1));
  const notes = [note('few-candidates', { users: short, of: split.testUsers, films, paper })];
  if (fewest > 0) notes.push(note('certain-hits', { users: fewest, of: split.testUsers, most: K }));
  return notes;
}

/** Users who have nearly all that negatives are drawn from. @param {Split} split @param {Settings} settings */
function crowded(split, { popularityPower }) {
  const { choices } = split.facts;
  const drawable = popularityPower > 0 ? split.drawable() : choices;
  const start = split.trainStarts();
  const all = [];
  const nearly = [];
  for (let user = 0; user + 1 < start.length; user++) {
    const own = start[user + 1] - start[user];
    if (own > 0 && own === drawable) all.push(user);
    else if (choices - own < SCARCE * choices) nearly.push(user);
  }
  const id = (/** @type {number[]} */ [user]) => String(split.dataset.userIds[user]);
  const notes = [];
  if (all.length > 0) notes.push(note('everything', { users: all.length, user: id(all) }));
  if (nearly.length > 0) {
    const films = start[nearly[0] + 1] - start[nearly[0]];
    notes.push(note('nearly-everything', { users: nearly.length, user: id(nearly), films, of: choices }));
  }
  return notes;
}

/**
 * Of a model that predicts ratings.
 * @param {Dataset} dataset
 * @param {Holdout} holdout
 * @returns {Note[]}
 */
export function ratingNotes(dataset, { ratings: { train, validation, test } }) {
  const { lowest, highest, low } = dataset.scale;
  const notes = [];
  if (low > 0) notes.push(note('low-ratings', { rows: low, of: dataset.ratings, lowest, highest }));
  const repeats = dataset.ratings - train - validation - test;
  if (repeats > 0) notes.push(note('rated-again', { rows: repeats }));
  return notes;
}
