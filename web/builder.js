/**
 * The builder: the lab at the left, as it will stand in a course, and ticks for what students may not change; every change
 * writes anew what an instructor copies. Nothing is stored. The lab is the site's own page in a frame, so that nothing here is
 * shown otherwise than it will be.
 */
import { headOf } from './builder/head.js';
import { createOutput } from './builder/output.js';
import { withOwn } from './builder/speech.js';
import { ROOMS, createTicks } from './builder/ticks.js';
import { fieldsOf, noWishes, sizeOf } from './builder/wishes.js';
import { words } from './builder/words.js';
import { h } from './parts/dom.js';
import { createSpeech } from './parts/speech.js';
import { keep } from './shell/keep.js';
import { createLanguage, firstLanguage } from './shell/language.js';
import { createTheme } from './shell/theme.js';

/** @typedef {import('./builder/wishes.js').Wishes} Wishes */

/** Ticks that come quickly one after the other open the lab once, in ms. */
const REST = 400;

/** The lab as it will be, in a frame of that size. @param {() => Wishes} read @param {(address: string) => void} onAddress */
function createPreview(read, onAddress) {
  const frame = h('iframe', { class: 'builder-frame', allow: 'clipboard-write; fullscreen' });
  let timer = 0;
  let shown = '';
  addEventListener('message', ({ source, data }) => {
    if (source !== frame.contentWindow || data?.type !== 'ncf-lab' || data.event !== 'change') return;
    if (typeof data.detail?.settings === 'string') onAddress(data.detail.settings);
  });

  function open() {
    const { address } = read();
    const query = new URLSearchParams(fieldsOf(read(), ROOMS)).toString();
    if (query === shown && frame.hasAttribute('src')) return;
    shown = query;
    const to = `./index.html${query && `?${query}`}${address && `#${address}`}`;
    // In its place, so that Back leaves the builder rather than undoing ticks.
    if (frame.hasAttribute('src')) frame.contentWindow?.location.replace(new URL(to, location.href));
    else frame.src = to;
  }
  function size() {
    const { width, height } = sizeOf(read());
    frame.style.width = width.endsWith('%') ? width : `${width}px`;
    frame.style.height = `${height}px`;
  }
  return {
    frame,
    update() {
      size();
      clearTimeout(timer);
      timer = window.setTimeout(open, REST);
    },
    open() {
      size();
      open();
    },
    /** In another language. */
    renew() {
      try {
        frame.contentWindow?.location.reload();
      } catch {
        // From disk each file is a stranger to the others: what opens next is in that language.
      }
    },
  };
}

/** @param {HTMLElement} host @param {import('./parts/speech.js').Spoken} first */
function createBuilder(host, first) {
  const speech = createSpeech(first);
  const { t } = speech;
  /** @type {Wishes} */
  let wishes = { ...noWishes(), base: new URL('.', location.href).href };
  const read = () => wishes;
  const preview = createPreview(read, (address) => {
    wishes = { ...wishes, address };
    output.write();
  });
  /** @param {Partial<Wishes>} patch */
  const change = (patch) => {
    wishes = { ...wishes, ...patch };
    output.write();
    preview.update();
  };
  const root = h('div', { class: 'lab builder' });
  const head = h('header', { class: 'masthead' });
  const lead = h('p', { class: 'builder-lead' });
  const box = h('section', { class: 'builder-lab' }, h('div', { class: 'builder-box' }, preview.frame));
  const ticks = h('section', { class: 'builder-ticks' });
  const copied = h('section', { class: 'builder-output' });
  root.append(head, h('main', { class: 'builder-main' }, lead, box, ticks, copied));
  let output = createOutput(speech, read, change, ROOMS);
  let dark = false;

  function show() {
    output = createOutput(speech, read, change, ROOMS);
    const speak = (/** @type {import('./parts/speech.js').Language} */ next) =>
      void language.choose(next).then(turn, () => {});
    head.replaceChildren(...headOf(speech, dark, { speak, colour: (name) => theme.choose(name) }));
    lead.textContent = t(words.lead);
    box.setAttribute('aria-label', t(words.preview));
    preview.frame.title = t(words.preview);
    ticks.setAttribute('aria-label', t(words.wishes));
    ticks.replaceChildren(h('h2', {}, t(words.wishes)), createTicks(speech, read, change));
    copied.setAttribute('aria-label', t(words.copied));
    copied.replaceChildren(h('h2', {}, t(words.copied)), ...output.nodes);
    root.lang = document.documentElement.lang = speech.spoken.tag;
    document.title = t(words.title);
  }
  /** All texts anew, with the focus where it was. */
  function again() {
    const putBack = keep(root);
    show();
    putBack();
  }
  async function turn() {
    speech.speak(await withOwn(speech.spoken));
    again();
    preview.renew();
  }
  const theme = createTheme(root, (name) => {
    dark = name === 'dark';
    preview.frame.contentWindow?.postMessage({ type: 'ncf-lab', theme: name }, '*');
    if (host.contains(root)) again();
  });
  const language = createLanguage(root, speech, () => {});
  // Another language or theme chosen in the lab is the builder's too.
  addEventListener('storage', async ({ key, newValue }) => {
    if (key?.endsWith('-theme') && (newValue === 'light' || newValue === 'dark')) theme.follow(newValue);
    if (!key?.endsWith('-language')) return;
    speech.speak(await withOwn(await firstLanguage(null)));
    again();
  });
  show();
  host.replaceChildren(root);
  preview.open();
}

const host = document.getElementById('builder');
if (host) createBuilder(host, await withOwn(await firstLanguage(new URLSearchParams(location.search).get('lang'))));
