/** What the dots of the map are coloured by: genres or decades, as at most eight classes and the rest. */
import { words } from '../words/classes.js';

/** @typedef {import('../speech.js').Speech} Speech */
/** @typedef {import('../../worker/protocol.js').Films} Films */
/** @typedef {{of: Uint8Array, names: string[], colours: string[], sizes: number[]}} Classes  of: each film's class; colours: their names in the theme */

/** Colours that there are for genres (map.css). */
const GENRES = 8;
/** From the oldest: all before, a decade each, all after. */
const DECADES = [1950, 1960, 1970, 1980, 1990, 2000, 2010];

/** @param {Uint8Array} of @param {number} count */
function sizesOf(of, count) {
  const sizes = Array.from({ length: count }, () => 0);
  for (const one of of) sizes[one]++;
  return sizes;
}

/**
 * The genres of most films. A film of several has the rarest of these, or nearly all would be dramas and comedies.
 * @param {Speech} speech
 * @param {Films} films
 * @param {string[]} genres
 * @returns {Classes}
 */
export function byGenre(speech, films, genres) {
  const { t } = speech;
  const counts = new Map(genres.map((genre) => [genre, 0]));
  for (const own of films.genres) for (const genre of own) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const shown = [...counts].sort((a, b) => b[1] - a[1]).slice(0, GENRES);
  // The rarest first, so that a film's class is the first of the list that it has.
  const names = shown.reverse().map(([genre]) => genre);
  const places = new Map(names.map((name, at) => [name, at]));
  const of = Uint8Array.from(films.genres, (own) => {
    let first = names.length;
    for (const genre of own) first = Math.min(first, places.get(genre) ?? first);
    return first;
  });
  const colours = [...names.map((_, at) => `genre-${at + 1}`), 'other'];
  return { of, names: [...names, t(words.other)], colours, sizes: sizesOf(of, names.length + 1) };
}

/** @param {Speech} speech @param {Films} films @returns {Classes} */
export function byDecade(speech, films) {
  const { t } = speech;
  const decades = DECADES.length + 1;
  const of = Uint8Array.from(films.years, (year) =>
    year === 0 ? decades : DECADES.filter((start) => year >= start).length,
  );
  const names = [
    t(words.before, { year: String(DECADES[0]) }),
    ...DECADES.slice(0, -1).map((year) => t(words.decade, { year: String(year) })),
    t(words.since, { year: String(DECADES[DECADES.length - 1]) }),
    t(words.noYear),
  ];
  const colours = [...Array.from({ length: decades }, (_, at) => `decade-${at + 1}`), 'other'];
  return { of, names, colours, sizes: sizesOf(of, names.length) };
}
