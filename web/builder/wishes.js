/** What is ticked on the builder's page, and the words of a policy that it comes to (shell/policy.js). */

/**
 * What is empty or '' is left to whoever looks at the lab.
 * @typedef {object} Wishes
 * @property {readonly string[]} lock      as addresses name settings; `data`; `all`
 * @property {readonly string[]} hide      parts
 * @property {readonly string[]} rooms     that are left out
 * @property {string} most                 epochs, as typed
 * @property {string} theme
 * @property {string} lang
 * @property {string} layout
 * @property {string} start
 * @property {string} exercise
 * @property {string} width                px, or with % a share, as typed
 * @property {string} height               px, as typed
 * @property {string} base                 where the lab is, as typed
 * @property {import('./snippets.js').Kind} kind   of page that it is for
 * @property {string} address              what is to be seen, as the lab writes it
 */

/** A frame of this size has room for Train, the measures and one picture. */
const SIZE = { width: '100%', height: '640' };

/** @returns {Wishes} */
export const noWishes = () => ({
  ...{ lock: [], hide: [], rooms: [], most: '', theme: '', lang: '', layout: '', start: '', exercise: '' },
  ...SIZE,
  ...{ base: '', kind: 'link', address: '' },
});

/** So many rooms or fewer are named; of more those that are left out. */
const FEW = 3;

/**
 * The words that stand in a query or in attributes, in their order.
 * @param {Wishes} wishes
 * @param {readonly string[]} rooms  names of all
 * @returns {[string, string][]}
 */
export function fieldsOf(wishes, rooms) {
  const { lock, hide, theme, lang, layout, start } = wishes;
  const left = rooms.filter((room) => !wishes.rooms.includes(room));
  const few = left.length > 0 && left.length <= FEW && left.length < rooms.length;
  const most = wishes.most.trim();
  /** @type {[string, string][]} */
  const fields = [
    ['lock', (lock.includes('all') ? ['all'] : lock).join(',')],
    ['hide', [...(few ? [] : rooms.filter((room) => !left.includes(room))), ...hide].join(',')],
    ['only', few ? left.join(',') : ''],
    ['max-epochs', /^[1-9]\d{0,3}$/.test(most) ? most : ''],
    ...Object.entries({ theme, lang, layout, start, exercise: wishes.exercise.trim() }),
  ];
  return fields.filter(([, value]) => value !== '');
}

/** @param {Pick<Wishes, 'width' | 'height'>} wishes @returns {{width: string, height: string}} what can't be used is as at first */
export function sizeOf({ width, height }) {
  const wide = /^\s*(\d{2,4})\s*(px|%)?\s*$/.exec(width);
  const tall = /^\s*(\d{2,4})\s*(px)?\s*$/.exec(height);
  return {
    width: wide ? `${Number(wide[1])}${wide[2] === '%' ? '%' : ''}` : SIZE.width,
    height: tall ? String(Number(tall[1])) : SIZE.height,
  };
}
