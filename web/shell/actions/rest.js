/** What nothing waits for, loaded behind all that something does, so that the page needs no network later. */
import { languages, loadLanguage } from '../../languages/languages.js';

/** When the page has nothing else to do; Safari can't tell. */
const idle = () =>
  new Promise((done) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(done);
    else setTimeout(done, 200);
  });

/**
 * Loads the other languages and what makes files and pictures, then the finished run's weights, which alone are more than all
 * before them. What can't be had is asked for again when it is needed.
 * @param {import('../actions.js').Lab} lab
 */
export async function loadRest(lab) {
  await idle();
  const names = /** @type {import('../../languages/languages.js').Language[]} */ (Object.keys(languages));
  for (const name of names) await loadLanguage(name).catch(() => {});
  await lab.leaving.fetch();
  await import('../../parts/pictures/pictures.js').catch(() => {});
  await lab.arrived;
  await idle();
  await lab.client.request('prefetch').catch(() => {});
}
