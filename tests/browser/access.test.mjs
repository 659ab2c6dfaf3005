// The page for everybody: no axe violation at three widths in light and dark, focus that shows, calm where calm is asked.

import assert from 'node:assert/strict';

import { accessible, fits, sizes } from './everybody.mjs';
import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

/** What stands behind “More settings”. */
const MORE = [
  ...['Activation', 'Embeddings', 'Pretraining epochs', 'Pretraining share α'],
  ...['Optimizer', 'Order of examples', 'L2 regularisation'],
  ...['Evaluation', 'Validation', 'Patience'],
];

/** @param {Lab} lab @param {string} when */
async function check(lab, when) {
  await accessible(lab, when);
  await fits(lab, when);
}

for (const { width, height } of sizes)
  labTest(
    `no axe violation and no sideways scroll at ${width} × ${height}: untrained, trained, with errors, all open`,
    { context: { viewport: { width, height }, reducedMotion: 'reduce' } },
    async (lab) => {
      await check(lab, 'untrained');
      // At a narrow width the settings are folded away.
      for (const name of ['Settings', 'Data and weights'])
        if (width < 760) await lab.region(name).getByRole('heading', { name }).click();
      await lab.type('Epochs', '3');
      await lab.button('Train').click();
      await lab.status('Finished after 3 epochs.');
      await check(lab, 'trained');

      await lab.choosing('Open ratings…', [{ name: `${'long-'.repeat(20)}ratings.csv`, content: 'a,b\n1,2\n' }]);
      await lab.alert.getByText(/could not be opened/).waitFor();
      await lab.type('Predictive factors', '1000');
      await lab
        .region('Settings')
        .getByText(/^Predictive factors must be/)
        .waitFor();
      await lab.user.fill('999');
      await lab.user.press('Enter');
      await lab
        .region('One user’s films')
        .getByText(/^There is no user/)
        .waitFor();
      await check(lab, 'with errors');

      await lab.more();
      await lab.field('Evaluation').selectOption('both');
      await lab.field('Validation').selectOption('on');
      await lab.status('Validation changed, so the model starts over.');
      await lab.button('Train').click();
      await lab.status(/^Finished after 3 epochs.* on validation/);
      for (const more of await lab.page.getByRole('button', { name: /^Help on/ }).all()) await more.click();
      await lab.rows();
      await lab.user.fill('2');
      await lab.page.getByRole('listbox').waitFor();
      await check(lab, 'with everything open');
    },
  );

labTest('Tab reaches every control, and the focus shows', {}, async (lab) => {
  await lab.rows();
  await lab.more();
  const shown = await lab.page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button, input, select, summary, [tabindex]');
    return [...all]
      .filter(
        (node) => node.checkVisibility({ visibilityProperty: true }) && !node.matches(':disabled, [tabindex="-1"]'),
      )
      .map((node, at) => node.setAttribute('data-stop', String(at))).length;
  });
  assert.ok(shown > 45, `${shown} controls`);
  const reached = new Set();
  // Once more than there are stops: the browser itself is one on the way around.
  for (let press = 0; press <= shown; press++) {
    await lab.page.keyboard.press('Tab');
    if (await lab.page.evaluate(() => document.activeElement === document.body)) continue;
    const { stop, what, outline, contained } = await lab.page.evaluate(() => {
      const node = /** @type {Element} */ (document.activeElement);
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
      const { width, height, left, right, bottom } = node.getBoundingClientRect();
      return {
        stop: node.getAttribute('data-stop'),
        what: node.outerHTML.slice(0, 120),
        outline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor),
        contained: width > 0 && height > 0 && right > 0 && left < innerWidth && bottom > 0,
      };
    });
    reached.add(stop);
    assert.ok(outline && contained, what);
  }
  assert.equal(reached.size, shown);
  // The small buttons beside the numbers are for a pointer, and do the same as the arrow keys.
  const more = lab
    .region('Settings')
    .locator('.field', { has: lab.page.getByLabel('Seed', { exact: true }) })
    .getByText('+', { exact: true });
  await more.click();
  assert.equal(await lab.field('Seed').inputValue(), '2');
});

labTest('every control has a name', {}, async (lab) => {
  const settings = [
    'Model',
    'Predictive factors',
    'Layers',
    'Negatives a positive',
    'Learning rate',
    'Batch size',
    'Epochs',
    'Seed',
    ...MORE,
  ];
  await lab.more();
  for (const label of settings) {
    assert.ok(await lab.field(label).isVisible(), label);
    assert.ok(await lab.button(`Help on ${label}`).isVisible(), label);
  }
  for (const name of ['Train', 'Step', 'Reset', 'Open ratings…', 'Save weights', 'Load weights…'])
    assert.ok(await lab.button(name).isVisible(), name);
  for (const name of ['Previous user', 'Next user', 'Random user', 'Use the dark theme'])
    assert.ok(await lab.button(name).isVisible(), name);
  await lab.page
    .getByRole('contentinfo')
    .getByText(/MovieLens/)
    .first()
    .waitFor();
});

labTest('where motion is not wanted nothing moves', { context: { reducedMotion: 'reduce' } }, async (lab) => {
  const moving = () =>
    lab.page.evaluate(() =>
      [...document.querySelectorAll('.lab, .lab *')]
        .map((node) => /** @type {[Element, CSSStyleDeclaration]} */ ([node, getComputedStyle(node)]))
        .filter(
          ([, { animationName, transitionDuration }]) =>
            animationName !== 'none' || !/^(0s(, )?)+$/.test(transitionDuration),
        )
        .map(([node]) => `${node.tagName}.${node.className}`),
    );
  assert.deepEqual(await moving(), []);
  await lab.page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.notDeepEqual(await moving(), [], 'there is something to be still');
});

labTest(
  'light and dark: as the system has it, or as chosen, also after a reload',
  { context: { colorScheme: 'dark' }, allow: /^console warning: Canvas2D: .*getImageData/ },
  async (lab) => {
    const dark = () =>
      lab.page.evaluate(() => {
        const [red, green, blue] =
          getComputedStyle(/** @type {Element} */ (document.querySelector('.lab')))
            .backgroundColor.match(/\d+/g)
            ?.map(Number) ?? [];
        return red + green + blue < 3 * 128;
      });
    /** How much of the loss' picture is in the theme's colours. */
    const inked = () =>
      lab.page.evaluate(() => {
        const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
        const lab = /** @type {Element} */ (document.querySelector('.lab'));
        const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
        context.fillStyle = getComputedStyle(lab).getPropertyValue('--model').trim();
        context.fillRect(0, 0, 1, 1);
        const ink = context.getImageData(0, 0, 1, 1).data;
        const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(
          0,
          0,
          canvas.width,
          canvas.height,
        );
        let count = 0;
        for (let at = 0; at < data.length; at += 4)
          count += Number([0, 1, 2, 3].every((part) => data[at + part] === ink[part]));
        return count;
      });
    await lab.type('Epochs', '5');
    await lab.button('Train').click();
    await lab.status('Finished after 5 epochs.');
    assert.ok(await dark());
    assert.ok((await inked()) > 20);
    await lab.button('Use the light theme').click();
    await lab.button('Use the dark theme').waitFor();
    assert.equal(await dark(), false);
    assert.ok((await inked()) > 20, 'the curves change with it');
    await lab.page.reload();
    await lab.ready();
    assert.equal(await dark(), false, 'the choice is kept');
    await lab.page.emulateMedia({ colorScheme: 'light' });
    await lab.button('Use the dark theme').click();
    await lab.button('Use the light theme').waitFor();
    assert.ok(await dark());
  },
);
