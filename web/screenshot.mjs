// `npm run screenshot`: makes the README's picture, web/screenshot.png: the built site on its finished run, one user's film
// on its way through the network.

import { join } from 'node:path';
import {
  buildWasm,
  ensureModules,
  ensureTools,
  findChrome,
  projectRoot,
  runCommand,
} from '../wasm/tools/toolchain.mjs';

/** User 583 and the film that is held out for them, The Dark Knight. */
const PLACE = '#room=network&user=583';

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
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}${PLACE}`);
    const room = page.getByRole('tabpanel', { name: 'Network', exact: true });
    await room.getByText(/^\d+\.\d %$/).waitFor();
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
