// In the box that it is given a lab shows Train and a picture, both before and after it has trained, and nothing runs over its side.

import assert from 'node:assert/strict';

import { go } from './harness.mjs';
import { built, course, element, framed, opening, site } from './pages.mjs';
import { inSight, sees, trains } from './visitor.mjs';

/** The usual frame of a book, a roomy one, a telephone. */
const boxes = [
  { width: 720, height: 432 },
  { width: 960, height: 700 },
  { width: 360, height: 640 },
];

/** @typedef {Awaited<ReturnType<typeof import('./server.mjs').startServer>>} Server */
/** @typedef {{width: number, height: number}} Box */

/** What stands in the box: the page with it, and where the lab is there. @type {Record<string, (server: Server, box: Box) => {html: string, frame?: number[]}>} */
const kinds = {
  site(server, { width, height }) {
    server.put('/courses/ncf/', { files: site });
    const frame = framed(`/courses/ncf/${opening}`).replace(
      'width="960" height="700"',
      `width="${width}" height="${height}"`,
    );
    return { html: frame, frame: [0] };
  },
  'embed.html'(server, { width, height }) {
    server.put('/alone/', { files: new Map([['upload.html', built('embed.html')]]) });
    const frame = framed(`/alone/upload.html${opening}`).replace(
      'width="960" height="700"',
      `width="${width}" height="${height}"`,
    );
    return { html: frame, frame: [0] };
  },
  element(_server, { width }) {
    const style = `<style>.box { width: ${width}px; }</style>`;
    return {
      html: course(`<div class="box">${element()}</div>`, `${style}<script defer src="/box/ncf-lab.js"></script>`),
    };
  },
};

/** @param {import('./harness.mjs').Given} given @param {Box} box @param {keyof typeof kinds} kind */
async function lookAt({ tab, server }, box, kind) {
  const { html, frame = [] } = kinds[kind](server, box);
  server.put('/box/', { files: new Map([['ncf-lab.js', built('ncf-lab.js')]]) });
  const place = `/box/${kind}/${box.width}/`;
  server.page(`${place}week5.html`, html);
  await tab.open(`${server.origin}${place}week5.html`);
  const look = async () => {
    // The heading of the page stands above an element: the lab's own box is what counts.
    if (frame.length === 0) await tab.evaluate(() => document.querySelector('ncf-lab')?.scrollIntoView());
    const seen = await tab.until(
      inSight,
      [0, frame.length > 0 ? null : box.height],
      frame,
      ({ pictures }) => pictures.length > 0,
    );
    assert.deepEqual({ train: seen.train, aside: seen.aside }, { train: true, aside: false }, JSON.stringify(seen));
  };
  await sees(tab, { frame }, /Opened .*Press Train\./s);
  await look();
  await trains(tab, { frame });
  await look();
}

go(
  'boxes',
  'chromium',
  boxes.flatMap((box) =>
    Object.keys(kinds).map((kind) => ({
      name: `${kind} in ${box.width} x ${box.height}`,
      body: (/** @type {import('./harness.mjs').Given} */ given) => lookAt(given, box, kind),
    })),
  ),
);

/** Widths at which the row of tabs is narrower than all of them. */
const narrow = [760, 800, 860, 922];

go('tabs', 'chromium', [
  {
    name: `the chosen tab is in sight at ${narrow.join(', ')} px`,
    async body({ tab, server }) {
      server.put('/courses/ncf/', { files: site });
      for (const width of narrow) {
        await tab.driver.resize(width, 900);
        await tab.open(`${server.origin}/courses/ncf/${opening}`);
        await sees(tab, {}, /Opened .*Press Train\./s);
        const at = () => {
          const chosen = document.querySelector('[role=tab][aria-selected=true]')?.getBoundingClientRect();
          const row = document.querySelector('[role=tablist]')?.getBoundingClientRect();
          return chosen && row && [chosen.left >= row.left - 1, chosen.right <= row.right + 1];
        };
        assert.deepEqual(await tab.evaluate(at), [true, true], `at ${width} px`);
      }
    },
  },
]);
