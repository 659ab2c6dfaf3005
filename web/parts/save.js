/**
 * Files that leave the page. A page is never told whether one was saved: it hands it to the browser, and says no more. Where a
 * frame may not save files, which can be known of some, a text can be copied instead.
 */
import { h, setText } from './dom.js';
import { words } from './words/save.js';

/** @typedef {import('./speech.js').Speech} Speech */
/** What is to be saved. @typedef {{name: string, content: string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob}} Leaving */

/** @type {Record<string, string>} by the end of a name */
const types = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  svg: 'image/svg+xml',
  png: 'image/png',
  zip: 'application/zip',
};

/** Hands a file to the browser. @param {Leaving} file */
export function handOver({ name, content }) {
  const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  const href = URL.createObjectURL(new Blob([content], { type }));
  h('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * Whether this is a frame that may not save files, as far as that can be told: one without an origin of its own is sandboxed,
 * and what it is allowed stands in the page around it.
 * @param {Pick<Window, 'origin' | 'location' | 'frameElement'> & {parent: unknown}} view
 */
export function mayNotSave(view = window) {
  if (view.parent === view) return false;
  try {
    const allowed = view.frameElement?.getAttribute('sandbox');
    if (view.frameElement) return allowed != null && !/\ballow-downloads\b/.test(allowed);
  } catch {
    // The page around is another's.
  }
  return view.origin === 'null';
}

/**
 * Text that can be copied; what is not allowed to copy by itself is selected for whoever does.
 * @param {Speech} speech
 * @param {() => string} read
 * @param {() => HTMLTextAreaElement | HTMLInputElement} field  where the text stands
 * @param {import('./speech.js').Word} [name]
 */
export function copyButton({ t }, read, field, name = words.copy) {
  const button = h('button', { type: 'button', onclick: copy }, t(name));
  async function copy() {
    try {
      await navigator.clipboard.writeText(read());
      setText(button, t(words.copied));
    } catch {
      const node = field();
      node.hidden = false;
      node.focus();
      node.select();
      setText(button, t(words.selected));
    }
  }
  return { node: button, reset: () => setText(button, t(name)) };
}

/**
 * What is said of a file that was handed over.
 * @param {Speech} speech
 * @param {HTMLElement} host
 */
export function createHanded(speech, host) {
  const { t } = speech;
  let text = '';
  const said = h('p', { class: 'hint' });
  const field = h('textarea', {
    readonly: true,
    rows: 4,
    spellcheck: 'false',
    'aria-label': t(words.text),
    hidden: true,
  });
  const copy = copyButton(
    speech,
    () => text,
    () => {
      field.value = text;
      return field;
    },
  );
  const node = h('div', { class: 'handed', hidden: true }, said, copy.node, field);
  host.append(node);

  return {
    /** Hands a file over and says so. @param {Leaving} file */
    handOver(file) {
      handOver(file);
      const isText = typeof file.content === 'string';
      const blocked = mayNotSave();
      text = isText ? /** @type {string} */ (file.content) : '';
      const advice = blocked ? t(isText ? words.copyInstead : words.ownPage) : '';
      setText(said, [t(words.handed, { name: file.name }), advice].filter(Boolean).join(' '));
      copy.reset();
      copy.node.hidden = !isText;
      field.hidden = !isText || !blocked;
      field.value = field.hidden ? '' : text;
      node.hidden = false;
    },
  };
}
