// What the rows share: one server, one browser of an engine, a tab for each row.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';

import { Tab, launch } from './engines/tab.mjs';
import { startServer } from './server.mjs';
import { drops, presses, sees, trains } from './visitor.mjs';
import { csv, world } from '../node/fixtures.mjs';

/** What is longer hangs. */
const TEST_MS = 300_000;
/** Rows that are gone through at a time. */
const LANES = 2;

/** @type {ReturnType<typeof startServer> | undefined} */
let server;
/** @type {Map<string, Promise<import('./engines/tab.mjs').Engine>>} */
const engines = new Map();

/** The server of all rows of a file. */
export const host = () => (server ??= startServer());

after(async () => {
  for (const engine of engines.values()) await (await engine).close();
  (await server)?.close();
});

/** @typedef {import('./server.mjs').Headers} Headers */
/**
 * What a row is handed: a tab of its own, the server, and in Chromium Playwright's page.
 * @typedef {{tab: Tab, server: Awaited<ReturnType<typeof startServer>>, page: import('playwright-core').Page}} Given
 */
/** @typedef {{name: string, body: (given: Given) => Promise<unknown>, options?: object}} Row */

/**
 * Rows of an engine, some at a time.
 * @param {string} title
 * @param {string} engine  the name of its file
 * @param {Row[]} rows
 */
export function go(title, engine, rows) {
  describe(title, { concurrency: LANES }, () => {
    for (const { name, body, options } of rows)
      test(`${engine}: ${name}`, { timeout: TEST_MS }, async () => {
        if (!engines.has(engine)) engines.set(engine, launch(engine));
        const driver = await /** @type {any} */ (await engines.get(engine)).tab(options);
        const tab = new Tab(driver);
        try {
          await body({ tab, server: await host(), page: driver.page });
        } finally {
          await tab.close();
        }
      });
  });
}

/** @param {import('./places.mjs').Place} place @returns {Row} */
export const rowOf = ({ name, make, frame = [], says, keeps }) => ({
  name,
  async body({ tab, server: pages }) {
    const url = make(pages);
    await tab.open(url);
    if (says) return sees(tab, { frame }, says);
    await trains(tab, { frame });
    const { pathname, search } = new URL(url);
    if (keeps) assert.equal(await tab.evaluate(() => location.pathname + location.search), pathname + search);
  },
});

/** Data of one's own, dropped on a page from disk, where workers may not read files in every engine. @param {string} name @param {() => string} address @returns {Row} */
export const dropRow = (name, address) => ({
  name: `a file dropped on ${name}`,
  async body({ tab }) {
    await tab.open(address());
    await sees(tab, {}, /Opened .*Press Train\./s);
    await drops(tab, {}, 'mine.csv', csv(world()));
    await sees(tab, {}, /Opened mine\.csv\. Press Train\./);
    await presses(tab, {}, 'Train');
    await sees(tab, {}, /Finished after 2 epochs\./);
  },
});
