/** The head of the builder: the way back to the lab, and the switches of language and theme. */
import { languages } from '../languages/languages.js';
import { h } from '../parts/dom.js';
import { nextLanguage } from '../shell/language.js';
import { halfMoon, mark } from '../shell/views/masthead.js';
import { words as lab } from '../shell/words/lab.js';
import { words } from './words.js';

/**
 * @param {import('../parts/speech.js').Speech} speech
 * @param {boolean} dark
 * @param {{speak: (next: import('../parts/speech.js').Language) => void, colour: (theme: 'light' | 'dark') => void}} actions
 * @returns {HTMLElement[]}
 */
export function headOf({ t, spoken }, dark, { speak, colour }) {
  const next = nextLanguage(spoken.name);
  const { tag, label } = languages[next];
  const other = t(dark ? lab.light : lab.dark);
  const onclick = () => colour(dark ? 'light' : 'dark');
  return [
    h('a', { class: 'brand', href: './index.html', title: t(words.back), 'aria-label': t(words.back) }, mark()),
    h('h1', {}, t(words.title)),
    h('button', { type: 'button', lang: tag, onclick: () => speak(next) }, label),
    h('button', { type: 'button', class: 'plain', title: other, 'aria-label': other, onclick }, halfMoon()),
  ];
}
