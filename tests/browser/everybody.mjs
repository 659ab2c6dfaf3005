// The page for everybody: what every room has to hold at every width, in light and dark.

import assert from 'node:assert/strict';

/** @typedef {import('./harness.mjs').Lab} Lab */
/** @typedef {'light' | 'dark'} Theme */

/** A wide window, a narrow one, and a phone. */
export const sizes = [
  { width: 1440, height: 900 },
  { width: 960, height: 700 },
  { width: 360, height: 740 },
];

/**
 * Marks what axe has to judge the contrast of: of the texts that have the same colours, size and ground in every layer below
 * them the first, the middle and the last one, since of two hundred cells of a table each costs as much as the first. Runs
 * in the page.
 */
function markContrasts() {
  /** @type {Map<Element, string>} what a text on an element stands on */
  const grounds = new Map();
  /** @param {Element} node @returns {string} */
  const groundOf = (node) => {
    let ground = grounds.get(node);
    if (ground !== undefined) return ground;
    const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(node);
    const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join();
    const plain = 'rgba(0, 0, 0, 0),none,1,none,normal';
    ground = (node.parentElement ? groundOf(node.parentElement) : '') + (own === plain ? '' : `/${own}`);
    grounds.set(node, ground);
    return ground;
  };
  /** @type {Map<string, Element[]>} */
  const kinds = new Map();
  for (const node of document.querySelectorAll('body, body *')) {
    node.removeAttribute('data-contrast');
    const written = [...node.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim());
    if (!written && !node.matches('input, select, textarea')) continue;
    const { color, fontSize, fontWeight, textShadow, position } = getComputedStyle(node);
    const { width, height } = node.getBoundingClientRect();
    const seen = node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1;
    // Of what is disabled no contrast is asked, nor of its label.
    const idle = node.closest('[disabled], [aria-disabled=true], label, fieldset') !== null;
    const kind = [node.tagName, node.getAttribute('class'), color, fontSize, fontWeight, textShadow, position];
    const key = [...kind, seen, idle ? kinds.size : '', groundOf(node)].join('|');
    kinds.set(key, [...(kinds.get(key) ?? []), node]);
  }
  for (const nodes of kinds.values())
    for (const node of [nodes[0], nodes[nodes.length >> 1], nodes[nodes.length - 1]])
      node.setAttribute('data-contrast', '');
}

/** What a theme can change of what axe finds. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Axe finds no violation, in either theme. What does not depend on colours is the same in both and is looked at in the first.
 * The page is left in the theme that comes last.
 * @param {Lab} lab
 * @param {string} when
 * @param {Theme[]} [themes]
 */
export async function accessible(lab, when, themes = ['dark', 'light']) {
  if (!(await lab.page.evaluate(() => 'axe' in window))) {
    await lab.page.addScriptTag({ url: '/axe.js' });
    await lab.page.evaluate(() =>
      /** @type {any} */ (window).axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-contrast]' }] }),
    );
  }
  for (const [at, colorScheme] of themes.entries()) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.page.locator(`[data-theme=${colorScheme}]`).waitFor();
    // On their way from theme to theme colours have a contrast that nobody chose.
    await lab.page.evaluate(async () => {
      const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
    });
    await lab.page.evaluate(markContrasts);
    const violations = await lab.page.evaluate(
      async (rules) => {
        const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
        const result = await /** @type {any} */ (window).axe.run(document, options);
        for (const node of document.querySelectorAll('[data-contrast]')) node.removeAttribute('data-contrast');
        return result.violations.flatMap((/** @type {any} */ { id, nodes }) =>
          nodes.map((/** @type {any} */ { target, html, failureSummary }) =>
            [id, target, html, failureSummary].join('\n  '),
          ),
        );
      },
      at === 0 ? null : COLOUR_RULES,
    );
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
