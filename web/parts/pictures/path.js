/** The path of a canvas as SVG has it. */

const shown = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);

/** The calls that make a path, in words of SVG. */
export class PathText {
  /** @param {string} [d] */
  constructor(d = '') {
    this.d = d;
  }

  /** Nothing is said of a place that is none. @param {string} letter @param {number[]} numbers */
  say(letter, ...numbers) {
    if (numbers.every(Number.isFinite)) this.d += `${letter}${numbers.map(shown).join(' ')}`;
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.say('M', x, y);
  }

  /** A path begins wherever it first goes. @param {number} x @param {number} y */
  lineTo(x, y) {
    this.say(this.d ? 'L' : 'M', x, y);
  }

  /** @param {number[]} numbers */
  bezierCurveTo(...numbers) {
    this.say('C', ...numbers);
  }

  /** @param {number[]} numbers */
  quadraticCurveTo(...numbers) {
    this.say('Q', ...numbers);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    if (![x, y, width, height].every(Number.isFinite)) return;
    this.say('M', x, y);
    this.d += `h${shown(width)}v${shown(height)}h${shown(-width)}Z`;
  }

  /**
   * A part of a circle, in two where it is a whole one.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {number} from
   * @param {number} to
   * @param {boolean} [back]
   */
  arc(x, y, radius, from, to, back = false) {
    const whole = 2 * Math.PI;
    const turn = Math.abs(to - from) >= whole ? whole : (((back ? from - to : to - from) % whole) + whole) % whole;
    /** @param {number} angle @returns {[number, number]} */
    const at = (angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    this.lineTo(...at(from));
    for (const half of [turn / 2, turn]) {
      const end = from + (back ? -half : half);
      this.say('A', radius, radius, 0, 0, back ? 0 : 1, ...at(end));
    }
  }

  closePath() {
    if (this.d) this.d += 'Z';
  }
}

/** @type {(keyof PathText)[]} */
export const PATH_CALLS = ['moveTo', 'lineTo', 'bezierCurveTo', 'quadraticCurveTo', 'rect', 'arc', 'closePath'];
