/** Single keys that do what a button does, for hands that stay on the keyboard. views/shortcuts.js lists them. */
import { isRunning, possible } from '../parts/readings.js';
import { languages } from '../languages/languages.js';
import { later } from '../parts/speech.js';
import { words } from './words/shortcuts.js';

/** @typedef {import('../parts/speech.js').Said} Said */
/** @typedef {{keys: string[], told: Said, run: () => void}} Shortcut  keys as KeyboardEvent.key has them */

/** What is typed into, or has letters and arrows of its own. */
const TYPED =
  'input:not([type=radio]), textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=slider], [role=grid]';
/** What Space and Enter press or open. */
const PRESSED = 'button, input, summary, a[href], [role=option], [role=tab]';
/** What arrows move in. */
const MOVED = `${TYPED}, input, [role=tablist], [role=radiogroup], [role=group][tabindex], [role=img][tabindex], dialog`;

/**
 * @param {import('./state.js').Store} store
 * @param {Pick<import('./actions.js').Actions, 'train' | 'pause' | 'step' | 'reset' | 'anyUser' | 'enter'>
 *   & {nextLanguage: () => void, otherTheme: () => void, showShortcuts: () => void}} actions
 * @param {import('./views/rooms.js').Room[]} places the rooms in their order
 * @returns {Shortcut[]}
 */
export function createKeys(store, actions, places) {
  const can = () => possible(store.state);
  return [
    {
      keys: ['k'],
      told: later(words.train),
      run: () => void (can().train && (isRunning(store.state) ? actions.pause() : actions.train())),
    },
    { keys: ['s'], told: later(words.step), run: () => void (can().step && actions.step()) },
    { keys: ['r'], told: later(words.reset), run: () => void (can().reset && actions.reset()) },
    { keys: ['u'], told: later(words.user), run: () => actions.anyUser() },
    ...places.map(({ name, title }, at) => ({
      keys: [String(at + 1)],
      told: later(words.room, { room: later(title) }),
      run: () => actions.enter(name),
    })),
    {
      keys: ['l'],
      told: later(words.language, {
        language: Object.values(languages)
          .map(({ label }) => label)
          .join(', '),
      }),
      run: () => actions.nextLanguage(),
    },
    { keys: ['t'], told: later(words.theme), run: () => actions.otherTheme() },
    { keys: ['?'], told: later(words.list), run: () => actions.showShortcuts() },
  ];
}

/** @param {KeyboardEvent} event @param {Shortcut[]} shortcuts */
const shortcutOf = ({ key }, shortcuts) => shortcuts.find(({ keys }) => keys.includes(key.toLowerCase()));

/**
 * Whether a key does something where the focus is, so that it is none for the page around: a deck's arrows, a letter of a
 * host's own. What turns pages and Escape never are.
 * @param {KeyboardEvent} event
 * @param {Shortcut[]} shortcuts
 */
export function takesKey(event, shortcuts) {
  const [target] = event.composedPath();
  if (event.defaultPrevented) return true;
  if (['PageUp', 'PageDown', 'Escape'].includes(event.key) || !(target instanceof Element)) return false;
  if (target.closest(TYPED)) return true;
  if (event.key === ' ' || event.key === 'Enter') return target.closest(PRESSED) !== null;
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End')
    return target.closest(MOVED) !== null;
  return shortcutOf(event, shortcuts) !== undefined;
}

/**
 * Keys belong to whoever has the focus. Where it is nowhere, as until something is clicked, they are the lab's only if the
 * whole page is: of several labs on a page none moves the others.
 * @param {HTMLElement} root of the lab
 * @param {Shortcut[]} shortcuts
 * @param {boolean} wholePage
 * @returns {() => void} stops it
 */
export function listenForKeys(root, shortcuts, wholePage) {
  const { ownerDocument: page } = root;

  /** @param {KeyboardEvent} event */
  function press(event) {
    // Shift alone is fine: on most keyboards it makes the “?”.
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return;
    if (root.querySelector('dialog[open]')) return;
    if (target.closest(TYPED)) return;
    const shortcut = shortcutOf(event, shortcuts);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  }
  /** @param {KeyboardEvent} event */
  function pressNowhere(event) {
    if (event.target === page.body || event.target === page.documentElement) press(event);
  }
  root.addEventListener('keydown', press);
  if (wholePage) page.addEventListener('keydown', pressNowhere);
  return () => {
    root.removeEventListener('keydown', press);
    page.removeEventListener('keydown', pressNowhere);
  };
}
