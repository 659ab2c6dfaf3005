// The room of the data: what it counts, and what it tells of a cell, a bar or a film, against counting by hand.

import assert from 'node:assert/strict';

import { filmsOf } from '../node/fixtures.mjs';
import { accessible, fits, sizes } from './everybody.mjs';
import { labTest, small } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

const films = new Map(filmsOf(small).map((film) => [film.id, film]));

/** Ratings by what `key` says of them, in the order of the file. @param {(row: typeof small[number]) => any} key */
function grouped(key) {
  /** @type {Map<any, typeof small>} */
  const groups = new Map();
  for (const row of small) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

/** @param {Lab} lab */
async function enter(lab) {
  await lab.page.getByRole('tab', { name: 'Data' }).click();
  await lab.region('The matrix').waitFor();
}

/** The table behind a plot, as cells. @param {Lab} lab @param {string} region */
async function table(lab, region) {
  const details = lab.region(region).locator('details.behind');
  if (!(await details.evaluate((node) => /** @type {HTMLDetailsElement} */ (node).open)))
    await details.locator('summary').click();
  const rows = details.locator('tbody tr');
  await rows.first().waitFor();
  return rows.evaluateAll((all) =>
    all.map((row) => [.../** @type {HTMLTableRowElement} */ (row).cells].map((cell) => cell.textContent ?? '')),
  );
}

labTest('the matrix says how full it is, and what stands in each cell', {}, async (lab) => {
  await enter(lab);
  const matrix = lab.region('The matrix');
  const byUser = grouped(({ user }) => user);
  const byFilm = grouped(({ item }) => item);
  const cells = byUser.size * byFilm.size;
  const share = (small.length / cells) * 100;
  await matrix
    .getByText(new RegExp(`Only ${share.toFixed(2)}\\s% of the ${cells.toLocaleString('en')} cells are filled`))
    .waitFor();

  const corner = matrix.getByRole('application', { name: 'The fullest corner' });
  const readout = await matrix.locator('.corner .readout-line').elementHandle();
  const { keyboard } = lab.page;
  await corner.focus();
  await keyboard.press('ArrowRight');
  // Equal counts go by the place in the file.
  const order = [...byFilm.keys()].sort((a, b) => byFilm.get(b).length - byFilm.get(a).length);
  const users = [...byUser.keys()];
  const tell = (/** @type {number} */ user, /** @type {number} */ item) => {
    const rows = byUser.get(user) ?? [];
    const title = films.get(item)?.title;
    if (!rows.some((row) => row.item === item))
      return `User ${user} has not rated ${title}: it may be drawn as a negative`;
    const held = rows.reduce((last, row) => (row.time >= last.time ? row : last)).item === item;
    return `User ${user} has rated ${title}${held ? ': held out for the test' : ''}`;
  };
  const seen = new Set();
  // Two rows are read from one end to the other, some more at a place or two.
  for (let row = 0; row < 6; row++) {
    const last = row < 2 ? 59 : 2;
    for (let step = 0; step < last; step++) {
      const column = row % 2 === 0 ? step : last - step;
      const words = tell(users[row], order[column]);
      assert.equal(await readout?.innerText(), words);
      seen.add(words.includes('not rated') ? 'empty' : words.includes('held out') ? 'held' : 'train');
      await keyboard.press(row % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    }
    await keyboard.press('ArrowDown');
  }
  assert.equal(seen.size, 3, 'cells of every kind were read');

  // A click looks at both in every room.
  const { x, y, width, height } = /** @type {{x: number, y: number, width: number, height: number}} */ (
    await corner.locator('canvas').boundingBox()
  );
  await lab.page.mouse.click(x + (width * 3.5) / 60, y + (height * 7.5) / 40);
  assert.equal(await readout?.innerText(), tell(users[7], order[3]));
  await lab.region('What is kept out').getByText(`Below is user ${users[7]},`).waitFor();

  const density = matrix.getByRole('application', { name: 'All users and films' });
  await density.focus();
  await density.press('ArrowDown');
  const filled = Number(byUser.get(users[0])?.some(({ item }) => item === order[0]));
  assert.equal(
    await matrix.locator('.density .readout-line').innerText(),
    `Users 1 to 1 by activity × films 1 to 1 by popularity: ${filled} ${filled ? 'rating' : 'ratings'}, ${filled ? '100.0' : '0.00'}\u00a0% filled`,
  );
  const bands = await table(lab, 'The matrix');
  assert.equal(bands.length, 10);
  assert.equal(
    bands.reduce((sum, [, n]) => sum + Number(n.replace(',', '')), 0),
    small.length,
  );
});

labTest('the long tail moves with its slider, of films and of users', {}, async (lab) => {
  await enter(lab);
  const tail = lab.region('The long tail');
  const slider = tail.getByRole('slider');
  for (const [kind, key, words] of /** @type {const} */ ([
    ['Films', 'item', (part, n, share) => `The most popular ${part} % of films (${n}) have ${share} % of the ratings.`],
    [
      'Users',
      'user',
      (part, n, share) => `The most active ${part} % of users (${n}) have given ${share} % of the ratings.`,
    ],
  ])) {
    await tail.getByRole('radio', { name: kind }).check();
    const counts = [...grouped((row) => row[key]).values()].map((rows) => rows.length).sort((a, b) => b - a);
    for (const part of [10, 11, 50, 100]) {
      await slider.fill(String(part));
      const n = Math.max(1, Math.round((counts.length * part) / 100));
      const share = counts.slice(0, n).reduce((sum, each) => sum + each, 0) / small.length;
      const text = words(part, n, (100 * share).toFixed(0));
      assert.equal(await tail.getByRole('status').innerText(), text);
      assert.equal(await slider.getAttribute('aria-valuetext'), text);
    }
    assert.deepEqual((await table(lab, 'The long tail')).at(-1), ['100 %', String(counts.length), '100 %']);
  }
});

labTest('ratings, genres and decades as counted', {}, async (lab) => {
  await enter(lab);
  const values = grouped(({ rating }) => rating);
  const counts = [...values].sort(([a], [b]) => a - b).map(([value, rows]) => [String(value), String(rows.length)]);
  assert.deepEqual(await table(lab, 'Ratings'), counts);
  const mean = small.reduce((sum, { rating }) => sum + rating, 0) / small.length;
  await lab
    .region('Ratings')
    .getByText(`the mean is ${mean.toFixed(2)}`)
    .waitFor();

  const of = (/** @type {(film: ReturnType<typeof filmsOf>[number]) => boolean} */ fits) => {
    const rows = small.filter(({ item }) => fits(/** @type {any} */ (films.get(item))));
    const average = rows.reduce((sum, { rating }) => sum + rating, 0) / rows.length;
    return [String(rows.length), String([...films.values()].filter(fits).length), average.toFixed(2)];
  };
  const genres = ['Drama', 'Comedy'].map((genre) => [genre, ...of((film) => film.genres.includes(genre))]);
  assert.deepEqual(await table(lab, 'Genres'), genres);
  const bars = lab.region('Genres').getByRole('listitem');
  for (const [at, name] of ['Ratings', 'Films', 'Mean rating'].entries()) {
    await lab.region('Genres').getByRole('radio', { name, exact: true }).check();
    assert.deepEqual(
      (await bars.allInnerTexts()).map((text) => text.split('\n').filter(Boolean)),
      genres.map((row) => [row[0], row[at + 1]]),
    );
  }
  const decades = [1950, 1960, 1970, 1980, 1990, 2000].map((from) => [
    `${from}s`,
    ...of(({ year }) => year >= from && year < from + 10).slice(0, 2),
  ]);
  assert.deepEqual(await table(lab, 'Decades'), decades);
});

labTest(
  'what the split keeps out of a user’s films, with its negatives; of ratings another number',
  {},
  async (lab) => {
    await enter(lab);
    const split = lab.region('What is kept out');
    const user = small[0].user + 3;
    await split.getByRole('combobox').fill(String(user));
    await split.getByRole('combobox').press('Enter');
    await split.getByText(`Below is user ${user},`).waitFor();
    const rows = small.filter((row) => row.user === user).sort((a, b) => a.time - b.time);
    const dots = split.getByRole('listbox').first();
    const held = films.get(rows[rows.length - 1].item);
    await lab.until(
      () => dots.getByRole('option').last().getAttribute('aria-label'),
      (label) => label?.startsWith(`${held?.title} (${held?.year}), `) ?? false,
    );
    assert.deepEqual(
      (await dots.getByRole('option').evaluateAll((all) => all.map((node) => node.getAttribute('aria-label')))).map(
        (label) => label?.replace(/, [^,]+, \d+$/, ''),
      ),
      rows.map(({ item, rating }) => {
        const film = films.get(item);
        return `${film?.title} (${film?.year}), ${rating.toFixed(1)} stars`;
      }),
    );
    const uses = (await table(lab, 'What is kept out')).map(([, , use]) => use);
    const learnt = Array.from({ length: rows.length - 1 }, () => 'learnt from');
    assert.deepEqual(uses, [...learnt, 'held out', ...Array.from({ length: 99 }, () => 'test negative')]);
    await dots.focus();
    await dots.press('End');
    await split
      .getByRole('status')
      .getByText(`${held?.title} (${held?.year}), ${rows[rows.length - 1].rating.toFixed(1)} stars, `)
      .waitFor();

    await lab.more();
    await lab.field('Validation').selectOption('on');
    await split.getByText('10 learnt from · kept for validation · held out').waitFor();
    await lab.choose('bias-mf');
    await split
      .getByText(/predicts ratings, so it is tested otherwise: \d+ ratings drawn at random are held out/)
      .waitFor();
    assert.equal(await split.getByText('The 99 it has to beat').isVisible(), false);

    await lab.choose('gmf');
    await lab.button('See this test').click();
    await lab.page.getByText(`Held out for user ${user}: ${held?.title} (${held?.year})`).waitFor();
  },
);

labTest('other data are counted anew', {}, async (lab) => {
  await enter(lab);
  await lab.choosing('Open ratings…', [
    { name: 'r.csv', content: 'userId,movieId,rating,timestamp\n1,2,3,4\n1,3,3,5\n2,2,1,1\n2,5,1,2\n' },
  ]);
  await lab.region('The matrix').getByText('Only 66.7 % of the 6 cells are filled').waitFor();
  await lab.region('Genres').getByText('These data do not tell genres.').waitFor();
});

for (const { width, height } of sizes)
  labTest(
    `no axe violation and no sideways scroll at ${width} × ${height}, all tables open`,
    { context: { viewport: { width, height }, reducedMotion: 'reduce' } },
    async (lab) => {
      await enter(lab);
      for (const name of ['The matrix', 'The long tail', 'Ratings', 'Genres', 'Decades', 'What is kept out'])
        await table(lab, name);
      await accessible(lab, 'all tables open');
      await fits(lab, 'all tables open');
    },
  );
