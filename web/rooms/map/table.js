/** The map in numbers, for the table behind it: the best known films with their coordinates. */
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

const MOST = 50;

/**
 * @param {Speech} speech
 * @param {import('../../worker/protocol.js').Films} films
 * @param {readonly number[]} known  the best known first
 * @param {Float32Array} places
 * @returns {import('../../parts/data_table.js').Table}
 */
export function placesOf(speech, films, known, places) {
  const { t } = speech;
  const heads = [words.tableFilm, words.tableYear, words.tableSeen, words.tableX, words.tableY];
  return {
    caption: t(words.tableName),
    head: heads.map((word) => t(word)),
    rows: known
      .slice(0, MOST)
      .map((item) => [
        films.titles[item],
        films.years[item] > 0 ? films.years[item] : '',
        films.counts[item],
        ...[0, 1].map((axis) => places[2 * item + axis].toFixed(3).replace('-', '−')),
      ]),
  };
}
