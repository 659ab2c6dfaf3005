// How every user's held-out film stood after each epoch, kept small: a byte a user and epoch among 100 films.

/** What the log of one kind of candidates may take before it lets go of every other epoch. */
const MOST_BYTES = 2 ** 24;

/** @typedef {Uint8Array | Uint16Array | Uint32Array} Places */
/** @typedef {{step: number, epochs: [epoch: number, places: (number | null)[]][]}} RankLogJson */

/** The smallest kind of array for numbers below `end`. @param {number} end */
const arrayFor = (end) => (end <= 2 ** 8 ? Uint8Array : end <= 2 ** 16 ? Uint16Array : Uint32Array);

/**
 * The ranks of one kind of candidates over the epochs, in at most MOST_BYTES: where they would take more, the epochs between
 * are let go, so that what is left is 2, 4, 8 … epochs apart. The latest are kept whole.
 */
export class RankLog {
  /** @param {number} [most]  bytes */
  constructor(most = MOST_BYTES) {
    this.most = most;
    /** Twice the expected 0-based ranks, which are whole; the largest number: not tested. @type {Map<number, Places>} */
    this.epochs = new Map();
    /** Epochs from one that is kept to the next. */
    this.step = 1;
    this.bytes = 0;
    /** As Evaluator.rankTriples() gave them. @type {{epoch: number, triples: Uint32Array} | null} */
    this.latest = null;
  }

  /**
   * @param {number} epoch
   * @param {Uint32Array} triples  [users, 3]: films above and level, and all ranked
   */
  add(epoch, triples) {
    this.latest = { epoch, triples };
    if (epoch % this.step !== 0) return;
    const places = doubled(triples);
    this.epochs.set(epoch, places);
    this.bytes += places.byteLength;
    while (this.bytes > this.most && this.epochs.size > 1) this.thin();
  }

  thin() {
    this.step *= 2;
    for (const [epoch, places] of this.epochs) {
      if (epoch % this.step === 0) continue;
      this.epochs.delete(epoch);
      this.bytes -= places.byteLength;
    }
  }

  /**
   * A user's expected 0-based rank by epoch; ties count as on average over their orders.
   * @param {number} user
   * @returns {{epoch: number, rank: number}[]}
   */
  of(user) {
    const kept = [...this.epochs].map(([epoch, places]) => ({ epoch, rank: undoubled(places, user) }));
    if (this.latest && !this.epochs.has(this.latest.epoch)) {
      const { epoch, triples } = this.latest;
      kept.push({ epoch, rank: undoubled(doubled(triples.subarray(3 * user, 3 * user + 3)), 0) });
    }
    return kept.flatMap(({ epoch, rank }) => (rank === null ? [] : [{ epoch, rank }]));
  }

  /** What is kept by epoch, as JSON has it: twice the ranks, null for users who were not tested. @returns {RankLogJson} */
  toJSON() {
    const plain = (/** @type {Places} */ places) =>
      [...places].map((place) => (place === noneOf(places) ? null : place));
    return { step: this.step, epochs: [...this.epochs].map(([epoch, places]) => [epoch, plain(places)]) };
  }

  /** @param {RankLogJson} json  of toJSON() @returns {RankLog} */
  static from({ step, epochs }) {
    const log = new RankLog();
    log.step = step;
    for (const [epoch, plain] of epochs) {
      const most = plain.reduce((/** @type {number} */ max, place) => Math.max(max, place ?? 0), 0);
      const places = new (arrayFor(most + 2))(plain.length);
      plain.forEach((place, user) => (places[user] = place ?? noneOf(places)));
      log.epochs.set(epoch, places);
      log.bytes += places.byteLength;
    }
    return log;
  }
}

/** What stands for a user who was not tested. @param {Places} places */
const noneOf = (places) => 2 ** (8 * places.BYTES_PER_ELEMENT) - 1;

/** @param {Uint32Array} triples @returns {Places} */
function doubled(triples) {
  let most = 0;
  for (let at = 2; at < triples.length; at += 3) most = Math.max(most, triples[at]);
  const places = new (arrayFor(2 * most))(triples.length / 3);
  for (let user = 0, at = 0; user < places.length; user++, at += 3)
    places[user] = triples[at + 2] === 0 ? noneOf(places) : 2 * triples[at] + triples[at + 1];
  return places;
}

/**
 * A rank of doubled() again.
 * @param {Places} places
 * @param {number} user
 */
const undoubled = (places, user) => (places[user] === noneOf(places) ? null : places[user] / 2);
