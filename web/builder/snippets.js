/**
 * What an instructor copies into a page of their own, for each of the places that there are: pure text out of what the lab at
 * the left shows and what is ticked. Nothing that was typed can be anything but a value: in addresses it is percent-encoded, in
 * HTML escaped, in Python a string.
 */

/**
 * @typedef {object} Embed
 * @property {string} base     where the built files are: an address, or a folder beside the page
 * @property {string} address  the settings and what is to be seen, as the lab writes it, without #
 * @property {readonly [string, string][]} fields  the policy, as fieldsOf() has it
 * @property {string} width    px, or a share with %
 * @property {string} height   px
 * @property {string} title    what a screen reader calls the frame
 * @property {string} without  what is said where there is no JavaScript
 */
/** @typedef {'link' | 'iframe' | 'element' | 'myst' | 'quarto' | 'notebook' | 'anywidget'} Kind */

/** The kinds in their order. @type {readonly Kind[]} */
export const KINDS = ['link', 'iframe', 'element', 'myst', 'quarto', 'notebook', 'anywidget'];

/** What a frame may do: train, save files, open links of its own, and be copied from. */
const ALLOWED = 'sandbox="allow-scripts allow-downloads allow-popups" allow="clipboard-write; fullscreen"';

/** @param {string} text in an attribute, or between tags */
const html = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A string of Python: that of JSON is one. @param {string} text */
const python = (text) => JSON.stringify(text);

/** Signs of an address that mean themselves; what else was typed is percent-encoded. */
const OTHER = /[^\w\-.~:/%@$&*+,;=[\]]/gu;

/** Where the files are, with a slash at its end. A word before a colon is http or https. @param {string} base */
function folderOf(base) {
  const [typed] = base.trim().split(/[?#]/);
  const folder = typed.replace(/(^|\/)(index|embed|builder)\.html$/, '$1').replaceAll(OTHER, encodeURIComponent);
  const kept = /^(?!https?:)[^/]*:/i.test(folder) ? '' : folder;
  return kept === '' || kept.endsWith('/') ? kept : `${kept}/`;
}

/** @param {Embed} embed @param {string} file */
function urlOf({ base, address, fields }, file) {
  const query = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString().replaceAll('%2C', ',');
  const hash = address.replaceAll(OTHER, encodeURIComponent);
  return `${folderOf(base)}${file}${query && `?${query}`}${hash && `#${hash}`}`;
}

/** @param {Embed} embed */
const frameOf = (embed) =>
  [
    `<iframe src="${html(urlOf(embed, 'embed.html'))}"`,
    `  width="${embed.width}" height="${embed.height}" title="${html(embed.title)}" loading="lazy"`,
    `  ${ALLOWED}></iframe>`,
  ].join('\n');

/** @param {Embed} embed */
function elementOf({ base, address, fields, width, height, without }) {
  const attributes = [['settings', address], ...fields].map(([name, value]) => `${name}="${html(value)}"`);
  const style = `width: ${width.endsWith('%') ? width : `${width}px`}; height: ${height}px`;
  return [
    `<script src="${html(folderOf(base))}ncf-lab.js"></script>`,
    `<ncf-lab ${[...attributes, `style="${style}"`].join('\n  ')}>${html(without)}</ncf-lab>`,
  ].join('\n');
}

/** A page's own frame, beside the notebook. @param {Embed} embed */
const notebookOf = ({ width, height, ...embed }) =>
  [
    'from IPython.display import IFrame',
    '',
    `IFrame(${python(urlOf(/** @type {any} */ ({ ...embed, base: '' }), 'embed.html'))},`,
    `       width=${width.endsWith('%') ? python(width) : width}, height=${height})`,
  ].join('\n');

/** The module beside the notebook; its traits are the element's attributes. @param {Embed} embed */
function anywidgetOf({ address, fields }) {
  const traits = [['settings', address], ...fields].map(
    ([name, value]) => `    ${name.replaceAll('-', '_')} = traitlets.Unicode(${python(value)}).tag(sync=True)`,
  );
  return [
    'import pathlib',
    'import anywidget, traitlets',
    '',
    'class NcfLab(anywidget.AnyWidget):',
    '    _esm = pathlib.Path("anywidget.js")',
    ...traits,
    '    event = traitlets.Dict().tag(sync=True)',
    '    result = traitlets.Dict().tag(sync=True)',
    '',
    'lab = NcfLab()',
    'lab',
  ].join('\n');
}

/** @type {Record<Kind, (embed: Embed) => string>} */
const writers = {
  link: (embed) => urlOf(embed, ''),
  iframe: frameOf,
  element: elementOf,
  myst: (embed) =>
    [`:::{iframe} ${urlOf(embed, 'embed.html')}`, ':width: 100%', `${embed.title.replaceAll(/\s+/g, ' ')}`, ':::'].join(
      '\n',
    ),
  quarto: (embed) => ['```{=html}', frameOf(embed), '```'].join('\n'),
  notebook: notebookOf,
  anywidget: anywidgetOf,
};

/** @param {Kind} kind @param {Embed} embed @returns {string} */
export const snippetOf = (kind, embed) => writers[kind](embed);
