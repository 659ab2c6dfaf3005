// What the npm package has besides sources, before it is packed: the types, made from the JSDoc, and the certainty that every
// file is built which package.json promises.
//
//     node wasm/tools/package.mjs

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

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

/**
 * What package.json promises and a folder lacks: npm leaves it out without a word.
 * @param {string} folder
 * @returns {string[]}
 */
export function missingFiles(folder) {
  const { bin, main, types, imports, exports, files } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const promised = [bin, main, types, imports, exports, files]
    .flatMap(pathsIn)
    .filter((path) => !path.startsWith('!'))
    // Of a pattern, the folder.
    .map((path) => path.replace(/^\.\/|\/?\*.*$/g, ''));
  return [...new Set(promised)].filter((path) => !existsSync(join(folder, path)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href)
  await runCommand(() => {
    makeTypes();
    const missing = missingFiles(projectRoot);
    if (missing.length > 0)
      throw new SetupError(
        `package.json promises what is not built: ${missing.join(', ')}. Run “npm run build” first.`,
      );
  });
