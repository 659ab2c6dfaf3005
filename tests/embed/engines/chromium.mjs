// Chromium, by Playwright. Its tabs also have `page`, for what only one engine is asked.

import { chromium } from 'playwright-core';

import { findChrome } from '../../../wasm/tools/toolchain.mjs';
import { WAIT_MS } from './tab.mjs';

/**
 * @param {import('playwright-core').Page} page
 * @param {number[]} path
 */
function frameOf(page, path) {
  let frame = page.mainFrame();
  for (const at of path) {
    frame = frame.childFrames()[at];
    if (!frame) throw new Error(`no frame ${path}`);
  }
  return frame;
}

export async function launch() {
  const browser = await chromium.launch({
    executablePath: findChrome(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
  return {
    name: 'Chromium',
    /** @param {import('playwright-core').BrowserContextOptions} [options] */
    async tab(options) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(WAIT_MS);
      const page = await context.newPage();
      /** @type {string[]} */
      const said = [];
      page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
      page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
      return {
        page,
        said,
        open: (/** @type {string} */ url) => page.goto(url),
        // Awaited here, so that a policy against eval, which Playwright's functions meet too, is asked of nothing else.
        evaluate: (/** @type {string} */ text, /** @type {number[]} */ path) => frameOf(page, path).evaluate(text),
        async click(/** @type {number} */ x, /** @type {number} */ y, /** @type {number[]} */ path) {
          const frame = frameOf(page, path);
          const box = path.length > 0 ? await (await frame.frameElement()).boundingBox() : null;
          await page.mouse.click(x + (box?.x ?? 0), y + (box?.y ?? 0));
        },
        resize: (/** @type {number} */ width, /** @type {number} */ height) => page.setViewportSize({ width, height }),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
