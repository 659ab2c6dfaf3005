/** How the lab looks and what it speaks, as its buttons and keys change them. */
import { complain } from '../parts/notices.js';
import { later } from '../parts/speech.js';
import { words as wrong } from '../parts/words/notices.js';
import { createLanguage, nextLanguage } from './language.js';
import { createTheme } from './theme.js';

/**
 * @param {HTMLElement} root of the lab
 * @param {import('../parts/speech.js').Speech} speech
 * @param {import('./state.js').Store} store
 * @param {(spoken: import('../parts/speech.js').Spoken) => void} onLanguage  hears of it at the start and whenever it changes
 */
export function createLook(root, speech, store, onLanguage) {
  const theme = createTheme(root, (name, now) => {
    store.set({ theme: name });
    if (now) store.notify();
  });
  const language = createLanguage(root, speech, (spoken) => {
    store.set({ language: spoken.name });
    onLanguage(spoken);
  });
  return {
    setTheme: theme.choose,
    followTheme: theme.follow,
    otherTheme: () => theme.choose(store.state.theme === 'dark' ? 'light' : 'dark'),
    nextLanguage: () =>
      language
        .choose(nextLanguage(store.state.language))
        .catch(() => complain(store, 'words', later(wrong.noWords), later(wrong.connection))),
    close: theme.close,
  };
}
