// How the page opens: on a finished run, at what an address asks for; and the way back: undo.

import assert from 'node:assert/strict';

import { address, addressOf, labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

const shipped = /^NeuMF after 20 epochs, trained when this page was built\. Train starts from the seed\.$/;

/** What stands behind the # now. @param {Lab} lab */
const hash = (lab) => lab.page.evaluate(() => location.hash.slice(1));

/** Waits until the address says so. @param {Lab} lab @param {RegExp} form */
const says = (lab, form) =>
  lab.until(
    () => hash(lab),
    (text) => form.test(text),
  );

labTest(
  'opens on a finished run, before the data are there, and looks into it',
  { ...bundled(), prepare: slowData },
  async (lab) => {
    await lab.status(shipped);
    assert.equal(await lab.epoch(), 20);
    assert.ok(Number(await lab.metric('HR@10')) > 0.6);
    assert.equal((await lab.films(lab.top)).length, 10);
    const told = await lab.hash();
    // The data come now; the weights are the ones that the hash is of.
    await /** @type {any} */ (lab.page).releaseData();
    await lab.button('Random user').click();
    await lab.until(
      async () => (await lab.films(lab.top)).length,
      (count) => count === 10,
    );
    assert.equal(await lab.hash(), told);
    assert.equal(await lab.epoch(), 20);
    await lab.status(shipped);
  },
);

labTest('Train starts from the seed, live, and undo brings the finished run back', bundled(), async (lab) => {
  await lab.status(shipped);
  const told = await lab.hash();
  await lab.button('Step').click();
  await lab.until(
    () => lab.epoch(),
    (epoch) => epoch === 1,
  );
  await lab.status(/Paused/);
  assert.notEqual(await lab.hash(), told);
  await lab.button('Undo').click();
  await lab.status(/^Back at NeuMF after 20 epochs\.$/);
  assert.deepEqual([await lab.epoch(), await lab.hash()], [20, told]);
  await lab.button('Undo').click();
  await lab.status(/^Back at NeuMF after 1 epoch\.$/);
  assert.equal(await lab.epoch(), 1);
});

/** A worker that builds no model and counts how often it was asked to. @param {import('playwright-core').Page} page */
const noModels = (page) =>
  page.addInitScript(() => {
    const asked = /** @type {number[]} */ (/** @type {any} */ (window).asked = []);
    window.Worker = class extends Worker {
      /** @param {any} message @param {any} rest */
      postMessage(message, rest) {
        if (message.type !== 'configure') return super.postMessage(message, rest);
        asked.push(message.id);
        const data = { id: message.id, error: { message: 'There is no memory left.' } };
        setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data })));
      }
    };
  });

labTest(
  'where no model can be made from the seed, that is said once and the finished run stays',
  { finished: true, data: 'bundled', opened: false, prepare: noModels },
  async (lab) => {
    await lab.hash();
    await lab.button('Train').click();
    await lab.alert.getByText('There is no memory left.').waitFor();
    await lab.page.waitForTimeout(300);
    const asked = () => lab.page.evaluate(() => /** @type {any} */ (window).asked.length);
    assert.equal(await asked(), 1);
    assert.equal(await lab.epoch(), 20);
    await lab.page.getByRole('tab', { name: 'Network', exact: true }).click();
    await lab.button('Next example').click();
    await lab.until(asked, (n) => n === 2);
    await lab.page.waitForTimeout(300);
    assert.equal(await lab.page.getByText(/^Epoch \d+, batch/).count(), 0, 'no example is under way');
  },
);

labTest(
  'an example in slow motion is of the run that starts from the seed, not of the finished one',
  { finished: true, data: 'bundled', opened: false },
  async (lab) => {
    await lab.page.getByRole('tab', { name: 'Network', exact: true }).click();
    await lab.button('Next example').click();
    await lab.page.getByText('Epoch 1, batch 1 of 1,941, example 1 of 256').waitFor();
    assert.equal(await lab.epoch(), 0);
    // Of weights that know nothing the answer is one half, and the loss ln 2.
    await lab.page.getByText(/the loss is 0\.69/).waitFor();
    await lab.button('Next batch').click();
    await lab.until(
      () => lab.doing(),
      (text) => text.startsWith('Epoch 1: batch 1 of 1,941'),
    );
    await lab.button('Undo').click();
    await lab.until(
      () => lab.epoch(),
      (epoch) => epoch === 20,
    );
  },
);

labTest(
  'an address of other settings opens on these, untrained',
  { ...bundled(), hash: '#model=gmf&seed=7&factors=4' },
  async (lab) => {
    await lab.ready();
    assert.deepEqual(
      [
        await lab.field('Model').inputValue(),
        await lab.field('Seed').inputValue(),
        await lab.field('Predictive factors').inputValue(),
      ],
      ['gmf', '7', '4'],
    );
    assert.equal(await lab.epoch(), 0);
  },
);

labTest(
  'data other than those of the finished run are opened as ever',
  { finished: true, opened: false },
  async (lab) => {
    await lab.ready();
    assert.equal(await lab.epoch(), 0);
  },
);

labTest('the address follows, and opens the same', {}, async (lab) => {
  await says(lab, /^model=neumf&seed=1$/);
  await lab.choose('mlp');
  await lab.type('Seed', '12');
  await lab.user.fill('17');
  await lab.user.press('Enter');
  await lab.page.getByRole('tab', { name: 'Data', exact: true }).click();
  await says(lab, /^model=mlp&seed=12&room=data&user=17$/);
});

labTest(
  'a room, a user and a film are found again',
  { hash: '#model=mlp&seed=12&room=learn&user=17&film=15' },
  async (lab) => {
    assert.equal(await lab.user.inputValue(), '17');
    await says(lab, /^model=mlp&seed=12&user=17&film=15$/);
    await lab.page.goto(addressOf({ hash: '#model=gmf&seed=3' }));
    await lab.until(
      () => lab.field('Model').inputValue(),
      (model) => model === 'gmf',
    );
    assert.equal(await lab.field('Seed').inputValue(), '3');
  },
);

labTest('the link that skips to the controls leaves the address and the model as they are', {}, async (lab) => {
  await lab.choose('gmf');
  await lab.status('Model changed, so the model starts over.');
  await lab.page.waitForURL(/#model=gmf/);
  await lab.page.getByRole('link', { name: 'Skip to the controls', exact: true }).focus();
  await lab.page.keyboard.press('Enter');
  assert.ok(await lab.run.evaluate((node) => node === node.ownerDocument.activeElement));
  assert.match(lab.page.url(), /#model=gmf/);
  assert.equal(await lab.field('Model').inputValue(), 'gmf');
  assert.equal(await lab.alert.innerText(), '');
});

labTest('a damaged address falls back with a note', { hash: '#model=gmf&factors=lots&room=attic' }, async (lab) => {
  await lab.alert.getByText('A part of the address can’t be used').waitFor();
  await lab.alert.getByText(/factors=lots, room=attic|room=attic, factors=lots/).waitFor();
  assert.deepEqual(
    [await lab.field('Model').inputValue(), await lab.field('Predictive factors').inputValue()],
    ['gmf', '8'],
  );
});

labTest(
  'a user or a film that the data do not have is said, beside what else is damaged',
  { hash: '#model=gmf&room=attic&user=99999&film=15&likes=20,77777' },
  async (lab) => {
    await lab.alert.getByText(/room=attic, user=99999, likes=77777/).waitFor();
    assert.equal(await lab.field('Model').inputValue(), 'gmf');
  },
);

labTest('an address of other data says which', { hash: '#model=gmf&seed=1&data=ratings.dat' }, async (lab) => {
  await lab.alert.getByText('This address was made with ratings.dat').waitFor();
});

labTest('the link is copied, or shown where that is not allowed', {}, async (lab) => {
  await lab.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address });
  await lab.button('Copy link').click();
  await lab.status(/^The link is copied/);
  assert.match(await lab.page.evaluate(() => navigator.clipboard.readText()), /#model=neumf&seed=1$/);
  await lab.page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
  });
  await lab.button('Copy link').click();
  await lab.alert.getByText(/#model=neumf&seed=1$/).waitFor();
});

labTest('a preset sets what a paper found good; the seed stays', {}, async (lab) => {
  await lab.type('Seed', '5');
  await lab.field('Preset').selectOption('MF (Rendle 2020)');
  await lab.status(/^MF \(Rendle 2020\): the model starts over\.$/);
  await lab.more();
  assert.deepEqual(
    [
      await lab.field('Model').inputValue(),
      await lab.field('Optimizer').inputValue(),
      await lab.field('Batch size').inputValue(),
      await lab.field('Seed').inputValue(),
    ],
    ['mf', 'sgd', '1', '5'],
  );
  assert.equal(await lab.field('Preset').inputValue(), 'mf-2020');
  await lab.type('Predictive factors', '5');
  await lab.until(
    () => lab.field('Preset').inputValue(),
    (preset) => preset === '',
  );
});

/** @returns {import('./harness.mjs').Options} */
function bundled() {
  return { data: 'bundled', finished: true, opened: false };
}

/** Holds the ratings back until releaseData(). @param {import('playwright-core').Page} page */
async function slowData(page) {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((done) => (release = done));
  await page.route(/movielens-[^/]*\.bin$/, async (route) => {
    await held;
    await route.continue();
  });
  Object.assign(page, { releaseData: release });
}
