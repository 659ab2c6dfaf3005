/** What is typed into the field of a setting: what it means, and where a step up or down leads. */

/** @typedef {import('../../../wasm/settings/table.mjs').Setting} Setting */

/** Whether a setting has an end at either side, to be stepped between. @param {Setting} setting */
export const isRanged = ({ min, max }) => min !== undefined && max !== undefined;

/**
 * @param {Setting} setting
 * @param {string} text
 * @returns {unknown} the text itself where it means nothing: the check then says what it should be
 */
export function parse(setting, text) {
  const typed = text.trim();
  if (setting.type !== 'layers' && setting.type !== 'fusion')
    return typed === '' || Number.isNaN(Number(typed)) ? typed : Number(typed);
  // Arrows may stand between the widths, as the page itself writes them; the rest is the check's to judge.
  return typed.toLowerCase().replaceAll(/->|→/g, ',');
}

/**
 * Where a step leads, within the range: from what is typed where that is a number, else from the value that holds.
 * @param {Setting} setting
 * @param {string} text     what stands in the field
 * @param {unknown} current the value that holds
 * @param {boolean} wrong   whether what stands in the field was refused
 * @param {1 | -1} way
 */
export function stepped(setting, text, current, wrong, way) {
  const typed = parse(setting, text);
  const from = typeof typed === 'number' && !wrong ? typed : Number(current);
  const { min = -Infinity, max = Infinity } = setting;
  return Math.min(max, Math.max(min, neighbour(setting, from, way)));
}

/**
 * The next value up or down: powers of two for whole numbers on a logarithmic scale, 1, 2, 5, 10 for others.
 * @param {Setting} setting
 * @param {number} from
 * @param {1 | -1} way
 */
function neighbour(setting, from, way) {
  // Rounded, since 0.2 + 0.1 is not 0.3 to a computer.
  if (setting.scale !== 'log') return Number((from + way * (setting.step ?? 1)).toFixed(9));
  if (setting.type === 'integer') {
    return way > 0 ? 2 ** Math.floor(Math.log2(from) + 1) : 2 ** Math.ceil(Math.log2(from) - 1);
  }
  const places = Math.floor(Math.log10(from) + 1e-9);
  const ladder = [0.5, 1, 2, 5, 10, 20].map((rung) => Number(`${rung}e${places}`));
  const slack = 1 + 1e-9;
  return (
    (way > 0 ? ladder.find((rung) => rung > from * slack) : ladder.findLast((rung) => rung < from / slack)) ?? from
  );
}
