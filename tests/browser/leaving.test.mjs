// What leaves the page besides weights: ONNX, metrics, everybody's lists, the recipe; and a frame that may not save files.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { fill, folder, ncf, root } from '../node/fixtures.mjs';
import { Lab, address, labTest, small, smallData } from './harness.mjs';

/** Opens what can be taken away. @param {Lab} lab */
const open = (lab) => lab.region('Data and weights').getByText('More to take away').click();

/** Trains GMF for two epochs. @param {Lab} lab */
async function train(lab) {
  await lab.choose('gmf');
  await lab.type('Predictive factors', '4');
  await lab.type('Epochs', '2');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
}

/** What a button hands over. @param {Lab} lab @param {string} name */
async function taken(lab, name) {
  const downloading = lab.page.waitForEvent('download');
  await lab.button(name).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

const recipe = (/** @type {Lab} */ lab) =>
  lab.page.getByLabel('The command that gives these weights again, to the bit');
const files = { 'ratings.csv': smallData.ratings, 'movies.csv': smallData.movies };
const downloads = { context: { acceptDownloads: true } };

labTest('the page hands over what the command writes', downloads, async (lab, t) => {
  await train(lab);
  await open(lab);
  const command = await recipe(lab).inputValue();
  const hash = await lab.hash();
  assert.equal(command, 'npx ncf-lab train --model gmf --seed 1 --factors 4 --epochs 2');
  await lab.page.getByText(`After 2 epochs the hash of the weights is then ${hash}.`).waitFor();

  // The page's bundled set is a small world here, so the data are named besides.
  const path = fill(folder(t), files);
  const at = (/** @type {string} */ name) => join(path, name);
  const more = `--data '${path}' --onnx '${at('a.zip')}' --save '${at('w.safetensors')}' --json`;
  const shell = `npx() { shift; '${process.execPath}' '${join(root, 'wasm/cli.mjs')}' "$@"; }; ${command} ${more}`;
  const lines = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).trim().split('\n');
  const events = lines.map((line) => JSON.parse(line));
  assert.equal(events.at(-1).weights_hash, hash);

  const onnx = await taken(lab, 'Model as ONNX');
  assert.equal(onnx.name, 'gmf-epoch-2.onnx.zip');
  const [theirs, ours] = [onnx.content, readFileSync(at('a.zip'))].map((zip) => unzipSync(zip));
  assert.deepEqual(Object.keys(theirs), Object.keys(ours));
  for (const name of Object.keys(ours)) assert.ok(Buffer.from(theirs[name]).equals(ours[name]), name);

  const json = await taken(lab, 'Metrics as JSON');
  assert.equal(json.name, 'gmf-epoch-2-metrics.json');
  const { epochs, config, data } = JSON.parse(json.content.toString());
  const timeless = (/** @type {any} */ { epoch, loss, metrics }) => ({ epoch, loss, metrics });
  assert.deepEqual(epochs.map(timeless), events.filter(({ event }) => event === 'epoch').map(timeless));
  assert.deepEqual([config, data.test], [events.at(-1).config, events.at(-1).data.test]);
  const csv = await taken(lab, 'Metrics as CSV');
  assert.equal(csv.content.toString().split('\r\n').length, 5);

  const lists = await taken(lab, 'Everybody’s ten films as CSV');
  const told = await ncf('recommend', '--weights', at('w.safetensors'), '--data', path, '--all');
  assert.equal(lists.content.toString(), told.stdout);
  await lab.page.getByText('gmf-epoch-2-lists.csv is handed to the browser.').waitFor();
  assert.equal(await lab.page.getByLabel('The text of the file').isVisible(), false);
});

labTest('the recipe says what it can’t tell', downloads, async (lab) => {
  await lab.choose('gmf');
  await open(lab);
  await lab.page.getByText('Nothing is trained yet, so there is nothing to repeat.').waitFor();
  assert.equal(await recipe(lab).isVisible(), false);
  await lab.button('Step').click();
  await lab.reach(1);
  await lab.page.getByText(/^After 1 epoch the hash/).waitFor();
  assert.equal(await recipe(lab).inputValue(), 'npx ncf-lab train --model gmf --seed 1 --epochs 1');
  await lab.type('Learning rate', '0.05');
  await lab.button('Step').click();
  await lab.reach(2);
  await lab.page.getByText(/^The learning rate was changed during this run/).waitFor();

  const weights = await taken(lab, 'Save weights');
  await lab.choosing('Load weights…', [weights]);
  await lab.status(/is loaded/);
  await lab.page.getByText(/^This run began with the weights of a file/).waitFor();
  assert.equal(await recipe(lab).isVisible(), false);

  await lab.choosing('Open ratings…', [
    { name: 'ratings.csv', content: smallData.ratings },
    { name: 'movies.csv', content: smallData.movies },
  ]);
  await lab.status(/^Opened ratings\.csv and movies\.csv/);
  await lab.button('Step').click();
  await lab.page.getByText('Run it in the folder that holds ratings.csv and movies.csv.').waitFor();
  assert.match(await recipe(lab).inputValue(), / --data \.$/);
});

labTest('a model without a network has no ONNX, and says so', {}, async (lab) => {
  await lab.choose('itempop');
  await lab.ready().catch(() => {});
  await open(lab);
  await lab.button('Model as ONNX').click();
  await lab.alert.getByText('ItemPop has no network to be written as ONNX. Save its weights instead.').waitFor();
  await lab.button('Metrics as CSV').waitFor();
});

/** Questions for lists wait until window.release(). @param {import('playwright-core').Page} page */
const heldLists = (page) =>
  page.addInitScript(() => {
    /** @type {(() => void)[]} */
    const held = [];
    /** @type {any} */ (window).release = () => held.forEach((send) => send());
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (/** @type {any[]} */ ...message) {
      const send = () => postMessage.apply(this, /** @type {any} */ (message));
      if (message[0]?.type === 'lists') held.push(send);
      else send();
    };
  });

labTest('everybody’s lists can be stopped', { prepare: heldLists, ...downloads }, async (lab) => {
  await train(lab);
  await open(lab);
  const lists = lab.button('Everybody’s ten films as CSV');
  const bar = lab.page.getByRole('progressbar', { name: 'Making everybody’s lists' });
  await lists.click();
  await bar.waitFor();
  assert.equal(Number(await bar.getAttribute('max')), new Set(small.map(({ user }) => user)).size);
  await lab.button('Stop').click();
  await lab.page.evaluate(() => /** @type {any} */ (window).release());
  await bar.waitFor({ state: 'hidden' });
  assert.equal(await lab.alert.innerText(), '', 'stopped is no fault');
  assert.equal(await lab.page.getByText('is handed to the browser').count(), 0);
});

labTest(
  'a frame that may not save files says so, and its texts can be copied',
  { opened: false, allow: /Download is disallowed|sandbox|Permissions policy violation: The Clipboard/ },
  async (lab) => {
    await lab.page.goto(new URL('/empty.html', address).href);
    await lab.page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.width = '900';
      frame.height = '900';
      frame.src = src;
      document.body.append(frame);
    }, `${address}?start=fresh&layout=full`);
    const frame = await lab.until(
      async () => lab.page.frames().find((each) => each.url().startsWith(address)),
      (found) => found !== undefined,
    );
    const inside = new Lab(/** @type {import('playwright-core').Frame} */ (frame));
    await inside.ready();
    await train(inside);
    await open(inside);
    await inside.button('Metrics as CSV').click();
    const said = inside.page.getByText(/^gmf-epoch-2-metrics\.csv is handed to the browser\./);
    await said.waitFor();
    assert.match(
      await said.innerText(),
      /If nothing was saved, this frame may not save files: copy the text instead\.$/,
    );
    const text = inside.page.getByLabel('The text of the file');
    assert.match(await text.inputValue(), /^epoch,loss,sampled_hr,/);
    // The clipboard is not its own either: the text is selected for whoever copies.
    await inside.button('Copy the text').click();
    await inside.button('Press Ctrl+C or ⌘C').waitFor();
    assert.equal(
      await text.evaluate((node) => {
        const { selectionStart, selectionEnd, value } = /** @type {HTMLTextAreaElement} */ (node);
        return selectionStart === 0 && selectionEnd === value.length;
      }),
      true,
    );
    await inside.button('Save weights').click();
    await inside.page.getByText(/safetensors is handed to the browser\. If nothing was saved, this frame/).waitFor();
    assert.equal(await inside.page.getByText(/ saved as /).count(), 0);
  },
);
