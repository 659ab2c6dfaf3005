// The exercise of a page: its task, goals as they stand, questions, and a result that is true when it is run again.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readResult, writeResult } from '../../wasm/lab/result.mjs';
import { fill, ncf } from '../node/fixtures.mjs';
import { accessible } from './everybody.mjs';
import { labTest, smallData } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

const exercise =
  'Learn <b>something</b>. | hr@10 >= 0.05 | parameters <= 1500 | negatives >= 2 | ? Which ratio is best: 1, 4, 8 | ? After how many epochs: number | ? Why';
const query = `?exercise=${encodeURIComponent(exercise)}&lock=seed&max-epochs=9`;

/** @param {Lab} lab */
const panel = (lab) => lab.region('Exercise');

/** The goals, each as it is read out. @param {Lab} lab */
const goals = async (lab) =>
  (await panel(lab).getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));

/** @param {Lab} lab */
async function train(lab) {
  await lab.choose('gmf');
  await lab.type('Predictive factors', '4');
  await lab.type('Epochs', '2');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
}

/** @param {Lab} lab */
async function answer(lab) {
  await panel(lab).getByRole('radio', { name: '4' }).check();
  await panel(lab).getByLabel('After how many epochs').fill('2');
  await panel(lab).getByLabel('Why').fill('because <i>so</i>');
  await panel(lab).getByLabel('Your name, if you like').fill('王 芳');
}

/** What the button gives. @param {Lab} lab */
async function handedIn(lab) {
  const downloading = lab.page.waitForEvent('download');
  await lab.button('Download result').press('Enter');
  const download = await downloading;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** Whether results are true, by name. @param {Record<string, string>} results */
async function verified(results) {
  const path = mkdtempSync(join(tmpdir(), 'ncf-exercise-'));
  try {
    const data = fill(join(path, 'data'), { 'ratings.csv': smallData.ratings, 'movies.csv': smallData.movies });
    const folder = fill(
      join(path, 'results'),
      Object.fromEntries(Object.entries(results).map(([name, text]) => [`${name}.json`, text])),
    );
    const { code, json } = await ncf('verify', folder, '--data', data, '--json');
    const lines = json().slice(0, -1);
    return {
      code,
      lines: Object.fromEntries(lines.map((line) => [/([^/\\]*)\.json$/.exec(line.file)?.[1], line])),
    };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

labTest(
  'an exercise is done, handed in and found true; with a changed digit it is not',
  { query, context: { acceptDownloads: true } },
  async (lab) => {
    await panel(lab).getByText('Learn <b>something</b>.').waitFor();
    await panel(lab).getByText('nothing to hand in yet').waitFor();
    assert.ok(await lab.button('Download result').isDisabled());
    assert.match((await goals(lab))[2], /Reached: Negatives a positive ≥ 2 now 4$/);
    assert.match((await goals(lab))[1], /Not yet: Parameters ≤ 1,500/, 'the default is larger');

    await train(lab);
    await lab.until(
      () => goals(lab),
      (texts) => texts.every((text) => /Reached:/.test(text)),
    );
    await panel(lab).getByText('3 of 6', { exact: true }).waitFor();
    await panel(lab).getByLabel('After how many epochs').fill('two');
    await panel(lab).getByText('A number is asked for.').waitFor();
    await answer(lab);
    await panel(lab).getByRole('status').getByText('6 of 6 points done All done: download your result.').waitFor();
    await accessible(lab, 'with an exercise');

    const { name, text } = await handedIn(lab);
    assert.equal(name, '王-芳-gmf-seed-1.result.json');
    await panel(lab).getByText(`${name} is handed to the browser.`).waitFor();
    await panel(lab).getByRole('button', { name: 'Copy the text' }).waitFor();
    const result = readResult(text);
    assert.deepEqual(
      [result.name, result.answers, result.exercise],
      ['王 芳', ['4', '2', 'because <i>so</i>'], exercise],
    );
    assert.deepEqual(result.policy, [
      ['lock', 'seed'],
      ['max-epochs', '9'],
      ['start', 'fresh'],
    ]);
    assert.equal(result.weights_hash, await lab.hash());

    const changed = structuredClone(result);
    changed.epochs[2].metrics.sampled.ndcg += 1e-12;
    const { code, lines } = await verified({ result: text, changed: writeResult(changed) });
    assert.equal(code, 1);
    assert.deepEqual([lines.result.true, lines.result.exercise.reached], [true, true]);
    assert.equal(lines.changed.true, false);
    assert.deepEqual([lines.changed.parts.epoch, lines.changed.parts.of], [2, 'NDCG@10']);
  },
);

labTest(
  'a run with rates that changed, more epochs and single batches is true, too',
  { query, context: { acceptDownloads: true } },
  async (lab) => {
    await train(lab);
    await lab.type('Learning rate', '0.01');
    await lab.type('Epochs', '4');
    await lab.button('Step').click();
    await lab.reach(3);
    await lab.type('Learning rate', '0.02');
    await lab.button('Step').click();
    await lab.reach(4);
    const { text } = await handedIn(lab);
    const result = readResult(text);
    assert.deepEqual(
      result.rates.map(({ lr }) => lr),
      [0.001, 0.01, 0.02],
    );
    const forgotten = writeResult({ ...result, rates: [] });
    const { lines } = await verified({ result: text, forgotten });
    assert.deepEqual([lines.result.true, lines.forgotten.true], [true, false]);
  },
);

labTest('nothing typed is lost in another language or with another model', { query }, async (lab) => {
  await answer(lab);
  await lab.choose('mlp');
  await lab.button('中文').click();
  const chinese = lab.region('练习');
  await chinese.getByText('Learn <b>something</b>.').waitFor();
  assert.ok(await chinese.getByRole('radio', { name: '4' }).isChecked());
  assert.equal(await chinese.getByLabel('After how many epochs').inputValue(), '2');
  assert.equal(await chinese.getByLabel('Why').inputValue(), 'because <i>so</i>');
  assert.equal(await chinese.getByLabel('姓名（可不填）').inputValue(), '王 芳');
  assert.match((await chinese.getByRole('listitem').allInnerTexts())[0], /尚未达到：\s+HR@10 ≥ 0\.05|已达到：/);
  // What is typed belongs to the field and is nobody's shortcut.
  await chinese.getByLabel('Why').press('s');
  assert.equal(await chinese.getByLabel('Why').inputValue(), 'because <i>so</i>s');
  await lab.page.getByRole('button', { name: 'English', exact: true }).click();
  assert.equal(await panel(lab).getByLabel('Why').inputValue(), 'because <i>so</i>s');
});

labTest(
  'an exercise that can’t be read says why, and the lab is there',
  { query: '?exercise=hr@11 > 0' },
  async (lab) => {
    await panel(lab)
      .getByText(/^The exercise of this page can’t be read\. “hr@11 > 0”: there is no “hr@11”/)
      .waitFor();
    await lab.button('Step').click();
    await lab.reach(1);
  },
);

labTest(
  'what came with the page, and what began with a file, is nobody’s to hand in',
  { query: query.replace('&max-epochs=9', ''), finished: true, data: 'bundled', opened: false },
  async (lab) => {
    await panel(lab).getByText('This run came with the page. Train one of your own to hand it in.').waitFor();
    assert.ok(await lab.button('Download result').isDisabled());
    assert.ok((await goals(lab)).slice(0, 1).every((text) => /Not yet:/.test(text)));
  },
);

labTest('without an exercise there is none to be seen', {}, async (lab) => {
  assert.equal(await panel(lab).count(), 0);
});
