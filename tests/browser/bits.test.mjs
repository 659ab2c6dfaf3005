// The same seed gives the same numbers in Chromium as in Node, to the bit, with and without SIMD; and the page lives
// where it is put: in a sandboxed frame, and without a network once it is loaded.

import assert from 'node:assert/strict';

import { Lab, address, hear, inBuild, inNode, inPage, labTest, smallData } from './harness.mjs';

/** A browser without wasm SIMD: what would tell of it says no, in the worker too. @param {import('playwright-core').Page} page */
async function withoutSimd(page) {
  await page.addInitScript(() => {
    const createObjectURL = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (/** @type {Blob} */ blob) =>
      createObjectURL(new Blob(['WebAssembly.validate = () => false;\n', blob], { type: blob.type }));
  });
}

/** @type {Record<string, {query: string, prepare: (page: import('playwright-core').Page) => Promise<void>, kernels: string}>} */
const builds = {
  SIMD: { query: '', prepare: hear, kernels: 'SIMD' },
  'the scalar module': { query: '?simd=off', prepare: hear, kernels: 'scalar' },
  'no SIMD in the browser': {
    query: '',
    prepare: async (page) => {
      await hear(page);
      await withoutSimd(page);
    },
    kernels: 'scalar',
  },
};

for (const [name, { query, prepare, kernels }] of Object.entries(builds))
  labTest(`every model to the bit as in Node: ${name}`, { query, prepare }, async (lab) => {
    await lab.region('Progress').getByText(kernels, { exact: true }).waitFor();
    const names = { gmf: { factors: 8 }, mlp: { factors: 5 }, neumf: { factors: 3 }, itempop: {} };
    await lab.type('Epochs', '3');
    await lab.type('Seed', '42');
    for (const [model, more] of Object.entries(names)) {
      await lab.choose(model);
      await lab.status(/^(Model|Seed) changed/);
      if ('factors' in more) await lab.type('Predictive factors', String(more.factors));
      await lab.button('Train').click();
      await lab.status(model === 'itempop' ? /^Evaluated/ : 'Finished after 3 epochs.');
      const { epochs: there } = await inNode(smallData, { model, epochs: 3, seed: 42, ...more });
      assert.equal(there.length, model === 'itempop' ? 1 : 4);
      assert.deepEqual(await inPage(lab), there, model);
      if (model !== 'itempop') assert.equal(await lab.hash(), there[3].hash);
    }
  });

labTest('the bundled set to the bit as in Node', { data: 'bundled', prepare: hear }, async (lab) => {
  await lab.button('Step').click();
  await lab.reach(1);
  assert.deepEqual(await inPage(lab), inBuild().slice(0, 2));
});

labTest('only the module that runs is fetched', { prepare: withoutSimd }, async (lab) => {
  /** @type {string[]} */
  const fetched = [];
  lab.page.on('request', (request) => /\.wasm$/.test(request.url()) && fetched.push(request.url()));
  await lab.page.reload();
  await lab.ready();
  assert.equal(fetched.length, 1);
});

labTest('in a sandboxed frame', { opened: false }, async (lab) => {
  await lab.page.route(`${address}course.html`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Course</title><iframe sandbox="allow-scripts" src="${address}" width="1000" height="700"></iframe>`,
    }),
  );
  await lab.page.goto(`${address}course.html`);
  const frame = lab.page.frames()[1];
  const inner = new Lab(frame);
  await inner.ready();
  assert.equal(await frame.evaluate(() => self.origin), 'null');
  // Such a frame is a box: the head of the page is a press away.
  await inner.button('Whole lab').click();
  await inner.button('Use the dark theme').click();
  await inner.button('Use the light theme').waitFor();
  await inner.type('Epochs', '2');
  await inner.button('Train').click();
  await inner.status('Finished after 2 epochs.');
  assert.equal(await inner.hash(), (await inNode(smallData, { epochs: 2 })).hash);
});

labTest('without a network once it is loaded', {}, async (lab) => {
  await lab.allRooms();
  await lab.page.context().setOffline(true);
  await lab.type('Epochs', '2');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
  await lab.choosing('Open ratings…', [{ name: 'ratings.csv', content: smallData.ratings }]);
  await lab.status('Opened ratings.csv. Press Train.');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
});
