// Random numbers outside the core, with a seed: Math.random would make every run another one.

/** mulberry32 */
export class Dice {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed;
  }

  /** From [0, 1). */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }
}
