// `npm start`: sets up what is missing, builds the module and the site, serves it and prints its address.
//
//     npm start -- [--port N] [--host H]     the built site
//     npm run dev -- [--port N] [--host H]   Vite's development server
//     npm run build                          builds dist/ and ends

import { parseArgs } from 'node:util';
import { join } from 'node:path';
import {
  buildWasm,
  ensureModules,
  ensureTools,
  projectRoot,
  runCommand,
  SetupError,
} from '../wasm/tools/toolchain.mjs';

function readOptions() {
  const options = /** @type {const} */ ({
    port: { type: 'string', default: '5173' },
    host: { type: 'string', default: '127.0.0.1' },
    dev: { type: 'boolean', default: false },
    build: { type: 'boolean', default: false },
  });
  try {
    const { port, ...rest } = parseArgs({ options }).values;
    if (!/^\d+$/.test(port) || Number(port) > 65535)
      throw new Error(`--port takes a number up to 65535, not "${port}"`);
    return { ...rest, port: Number(port) };
  } catch (error) {
    throw new SetupError(/** @type {Error} */ (error).message);
  }
}

await runCommand(async () => {
  const { port, host, dev, build: buildOnly } = readOptions();
  ensureTools('build');
  ensureModules();
  await buildWasm();

  // Only now is Vite sure to be there.
  const vite = await import('vite');
  const shared = { root: join(projectRoot, 'web'), logLevel: /** @type {const} */ ('warn') };
  const listen = { host, port };
  if (!dev) await vite.build(shared);
  if (buildOnly) return;

  const server = dev
    ? await (await vite.createServer({ ...shared, server: listen })).listen()
    : await vite.preview({ ...shared, preview: listen });
  const urls = server.resolvedUrls;
  console.log(`NCF Lab is at ${urls?.local[0] ?? urls?.network[0]} (Ctrl-C stops it)`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
});
