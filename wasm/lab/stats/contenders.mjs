// Reads what is to be compared: the output of `ncf train --json`, and files of ranks. Runs that differ in nothing but the
// seed are one contender. Pure: for a page too.

import { completeConfig } from '../../settings/settings.mjs';
import { parseRanks, toUserRank } from './ranks.mjs';

/** @typedef {import('./ranks.mjs').Rank} Rank */
/** @typedef {import('./ranks.mjs').UserRank} UserRank */
/**
 * The ranks of one run. `users`: the ids, where the file has them; `candidates` likewise.
 * @typedef {{users: number[] | null, candidates: number[] | null, ranks: Rank[]}} RankSet
 */
/**
 * One run as it stands in a file, by kind of evaluation (sampled, full …).
 * @typedef {object} StoredRun
 * @property {string} source  the file
 * @property {Record<string, unknown> | null} config  null for a file of ranks
 * @property {Record<string, unknown> | null} data    what it says of them (identity.mjs), null where it says nothing
 * @property {Record<string, Record<string, unknown>>} metrics
 * @property {Record<string, RankSet>} ranks    under “any” where the file does not say of which kind they are
 * @property {string} hash  of the weights, or empty
 */
/** @typedef {{name: string, label: string, sources: string[], runs: StoredRun[]}} Contender */

/** What does not make a run another one: where its random numbers start, and what it is measured by besides. */
const NOT_COMPARED = ['seed', 'eval'];

/** Gathers the lines of one run. */
class Gatherer {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
    /** @type {Record<string, UserRank[]>} */
    this.ranks = {};
    /** What a file of ranks says of its data. @type {Record<string, unknown> | null} */
    this.data = null;
    /** @type {StoredRun[]} */
    this.runs = [];
  }

  /** @param {any} line  parsed */
  take(line) {
    if (line?.event === 'ranks') this.data = line.data ?? null;
    if (line?.event === 'rank') (this.ranks[String(line.eval ?? 'sampled')] ??= []).push(toUserRank(line));
    if (line?.event === 'result' && line.metrics) this.finish(line);
  }

  /** @param {any} result  or null for ranks that no result follows */
  finish(result) {
    /** @type {Record<string, RankSet>} */
    const ranks = {};
    for (const [kind, all] of Object.entries(this.ranks))
      ranks[kind] = {
        users: all.map(({ user }) => user),
        candidates: all.map(({ candidates }) => candidates),
        ranks: all,
      };
    const { config = null, data = this.data, metrics = {}, weights_hash: hash = '' } = result ?? {};
    this.runs.push({ source: this.source, config, data, metrics, ranks, hash });
    this.ranks = {};
  }
}

/**
 * The runs in a file's text.
 * @param {string} text
 * @param {string} source  the file's name
 * @returns {StoredRun[]}
 * @throws {RangeError} it is neither results nor ranks; the message names the file
 */
export function readRuns(text, source) {
  const start = text.trimStart();
  if (start === '') throw new RangeError(`There is nothing in “${source}”.`);
  if (start.startsWith('{')) return readJsonLines(text, source);
  if (!/^\d+\r?(\n|$)/.test(text))
    throw new RangeError(
      `“${source}” is neither the output of ncf train --json nor ranks that ncf train or ncf evaluate wrote with --ranks.`,
    );
  try {
    const ranks = { users: null, candidates: null, ranks: parseRanks(text) };
    return [{ source, config: null, data: null, metrics: {}, ranks: { any: ranks }, hash: '' }];
  } catch (error) {
    throw new RangeError(`“${source}”, ${/** @type {Error} */ (error).message}`, { cause: error });
  }
}

/**
 * @param {string} text
 * @param {string} source
 */
function readJsonLines(text, source) {
  const gatherer = new Gatherer(source);
  text.split('\n').forEach((line, n) => {
    if (line.trim() === '') return;
    try {
      gatherer.take(JSON.parse(line));
    } catch (error) {
      const why = error instanceof RangeError ? error.message : 'this is not JSON: is the file cut off?';
      throw new RangeError(`“${source}”, line ${n + 1}: ${why}`, { cause: error });
    }
  });
  if (Object.keys(gatherer.ranks).length > 0) gatherer.finish(null);
  if (gatherer.runs.length === 0)
    throw new RangeError(
      `“${source}” has neither the result of a run nor ranks. A result is the last line of ncf train --json.`,
    );
  return gatherer.runs;
}

/** What is the same in all runs of one contender. @param {StoredRun} run */
function identity({ config, source }) {
  if (!config) return source;
  return JSON.stringify(Object.entries(completeConfig(config)).filter(([name]) => !NOT_COMPARED.includes(name)));
}

/** A, B, …, Z, AA, AB … @param {number} n @returns {string} */
const letter = (n) => (n < 26 ? '' : letter(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));

/**
 * Runs put together to contenders, in the order in which they come. A run that is there twice counts once.
 * @param {StoredRun[]} runs
 * @returns {Contender[]}
 * @throws {RangeError} runs of different data, or two of one seed that do not agree
 */
export function contendersOf(runs) {
  checkData(runs);
  /** @type {Map<string, StoredRun[]>} */
  const groups = new Map();
  for (const run of runs) {
    const group = groups.get(identity(run)) ?? [];
    groups.set(identity(run), group);
    const twin = run.config && group.find(({ config }) => config?.seed === run.config?.seed);
    if (!twin) group.push(run);
    else if (twin.hash !== run.hash)
      throw new RangeError(
        `“${twin.source}” and “${run.source}” have runs of the same settings and seed with different weights: they are not of the same data or of the same version.`,
      );
    else merge(twin, run);
  }
  const all = [...groups.values()];
  const labels = labelsOf(all.map(([run]) => run));
  return all.map((group, n) => ({
    name: letter(n),
    label: labels[n],
    sources: [...new Set(group.map(({ source }) => source))],
    runs: group,
  }));
}

/** The same run again: it may have been evaluated otherwise. @param {StoredRun} twin @param {StoredRun} run */
function merge(twin, run) {
  twin.metrics = { ...run.metrics, ...twin.metrics };
  twin.ranks = { ...run.ranks, ...twin.ranks };
}

/**
 * @param {StoredRun[]} runs
 * @throws {RangeError} they say that they are of different data
 */
function checkData(runs) {
  const known = runs.filter(({ data }) => data);
  const printed = known.filter(({ data }) => data?.fingerprint);
  for (const [of, all] of /** @type {[(run: StoredRun) => unknown, StoredRun[]][]} */ ([
    [({ data }) => [data?.users, data?.items, data?.ratings].join(), known],
    // As many of all, but not the same.
    [({ data }) => data?.fingerprint, printed],
  ])) {
    const other = all.find((run) => of(run) !== of(all[0]));
    if (other)
      throw new RangeError(
        `“${all[0].source}” and “${other.source}” are not of the same data: runs of one dataset can be compared.`,
      );
  }
}

/** The files of runs that do not say which data they are of. @param {StoredRun[]} runs */
export const sourcesOfUnknown = (runs) => [
  ...new Set(runs.filter(({ data }) => !data?.fingerprint).map(({ source }) => source)),
];

/**
 * What tells runs apart in few words: the model, and the settings that are not the same in all that have them.
 * @param {StoredRun[]} runs
 */
function labelsOf(runs) {
  /** @type {Record<string, unknown>[]} */
  const configs = runs.flatMap(({ config }) => (config ? [config] : []));
  const names = [...new Set(configs.flatMap((config) => Object.keys(config)))].filter((name) => {
    const values = new Set(configs.flatMap((config) => (name in config ? JSON.stringify(config[name]) : [])));
    return values.size > 1 && name !== 'model' && !NOT_COMPARED.includes(name);
  });
  return runs.map(({ config, source }) => {
    if (!config) return source;
    const differing = names.filter((name) => name in config).map((name) => `${name}=${config[name]}`);
    return [config.model, ...differing].join(' ');
  });
}
