// What the browser tests share: the built site, one browser, a page for each test, and that page as a person finds it, by
// role and label. Every test also fails on a console message, an error that nobody caught, or a request that leaves the site.
//
// The quick way is the easy one: a test gets a small world, an untrained model and a page that opens in half a second. What
// needs the bundled set, the finished run or a browser of another kind says so.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, csv, moviesCsv, source, world } from '../node/fixtures.mjs';
import { WAIT_MS, openBrowser } from './seats.mjs';
import { startSite } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./site.mjs').Data} Data */
/**
 * @typedef {object} Options
 * @property {import('playwright-core').BrowserContextOptions} [context]  anything but a size, a theme and motion costs a context of its own
 * @property {string} [query]             of the page's address
 * @property {string} [hash]              of it, too
 * @property {boolean} [finished]         the page opens on the run that it was built with, not on an untrained model
 * @property {Data | 'bundled'} [data]    what the page is served as the bundled set; a small world where absent
 * @property {RegExp} [allow]             console messages that belong to the test, such as a browser's own word on a 404
 * @property {(page: Page) => Promise<unknown>} [prepare]   before the page is opened
 * @property {boolean} [opened]           false: the page is not waited for
 */

/** How long a test may take: what is longer hangs. */
const TEST_MS = 300_000;

/** A small world, with something to learn in it. */
export const small = world();
export const smallData = { ratings: csv(small), movies: moviesCsv(small) };

const site = await startSite();
/** Where the site is with the small world, with a slash at its end. */
export const address = site.of(smallData, 'small');
/** @type {ReturnType<typeof openBrowser> | undefined} */
let browser;

async function close() {
  await (await browser)?.close();
  site.close();
}

/** Tests that are to run side by side, while they are collected. @type {[string, (t: import('node:test').TestContext) => Promise<void>][] | null} */
let collected = null;
let closes = false;

/**
 * The tests of many files in this one process, some at a time.
 * @param {number} lanes
 * @param {string[]} files
 */
export async function sideBySide(lanes, files) {
  collected = [];
  for (const file of files) await import(file);
  const all = collected;
  collected = null;
  describe('the page', { concurrency: lanes }, () => {
    after(close);
    for (const [name, body] of all) test(name, { timeout: TEST_MS }, body);
  });
}

/**
 * A test with a page of its own.
 * @param {string} name
 * @param {Options} options
 * @param {(lab: Lab, t: import('node:test').TestContext) => Promise<unknown>} body
 */
export function labTest(name, options, body) {
  const run = async (/** @type {import('node:test').TestContext} */ t) => {
    browser ??= openBrowser(site.origin);
    const { seat, page } = await (await browser).take(options.context);
    let passed = false;
    t.signal.addEventListener('abort', () => page.close().catch(() => {}));
    try {
      const faults = watchFaults(page, options.allow);
      await options.prepare?.(page);
      await page.goto(addressOf(options));
      const lab = new Lab(page);
      if (options.opened !== false) await lab.ready();
      await body(lab, t);
      assert.deepEqual(faults, [], 'console messages, uncaught errors and requests to elsewhere');
      passed = true;
    } finally {
      await (await browser).leave(seat, passed);
    }
  };
  if (collected) return void collected.push([name, run]);
  if (!closes) after(close);
  closes = true;
  test(name, { timeout: TEST_MS }, run);
}

/** @param {Options} options */
export function addressOf({ query = '', hash = '', finished = false, data = smallData }) {
  const to = new URL(`${site.of(data)}${query}${hash}`);
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
  page.on('console', (message) => note(`console ${message.type()}: ${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => note(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data:|blob:)/.test(url) && !url.startsWith(site.origin)) note(`request: ${url}`);
  });
  return faults;
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

  /** The code of every room is there, which comes behind the data, and that of pictures, the last. */
  async allRooms() {
    await this.until(
      () => this.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)),
      (names) =>
        ['network', 'evaluation', 'race', 'you', 'map', 'data', 'pictures'].every((room) =>
          names.some((name) => name.includes(`/${room}-`)),
        ),
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

  /** The weights' hash, which a model that was just made has only when it is measured: till then it is waited for. */
  async hash() {
    const line = this.region('Settings').getByText(/^Weights hash/);
    const text = await this.until(
      () => line.innerText(),
      (said) => !said.endsWith('–'),
    );
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
    // What was drawn anew while it was looked for has no lines any more.
    const texts = await this.until(
      () =>
        list.evaluateAll((all) =>
          all.every((node) => node.isConnected) ? all.map((node) => /** @type {HTMLElement} */ (node).innerText) : null,
        ),
      (all) => all !== null,
    );
    return texts.map((text) => text.split('\n').filter((line) => line.trim() !== ''));
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
    const end = Date.now() + WAIT_MS;
    // A look costs the page some ms: one that waits for long must not take them from what it waits for.
    for (let pause = 20; ; pause = Math.min(1.5 * pause, 150)) {
      const value = await look();
      if (holds(value)) return value;
      if (Date.now() > end) throw new Error(`waited in vain; last seen: ${JSON.stringify(value)}`);
      await this.page.waitForTimeout(pause);
    }
  }

  /**
   * Commands of tests/gate.js for the page's first worker, or another; the page has to be `gated`.
   * @param {{hold?: object, release?: boolean, tick?: number}} command
   */
  async gate(command, worker = 0) {
    await this.page.evaluate(
      ([gate, at]) => /** @type {any} */ (window).workers[/** @type {number} */ (at)].postMessage({ gate }),
      /** @type {const} */ ([command, worker]),
    );
  }

  /** Waits for a number of whole epochs. @param {number} epochs */
  async reach(epochs) {
    return this.until(
      () => this.epoch(),
      (epoch) => epoch >= epochs,
    );
  }
}

const gateScript = readFileSync(new URL('../gate.js', import.meta.url), 'utf8');

/** Puts the worker behind a gate, for `lab.gate()`. @param {Page} page @param {object} [command]  that comes before all else */
export async function gated(page, command = {}) {
  await page.addInitScript(
    (script) => {
      const createObjectURL = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (/** @type {Blob} */ blob) =>
        createObjectURL(/javascript/.test(blob.type) ? new Blob([script, '\n', blob], { type: blob.type }) : blob);
      const workers = /** @type {Worker[]} */ (/** @type {any} */ (window).workers = []);
      window.Worker = class extends Worker {
        constructor(/** @type {string | URL} */ url, /** @type {WorkerOptions | undefined} */ options) {
          super(url, options);
          workers.push(this);
        }
      };
    },
    `${gateScript}\nself.gate(${JSON.stringify(command)});`,
  );
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

/** What the finished run, trained in Node when the site was built, tells of its epochs: the bundled set with the defaults. @returns {Told[]} */
export function inBuild() {
  const { epochs } = JSON.parse(readFileSync(new URL('../../build/finished/run.json', import.meta.url), 'utf8'));
  return epochs.map(exact);
}

/** The epochs that the worker has told of since the last start; `hear` has to listen. @param {Lab} lab @returns {Promise<Told[]>} */
export async function inPage(lab) {
  const heard = await lab.page.evaluate(() => /** @type {any} */ (window).heard);
  const epochs = heard.filter((/** @type {any} */ { event }) => event === 'epoch');
  return epochs.slice(epochs.findLastIndex((/** @type {any} */ { epoch }) => epoch === 0)).map(exact);
}
