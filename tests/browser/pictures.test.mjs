// Every chart as SVG and as PNG: it parses, says what is to be seen, and is not blank.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/**
 * The charts of each room that a trained model has, and the least of shapes, texts and pixel images in the picture of each.
 * @type {Record<string, [name: string, paths: number, texts: number, images?: number][]>}
 */
const charts = {
  Learning: [
    ['Loss', 4, 8],
    ['HR@10', 5, 12],
    ['NDCG@10', 5, 12],
  ],
  Network: [
    ['The network', 12, 4],
    ['The answer', 4, 3],
    ['Weights of', 8, 2],
  ],
  Evaluation: [
    ['Candidates by score', 100, 20],
    ['Its rank over the epochs', 3, 4],
    ['Users by rank', 4, 4],
    ['HR@K, NDCG@K', 10, 20],
  ],
  Map: [['The films on a map', 160, 4]],
  Data: [
    ['The matrix', 40, 4, 1],
    ['The long tail', 2, 2],
    ['Ratings', 10, 10],
    ['Genres', 2, 4],
    ['Decades', 4, 6],
  ],
};

/** Takes a picture. @param {Lab} lab @param {import('playwright-core').Locator} menu @param {'PNG' | 'SVG'} kind */
async function taken(lab, menu, kind) {
  const downloading = lab.page.waitForEvent('download');
  await menu.getByRole('button', { name: kind, exact: true }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

/** What the browser finds in an SVG. @param {Lab} lab @param {string} text */
const parsed = (lab, text) =>
  lab.page.evaluate((source) => {
    const read = new DOMParser().parseFromString(source, 'image/svg+xml');
    const all = (/** @type {string} */ name) => [...read.getElementsByTagName(name)];
    const root = read.documentElement;
    return {
      error: read.querySelector('parsererror')?.textContent ?? '',
      size: [root.getAttribute('width'), root.getAttribute('height')].map(Number),
      title: all('title')[0]?.textContent,
      paths: all('path').filter((path) => path.closest('clipPath') === null).length,
      texts: all('text').map((node) => node.textContent ?? ''),
      images: all('image').length,
    };
  }, text);

/** What a PNG shows. @param {Lab} lab @param {Buffer} png */
const seen = (lab, png) =>
  lab.page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
      const colours = new Map();
      for (const pixel of pixels) colours.set(pixel, (colours.get(pixel) ?? 0) + 1);
      const most = Math.max(...colours.values());
      return { size: [image.width, image.height], colours: colours.size, drawn: 1 - most / pixels.length };
    },
    [...png],
  );

for (const [room, list] of Object.entries(charts))
  labTest(`pictures of ${room}`, { context: { acceptDownloads: true } }, async (lab, t) => {
    await lab.choose('neumf');
    await lab.type('Predictive factors', '4');
    await lab.type('Epochs', '2');
    await lab.button('Train').click();
    await lab.status('Finished after 2 epochs.');
    await lab.allRooms();
    await lab.page.getByRole('tab', { name: room, exact: true }).click();
    const menus = lab.page.getByRole('tabpanel').locator('.picture-menu:visible');
    await lab.until(
      () => menus.count(),
      (count) => count >= list.length,
    );
    // What is asked of the worker is there.
    await lab.page.waitForTimeout(1500);
    const names = [];
    for (const menu of await menus.all()) {
      await menu.locator('summary').click();
      const svg = await taken(lab, menu, 'SVG');
      assert.match(svg.name, /^[\p{L}\p{N}@-]+\.svg$/u);
      const text = svg.content.toString();
      assert.doesNotMatch(text, /NaN|undefined|Infinity|\[object/);
      const told = await parsed(lab, text);
      assert.equal(told.error, '');
      names.push(told.title);
      t.diagnostic(
        `${room}, ${told.title}: ${text.length} bytes, ${told.paths} paths, ${told.texts.length} texts, ${told.images} images`,
      );
      const expected = list.find(([name]) => name === told.title);
      if (expected) {
        const [name, paths, texts, images = 0] = expected;
        assert.ok(told.paths >= paths, `${name}: ${told.paths} paths`);
        assert.ok(told.texts.length >= texts, `${name}: ${told.texts.join(' | ')}`);
        assert.ok(told.images === images, `${name}: ${told.images} images`);
      }
      const png = await taken(lab, menu, 'PNG');
      const picture = await seen(lab, png.content);
      assert.deepEqual(
        picture.size,
        told.size.map((length) => 2 * length),
      );
      assert.ok(picture.colours > 4 && picture.drawn > 0.002, `${told.title}: ${JSON.stringify(picture)}`);
      await menu.locator('summary').press('Escape');
      assert.equal(await menu.getAttribute('open'), null);
    }
    for (const [name] of list) assert.ok(names.includes(name), `${name} among ${names.join(', ')}`);
  });

labTest('a picture of a race', { context: { acceptDownloads: true } }, async (lab) => {
  await lab.page.getByRole('tab', { name: 'Race', exact: true }).click();
  const epochs = lab.page.getByRole('tabpanel').getByRole('textbox', { name: 'Epochs', exact: true });
  await epochs.fill('2');
  await epochs.press('Enter');
  await lab.button('Start the race').click();
  const menu = lab.page.getByRole('tabpanel').locator('.picture-menu');
  await lab.page
    .locator('.race-status')
    .getByText(/^The race is over/)
    .waitFor();
  await menu.locator('summary').press('Enter');
  const told = await parsed(lab, (await taken(lab, menu, 'SVG')).content.toString());
  assert.equal(told.error, '');
  assert.ok(told.paths >= 6 && told.texts.some((text) => text.startsWith('NeuMF')), JSON.stringify(told));
});
