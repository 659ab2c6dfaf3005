/** What a student is looking at, in plain words, and whose data these are. */
import { t } from '../words.js';
import { words } from '../words/guide.js';
import { h } from './dom.js';

const ENTRIES = [
  [words.learns, words.learnsText],
  [words.loss, words.lossText],
  [words.hr, words.hrText],
  [words.ndcg, words.ndcgText],
  [words.itemPop, words.itemPopText],
  [words.errors, words.errorsText],
  [words.try, words.tryText],
];

/** @param {HTMLElement} host */
export function createGuide(host) {
  host.append(
    h('h2', {}, t(words.title)),
    h('dl', {}, ...ENTRIES.map(([term, text]) => h('div', {}, h('dt', {}, t(term)), h('dd', {}, t(text))))),
  );
  return { update() {}, destroy: () => host.replaceChildren() };
}

/** @param {HTMLElement} host */
export function createCredit(host) {
  host.append(
    h('p', {}, t(words.creditData)),
    h(
      'p',
      { lang: 'en' },
      'F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. ',
      h('cite', {}, 'ACM Transactions on Interactive Intelligent Systems'),
      ' 5, 4: 19:1–19:19. ',
      h('a', { href: 'https://doi.org/10.1145/2827872', rel: 'noreferrer' }, 'doi.org/10.1145/2827872'),
    ),
    h(
      'p',
      {},
      t(words.creditModels),
      h(
        'span',
        { lang: 'en' },
        'X. He, L. Liao, H. Zhang, L. Nie, X. Hu and T.-S. Chua. 2017. Neural Collaborative Filtering. ',
        h('cite', {}, 'WWW ’17'),
        '. ',
      ),
      h('a', { href: 'https://doi.org/10.1145/3038912.3052569', rel: 'noreferrer' }, 'doi.org/10.1145/3038912.3052569'),
    ),
  );
  return { update() {}, destroy: () => host.replaceChildren() };
}
