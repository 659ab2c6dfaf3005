/** The lab as a whole page: the query says how it is set up, the hash what is to be seen, and a frame's page hears of it. */
import { createLab } from './lab.js';
import { isLanguage } from './languages/languages.js';
import { talkToParent } from './parent.js';
import { firstLanguage } from './shell/language.js';
import { readPolicy } from './shell/policy.js';

/** What the page's language changes around the lab. An address that names a language names the chosen one from then on. @param {import('./parts/speech.js').Spoken} spoken @param {string} title */
function speakAround({ name, tag }, title) {
  document.documentElement.lang = tag;
  document.title = title;
  const query = new URLSearchParams(location.search);
  if (!isLanguage(query.get('lang')) || query.get('lang') === name) return;
  query.set('lang', name);
  rewrite(`?${query}${location.hash}`);
}

/**
 * Changes the query and the hash, without a step in the history. They are told with the path: alone they would be taken
 * against a `<base>` of the page.
 * @param {string} rest
 */
function rewrite(rest) {
  try {
    history.replaceState(history.state, '', location.pathname + rest);
  } catch {
    // Some sandboxes don't let a page change its address; nothing else hangs on it.
  }
}

/**
 * @param {HTMLElement} host
 * @param {Pick<import('./lab.js').LabOptions, 'createWorker' | 'wasm' | 'data' | 'finished' | 'course' | 'onEvent'>} assets
 */
export async function openPage(host, assets) {
  const query = new URLSearchParams(location.search);
  const policy = readPolicy((name) => query.get(name));
  const language = await firstLanguage(policy.lang);
  host.replaceChildren();
  const framed = window.parent !== window;
  const lab = createLab(host, {
    ...assets,
    language,
    onLanguage: speakAround,
    // ?start=fresh opens on an untrained model.
    finished: policy.start === 'fresh' ? undefined : assets.finished,
    policy,
    course: framed ? undefined : assets.course,
    wholePage: true,
    framed,
    pausesUnseen: framed,
    address: location.hash,
    onAddress(address) {
      rewrite(`${location.search}#${address}`);
      tell?.('change', { settings: address });
    },
    // A frame without an address of its own (srcdoc) has none to give away.
    linkTo: location.protocol === 'about:' ? undefined : () => location.href,
    onEvent(name, detail) {
      assets.onEvent?.(name, detail);
      tell?.(name, detail);
    },
  });
  const tell = framed ? talkToParent(lab) : null;
  addEventListener('hashchange', () => void lab.goTo(location.hash));
  return lab;
}
