// Notes: what somebody has to know about a run's numbers, because something that is usually so is not so of these data. A
// note is a code with the values that its sentence names, up to where it is shown; nobody tells it by its sentence.

/** @typedef {{code: string, values: Record<string, number | string>}} Note */

/**
 * What each says, in the form that fill() takes. In other languages: web/words/notes.js.
 * @type {Record<string, string>}
 */
export const notes = {
  'few-candidates':
    'Held-out films are ranked among {films} films, themselves included, rather than among 100: users leave no more unrated.',
  'certain-hits':
    '{users} of {of} test users have {most} films or fewer to rank, the held-out one included: there a hit at 10 is certain.',
};

const grouped = new Intl.NumberFormat('en');

/** A whole number with its separators. @param {number} value */
export const count = (value) => grouped.format(Math.round(value));

/**
 * A text with its values: `{films}` stands for one, whole numbers with their separators, and `{films|film|films}` for a word
 * by a number: the first where that is 1.
 * @param {string} text
 * @param {Record<string, string | number | (() => string)>} values
 */
export function fill(text, values) {
  return text.replaceAll(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => {
    const value = values[name];
    if (one !== undefined) return value === 1 ? one : many;
    if (typeof value === 'function') return value();
    return Number.isInteger(value) ? count(Number(value)) : String(value);
  });
}

/** A note in English. @param {Note} note */
export const noteText = ({ code, values }) => fill(notes[code], values);

/** A note as `--json` prints it. @param {Note} note */
export const noteToJson = (note) => ({ ...note, text: noteText(note) });
