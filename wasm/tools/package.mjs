// What the npm package has besides sources, before it is packed: the types, made from the JSDoc, and the certainty that every
// file is built which package.json promises.
//
//     node wasm/tools/package.mjs          all that is left to do after the build
//     node wasm/tools/package.mjs --types  the types alone

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { SetupError, projectRoot, runCommand } from './toolchain.mjs';

/** build/types. */
function makeTypes() {
  // What was left over from other sources would be packed, too.
  rmSync(join(projectRoot, 'build/types'), { recursive: true, force: true });
  const tsc = join(projectRoot, 'node_modules/.bin/tsc');
  const { status, error } = spawnSync(tsc, ['-p', 'wasm/tsconfig.types.json'], { cwd: projectRoot, stdio: 'inherit' });
  if (status !== 0) throw new SetupError(`The types could not be made${error ? `: ${error.message}` : ''}.`);
}

/** The paths in a value of package.json. @param {unknown} value @returns {string[]} */
const pathsIn = (value) =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(pathsIn) : [];

/** npm leaves out without a word what is not there. */
function checkFiles() {
  const { bin, main, types, imports, exports, files } = JSON.parse(
    readFileSync(join(projectRoot, 'package.json'), 'utf8'),
  );
  const promised = [bin, main, types, imports, exports, files]
    .flatMap(pathsIn)
    .filter((path) => !path.startsWith('!'))
    // Of a pattern, the folder.
    .map((path) => path.replace(/^\.\/|\/?\*.*$/g, ''));
  const missing = [...new Set(promised)].filter((path) => !existsSync(join(projectRoot, path)));
  if (missing.length > 0)
    throw new SetupError(`package.json promises what is not built: ${missing.join(', ')}. Run “npm run build” first.`);
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { types: { type: 'boolean', default: false } } });
  makeTypes();
  if (!values.types) checkFiles();
});
