/** The snippets: for one kind of page at a time, what is copied and what has to be uploaded. */
import { h, setText } from '../parts/dom.js';
import { createSegments } from '../parts/segments.js';
import { KINDS, snippetOf } from './snippets.js';
import { typed } from './ticks.js';
import { fieldsOf, sizeOf } from './wishes.js';
import { words } from './words.js';

/**
 * @param {import('../parts/speech.js').Speech} speech
 * @param {() => import('./wishes.js').Wishes} read
 * @param {(patch: Partial<import('./wishes.js').Wishes>) => void} change
 * @param {readonly string[]} rooms  names of all
 */
export function createOutput(speech, read, change, rooms) {
  const { t } = speech;
  const code = h('code');
  const text = h('pre', { tabindex: 0, role: 'region' }, code);
  const needs = h('p', { class: 'hint' });
  const status = h('p', { class: 'hint', role: 'status' });
  const copy = h('button', { type: 'button', class: 'primary', onclick: () => void take() }, t(words.copy));
  const kinds = createSegments({
    label: t(words.kind),
    options: KINDS.map((value) => ({ value, name: t(words[value]) })),
    chosen: read().kind,
    choose: (value) => change({ kind: value }),
  });

  async function take() {
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      setText(status, t(words.done));
    } catch {
      // Not from disk, say; by hand it always goes.
      getSelection()?.selectAllChildren(code);
      setText(status, t(words.select));
    }
  }

  function write() {
    const wishes = read();
    const { base, address, kind } = wishes;
    const said = { title: t(words.frame), without: t(words.without) };
    setText(code, snippetOf(kind, { base, address, fields: fieldsOf(wishes, rooms), ...sizeOf(wishes), ...said }));
    text.setAttribute('aria-label', t(words[kind]));
    setText(needs, t(words[`${kind}Needs`]));
    setText(status, '');
  }
  const base = typed(speech, words.base, read().base, (typed) => change({ base: typed }), { inputmode: 'url' });
  write();
  return {
    nodes: [
      kinds.node,
      needs,
      text,
      h('div', { class: 'buttons' }, copy, status),
      base,
      h('p', { class: 'hint' }, t(words.baseNote)),
    ],
    write,
  };
}
