/** How the map comes from one answer's places to the next one's: films, people and the frame glide there. */
import { fitted } from './frame.js';

/** @typedef {import('./frame.js').Frame} Frame */
/** @typedef {import('./captions.js').Person} Person */

const GLIDE_MS = 300;

/** @param {number} from @param {number} to @param {number} part */
const between = (from, to, part) => from + (to - from) * part;

export class Glide {
  constructor() {
    /** Where films stand now, stood when the glide began, and will stand. @type {Float32Array} */
    this.places = new Float32Array(0);
    this.from = this.goal = this.places;
    this.frame = this.frameFrom = this.frameGoal = fitted(this.places, { width: 0, height: 0 });
    /** @type {readonly Person[]} */
    this.personsFrom = [];
    this.began = -Infinity;
    /** How much of the way lies behind, 0 … 1, slower towards its end. */
    this.part = 1;
  }

  /** Other films: what stands where is not known. */
  forget() {
    this.places = this.from = this.goal = new Float32Array(0);
  }

  /**
   * @param {Float32Array} goal
   * @param {Frame} frame
   * @param {readonly Person[]} persons  as they stand before
   * @param {number} now  in ms
   */
  begin(goal, frame, persons, now) {
    if (this.goal.length !== goal.length) {
      this.places = goal;
      this.began = -Infinity;
      this.fit(frame);
    } else {
      this.from = this.places;
      this.places = this.places.slice();
      this.frameFrom = this.frame;
      this.frameGoal = frame;
      this.began = now;
    }
    this.goal = goal;
    this.personsFrom = persons;
  }

  /** Another frame at once. @param {Frame} frame */
  fit(frame) {
    this.frame = this.frameFrom = this.frameGoal = frame;
  }

  /** @param {number} now in ms; Infinity: nothing is to move @returns {boolean} whether there is more to come */
  advance(now) {
    const share = Math.min(1, Math.max(0, (now - this.began) / GLIDE_MS));
    const { places, from, goal, frameFrom, frameGoal } = this;
    const part = (this.part = share * (2 - share));
    if (part === 1) {
      this.places = goal;
      this.frame = frameGoal;
      return false;
    }
    for (let at = 0; at < goal.length; at++) places[at] = between(from[at], goal[at], part);
    this.frame = {
      x: between(frameFrom.x, frameGoal.x, part),
      y: between(frameFrom.y, frameGoal.y, part),
      scale: frameFrom.scale * (frameGoal.scale / frameFrom.scale) ** part,
    };
    return true;
  }

  /** People on their way. @param {readonly Person[]} persons @returns {Person[]} */
  along(persons) {
    return persons.map((person, at) => {
      const before = this.personsFrom[at]?.place ?? person.place;
      const [x, y] = [0, 1].map((d) => between(before[d], person.place[d], this.part));
      return { ...person, place: [x, y] };
    });
  }
}
