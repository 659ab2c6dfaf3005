/** A picture as SVG: a text of shapes and of texts that stay texts. */

/** @typedef {import('./recorder.js').Mark} Mark */
/** @typedef {import('./recorder.js').Clip} Clip */

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML has no place for is left out. @param {string} text */
const escaped = (text) =>
  text
    .replace(/[&<>"]/g, (letter) => ESCAPES[/** @type {keyof typeof ESCAPES} */ (letter)])
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

const shown = (/** @type {number} */ value) => String(Math.round(value * 1000) / 1000);

/** @param {string} name @param {Record<string, string | number | null | undefined>} attributes @param {string} [inside] */
function element(name, attributes, inside) {
  const said = Object.entries(attributes)
    .filter(([, value]) => value != null && value !== '')
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? shown(value) : escaped(String(value))}"`)
    .join('');
  return inside === undefined ? `<${name}${said}/>` : `<${name}${said}>${inside}</${name}>`;
}

/** @param {import('./recorder.js').Matrix} matrix */
const transform = (matrix) => (matrix.join() === '1,0,0,1,0,0' ? null : `matrix(${matrix.map(shown).join(' ')})`);

/** @param {import('./recorder.js').PathMark | import('./recorder.js').TextMark} mark */
const paint = ({ fill, stroke, pen }) => ({
  fill: fill ?? 'none',
  stroke,
  'stroke-width': pen && pen.width,
  'stroke-dasharray': pen?.dash.map(shown).join(' '),
  'stroke-linecap': pen && pen.cap !== 'butt' ? pen.cap : null,
  'stroke-linejoin': pen && pen.join !== 'miter' ? pen.join : null,
});

const anchors = { left: null, start: null, right: 'end', end: 'end', center: 'middle' };
/** How far below its place a text's baseline is, in its height. */
export const drops = { alphabetic: 0, ideographic: 0, middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2 };

/** A font as a canvas has it: style, weight, size, families. @param {string} font */
export function fontOf(font) {
  const [, before = '', size = '10', family = 'sans-serif'] = /^(.*?)([\d.]+)px(?:\/\S+)? (.*)$/.exec(font) ?? [];
  const weight = /\b(bold|[1-9]\d\d)\b/.exec(before)?.[1];
  return { size: Number(size), family, weight: weight === '400' ? null : weight, italic: /italic/.test(before) };
}

/** @param {Mark} mark */
function markText(mark) {
  const { alpha } = mark;
  const common = { transform: transform(mark.matrix), opacity: alpha < 1 ? alpha : null };
  if ('d' in mark) return element('path', { d: mark.d, ...paint(mark), ...common });
  if ('image' in mark) {
    const { x, y, width, height, smooth, image: href } = mark;
    const how = { preserveAspectRatio: 'none', 'image-rendering': smooth ? null : 'pixelated' };
    return element('image', { x, y, width, height, ...how, href, ...common });
  }
  const { size, family, weight, italic } = fontOf(mark.font);
  return element(
    'text',
    {
      ...{ x: mark.x, y: mark.y + drops[mark.base] * size },
      ...{ 'font-family': family, 'font-size': size, 'font-weight': weight, 'font-style': italic ? 'italic' : null },
      ...{ 'text-anchor': anchors[mark.anchor], ...paint(mark), ...common },
    },
    escaped(mark.text),
  );
}

/**
 * @param {import('./page.js').Picture} picture
 * @param {string} title
 */
export function svgText({ width, height, paper, marks }, title) {
  /** By what they say, the names of what things are cut to. @type {Map<string, string>} */
  const names = new Map();
  /** @type {string[]} */
  const cuts = [];
  /** @param {Clip[]} clips @returns {string | null} */
  function cutOf(clips) {
    if (clips.length === 0) return null;
    const [last, rest] = [clips[clips.length - 1], clips.slice(0, -1)];
    const key = JSON.stringify(clips);
    const known = names.get(key);
    if (known) return known;
    const within = cutOf(rest);
    const name = `url(#cut${names.size})`;
    names.set(key, name);
    const path = element('path', { d: last.d, transform: transform(last.matrix) });
    cuts.push(element('clipPath', { id: name.slice(5, -1), 'clip-path': within }, path));
    return name;
  }
  /** Marks that are cut alike stand together. @type {{cut: string | null, marks: string[]}[]} */
  const groups = [];
  for (const mark of marks) {
    const cut = cutOf(mark.clips);
    const last = groups.at(-1);
    if (last?.cut === cut) last.marks.push(markText(mark));
    else groups.push({ cut, marks: [markText(mark)] });
  }
  const body = groups.map(({ cut, marks: all }) =>
    cut ? element('g', { 'clip-path': cut }, all.join('\n')) : all.join('\n'),
  );
  const inside = [
    element('title', {}, escaped(title)),
    ...(cuts.length > 0 ? [element('defs', {}, cuts.join('\n'))] : []),
    element('rect', { width, height, fill: paper }),
    ...body,
  ].join('\n');
  const space = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` };
  return `${element('svg', space, `\n${inside}\n`)}\n`;
}
