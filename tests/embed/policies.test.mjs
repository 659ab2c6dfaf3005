// Content-Security-Policies, of the page that the lab is in and of the lab's own: it trains without a violation where it can, and
// where it can't it names the word that the policy lacks.

import assert from 'node:assert/strict';

import { go } from './harness.mjs';
import { built, course, element, framed, opening, site, withElement } from './pages.mjs';
import { sees, trains } from './visitor.mjs';

/** @typedef {import('./harness.mjs').Given} Given */

/** Has violations told from the first byte of every page on, and those of nobody asked for. @param {import('playwright-core').Page} page */
async function watchViolations(page) {
  /** @type {string[]} */
  const found = [];
  await page.exposeFunction('tellViolation', (/** @type {string} */ text) => void found.push(text));
  await page.addInitScript(() =>
    addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sample, sourceFile, lineNumber }) =>
        /** @type {any} */ (window).tellViolation(
          `${effectiveDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`,
        ),
      true,
    ),
  );
  return found;
}

const strictest = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:";

/**
 * What the policy is of: a page of a course with an element, or the site, whose own files it has to allow besides.
 * @typedef {'element' | 'site'} Of
 */
/** @param {Given['server']} server @param {Of} of @param {string} name @param {string} policy */
function put(server, of, name, policy) {
  const headers = { 'content-security-policy': policy };
  const place = `/policy/${of}/${name.replaceAll(/[^a-z]/gi, '')}/`;
  if (of === 'site') {
    server.put(place, { files: site, headers });
    return `${server.origin}${place}${opening}`;
  }
  const script = /** @type {const} */ (['ncf-lab.js', built('ncf-lab.js')]);
  server.put(place, { files: new Map([script, ['week5.html', Buffer.from(withElement())]]), headers });
  return `${server.origin}${place}week5.html`;
}

/** @type {{name: string, of: Of, policy: string, quiet?: boolean, says?: RegExp}[]} quiet: no violation  */
const policies = [
  { name: 'the strictest', of: 'element', policy: strictest, quiet: true },
  { name: 'with styles of its own alone', of: 'element', policy: `${strictest}; style-src 'self'`, quiet: true },
  { name: 'with Trusted Types', of: 'element', policy: "require-trusted-types-for 'script'" },
  { name: 'with no Trusted Types', of: 'element', policy: "require-trusted-types-for 'script'; trusted-types 'none'" },
  {
    name: 'the strictest and Trusted Types',
    of: 'element',
    policy: `${strictest}; require-trusted-types-for 'script'`,
  },
  { name: 'without worker-src', of: 'element', policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" },
  {
    name: 'without wasm-unsafe-eval',
    of: 'element',
    policy: "default-src 'none'; script-src 'self'; worker-src blob:",
    says: /'wasm-unsafe-eval'/,
  },
  {
    name: 'without either',
    of: 'element',
    policy: "default-src 'self'",
    says: /'wasm-unsafe-eval'/,
  },
  {
    name: 'as usual',
    of: 'site',
    policy: "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'",
    quiet: true,
  },
  {
    name: 'the strictest',
    of: 'site',
    policy: `${strictest}; connect-src 'self'; style-src 'self'; img-src 'self'`,
    quiet: true,
  },
  { name: 'with Trusted Types', of: 'site', policy: "require-trusted-types-for 'script'" },
  { name: 'without worker-src', of: 'site', policy: "script-src 'self' 'wasm-unsafe-eval'" },
  {
    name: 'without wasm-unsafe-eval',
    of: 'site',
    policy: "script-src 'self'; worker-src blob:",
    says: /'wasm-unsafe-eval'/,
  },
];

/** What each room has when it has drawn, by the name of its tab. */
const drawn = {
  ...{ Network: '.net-block', Evaluation: '.bar .fill', Race: 'button', You: 'input', Map: 'canvas' },
  ...{ Data: '.group-bars .fill', Learning: 'canvas' },
};

/** Opens every room, so that what each writes meets the policy, too. @param {Given} given @param {Of} of */
async function walk({ page }, of) {
  const lab = of === 'site' ? page.locator('body') : page.locator('ncf-lab');
  for (const [name, what] of Object.entries(drawn)) {
    await lab.getByRole('tab', { name, exact: true }).click();
    await lab.getByRole('tabpanel').locator(what).first().waitFor({ state: 'attached' });
  }
}

go(
  'policies',
  'chromium',
  policies.map(({ name, of, policy, quiet, says }) => ({
    name: `${of}, policy ${name}`,
    async body(given) {
      const { tab, server, page } = given;
      const violations = await watchViolations(page);
      await tab.open(put(server, of, name, policy));
      if (says) return sees(tab, {}, says);
      await trains(tab);
      if (!quiet) return;
      await walk(given, of);
      assert.deepEqual(violations, []);
    },
  })),
);

go('policies around a frame', 'chromium', [
  {
    name: 'host that allows nothing but frames',
    async body({ tab, server, page }) {
      const violations = await watchViolations(page);
      server.put('/courses/ncf/', { files: site });
      server.put('/policy/frame/', {
        files: new Map([['week5.html', Buffer.from(framed(`${server.elsewhere}/courses/ncf/${opening}`))]]),
        headers: { 'content-security-policy': `default-src 'none'; frame-src ${server.elsewhere}` },
      });
      await tab.open(`${server.origin}/policy/frame/week5.html`);
      await trains(tab, { frame: [0] });
      assert.deepEqual(violations, []);
    },
  },
  {
    name: 'sandbox as a header, as notebooks send it',
    async body({ tab, server }) {
      server.put('/policy/sandbox/', {
        files: new Map([['upload.html', built('embed.html')]]),
        headers: { 'content-security-policy': 'sandbox allow-scripts' },
      });
      await tab.open(`${server.origin}/policy/sandbox/upload.html${opening}`);
      await trains(tab);
    },
  },
  {
    name: 'storage denied',
    async body({ tab, server, page }) {
      await page.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('denied', 'SecurityError');
            },
          });
      });
      server.put('/courses/ncf/', { files: site });
      server.put('/policy/storage/', {
        files: new Map([
          ['ncf-lab.js', built('ncf-lab.js')],
          ['week5.html', Buffer.from(course(element(), '<script defer src="ncf-lab.js"></script>'))],
        ]),
      });
      for (const url of [`/courses/ncf/${opening}`, '/policy/storage/week5.html']) {
        await tab.open(server.origin + url);
        await trains(tab);
      }
      assert.deepEqual(tab.said, []);
    },
  },
]);
