// The map: films found, pointed at, walked and chosen; people over it; models without a map; what is behind it as a table.

import assert from 'node:assert/strict';

import { csv, world } from '../node/fixtures.mjs';
import { accessible, fits, sizes } from './everybody.mjs';
import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** @param {Lab} lab */
async function enter(lab) {
  await lab.page.getByRole('tab', { name: 'Map', exact: true }).click();
  await lab.page.getByText(/^(Not trained yet: the embeddings|An embedding here has)/).waitFor();
}

/** The picture. @param {Lab} lab */
const surface = (lab) => lab.page.getByRole('application', { name: 'Map of the films' });

/** The film that the panel tells of. @param {Lab} lab */
const told = (lab) => lab.region('A film').getByRole('heading', { level: 3 });

/** What the canvases show, so that changes can be seen. @param {Lab} lab */
const picture = (lab) =>
  surface(lab)
    .locator('canvas')
    .evaluateAll((all) => all.map((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL()).join());

/** When nothing moves any more. @param {Lab} lab */
async function settled(lab) {
  let last = '';
  return lab.until(
    async () => {
      await lab.page.waitForTimeout(400);
      const now = await picture(lab);
      const same = now === last;
      last = now;
      return same;
    },
    (same) => same,
  );
}

/** The table behind it, as cells of texts. @param {Lab} lab */
async function table(lab) {
  const rows = lab.page.getByRole('table', { name: 'Where the 50 best known films stand' }).getByRole('row');
  if ((await rows.count()) === 0) await lab.page.getByText('The 50 best known films as a table').click();
  return rows.evaluateAll((all) => all.slice(1).map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
}

labTest('a film found by its title is told of with its neighbours, and those are chosen in turn', {}, async (lab) => {
  await enter(lab);
  await lab.page.getByText(/^Not trained yet/).waitFor();
  await lab.page.getByText('Point at a dot, or press N on the map').waitFor();
  await lab.page.getByRole('combobox', { name: 'Find a film' }).fill('night, the 30');
  await lab.page.keyboard.press('Enter');
  await told(lab).filter({ hasText: 'Night, The 30' }).waitFor();
  const neighbours = lab.region('A film').getByRole('listitem');
  await lab.until(
    () => neighbours.count(),
    (count) => count === 5,
  );
  await lab
    .region('A film')
    .getByText(/^(Comedy, Drama|Drama, Comedy) · seen by \d+ users?$/)
    .waitFor();
  const [first] = await neighbours.allInnerTexts();
  assert.match(first, /\(\d{4}\)\s+[−\d.]+$/);
  const name = first.replace(/\s+[−\d.]+$/, '');
  await neighbours.first().getByRole('button').click();
  await told(lab).filter({ hasText: name }).waitFor();
  assert.equal(await lab.page.getByRole('combobox', { name: 'Find a film' }).inputValue(), name);
});

labTest('by keyboard: from film to film by how well they are known, zoom, move, choose', {}, async (lab) => {
  await enter(lab);
  const rows = await table(lab);
  assert.equal(rows.length, 50);
  const seen = rows.map((row) => Number(row[2]));
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => b - a),
  );
  await surface(lab).focus();
  await lab.page.keyboard.press('n');
  await told(lab).filter({ hasText: rows[0][0] }).waitFor();
  await lab.page.getByRole('status').filter({ hasText: 'Nearest in the model’s space: ' }).waitFor();
  await lab.page.keyboard.press('n');
  await told(lab).filter({ hasText: rows[1][0] }).waitFor();
  await lab.page.keyboard.press('p');
  await told(lab).filter({ hasText: rows[0][0] }).waitFor();
  await settled(lab);
  const whole = await picture(lab);
  for (const [key, back] of [
    ['+', '-'],
    ['ArrowRight', 'ArrowLeft'],
  ]) {
    await lab.page.keyboard.press(key);
    await lab.until(
      () => picture(lab),
      (now) => now !== whole,
    );
    await lab.page.keyboard.press(back);
    await lab.until(
      () => picture(lab),
      (now) => now === whole,
    );
  }
  await lab.button('Zoom in').click();
  await lab.button('Zoom in').click();
  assert.notEqual(await picture(lab), whole);
  await lab.button('Show the whole map').click();
  await surface(lab).focus();
  await lab.page.keyboard.press('n');
  await told(lab).filter({ hasText: rows[1][0] }).waitFor();
  await lab.page.keyboard.press('Enter');
  await lab.page.keyboard.press('n');
  await told(lab).filter({ hasText: rows[2][0] }).waitFor();
  await lab.page.keyboard.press('Escape');
  // Nothing is pointed at any more: what is told of is what was chosen.
  await told(lab).filter({ hasText: rows[1][0] }).waitFor();
});

labTest('by pointer: a dot tells its film, a press chooses it, the wheel and a drag move the map', {}, async (lab) => {
  await enter(lab);
  await settled(lab);
  const box = await surface(lab).boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  let name = '';
  // Some dot is near the middle.
  for (let turn = 0; turn < 900 && !name; turn++) {
    const [right, down] = [20 * Math.sqrt(turn / 3) * Math.cos(turn), 14 * Math.sqrt(turn / 3) * Math.sin(turn)];
    await lab.page.mouse.move(x + right, y + down);
    if (await told(lab).isVisible()) name = await told(lab).innerText();
  }
  assert.notEqual(name, '');
  await lab.page.mouse.down();
  await lab.page.mouse.up();
  await lab.page.mouse.move(box.x + 3, box.y + 3);
  assert.equal(await told(lab).innerText(), name, 'chosen, it stays');
  assert.equal(await lab.page.getByRole('combobox', { name: 'Find a film' }).inputValue(), name);
  await settled(lab);
  const before = await picture(lab);
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.wheel(0, -300);
  await lab.until(
    () => picture(lab),
    (now) => now !== before,
  );
  const zoomed = await picture(lab);
  await lab.page.mouse.down();
  await lab.page.mouse.move(x + 60, y + 40, { steps: 4 });
  await lab.page.mouse.up();
  await lab.until(
    () => picture(lab),
    (now) => now !== zoomed,
  );
  assert.equal(await told(lab).innerText(), name, 'a drag is no press');
});

labTest('colours by genre or decade, and a legend that lets some stand out', {}, async (lab) => {
  await enter(lab);
  await settled(lab);
  const legend = lab.page.getByRole('group', { name: 'Legend: choose what stands out' });
  assert.deepEqual((await legend.getByRole('button').allInnerTexts()).sort(), ['Comedy', 'Drama']);
  const plain = await picture(lab);
  await legend.getByRole('button', { name: 'Comedy' }).click();
  assert.equal(await legend.getByRole('button', { name: 'Comedy' }).getAttribute('aria-pressed'), 'true');
  await lab.until(
    () => picture(lab),
    (now) => now !== plain,
  );
  await legend.getByRole('button', { name: 'Comedy' }).click();
  await lab.until(
    () => picture(lab),
    (now) => now === plain,
  );
  await lab.page.getByRole('radio', { name: 'Decade' }).check();
  assert.deepEqual(await legend.getByRole('button').allInnerTexts(), [
    ...[5, 6, 7, 8, 9].map((decade) => `19${decade}0s`),
    '2000s',
  ]);
  await lab.until(
    () => picture(lab),
    (now) => now !== plain,
  );
});

labTest('people stand on it: the chosen user, everybody, and whoever likes films', {}, async (lab) => {
  await enter(lab);
  await settled(lab);
  const one = await picture(lab);
  await lab.page.getByText('A person stands in the middle of the 20 films').waitFor();
  await lab.button('All users').click();
  const all = await lab.until(
    () => picture(lab),
    (now) => now !== one,
  );
  await surface(lab).focus();
  await lab.page.keyboard.press('n');
  await lab.button('I like it').click();
  await lab.button('I no longer like it').waitFor();
  await lab.until(
    () => picture(lab),
    (now) => now !== all,
  );
  await lab.button('All users').click();
  await lab.button('I no longer like it').click();
  await lab.button('I like it').waitFor();
  await lab.page.mouse.move(2, 2);
});

labTest(
  'is made anew with other data, as all rooms are: what they keep are indices of the data before',
  {},
  async (lab) => {
    const few = world({ users: 9, films: 24, each: 7 });
    await enter(lab);
    await settled(lab);
    // A film that the other data have no index for, liked and in the evaluation too.
    await lab.page.getByRole('combobox', { name: 'Find a film' }).fill('800');
    await lab.page.keyboard.press('Enter');
    await told(lab).waitFor();
    const rooms = ['Evaluation', 'You', 'Network', 'Race', 'Data', 'Learning'];
    const go = (/** @type {string} */ name) => lab.page.getByRole('tab', { name, exact: true }).click();
    await go('You');
    await lab.page
      .getByRole('button', { name: /^Like / })
      .first()
      .click();
    for (const room of rooms) await go(room);
    await lab.choosing('Open ratings…', [{ name: 'few.csv', content: csv(few) }]);
    await lab.status('Opened few.csv. Press Train.');
    for (const room of [...rooms, 'Map']) await go(room);
    await lab.page.getByText('Point at a dot, or press N on the map').waitFor();
    await settled(lab);
    assert.equal((await table(lab)).length, new Set(few.map(({ item }) => item)).size);
    // Drawn once more from what it has.
    await lab.page.setViewportSize({ width: 1000, height: 800 });
    await settled(lab);
  },
);

labTest('two numbers are the map itself; a model without embeddings says that it has none', {}, async (lab) => {
  await lab.choose('gmf');
  await lab.type('Predictive factors', '2');
  await lab.page.getByRole('tab', { name: 'Map', exact: true }).click();
  await lab.type('Epochs', '2');
  await lab.button('Train').click();
  await lab.status('Finished after 2 epochs.');
  await lab.page.getByText('An embedding here has two numbers, so the map is exact').waitFor();
  await lab.choose('ease');
  await lab.page.getByText(/^EASE has no embeddings of films, so there is no map of them/).waitFor();
  assert.equal(await surface(lab).isVisible(), false);
  await lab.choose('neumf');
  await surface(lab).waitFor();
  await lab.page.getByText(/^Not trained yet/).waitFor();
});

labTest(
  'while NeuMF learns the bundled set the map follows, and frames go on being drawn',
  { data: 'bundled' },
  async (lab, t) => {
    await enter(lab);
    await lab.button('Train').click();
    await lab.status('Training.');
    const rows = JSON.stringify(await table(lab));
    await lab.page.getByText('The 50 best known films as a table').click();
    await surface(lab).scrollIntoViewIfNeeded();
    const frames = await lab.page.evaluate(
      () =>
        new Promise((done) => {
          /** @type {number[]} */
          const gaps = [];
          let last = performance.now();
          const start = last;
          const frame = (/** @type {number} */ now) => {
            gaps.push(now - last);
            last = now;
            if (gaps.length < 60 && now < start + 60_000) requestAnimationFrame(frame);
            else done(gaps.slice(1).sort((a, b) => a - b));
          };
          requestAnimationFrame(frame);
        }),
    );
    const at = (/** @type {number} */ share) => frames[Math.floor(share * (frames.length - 1))].toFixed(1);
    t.diagnostic(
      `${frames.length} frames while it trains: median ${at(0.5)} ms, 90 % ${at(0.9)} ms, 99 % ${at(0.99)} ms`,
    );
    assert.ok(frames.length > 20, `${frames.length} frames`);
    await lab.page.getByText('The 50 best known films as a table').click();
    await lab.until(
      async () => JSON.stringify(await table(lab)),
      (now) => now !== rows,
    );
    await lab.button('Pause').click();
    await lab.status(/^Paused/);
  },
);

for (const { width, height } of sizes)
  labTest(`no axe violation in the map at ${width} px`, { context: { viewport: { width, height } } }, async (lab) => {
    await enter(lab);
    await surface(lab).focus();
    await lab.page.keyboard.press('n');
    await table(lab);
    await accessible(lab, 'a film pointed at');
    await fits(lab, 'a film pointed at');
  });
