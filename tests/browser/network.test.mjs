// The network room: the drawing follows the settings, its numbers are the model's own, and training goes one step at a time.

import assert from 'node:assert/strict';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { networkGraph } from '../../wasm/settings/graph.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { number, signed } from '../../web/rooms/network/numbers.js';
import { core, source } from '../node/fixtures.mjs';
import { accessible, fits, sizes } from './everybody.mjs';
import { labTest, smallData } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

const calm = /** @type {const} */ ({ context: { reducedMotion: 'reduce' } });

/** The room, by what a person sees in it. @param {Lab} lab */
async function enter(lab) {
  await lab.page.getByRole('tab', { name: 'Network' }).click();
  const { page } = lab;
  const drawing = page.getByRole('group', { name: 'The network' });
  return {
    drawing,
    block: (/** @type {string | RegExp} */ name) => drawing.getByRole('button', { name }),
    film: page.getByRole('combobox', { name: 'Film', exact: true }),
    answer: lab.region('The answer'),
    steps: lab.region('One step at a time'),
    phase: (/** @type {number} */ n) =>
      page
        .getByRole('list', { name: 'The phases of an example' })
        .getByRole('listitem')
        .nth(n - 1),
    user: page.getByRole('tabpanel', { name: 'Network' }).getByRole('combobox', { name: 'User', exact: true }),
    readout: page.getByRole('status').filter({ hasText: /number \d+ of/ }),
  };
}

/** The same data and model in Node. @param {Record<string, unknown>} [settings] */
async function twin(settings = {}) {
  const files = [source('ratings.csv', smallData.ratings), source('movies.csv', smallData.movies)];
  const dataset = await readDataset(await core(), files);
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings(settings));
  const free = () => [run, split, dataset].forEach((each) => each.free());
  return { dataset, split, run, free };
}

/** @param {import('../../wasm/lab/run.mjs').Run} run @param {number} user @param {number} item */
function traced(run, user, item) {
  const model = run.present();
  const trace = model.createTrace();
  const passed = trace.forward(model, user, item);
  trace.free();
  return passed;
}

/** A film as the page names it. @param {{title: string, year: number}} film */
const named = ({ title, year }) => `${title} (${year})`;

labTest('the drawing is the model that the settings ask for', calm, async (lab) => {
  const { drawing, block } = await enter(lab);
  const names = async () => (await drawing.getByRole('button').all()).length;
  await block('GMF user 8 numbers').waitFor();
  await block('Layer 3 8 numbers').waitFor();
  assert.equal(await names(), networkGraph(checkSettings({}))?.nodes.length);

  await lab.type('Layers', '16,6');
  await block('Layer 1 6 numbers').waitFor();
  await block('MLP film 8 numbers').waitFor();
  assert.equal(await block(/^Layer/).count(), 1);

  await lab.choose('gmf');
  await block('Product 8 numbers').waitFor();
  assert.equal(await block(/^(Layer|MLP)/).count(), 0);

  await lab.choose('ease');
  await lab.page.getByText(/^EASE has no network/).waitFor();
  assert.equal(await drawing.isVisible(), false);
  await lab.choose('mlp');
  await block('Layer 1 6 numbers').waitFor();
});

labTest(
  'every cell reads the model’s own number, by the arrow keys and by the pointer; the shares add up',
  calm,
  async (lab) => {
    const { dataset, split, run, free } = await twin();
    const { block, readout, answer, user, film } = await enter(lab);
    await user.fill('17');
    await user.press('Enter');
    const index = [...dataset.userIds].indexOf(17);
    const held = split.testItem(index);
    const { nodes, shares, logit, prediction } = traced(run, index, held);
    await lab.until(
      () => film.inputValue(),
      (title) => title === named(dataset.film(held)),
    );
    await answer.getByText('Held out: hidden from the model.').waitFor();
    await answer.getByText(`${(100 * prediction).toFixed(1)} %`).waitFor();

    const values = (/** @type {string} */ id) => nodes.find((node) => node.id === id)?.values ?? assert.fail(id);
    // By the keyboard alone: the drawing is one stop of the tab key.
    await lab.page.getByRole('slider', { name: 'Learning rate' }).focus();
    for (
      let tabs = 0;
      tabs < 12 && !(await block(/^GMF user/).evaluate((node) => node === document.activeElement));
      tabs++
    )
      await lab.page.keyboard.press('Tab');
    const says = async (/** @type {string} */ name, /** @type {Float32Array} */ all, /** @type {number} */ at) =>
      assert.equal(await readout.innerText(), `${name}, number ${at + 1} of ${all.length}: ${number(all[at])}`);
    await says('GMF user', values('gmf.user'), 0);
    for (const _ of [1, 2]) await lab.page.keyboard.press('ArrowDown');
    await says('GMF user', values('gmf.user'), 2);
    await lab.page.keyboard.press('End');
    await says('GMF user', values('gmf.user'), 7);
    await lab.page.keyboard.press('ArrowDown');
    await says('GMF user', values('gmf.user'), 7);
    await lab.page.keyboard.press('ArrowRight');
    await says('GMF film', values('gmf.item'), 0);

    const box = (await block(/^Layer 1/).boundingBox()) ?? assert.fail();
    await lab.page.mouse.move(box.x + box.width / 2, box.y + box.height - 8);
    await says('Layer 1', values('mlp.layers.0'), 31);

    const rows = (await answer.getByRole('row').allInnerTexts()).map((row) =>
      row.split('\t').map((cell) => cell.trim()),
    );
    const { gmf, mlp, bias } = /** @type {Record<string, number>} */ (shares);
    assert.deepEqual(
      rows.map((row) => [row[0], row.at(-1)]),
      [
        ['GMF', signed(gmf)],
        ['MLP', signed(mlp)],
        ['Bias', signed(bias)],
        ['Logit', signed(logit)],
      ],
    );
    assert(Math.abs(gmf + mlp + bias - logit) < 1e-6, 'the shares add up');

    await lab.page.getByText('All numbers as a table').click();
    const table = lab.page.getByRole('table', { name: /^The numbers of user 17 and/ });
    await table.getByRole('row').nth(1).waitFor();
    const [head, first] = await table.getByRole('row').allInnerTexts();
    assert.equal(head.split('\t')[6], 'Layer 1');
    const [firstOfLayer] = values('mlp.layers.0');
    assert.equal(first.split('\t')[6], number(firstOfLayer));
    free();
  },
);

labTest('the weights of a layer are read cell by cell', calm, async (lab) => {
  const { run, free } = await twin();
  const { block } = await enter(lab);
  await block(/^Layer 2/).click();
  const { model } = run;
  const tensor = model.tensors.find(({ name }) => name === 'mlp.layers.1.weight') ?? assert.fail();
  const weights = model.values(tensor);
  const map = lab.page.getByRole('application', { name: 'Weights into Layer 2' });
  await map.waitFor();
  await lab.page.getByLabel('Weights of').focus();
  await lab.page.keyboard.press('Tab');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await lab.page.keyboard.press(key);
  await lab.page
    .getByText(`From Layer 1, number 3, to number 2: weight ${number(weights[tensor.shape[1] + 2])}`)
    .waitFor();
  await lab.page.getByLabel('Weights of').selectOption({ label: 'Output' });
  await lab.page.getByRole('application', { name: 'Weights into Output' }).waitFor();
  const place = async () => (await block(/^Output/).boundingBox())?.x;
  const before = await place();
  await lab.page.setViewportSize({ width: 1000, height: 900 });
  await lab.until(place, (now) => now !== before);
  assert.equal(
    await block(/^Output/).getAttribute('aria-pressed'),
    'true',
    'in another size the layer is marked still',
  );
  free();
});

labTest('numbers follow while it trains', calm, async (lab) => {
  await lab.type('Batch size', '1');
  await lab.type('Epochs', '1000');
  const { answer } = await enter(lab);
  const said = () => answer.innerText();
  const before = await said();
  await lab.button('Train').click();
  await lab.until(said, (text) => text !== before);
  await lab.button('Next example').and(lab.page.locator(':disabled')).waitFor();
  await lab.page.getByText('Training runs. Pause it to go step by step.').waitFor();
  await lab.button('Pause').click();
  await lab.button('Next example').and(lab.page.locator(':enabled')).waitFor();
});

labTest(
  'an example, all at once for who asks for less motion, is the first of the batch that is trained next',
  calm,
  async (lab) => {
    const { dataset, run, free } = await twin({ batchSize: 32 });
    await lab.type('Batch size', '32');
    const { steps, phase, answer, user, film } = await enter(lab);
    const batches = run.trainer?.batches;
    const trainer = /** @type {import('../../wasm/core.mjs').Trainer} */ (run.trainer);
    await lab.button('Next example').click();
    await steps.getByText(`Epoch 1, batch 1 of ${batches}, example 1 of 32`).waitFor();
    await lab.button('Next example').click();
    await steps.getByText(`Epoch 1, batch 1 of ${batches}, example 2 of 32`).waitFor();

    const [example] = trainer.examples(1, 1, 1);
    const { prediction } = traced(run, example.user, example.item);
    const loss = -Math.log(example.label === 1 ? prediction : 1 - prediction);
    const said = `${(100 * prediction).toFixed(1)} %`;
    await phase(4)
      .getByText(`The answer is ${said}, the label ${example.label}: the loss is ${number(loss)}.`)
      .waitFor();
    assert.equal(await user.inputValue(), String(dataset.userIds[example.user]));
    assert.equal(await film.inputValue(), named(dataset.film(example.item)));
    await answer.getByText(said).waitFor();
    assert.equal(await phase(5).getByRole('button').getAttribute('aria-current'), 'step', 'all at once');

    const matrix = lab.page.getByRole('table', { name: 'A piece of the user–item matrix' });
    const row = matrix.getByRole('row').nth(1);
    const cells = (await row.getByRole('cell').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    assert.deepEqual(
      cells.map((text) => text.split(/[ ,]/)[1]),
      ['positive', ...example.negatives.map(() => 'negative')].slice(0, cells.length),
    );
    assert.equal(cells.filter((text) => text.endsWith('the pair')).length, 1);
    const { split } = run;
    const items = [example.positive, ...example.negatives];
    for (const other of (await matrix.getByRole('row').all()).slice(2)) {
      const id = /\d+/.exec(await other.getByRole('rowheader').innerText())?.[0];
      const known = (await other.getByRole('cell').allInnerTexts()).map((text) => !text.includes('not rated'));
      assert.deepEqual(
        known,
        items.slice(0, known.length).map((item) => split.has([...dataset.userIds].indexOf(Number(id)), item)),
      );
    }
    assert.match(await phase(6).innerText(), /Nothing moves yet: this is one of 32 examples/);

    await phase(2).getByRole('button').click();
    assert.equal(await phase(2).getByRole('button').getAttribute('aria-current'), 'step');
    await answer.getByText('–').waitFor();
    free();
  },
);

labTest('a batch moves the rows that it has; looking changes nothing; rewind and new seed', calm, async (lab) => {
  const { dataset, run, free } = await twin({ batchSize: 64 });
  const trainer = /** @type {import('../../wasm/core.mjs').Trainer} */ (run.trainer);
  await lab.type('Batch size', '64');
  const { steps, phase, answer, user } = await enter(lab);
  await lab.button('Next example').click();
  await lab.button('Next batch').click();
  await phase(6)
    .getByText(/^Batch 1 is trained/)
    .waitFor();
  const [{ user: who }] = trainer.examples(1, 0, 1);
  trainer.run(1);
  const { users, items } = trainer.batch();
  const [ofUsers, ofItems] = [users, items].map((all) => new Set(all).size);
  assert.match(await phase(6).innerText(), new RegExp(`It had ${ofUsers} users and ${ofItems} films`));
  assert.equal(await user.inputValue(), String(dataset.userIds[who]));
  assert.doesNotMatch(await phase(6).innerText(), /by 0[,.]?$/);
  await steps.getByText(`Epoch 1, batch 1 of ${trainer.batches}`, { exact: true }).waitFor();

  await lab.button('Next example').click();
  await steps.getByText(`Epoch 1, batch 2 of ${trainer.batches}, example 1 of 64`).waitFor();
  await lab.button('Next epoch').click();
  await lab.reach(1);
  for (const event of run.slices()) if (event.event === 'epoch' && event.epoch === 1) break;
  const trained = await lab.until(
    () => lab.hash(),
    (hash) => hash === run.model.hash(),
  );

  await lab.button('Rewind').click();
  await lab.until(
    () => lab.epoch(),
    (epoch) => epoch === 0,
  );
  const start = await lab.until(
    () => lab.hash(),
    (hash) => hash !== trained,
  );
  const rewound = await answer.innerText();
  await lab.button('New seed').click();
  const other = await lab.until(
    () => lab.hash(),
    (hash) => hash !== start,
  );
  assert.notEqual(other, trained);
  await lab.until(
    () => answer.innerText(),
    (text) => text !== rewound,
  );
  await lab.type('Seed', '1');
  await lab.until(
    () => lab.hash(),
    (hash) => hash === start,
  );
  free();
});

labTest('BPR compares the two films of a pair', calm, async (lab) => {
  await lab.choose('bpr');
  const { phase, block } = await enter(lab);
  await block(/^Film bias/).waitFor();
  const { dataset, run, free } = await twin({ model: 'bpr' });
  const pair = /** @type {import('../../wasm/core.mjs').Trainer} */ (run.trainer).examples(1, 0, 2);
  for (const [n, other] of [1, 0].entries()) {
    await lab.button('Next example').click();
    await lab.page.getByText(`example ${n + 1} of`).waitFor();
    const film = named(dataset.film(pair[other].item));
    const loss = Math.log1p(
      Math.exp(traced(run, pair[1].user, pair[1].item).logit - traced(run, pair[0].user, pair[0].item).logit),
    );
    await phase(4)
      .getByText(`Compared with ${film}, the other film of the pair, the loss is ${number(loss)}.`)
      .waitFor();
  }
  free();
});

labTest('slow motion goes through six phases by itself, and a phase can be seen again', {}, async (lab) => {
  const { phase, answer } = await enter(lab);
  await answer.getByText('that it is one of the user’s films').waitFor();
  const now = (/** @type {number} */ n) => phase(n).getByRole('button').and(lab.page.locator('[aria-current=step]'));
  // The page itself notes each phase and what the answer says then: whoever looks from outside may come too late.
  const steps = lab.page.getByRole('list', { name: 'The phases of an example' });
  await answer.evaluate(
    (region, list) => {
      const seen = /** @type {{phase: number, answer: string}[]} */ (/** @type {any} */ (window).seen = []);
      const look = () => {
        const phases = [.../** @type {Element} */ (list).children];
        const at = phases.findIndex((each) => each.querySelector('[aria-current=step]')) + 1;
        if (at > 0 && seen.at(-1)?.phase !== at)
          seen.push({ phase: at, answer: /** @type {HTMLElement} */ (region).innerText });
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    },
    await steps.elementHandle(),
  );
  await lab.button('Next example').click();
  await now(6).waitFor();
  const seen = await lab.page.evaluate(() => /** @type {any} */ (window).seen);
  assert.deepEqual(
    seen.map((/** @type {{phase: number}} */ each) => each.phase),
    [1, 2, 3, 4, 5, 6],
  );
  assert.match(seen[0].answer, /–/, 'no answer before numbers have come there');
  assert.doesNotMatch(await answer.innerText(), /–/);
  await phase(5).getByRole('button').click();
  await now(5).waitFor();
  await lab.page.waitForTimeout(2000);
  assert.equal(await now(5).count(), 1, 'what was chosen stays');
});

labTest('the learning rate changes at once, with training where it is', calm, async (lab) => {
  await lab.type('Batch size', '32');
  const { steps } = await enter(lab);
  await lab.button('Next batch').click();
  await steps.getByText(/^Epoch 1, batch 1 of/).waitFor();
  await lab.page.getByRole('slider', { name: 'Learning rate' }).press('ArrowRight');
  await lab.until(
    () => lab.field('Learning rate').inputValue(),
    (value) => value === '0.002',
  );
  await lab.button('Next batch').click();
  await steps.getByText(/^Epoch 1, batch 2 of/).waitFor();
});

labTest('a film is chosen by its title', calm, async (lab) => {
  const { film, answer } = await enter(lab);
  await answer.getByText('that it is one of the user’s films').waitFor();
  const before = await film.inputValue();
  await film.fill('dia 10');
  const list = lab.page.getByRole('listbox', { name: 'Films' });
  await list.waitFor();
  const options = await list.getByRole('option').allInnerTexts();
  assert(
    options.every((text) => text.startsWith('Día 10')),
    options.join(),
  );
  await film.press('ArrowDown');
  await film.press('Enter');
  const chosen = await film.inputValue();
  assert.match(chosen, /^Día 10/);
  assert.notEqual(chosen, before);

  await film.fill('no such film');
  await lab.page.getByText('No film has “no such film” in its title.').waitFor();
  await film.press('Escape');
  assert.equal(await film.inputValue(), chosen);
  const matrix = lab.page.getByRole('table', { name: 'A piece of the user–item matrix' });
  await matrix.getByRole('columnheader', { name: chosen }).waitFor();
});

for (const { width, height } of sizes)
  labTest(
    `no axe violation and no sideways scroll in the network room at ${width} × ${height}`,
    { context: { viewport: { width, height }, reducedMotion: 'reduce' } },
    async (lab) => {
      const { answer, block } = await enter(lab);
      await answer.getByText('that it is one of the user’s films').waitFor();
      await lab.button('Next example').click();
      await lab.page.getByText(/example 1 of/).waitFor();
      await lab.page.getByText('All numbers as a table').click();
      await block(/^Layer 1/).focus();
      await accessible(lab, 'an example');
      await fits(lab, 'an example');
      const small = await lab.page.evaluate(() =>
        [...document.querySelectorAll('.network :is(button, input, select)')]
          .map((node) => ({ node, box: (node.closest('.control') ?? node).getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < 35.5 || box.height < 35.5))
          .map(({ node, box }) => `${node.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`),
      );
      assert.deepEqual(small, [], 'a finger finds every control');
    },
  );
