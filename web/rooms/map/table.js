/** The map in numbers, for the table behind it: the best known films with their coordinates. */
import { bestKnown } from '../../parts/films.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

const MOST = 50;

/**
 * @param {Speech} speech
 * @param {import('./looking.js').Told} told
 * @returns {import('../../parts/data_table.js').Table | null}
 */
export function placesOf({ t }, { state, picture }) {
  const films = state?.films;
  if (!films || !picture) return null;
  const heads = [words.tableFilm, words.tableYear, words.tableSeen, words.tableX, words.tableY];
  return {
    caption: t(words.tableName),
    head: heads.map((word) => t(word)),
    rows: bestKnown(films)
      .slice(0, MOST)
      .map((item) => [
        films.titles[item],
        films.years[item] > 0 ? films.years[item] : '',
        films.counts[item],
        ...[0, 1].map((axis) => picture.places[2 * item + axis].toFixed(3).replace('-', '−')),
      ]),
  };
}
