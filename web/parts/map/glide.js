/** How the map comes from one answer's places to the next one's: films, people and the frame glide there. */
import { fitted } from './frame.js';

/** @typedef {import('./frame.js').Frame} Frame */
/** @typedef {import('./captions.js').Person} Person */

const GLIDE_MS = 300;

/** @param {number} from @param {number} to @param {number} part */
const between = (from, to, part) => from + (to - from) * part;

/** Where films stand, and the frame around them. @typedef {{places: Float32Array, frame: Frame}} Standing */

const nowhere = new Float32Array(0);

export class Glide {
  constructor() {
    /** @type {Standing} */
    this.now = { places: nowhere, frame: fitted(nowhere, { width: 0, height: 0 }) };
    this.from = this.goal = this.now;
    /** Where people stood when it began. @type {readonly Person[]} */
    this.persons = [];
    this.began = -Infinity;
    /** How much of the way lies behind, 0 … 1, slower towards its end. */
    this.part = 1;
  }

  /** Other films: what stands where is not known. */
  forget() {
    this.now = this.from = this.goal = { ...this.goal, places: nowhere };
  }

  /**
   * @param {Standing} goal
   * @param {readonly Person[]} persons  as they stand before
   * @param {number} time  in ms
   */
  begin(goal, persons, time) {
    const first = this.goal.places.length !== goal.places.length;
    this.from = this.now;
    this.now = first ? goal : { ...this.now, places: this.now.places.slice() };
    this.goal = goal;
    this.persons = persons;
    this.began = first ? -Infinity : time;
  }

  /** Another frame at once. @param {Frame} frame */
  fit(frame) {
    for (const standing of [this.now, this.from, this.goal]) standing.frame = frame;
  }

  /** @param {number} time in ms; Infinity: nothing is to move @returns {boolean} whether there is more to come */
  advance(time) {
    const share = Math.min(1, Math.max(0, (time - this.began) / GLIDE_MS));
    const { now, from, goal } = this;
    const part = (this.part = share * (2 - share));
    if (part === 1) {
      this.now = goal;
      return false;
    }
    for (let at = 0; at < goal.places.length; at++) now.places[at] = between(from.places[at], goal.places[at], part);
    now.frame = {
      x: between(from.frame.x, goal.frame.x, part),
      y: between(from.frame.y, goal.frame.y, part),
      scale: from.frame.scale * (goal.frame.scale / from.frame.scale) ** part,
    };
    return true;
  }

  /** People on their way. @param {readonly Person[]} persons @returns {Person[]} */
  along(persons) {
    return persons.map((person, at) => {
      const before = this.persons[at]?.place ?? person.place;
      const [x, y] = [0, 1].map((d) => between(before[d], person.place[d], this.part));
      return { ...person, place: [x, y] };
    });
  }
}
