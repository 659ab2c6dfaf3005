// `npm run bench`: builds the core natively too, so that `ncf bench` has it to compare with, and runs that with the same options.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import {
  buildPreset,
  buildWasm,
  ensureModules,
  ensureTools,
  projectRoot,
  runCommand,
} from '../../wasm/tools/toolchain.mjs';

await runCommand(async () => {
  ensureTools('test');
  ensureModules();
  await buildWasm();
  await buildPreset('native');
  await buildPreset('native-fast');
  const command = [join(projectRoot, 'wasm/cli.mjs'), 'bench', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 1;
});
