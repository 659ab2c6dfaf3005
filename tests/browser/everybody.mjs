// The page for everybody: what every room has to hold at every width, in light and dark.

import assert from 'node:assert/strict';

import axe from 'axe-core';

/** @typedef {import('./harness.mjs').Lab} Lab */
/** @typedef {'light' | 'dark'} Theme */

/** A wide window, a narrow one, and a phone. */
export const sizes = [
  { width: 1440, height: 900 },
  { width: 960, height: 700 },
  { width: 360, height: 740 },
];

/**
 * Axe finds no violation. The page is left in the theme that comes last.
 * @param {Lab} lab
 * @param {string} when
 * @param {Theme[]} [themes]
 */
export async function accessible(lab, when, themes = ['dark', 'light']) {
  for (const colorScheme of themes) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.page.locator(`[data-theme=${colorScheme}]`).waitFor();
    const violations = await lab.page.evaluate(async (source) => {
      if (!('axe' in window)) window.eval(source);
      // On their way from theme to theme colours have a contrast that nobody chose.
      const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
      const result = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'] });
      return result.violations.flatMap((/** @type {any} */ { id, nodes }) =>
        nodes.map((/** @type {any} */ { target, html, failureSummary }) =>
          [id, target, html, failureSummary].join('\n  '),
        ),
      );
    }, axe.source);
    assert.equal(violations.length, 0, [`${when}, ${colorScheme}: axe finds`, ...violations].join('\n'));
  }
}

/**
 * Nothing is wider than the page at this width, but for what scrolls by itself.
 * @param {Lab} lab
 * @param {string} when
 */
export async function fits(lab, when) {
  const { width, scroll, wide } = await lab.page.evaluate(() => ({
    width: innerWidth,
    scroll: document.documentElement.scrollWidth,
    wide: [...document.querySelectorAll('.lab, .lab *')]
      .map((node) => ({ node, right: node.getBoundingClientRect().right }))
      .filter(({ node, right }) => right > innerWidth + 0.5 && !node.closest('.scroll, .tabs, .hidden, .u-hz'))
      .map(({ node, right }) => `${node.tagName}.${node.getAttribute('class')} ${right}`),
  }));
  assert.equal(wide.length, 0, [`${when}: what sticks out at the right of ${width} px`, ...wide].join('\n'));
  assert.ok(scroll <= width, `${when}: no scroll to ${scroll} of ${width} px`);
}
