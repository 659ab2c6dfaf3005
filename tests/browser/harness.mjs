// What the browser tests share: the built site on a server of this process, one browser a test file, a context a test,
// and the page as a person finds it, by role and label. Every test also fails on a console message, an error that nobody
// caught, or a request that leaves the site.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { Run, checkSettings, readDataset } from '../../wasm/core.mjs';
import { findChrome } from '../../wasm/toolchain.mjs';
import { core, csv, moviesCsv, root, source, world } from '../node/fixtures.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ratings: string | Buffer, movies?: string | Buffer}} Data */
/**
 * @typedef {object} Options
 * @property {import('playwright-core').BrowserContextOptions} [context]
 * @property {string} [query]             of the page's address
 * @property {string} [hash]              of it, too
 * @property {boolean} [finished]         the page opens on the run that it was built with, not on an untrained model
 * @property {Data | 'bundled'} [data]    what the page is served as the bundled set; a small world where absent
 * @property {RegExp} [allow]             console messages that belong to the test, such as a browser's own word on a 404
 * @property {(page: Page) => Promise<unknown>} [prepare]   before the page is opened
 * @property {boolean} [opened]           false: the page is not waited for
 */

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

/** A small world, with something to learn in it. */
export const small = world();
export const smallData = { ratings: csv(small), movies: moviesCsv(small) };

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('node:http').Server} */
let server;
/** Where the site is, with a slash at its end. */
export let address = '';

// Read once, so that a build going on beside the tests can't change the site under them.
function readSite() {
  const folder = join(root, 'dist');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [`/${name}`, readFileSync(join(folder, name))]));
}

before(async () => {
  const site = readSite();
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const name = path === '/' ? '/index.html' : path;
    const body = site.get(name);
    // Any origin may read, as on the usual hosts of static sites: a sandboxed frame has an origin of its own.
    const headers = { 'content-type': types[extname(name)] ?? 'text/csv', 'access-control-allow-origin': '*' };
    response.writeHead(body ? 200 : 404, { ...headers, 'content-length': body?.length ?? 0 });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  address = `http://127.0.0.1:${port}/`;
  browser = await chromium.launch({
    executablePath: findChrome(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

/**
 * A test with a page of its own.
 * @param {string} name
 * @param {Options} options
 * @param {(lab: Lab, t: import('node:test').TestContext) => Promise<unknown>} body
 */
export function labTest(name, options, body) {
  test(name, { timeout: 120_000 }, async (t) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options.context });
    context.setDefaultTimeout(20_000);
    try {
      const page = await context.newPage();
      const faults = watchFaults(page, options.allow);
      await serveData(page, options.data ?? smallData);
      await options.prepare?.(page);
      await page.goto(addressOf(options));
      const lab = new Lab(page);
      if (options.opened !== false) await lab.ready();
      await body(lab, t);
      assert.deepEqual(faults, [], 'console messages, uncaught errors and requests to elsewhere');
    } finally {
      await context.close();
    }
  });
}

/** @param {Options} options */
export function addressOf({ query = '', hash = '', finished = false }) {
  const to = new URL(`${address}${query}${hash}`);
  if (!finished) to.searchParams.set('start', 'fresh');
  return String(to);
}

/**
 * @param {Page} page
 * @param {RegExp} [allow]
 */
function watchFaults(page, allow) {
  /** @type {string[]} */
  const faults = [];
  const note = (/** @type {string} */ text) => allow?.test(text) || faults.push(text);
  page.on('console', (message) => note(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => note(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(address)) note(`request: ${request.url()}`);
  });
  return faults;
}

/**
 * @param {Page} page
 * @param {Data | 'bundled'} data
 */
async function serveData(page, data) {
  if (data === 'bundled') return;
  await page.route(/\/assets\/(ratings|movies)-[^/]*\.csv$/, (route) =>
    route.fulfill({
      body:
        (route.request().url().includes('/ratings-') ? data.ratings : data.movies) ?? 'movieId,title,genres\n1,A,B\n',
      contentType: 'text/csv',
    }),
  );
}

/** The page, by what a person sees and reaches. */
export class Lab {
  /** @param {Page | import('playwright-core').Frame} page */
  constructor(page) {
    this.page = /** @type {Page} */ (page);
    this.run = this.region('Run');
    this.bar = page.getByRole('progressbar');
    this.alert = page.getByRole('alert');
    this.user = page.getByRole('combobox', { name: 'User', exact: true });
    this.top = this.region('Recommendations').getByRole('listitem');
    this.history = this.region('History').getByRole('listitem');
  }

  /** @param {string} name */
  region(name) {
    return this.page.getByRole('region', { name, exact: true });
  }

  /** @param {string} name */
  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** @param {string} label of a setting */
  field(label) {
    return this.region('Settings').getByLabel(label, { exact: true });
  }

  /** Waits for a sentence of the line of status. @param {string | RegExp} text */
  async status(text) {
    await this.run.getByText(text).waitFor();
  }

  /** The data are read, the model is there and evaluated. */
  async ready() {
    await this.status(/^Opened .* Press Train\.$/);
    await this.until(
      () => this.metric('HR@10'),
      (value) => value !== null,
    );
  }

  /** Types a setting as a person does. @param {string} label @param {string} text */
  async type(label, text) {
    await this.field(label).fill(text);
    await this.field(label).press('Enter');
  }

  /** @param {string} value of the choice */
  async choose(value) {
    await this.field('Model').selectOption(value);
  }

  /** Whole epochs, as the page counts them. */
  async epoch() {
    const text = await this.region('Progress').getByRole('definition').first().innerText();
    return Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', ''));
  }

  /** The big number of a measure, null for a dash. @param {'Loss' | 'HR@10' | 'NDCG@10'} name */
  async metric(name) {
    const text = await this.region(name).innerText();
    const number = /^[\d.,]+/m.exec(text.replace(name, ''))?.[0];
    return number === undefined ? null : Number(number.replaceAll(',', ''));
  }

  /** ItemPop's number beside it. @param {'HR@10' | 'NDCG@10'} name */
  async itemPop(name) {
    return Number(/ItemPop ([\d.]+)/.exec(await this.region(name).innerText())?.[1]);
  }

  /** The weights' hash. */
  async hash() {
    const text = await this.region('Settings')
      .getByText(/^Weights hash/)
      .innerText();
    return text.replace('Weights hash ', '');
  }

  /** The rows of the table of epochs, as texts. */
  async rows() {
    const details = this.page.getByText('The numbers as a table');
    const table = this.page.getByRole('table', { name: 'Loss and metrics of each epoch' });
    if (!(await table.isVisible())) await details.click();
    // It is written when it has opened.
    await table.getByRole('row').nth(1).waitFor();
    const rows = await table.getByRole('row').all();
    return Promise.all(rows.slice(1).map(async (row) => (await row.innerText()).split(/\s+/)));
  }

  /** The rows of the table of epochs, as texts by the name of the column. */
  async table() {
    const rows = await this.rows();
    const names = await this.page.getByRole('columnheader').allInnerTexts();
    return rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [names[at], cell])));
  }

  /** Opens what stands behind “More settings”. */
  async more() {
    if (!(await this.field('Evaluation').isVisible()))
      await this.region('Settings').getByRole('heading', { name: 'More settings' }).click();
  }

  /** What the page says of a step of the run, such as “Epoch 2: batch 3 of 10”. */
  async doing() {
    return (await this.bar.getAttribute('aria-valuetext')) ?? '';
  }

  /** The films of a list, as the lines of words that each shows. @param {import('playwright-core').Locator} list */
  async films(list) {
    return (await list.allInnerTexts()).map((text) => text.split('\n').filter((line) => line.trim() !== ''));
  }

  /**
   * Chooses files behind a button, as its dialog would.
   * @param {string} name of the button
   * @param {{name: string, content: string | Uint8Array}[]} files
   */
  async choosing(name, files) {
    const dialog = this.page.waitForEvent('filechooser');
    await this.button(name).click();
    const payloads = files.map(({ name: file, content }) => ({
      name: file,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(/** @type {any} */ (content)),
    }));
    await (await dialog).setFiles(payloads);
  }

  /**
   * Looks again until it sees what it waits for.
   * @template T
   * @param {() => Promise<T>} look
   * @param {(value: T) => boolean} holds
   * @returns {Promise<T>}
   */
  async until(look, holds) {
    const end = Date.now() + 20_000;
    for (;;) {
      const value = await look();
      if (holds(value)) return value;
      if (Date.now() > end) throw new Error(`waited in vain; last seen: ${JSON.stringify(value)}`);
      await this.page.waitForTimeout(20);
    }
  }

  /** Waits for a number of whole epochs. @param {number} epochs */
  async reach(epochs) {
    return this.until(
      () => this.epoch(),
      (epoch) => epoch >= epochs,
    );
  }
}

/** Records what the worker sends, in `window.heard`: the page itself rounds the numbers. @param {Page} page */
export async function hear(page) {
  await page.addInitScript(() => {
    const heard = /** @type {any[]} */ (/** @type {any} */ (window).heard = []);
    window.Worker = class extends Worker {
      constructor(/** @type {string | URL} */ url, /** @type {WorkerOptions | undefined} */ options) {
        super(url, options);
        this.addEventListener('message', ({ data }) => heard.push(data));
      }
    };
  });
}

/** @typedef {{epoch: number, loss: number | null, metrics: object, validation?: object, hash: string}} Told */

/** @param {any} event of an epoch's end @returns {Told} without what a clock says */
const exact = ({ epoch, loss, metrics, validation, hash }) => ({
  ...{ epoch, loss, metrics, hash },
  ...(validation && { validation }),
});

/**
 * What a run tells of each epoch in Node, and the hash of the weights that it ends with.
 * @param {{ratings: string | Buffer, movies?: string | Buffer}} data
 * @param {Record<string, unknown>} settings
 */
export async function inNode(data, settings) {
  const files = [source('ratings.csv', data.ratings)];
  if (data.movies) files.push(source('movies.csv', data.movies));
  const dataset = await readDataset(await core(), files);
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings(settings));
  /** @type {Told[]} */
  const epochs = [];
  let selected = null;
  for (const event of run.slices()) {
    if (event.event === 'epoch') epochs.push(exact({ ...event, hash: run.model.hash() }));
    if (event.event === 'selected') selected = event;
  }
  const hash = run.model.hash();
  run.free();
  split.free();
  dataset.free();
  return { epochs, selected, hash };
}

/** The epochs that the worker has told of since the last start; `hear` has to listen. @param {Lab} lab @returns {Promise<Told[]>} */
export async function inPage(lab) {
  const heard = await lab.page.evaluate(() => /** @type {any} */ (window).heard);
  const epochs = heard.filter((/** @type {any} */ { event }) => event === 'epoch');
  return epochs.slice(epochs.findLastIndex((/** @type {any} */ { epoch }) => epoch === 0)).map(exact);
}
