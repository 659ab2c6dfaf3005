/** Pictures of parts of the page as files. Comes when one is asked for. */
import { pictureOf } from './page.js';
import { pngOf } from './png.js';
import { svgText } from './svg.js';

export { createHanded } from '../save.js';

/** A name as a file has it. @param {string} name */
const fileName = (name) =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@]+/gu, '-')
    .replaceAll(/^-|-$/g, '') || 'picture';

/**
 * As it is to be seen now, with its background.
 * @param {Element} node
 * @param {string} name
 * @param {'png' | 'svg'} kind
 * @returns {Promise<import('../save.js').Leaving>}
 */
export async function pictureFile(node, name, kind) {
  const picture = pictureOf(node);
  const content = kind === 'svg' ? svgText(picture, name) : await pngOf(picture);
  return { name: `${fileName(name)}.${kind}`, content };
}
