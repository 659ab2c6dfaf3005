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
  const { policy } = store.state;
  /** @param {import('./theme.js').Theme} name @param {boolean} now */
  const onTheme = (name, now) => {
    store.set({ theme: name });
    if (now) store.notify();
  };
  const theme = createTheme(root, onTheme, policy.theme);
  /** @param {import('../parts/speech.js').Spoken} spoken */
  const spoke = (spoken) => {
    store.set({ language: spoken.name });
    onLanguage(spoken);
  };
  const language = createLanguage(root, speech, spoke, policy.lang !== null);
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
