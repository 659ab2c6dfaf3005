// Files of one's own: MovieLens' releases and a zip to open, broken ones that change nothing, weights saved and loaded.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { zipSync } from 'fflate';

import { csv, filmsOf, moviesCsv, world } from '../node/fixtures.mjs';
import { gated, labTest, small } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */
/** @typedef {{name: string, content: string | Uint8Array}} File */

// Another world than the one that is open at first.
const rows = world({ users: 30, films: 120, each: 9 });
const films = filmsOf(rows);
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @param {string} between columns */
const ratings = (between) =>
  rows.map(({ user, item, rating, time }) => [user, item, rating, time].join(between) + '\n').join('');
/** u.item is in Latin-1 and has a flag for each of 19 genres: Comedy is the sixth, Drama the ninth. */
const uItem = films
  .map(({ id, title, year, genres }) => {
    const flags = Array.from({ length: 19 }, (_, at) =>
      Number((at === 5 && genres.includes('Comedy')) || (at === 8 && genres.includes('Drama'))),
    );
    return `${id}|${title} (${year})|01-Jan-${year}||http://none|${flags.join('|')}\n`;
  })
  .join('');
const moviesDat = films
  .map(({ id, title, year, genres }) => `${id}::${title} (${year})::${genres.join('|')}\n`)
  .join('');
const folder = {
  'ml/README.txt': bytes('Not a table.'),
  'ml/ratings.csv': bytes(csv(rows)),
  'ml/movies.csv': bytes(moviesCsv(rows)),
};

/** @type {Record<string, File[]>} */
const releases = {
  'ratings.csv and movies.csv': [
    { name: 'movies.csv', content: moviesCsv(rows) },
    { name: 'ratings.csv', content: csv(rows) },
  ],
  'u.data and u.item': [
    { name: 'u.data', content: ratings('\t') },
    { name: 'u.item', content: Buffer.from(uItem, 'latin1') },
  ],
  'ratings.dat and movies.dat': [
    { name: 'ratings.dat', content: ratings('::') },
    { name: 'movies.dat', content: moviesDat },
  ],
  'a zip': [{ name: 'ml-own.zip', content: zipSync(folder) }],
};

/** @param {Lab} lab @param {string} name */
async function opened(lab, name) {
  await lab.status(`Opened ${name}. Press Train.`);
  const data = lab.region('Data and weights');
  await data.getByText(name, { exact: true }).waitFor();
  await data.getByText(`270 ratings, 30 users, ${films.length} films`, { exact: true }).waitFor();
}

labTest('MovieLens’ releases by button: the same model and lists from each', {}, async (lab) => {
  /** @type {unknown[]} */
  const seen = [];
  for (const files of Object.values(releases)) {
    await lab.choosing('Open ratings…', files);
    await opened(lab, files.map(({ name }) => name).join(' and '));
    assert.equal(await lab.epoch(), 0);
    await lab.type('Epochs', '2');
    await lab.button('Train').click();
    await lab.status('Finished after 2 epochs.');
    await lab.region('Recommendations').getByText('after 2 epochs').waitFor();
    const lists = [await lab.films(lab.top), await lab.films(lab.history)].flat();
    // The order of genres is the file's.
    const plain = lists.map((words) =>
      words
        .join(' ')
        .replace('Drama, Comedy', 'Comedy, Drama')
        .replace(/ (new|[↑↓]\d+)/, ''),
    );
    seen.push({ hash: await lab.hash(), plain });
  }
  assert.match(JSON.stringify(seen[0]), /Día/);
  for (const other of seen) assert.deepEqual(other, seen[0]);
});

labTest('ratings alone, under any name, have films without titles', {}, async (lab) => {
  await lab.choosing('Open ratings…', [{ name: '<b>my</b> ratings.txt', content: csv(rows) }]);
  await opened(lab, '<b>my</b> ratings.txt');
  await lab.button('Step').click();
  await lab.reach(1);
  assert.equal(await lab.top.count(), 10);
  for (const [title] of await lab.films(lab.top)) assert.match(title, /\d/, 'the id stands for the title');
});

const whole = csv(rows);
const cut = (/** @type {string} */ text, /** @type {number} */ line) => text.split('\n').slice(0, line).join('\n');
const zip = zipSync(folder);
/** @type {[string, File[], RegExp][]} */
const broken = [
  [
    'a row cut off',
    [{ name: 'ratings.csv', content: `${cut(whole, 9)}\n12,4` }],
    /^ratings\.csv, line 10: This line does not have four columns/,
  ],
  ['empty', [{ name: 'ratings.csv', content: '' }], /^ratings\.csv: .*holds no ratings/],
  ['only its header', [{ name: 'ratings.csv', content: cut(whole, 1) }], /^ratings\.csv.*holds no ratings/],
  [
    'binary',
    [{ name: 'ratings.csv', content: Uint8Array.from({ length: 4000 }, (_, at) => (at * 7) % 256) }],
    /^ratings\.csv, line \d+: This is binary data/,
  ],
  [
    'wrong columns',
    [{ name: 'ratings.csv', content: 'name,age\nAda,36\n' }],
    /^ratings\.csv, line 1: The first line is not that of a MovieLens rating file/,
  ],
  [
    'a word for a number',
    [{ name: 'ratings.csv', content: `${cut(whole, 3)}\n11,five,3.0,1\n` }],
    /^ratings\.csv, line 4: A field here should be a number/,
  ],
  [
    'films with a quote left open',
    [
      { name: 'ratings.csv', content: whole },
      { name: 'movies.csv', content: 'movieId,title,genres\n5,"Open,Drama\n' },
    ],
    /^movies\.csv, line 2: /,
  ],
  [
    'films alone',
    releases['ratings.csv and movies.csv'].slice(0, 1).concat({ name: 'notes.txt', content: 'x' }),
    /^There is no rating file here\. Choose ratings\.csv/,
  ],
  ['a zip cut off', [{ name: 'ml.zip', content: zip.slice(0, zip.length >> 1) }], /^ml\.zip.*(cut off|damaged)/],
  ['a zip that is none', [{ name: 'ml.zip', content: whole }], /^ml\.zip is not a zip file/],
  [
    'a zip without ratings',
    [{ name: 'ml.zip', content: zipSync({ 'a.txt': bytes('a') }) }],
    /^ml\.zip holds no rating file/,
  ],
];

labTest('a broken file is named with its line, and the trained model is kept', {}, async (lab) => {
  await lab.button('Step').click();
  await lab.reach(1);
  const state = async () => ({
    hash: await lab.hash(),
    rows: await lab.rows(),
    top: await lab.films(lab.top),
    data: await lab.region('Data and weights').innerText(),
  });
  const kept = await state();
  const name = (/** @type {File[]} */ files) => files.map((file) => file.name).join(' and ');
  for (const [what, files, message] of broken) {
    await lab.choosing('Open ratings…', files);
    const title = lab.alert.getByText(`${name(files)} could not be opened`, { exact: true });
    await title.waitFor();
    const said = await lab.alert.getByRole('paragraph').innerText();
    assert.match(said, message, what);
    assert.match(said, / MovieLens latest-small is still open, with the model as it was\.$/, what);
    assert.deepEqual(await state(), kept, what);
    await lab.alert.getByRole('button', { name: 'Dismiss' }).click();
    await title.waitFor({ state: 'detached' });
  }
  await lab.button('Step').click();
  await lab.reach(2);
});

labTest(
  'a file opened while it trains: a broken one leaves the run to go on, a whole one takes its place',
  {},
  async (lab) => {
    await lab.type('Batch size', '1');
    await lab.type('Epochs', '1000');
    await lab.button('Train').click();
    await lab.reach(1);
    await lab.choosing('Open ratings…', [{ name: 'ratings.csv', content: 'name,age\nAda,36\n' }]);
    await lab.alert.getByText('ratings.csv could not be opened').waitFor();
    assert.ok((await lab.epoch()) >= 1);
    const there = await lab.epoch();
    if (await lab.button('Train').isVisible()) await lab.button('Train').click();
    await lab.reach(there + 1);
    await lab.choosing('Open ratings…', releases['a zip']);
    await opened(lab, 'ml-own.zip');
    assert.equal(await lab.alert.innerText(), '', 'the message goes with its cause');
    assert.equal(await lab.epoch(), 0);
    await lab.button('Train').click();
    await lab.reach(1);
  },
);

labTest(
  'weights saved, then loaded into a fresh page: the same model, which trains on',
  { context: { acceptDownloads: true } },
  async (lab) => {
    await lab.choose('gmf');
    await lab.type('Predictive factors', '4');
    await lab.type('Epochs', '2');
    await lab.button('Train').click();
    await lab.status('Finished after 2 epochs.');
    const before = {
      hash: await lab.hash(),
      hr: await lab.metric('HR@10'),
      top: (await lab.films(lab.top)).map(([title]) => title),
    };
    const downloading = lab.page.waitForEvent('download');
    await lab.button('Save weights').click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'gmf-epoch-2.safetensors');
    const content = readFileSync(await download.path());
    await lab.status(
      `The weights (${content.length.toLocaleString('en')} bytes) are handed to the browser as gmf-epoch-2.safetensors.`,
    );

    await lab.page.reload();
    await lab.ready();
    await lab.choosing('Load weights…', [{ name: 'mine.safetensors', content }]);
    await lab.status('mine.safetensors is loaded. Train goes on from these weights.');
    await lab.until(
      () => lab.hash(),
      (hash) => hash === before.hash,
    );
    assert.equal(await lab.metric('HR@10'), before.hr);
    assert.deepEqual(
      (await lab.films(lab.top)).map(([title]) => title),
      before.top,
    );
    assert.equal(await lab.field('Model').inputValue(), 'gmf');
    assert.equal(await lab.field('Predictive factors').inputValue(), '4');
    await lab.region('Recommendations').getByText('with the loaded weights').waitFor();
    await lab.button('Step').click();
    await lab.reach(1);
    assert.notEqual(await lab.hash(), before.hash);

    // What doesn't fit changes nothing.
    const kept = await lab.hash();
    const refuse = async (/** @type {Uint8Array} */ wrong, /** @type {RegExp} */ message) => {
      await lab.choosing('Load weights…', [{ name: 'wrong.safetensors', content: wrong }]);
      await lab.alert.getByText('These weights do not fit').waitFor();
      assert.match(await lab.alert.getByRole('paragraph').innerText(), message);
      assert.equal(await lab.hash(), kept);
      assert.equal(await lab.epoch(), 1);
      await lab.alert.getByRole('button', { name: 'Dismiss' }).click();
      await lab.until(
        () => lab.alert.innerText(),
        (text) => text === '',
      );
    };
    await refuse(content.subarray(0, content.length - 100), /cut off or damaged/);
    await refuse(content.subarray(0, 5), /not a safetensors file, or it is cut off/);
    await refuse(bytes(csv(small)), /not a safetensors file, or it is cut off/);
    await refuse(new Uint8Array(), /not a safetensors file, or it is cut off/);

    await lab.choosing('Open ratings…', releases['a zip']);
    await opened(lab, 'ml-own.zip');
    await lab.choosing('Load weights…', [{ name: 'mine.safetensors', content }]);
    await lab.alert.getByText('These weights do not fit').waitFor();
    assert.match(await lab.alert.getByRole('paragraph').innerText(), /^The data lack 10 of the weights file’s users/);
    await lab.button('Step').click();
    await lab.reach(1);
  },
);

labTest('files dropped on the page', {}, async (lab) => {
  /** @param {File[]} files */
  const drop = async (files) => {
    const plain = files.map(({ name, content }) => ({ name, content: [...Buffer.from(/** @type {any} */ (content))] }));
    const dataTransfer = await lab.page.evaluateHandle((list) => {
      const transfer = new DataTransfer();
      for (const { name, content } of list) transfer.items.add(new File([new Uint8Array(content)], name));
      return transfer;
    }, plain);
    const target = lab.region('Curves');
    for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer });
  };
  await drop(releases['ratings.dat and movies.dat']);
  await opened(lab, 'ratings.dat and movies.dat');
  await drop([{ name: 'ratings.csv', content: '' }]);
  await lab.alert.getByText('ratings.csv could not be opened').waitFor();
  await drop([{ name: 'wrong.safetensors', content: 'x' }]);
  await lab.alert.getByText('These weights do not fit').waitFor();
});

labTest(
  'bytes and ratings are told while the data stream in',
  // They stand still after the first piece of the ratings, for as long as it takes the page to say so.
  {
    data: 'bundled',
    opened: false,
    prepare: (page) => gated(page, { hold: { event: 'loading', name: 'ratings.csv' } }),
  },
  async (lab) => {
    const bar = lab.page.getByRole('progressbar', { name: 'Reading the data' });
    await lab.until(
      async () => (await bar.getAttribute('aria-valuetext')) ?? '',
      (text) => /^[1-9][\d,]* ratings, .*(kB|MB)/.test(text),
    );
    await lab.gate({ release: true });
    await lab.ready();
    await lab.region('Data and weights').getByText('100,004 ratings, 671 users, 9,066 films').waitFor();
  },
);

for (const [what, pattern] of /** @type {[string, RegExp][]} */ ([
  ['the ratings', /\/movielens-[^/]*\.bin$/],
  ['the module', /\.wasm$/],
]))
  labTest(
    `where the server does not send ${what}, the page says so and tries again`,
    {
      opened: false,
      allow: /^console error: Failed to load resource/,
      prepare: (page) => page.route(pattern, (route) => route.fulfill({ status: 404, body: 'not here' })),
    },
    async (lab) => {
      await lab.alert.getByText('MovieLens latest-small could not be opened').waitFor();
      const said = await lab.alert.getByRole('paragraph').innerText();
      assert.match(said, /could not be loaded from the server\. Check the connection, then try again\.$/);
      await lab.status('No data are open.');
      assert.ok(await lab.button('Train').isDisabled());
      await lab.page.unroute(pattern);
      await lab.alert.getByRole('button', { name: 'Try again' }).click();
      await lab.ready();
      assert.equal(await lab.alert.innerText(), '');
    },
  );
