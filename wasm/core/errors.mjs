// The core's status codes as faults that say what to do.

import { Fault, fault, part } from '../words/fault.mjs';
import { readers } from './file_kinds.mjs';

/** @typedef {import('../words/fault.mjs').Told} Told */
/** @typedef {import('./file_kinds.mjs').DataFile} DataFile */

/** What the core refused. `status` is src/base/status.h's; `file` and `line` are set for errors in a data file. */
export class CoreError extends Fault {
  /**
   * @param {number} status
   * @param {{file?: DataFile, line?: number}} [place]
   */
  constructor(status, place = {}) {
    const told = byStatus[status] ?? fault('status', { status });
    super(typeof told === 'function' ? told(place.file ?? 'ratings') : told);
    this.name = 'CoreError';
    this.status = status;
    this.file = place.file;
    this.line = place.line;
  }
}

/** A file that isn't what it should be. `line` where the fault is on a line. */
export class DataError extends Fault {
  /**
   * @param {Told | string} told
   * @param {number} [line]
   */
  constructor(told, line) {
    super(told);
    this.name = 'DataError';
    this.line = line;
  }
}

export const STATUS_ARGUMENT = 2;
export const STATUS_NO_TEST_USERS = 12;
export const STATUS_NOT_FINITE = 14;

/** @type {Record<number, Told | ((file: DataFile) => Told)>} by enum status */
const byStatus = {
  1: fault('memory'),
  [STATUS_ARGUMENT]: fault('range'),
  3: fault('tooLarge'),
  4: (file) => fault('holdsNone', { what: part(readers[file].holds) }),
  5: (file) => fault('binary', { what: readers[file].what }),
  6: (file) => fault('longLine', { what: readers[file].what }),
  7: (file) => fault('columns', { columns: part(readers[file].columns) }),
  8: fault('field'),
  9: fault('quote'),
  10: (file) => fault('header', { what: readers[file].what, columns: part(readers[file].columns) }),
  11: fault('genres'),
  [STATUS_NO_TEST_USERS]: fault('noTest'),
  13: fault('noNegative'),
  [STATUS_NOT_FINITE]: fault('notFinite'),
  15: fault('twiceTested'),
  16: fault('otherPair'),
  17: fault('missingPair'),
  18: fault('noValidation'),
  19: fault('noPositive'),
  30: fault('fewRatings'),
  31: fault('sameRatings'),
  32: fault('gender'),
  33: fault('occupations'),
};
