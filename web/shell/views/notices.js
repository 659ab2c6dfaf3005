/**
 * Errors: what happened and what to do, until they are dismissed; notes on the run, likewise but calmly. And the quiet voice
 * for screen readers.
 */
import { noteText } from '../../parts/notices.js';
import { words } from '../../parts/words/notices.js';
import { h, setText } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'dismiss' | 'dismissNotes' | 'reset' | 'openBundled'>} actions
 */
export function createNotices(speech, host, actions) {
  const { t } = speech;
  const alerts = h('div', { class: 'notices', role: 'alert' });
  const status = h('p', { class: 'hidden', role: 'status' });
  const notes = h('div', { role: 'status' });
  host.append(alerts, notes, status);
  /** @type {Map<import('../state.js').Notice, HTMLElement>} */
  const shown = new Map();

  /** @param {import('../state.js').Notice} notice */
  function card(notice) {
    const { key, title, text, action } = notice;
    const close = () => actions.dismiss(key);
    return h(
      'div',
      // What the instructor decided is no error.
      { class: key === 'fixed' ? 'notice calm' : 'notice' },
      h('div', {}, h('strong', {}, title(speech)), h('p', {}, text(speech))),
      action === 'reset' && h('button', { type: 'button', onclick: () => actions.reset() }, t(words.reset)),
      action === 'retry' && h('button', { type: 'button', onclick: () => actions.openBundled() }, t(words.retry)),
      closing(speech, close),
    );
  }

  /** The notes that stand there, as JSON. */
  let noted = '';

  /** @param {import('../state.js').State} state */
  function tellNotes({ model, notesRead }) {
    const told = model?.notes ?? [];
    const json = JSON.stringify(told);
    const next = told.length > 0 && json !== notesRead ? json : '';
    if (next === noted) return;
    noted = next;
    const items = told.map((note) => h('p', {}, noteText(speech, note)));
    notes.replaceChildren(
      ...(next
        ? [h('div', { class: 'notice note' }, h('div', {}, ...items), closing(speech, actions.dismissNotes))]
        : []),
    );
  }

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { notices, announcement } = state;
      for (const [notice, node] of shown) {
        if (notices.includes(notice)) continue;
        node.remove();
        shown.delete(notice);
      }
      for (const notice of notices) {
        if (shown.has(notice)) continue;
        const node = card(notice);
        shown.set(notice, node);
        alerts.append(node);
      }
      tellNotes(state);
      setText(status, announcement(speech));
    },
    destroy: () => host.replaceChildren(),
  };
}

/** @param {Speech} speech @param {() => void} close */
const closing = (speech, close) =>
  h(
    'button',
    { type: 'button', class: 'plain', onclick: close, title: speech.t(words.dismiss) },
    cross(),
    hidden(speech.t(words.dismiss)),
  );

/** @param {string} text for screen readers alone */
export const hidden = (text) => h('span', { class: 'hidden' }, text);

const cross = () => h('span', { class: 'cross', 'aria-hidden': 'true' }, '×');
