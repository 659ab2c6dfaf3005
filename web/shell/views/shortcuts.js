/** The list of shortcuts, in a dialog. */
import { words } from '../words/shortcuts.js';
import { h, uniqueId } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../shortcuts.js').Shortcut[]} shortcuts
 */
export function createShortcuts(speech, host, shortcuts) {
  const { t } = speech;
  const id = uniqueId('shortcuts');
  const close = h('button', { type: 'button', onclick: () => dialog.close() }, t(words.close));
  const dialog = h(
    'dialog',
    { class: 'shortcuts', 'aria-labelledby': id },
    h('h2', { id }, t(words.title)),
    h(
      'dl',
      {},
      ...shortcuts.map(({ keys, told }) =>
        h('div', {}, h('dt', {}, ...named(speech, keys)), h('dd', {}, told(speech))),
      ),
    ),
    h('p', { class: 'hint' }, t(words.note)),
    close,
  );
  // What is around the dialog belongs to it as well: a press there closes it, as one expects.
  dialog.addEventListener('click', (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
  });
  host.append(dialog);
  return {
    open: () => dialog.showModal(),
    update() {},
    destroy: () => dialog.remove(),
  };
}

/** @param {Speech} speech @param {string[]} keys */
const named = (speech, keys) => keys.flatMap((key, at) => [at > 0 ? speech.t(words.or) : null, h('kbd', {}, key)]);
