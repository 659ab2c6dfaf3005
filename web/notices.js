/** How the page speaks up: a line of status that is read out too, and errors that stay until they are dismissed. */

/** @typedef {import('./state.js').Store} Store */

/**
 * @param {Store} store
 * @param {string} text both shown and read out
 */
export const say = (store, text) => store.set({ status: text, announcement: text });

/**
 * @param {Store} store
 * @param {string} key a later error with the same key takes this one's place
 * @param {string} title what happened
 * @param {unknown} error why, and what to do
 * @param {'reset' | 'retry'} [action]
 */
export function complain(store, key, title, error, action) {
  const others = store.state.notices.filter((notice) => notice.key !== key);
  store.set({ notices: [...others, { key, title, text: messageOf(error), action }] });
}

/**
 * @param {Store} store
 * @param {...string} keys
 */
export function dismiss(store, ...keys) {
  const notices = store.state.notices.filter((notice) => !keys.includes(notice.key));
  if (notices.length < store.state.notices.length) store.set({ notices });
}

/** @param {any} error @returns {string} */
export function messageOf(error) {
  const message = error instanceof Error ? error.message : String(error);
  const line = /** @type {any} */ (error)?.line;
  return line && !message.includes(`line ${line}`) ? `Line ${line}: ${message}` : message;
}

/** @param {any} error @returns {string | undefined} the setting that the error is about */
export const settingOf = (error) => error?.setting;
