// `npm run screenshot`: makes the README's picture, web/screenshot.png: the built site with NeuMF trained on the bundled
// set and a user chosen. Takes as long as the training does, a minute or two.

import { join } from 'node:path';
import { buildWasm, ensureModules, ensureTools, findChrome, projectRoot, runCommand } from '../wasm/toolchain.mjs';

const USER = '583';

await runCommand(async () => {
  ensureTools('test');
  ensureModules();
  await buildWasm();

  // Only now are the npm packages sure to be there.
  const vite = await import('vite');
  const { chromium } = await import('playwright-core');
  const shared = { root: join(projectRoot, 'web'), logLevel: /** @type {const} */ ('warn') };
  await vite.build(shared);
  const server = await vite.preview({ ...shared, preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch({ executablePath: findChrome(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    const run = page.getByRole('region', { name: 'Run', exact: true });
    await run.getByText(/Press Train\.$/).waitFor();
    await page.getByRole('combobox', { name: 'User', exact: true }).fill(USER);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await run.getByText(/^Finished/).waitFor({ timeout: 600_000 });
    await page.getByText(/^after 20 epochs/).waitFor();
    // No button looks pointed at in the picture.
    await page.mouse.move(0, 0);
    const path = join(projectRoot, 'web/screenshot.png');
    await page.screenshot({ path, animations: 'disabled' });
    console.log(`written: ${path}`);
  } finally {
    await browser.close();
    await server.close();
  }
});
