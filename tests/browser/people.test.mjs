// One user: the choice of one, the films rated beside the model's top 10, and titles that look like markup.

import assert from 'node:assert/strict';

import { readDataset } from '../../wasm/lab/files.mjs';
import { Run } from '../../wasm/lab/run.mjs';
import { checkSettings } from '../../wasm/settings/settings.mjs';
import { core, csv, filmsOf, source } from '../node/fixtures.mjs';
import { fits } from './everybody.mjs';
import { labTest, small, smallData } from './harness.mjs';

const EPOCHS = 12;
const films = new Map(filmsOf(small).map((film) => [film.id, film]));
const ids = [...new Set(small.map(({ user }) => user))].sort((a, b) => a - b);

/** What the core itself says of every user after a run with the page's settings. */
async function expected() {
  const files = [source('ratings.csv', smallData.ratings), source('movies.csv', smallData.movies)];
  const dataset = await readDataset(await core(), files);
  const split = dataset.leaveOneOut();
  const run = new Run(split, checkSettings({ epochs: EPOCHS }));
  for (const _ of run.slices());
  const view = run.view();
  const users = [...dataset.userIds].map((id, user) => {
    const held = split.testItem(user);
    const { greater, equal, candidates } = view.rank(user, false);
    const top = view
      .recommend(user, 10)
      .map(({ item, score }) => ({ ...dataset.film(item), score, held: item === held }));
    return { id, user, held: dataset.film(held), rank: greater + equal / 2 + 1, candidates, top };
  });
  run.free();
  split.free();
  dataset.free();
  return users;
}

/** @param {{title: string, year: number, genres: string[]}} film */
const lines = ({ title, year, genres }) => [title, `${year} · ${sorted(genres.join(', '))}`];
// The core gives a film's genres in the order in which it first met them.
const sorted = (/** @type {string} */ genres) => genres.split(', ').sort().join(', ');

/** A film's lines without how it moved, with its genres in one order. @param {string[]} words */
function settled(words) {
  const kept = words.filter((word) => !/^(new|[↑↓]\d+)$/.test(word));
  return kept.map((word) => word.replace(/(?<=^\d{4} · ).*/, sorted));
}

/** @param {import('./harness.mjs').Lab} lab @param {number} id */
async function chosen(lab, id) {
  await lab.page.getByRole('heading', { name: `User ${id} has rated`, exact: true }).waitFor();
  assert.equal(await lab.user.inputValue(), String(id));
}

labTest('a user’s films, and the same top 10 as the core’s own after training', {}, async (lab) => {
  const people = await expected();
  const hit = people.find(({ top }) => top.some(({ held }) => held));
  const miss = people.find(({ rank, top }) => rank > 10 && !top.some(({ held }) => held));
  assert.ok(hit && miss, 'the world has a user of either kind');

  await lab.region('Recommendations').getByText('not trained yet').waitFor();
  assert.equal(await lab.top.count(), 10, 'an untrained model recommends too');
  await lab.type('Epochs', String(EPOCHS));
  await lab.button('Train').click();
  await lab.status(`Finished after ${EPOCHS} epochs.`);
  await lab.region('Recommendations').getByText(`after ${EPOCHS} epochs`).waitFor();
  await lab
    .region('Recommendations')
    .getByText(/^Scores are logits: .* \(4 beside each in training\)/)
    .waitFor();

  for (const { id, held, rank, candidates, top } of [hit, miss]) {
    await lab.user.fill(String(id));
    await lab.user.press('Enter');
    await chosen(lab, id);
    const shown = (await lab.films(lab.top)).map(settled);
    assert.deepEqual(
      shown,
      top.map((film) => {
        const score = film.score.toFixed(2).replace('-', '−');
        return [...lines(film), ...(film.held ? ['the film that was hidden'] : []), score];
      }),
    );
    const verdict = await lab
      .region('One user’s films')
      .getByText(/^Hidden from the model: /)
      .innerText();
    const words = `Hidden from the model: ${held.title} (${held.year}). It ranks `;
    assert.ok(verdict.startsWith(words), verdict);
    assert.equal(Number.parseInt(verdict.slice(words.length), 10), Math.round(rank));
    assert.ok(verdict.endsWith(` of ${candidates}: ${rank <= 10 ? 'a hit' : 'a miss'}.`), verdict);

    const rated = small.filter(({ user }) => user === id).sort((a, b) => b.time - a.time);
    await lab.region('History').getByText(`${rated.length} films, newest first`).waitFor();
    assert.deepEqual(
      (await lab.films(lab.history)).map(settled),
      rated.map(({ item, rating }) => {
        const film = films.get(item);
        const flag = film.id === held.id ? ['hidden from the model'] : [];
        return [...lines(film), ...flag, `★ ${rating.toFixed(1)}`];
      }),
    );
    const seen = new Set(rated.map(({ item }) => films.get(item).title).filter((title) => title !== held.title));
    assert.ok(!shown.some(([title]) => seen.has(title)), 'nothing that was seen is recommended');
  }
});

labTest('the user by typing, by suggestion, previous, next, random', {}, async (lab) => {
  const options = lab.page.getByRole('listbox').getByRole('option');
  await chosen(lab, ids[0]);
  await lab.button('Previous user').click();
  await chosen(lab, ids[ids.length - 1]);
  await lab.button('Next user').click();
  await chosen(lab, ids[0]);
  await lab.button('Next user').click();
  await chosen(lab, ids[1]);

  await lab.user.click();
  await lab.page.keyboard.type('4');
  assert.deepEqual(
    await options.allInnerTexts(),
    ids.filter((id) => String(id).startsWith('4')).map((id) => `User ${id}\n11 ratings`),
  );
  assert.equal(await lab.user.getAttribute('aria-expanded'), 'true');
  await lab.user.press('ArrowDown');
  await lab.user.press('ArrowDown');
  assert.equal(
    await lab.page.getByRole('listbox').getByRole('option', { selected: true }).innerText(),
    'User 41\n11 ratings',
  );
  assert.equal(
    await lab.user.getAttribute('aria-activedescendant'),
    await lab.page.getByRole('listbox').getByRole('option', { selected: true }).getAttribute('id'),
  );
  await lab.user.press('ArrowUp');
  await lab.user.press('ArrowUp');
  assert.equal(
    await lab.page.getByRole('listbox').getByRole('option', { selected: true }).innerText(),
    'User 49\n11 ratings',
    'around',
  );
  await lab.user.press('Enter');
  await chosen(lab, 49);
  assert.equal(await options.count(), 0);

  await lab.user.fill('2');
  await options.filter({ hasText: 'User 23' }).click();
  await chosen(lab, 23);
  await lab.user.fill('2');
  await lab.user.press('Escape');
  assert.equal(await options.count(), 0);
  await chosen(lab, 23);
  await lab.user.press('ArrowDown');
  assert.equal(await options.count(), ids.length, 'the arrow alone shows them all');
  await lab.user.press('Escape');
  await lab.user.click();
  assert.equal(await options.count(), ids.length, 'and so does a press on the field');
  // A press that does not end on the same option, as one on the list's scroll bar.
  await options.nth(1).hover();
  await lab.page.mouse.down();
  await lab.page.mouse.move(0, 0);
  await lab.page.mouse.up();
  assert.equal(await options.count(), ids.length, 'the list stays');
  await chosen(lab, 23);
  await lab.user.press('Escape');

  const seen = new Set();
  for (let draw = 0; draw < 100 && seen.size < 3; draw++) {
    await lab.button('Random user').click();
    await lab.page.waitForTimeout(20);
    seen.add(await lab.user.inputValue());
  }
  assert.ok(seen.size >= 3);
  assert.ok([...seen].every((id) => ids.includes(Number(id))));
});

labTest('a user who is not there is named with those who are, and the one before stays', {}, async (lab) => {
  await lab.button('Next user').click();
  await chosen(lab, 12);
  const before = await lab.films(lab.history);
  const people = lab.region('One user’s films');
  for (const text of ['999', '10', 'Ada', '12.5', '-12', '']) {
    await lab.user.fill(text);
    await lab.user.press(text === 'Ada' ? 'Tab' : 'Enter');
    const message = `There is no user “${text}”. These data have 40 users, numbered from 11 to 50.`;
    await people.getByText(message, { exact: true }).waitFor();
    assert.equal(await lab.user.getAttribute('aria-invalid'), 'true');
    assert.equal(await lab.user.inputValue(), text, 'what was typed can be corrected');
    assert.deepEqual(await lab.films(lab.history), before);
  }
  await lab.user.fill('13');
  await lab.user.press('Enter');
  await chosen(lab, 13);
  assert.equal(await people.getByText('There is no user').count(), 0);
  assert.equal(await lab.user.getAttribute('aria-invalid'), null);
});

labTest('while it trains the list changes with the epochs, and typing is left alone', {}, async (lab) => {
  await lab.type('Batch size', '1');
  await lab.type('Epochs', '1000');
  await lab.button('Train').click();
  await lab.user.click();
  await lab.page.keyboard.type('3');
  const note = lab.region('Recommendations').getByText(/^after \d+ epochs?$/);
  const first = await note.innerText();
  await lab.until(
    () => note.innerText(),
    (text) => text !== first,
  );
  assert.equal(await lab.user.inputValue(), '3');
  assert.equal(await lab.page.getByRole('listbox').getByRole('option').count(), 10);
  await lab.page.keyboard.type('3');
  await lab.page.keyboard.press('Enter');
  await chosen(lab, 33);
  await lab.reach((await lab.epoch()) + 1);
  assert.ok(await lab.button('Pause').isVisible());
});

const markup = '<img src=x onerror="window.struck = true"><b>bold</b> &amp; <script>window.struck = true</script>';
const long = 'A'.repeat(300);
const odd = [
  ...small,
  { user: 7, item: 1, rating: 5, time: 3e9 },
  { user: 7, item: 2, rating: 4, time: 2e9 },
  { user: 8, item: 2, rating: 4, time: 2e9 },
];
const oddMovies = `${smallData.movies}1,"${markup.replaceAll('"', '""')} (1999)",<i>Drama</i>|Comedy\n2,${long},(no genres listed)\n`;

labTest(
  'titles and genres are text, whatever they look like',
  { data: { ratings: csv(odd), movies: oddMovies } },
  async (lab) => {
    await chosen(lab, 7);
    const listed = await lab.films(lab.history);
    assert.deepEqual(listed[0].slice(0, 2), [markup, '1999 · Comedy, <i>Drama</i>']);
    assert.deepEqual(listed[1].slice(0, 2), [long, 'year unknown · no genres']);
    await lab.region('One user’s films').getByText(`Hidden from the model: ${markup} (1999)`).waitFor();
    assert.equal(await lab.page.locator('main img, main b, main i, main script').count(), 0);
    assert.equal(await lab.page.evaluate(() => /** @type {any} */ (window).struck), undefined);
    await lab.page.setViewportSize({ width: 360, height: 740 });
    await fits(lab, 'a long word');

    await lab.button('Next user').click();
    await chosen(lab, 8);
    await lab.region('One user’s films').getByText('This user has no hidden film.').waitFor();
  },
);

labTest('a long history comes a page at a time', { data: 'bundled' }, async (lab) => {
  await lab.user.fill('15');
  await lab.user.press('Enter');
  await chosen(lab, 15);
  await lab.region('History').getByText('1,700 films, newest first').waitFor();
  assert.equal(await lab.history.count(), 30);
  await lab.button('Show 30 more of 1670').click();
  assert.equal(await lab.history.count(), 60);
  await lab.button('Show 30 more of 1640').waitFor();
});
