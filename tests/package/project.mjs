// The package as somebody gets it: packed, and installed into folders outside the project. Nothing is asked of a registry:
// what the package depends on is packed from where it stands here.

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from '../node/fixtures.mjs';

/**
 * Runs a program to its end.
 * @param {string} cwd
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<string>}  what it wrote to its standard output
 */
export function run(cwd, program, ...args) {
  // A test of a npm script inherits npm's settings, which are those of this project.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  return new Promise((done, fail) => {
    execFile(program, args, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) fail(new Error(`${program} ${args.join(' ')}\n${stdout}\n${stderr}`));
      else done(stdout);
    });
  });
}

/** @param {string} name a program of a development dependency */
export const programAt = (name) => join(root, 'node_modules/.bin', name);

/** Folders in it go away with the tests. */
const workshop = realpathSync(mkdtempSync(join(tmpdir(), 'ncf-package-')));

/** @typedef {{path: string, size: number}} PackedFile */

/** @param {string} folder @returns {Promise<{filename: string, size: number, files: PackedFile[]}>} */
async function pack(folder) {
  const args = ['--json', '--ignore-scripts', '--pack-destination', workshop];
  return JSON.parse(await run(root, 'npm', 'pack', folder, ...args))[0];
}

/** The project that everything is installed in. */
export const installed = join(workshop, 'project');

/** Packs and installs it. The site and the modules are to be built. */
export async function install() {
  await run(root, process.execPath, 'wasm/tools/package.mjs');
  cpSync(join(root, 'tests/package/projects'), installed, { recursive: true });
  const packed = await pack('.');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const needed = await Promise.all(Object.keys(dependencies).map((name) => pack(`./node_modules/${name}`)));
  const tarballs = [packed, ...needed].map(({ filename }) => join(workshop, filename));
  await run(installed, 'npm', 'install', '--offline', '--no-audit', '--no-fund', ...tarballs);
  return packed;
}

export const remove = () => rmSync(workshop, { recursive: true, force: true });
