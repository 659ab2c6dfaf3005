// One browser for all tests of a process, with a seat for each that runs: a context whose storage is emptied after each test.
// A page takes half a second of processor time to open in a seat that has been used, and two in a context of its own: the
// process that draws it is there, and so is the compiled module. A seat whose test failed is not used again.

import { chromium } from 'playwright-core';

import { findChrome } from '../../wasm/tools/toolchain.mjs';

/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */
/** @typedef {{context: import('playwright-core').BrowserContext, empty: import('playwright-core').Page | null}} Seat  empty: keeps the process that draws; null: for one test only */

const viewport = { width: 1440, height: 900 };
/** How long a page is waited for: on a machine with other work, too. */
export const WAIT_MS = 60_000;

/** What a page can be told once it is there. @param {ContextOptions} options */
function split({ viewport: size, colorScheme, reducedMotion, ...rest }) {
  return { size, media: { colorScheme, reducedMotion }, rest };
}

/** @param {string} origin of the site, with an empty.html */
export async function openBrowser(origin) {
  const browser = await chromium.launch({
    executablePath: findChrome(),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
      // A new page of a seat is drawn by the process of its empty page.
      '--process-per-site',
    ],
  });
  /** @type {Seat[]} */
  const free = [];

  /** @param {ContextOptions} options @returns {Promise<Seat>} */
  async function newSeat(options) {
    const context = await browser.newContext({ viewport, ...options });
    context.setDefaultTimeout(WAIT_MS);
    if (Object.keys(options).length > 0) return { context, empty: null };
    try {
      const empty = await context.newPage();
      await empty.goto(`${origin}empty.html`);
      return { context, empty };
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  return {
    /** A page in a seat that nobody else has; with a context of its own where the options are such that it needs one. @param {ContextOptions} [options] */
    async take(options = {}) {
      const { size, media, rest } = split(options);
      const seat = (Object.keys(rest).length === 0 && free.pop()) || (await newSeat(rest));
      const page = await seat.context.newPage();
      if (size) await page.setViewportSize(size);
      if (media.colorScheme || media.reducedMotion) await page.emulateMedia(media);
      return { seat, page };
    },

    /** Gives a seat back, as it was taken. @param {Seat} seat @param {boolean} usable  false: closed for good */
    async leave({ context, empty }, usable) {
      if (!usable || !empty) return context.close();
      for (const page of context.pages()) if (page !== empty) await page.close();
      await context.setOffline(false);
      await context.clearPermissions();
      await context.clearCookies();
      await empty.evaluate(() => localStorage.clear());
      free.push({ context, empty });
    },

    close: () => browser.close(),
  };
}
