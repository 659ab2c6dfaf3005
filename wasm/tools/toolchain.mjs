// What a machine needs to build and test NCF Lab: finds it, installs it on Debian and Ubuntu, and elsewhere names what is
// missing and how to get it. Node's own modules only, since this runs before `npm ci`.
//
//     node wasm/tools/toolchain.mjs [build|test|engines|hosts]

import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What a person has to do before the command can go on. */
export class SetupError extends Error {}

/**
 * The path of the first of these programs that the PATH has.
 * @param {...string} names
 * @returns {string | undefined}
 */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        if (statSync(path).isFile()) return path;
      } catch {
        // Not here: the next folder may have it.
      }
    }
  }
  return undefined;
}

/** Chrome or Chromium: the one that CHROME names, else the first on the PATH, else macOS's usual place. */
export function findChrome() {
  const named = process.env.CHROME;
  if (named) return existsSync(named) ? named : findProgram(named);
  const application = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return (
    findProgram('chromium', 'google-chrome', 'google-chrome-stable', 'chrome', 'chromium-browser') ??
    (existsSync(application) ? application : undefined)
  );
}

/** Firefox: the one that FIREFOX names, else the first on the PATH, else macOS's usual place. */
export function findFirefox() {
  const named = process.env.FIREFOX;
  if (named) return existsSync(named) ? named : findProgram(named);
  const application = '/Applications/Firefox.app/Contents/MacOS/firefox';
  return findProgram('firefox-esr', 'firefox') ?? (existsSync(application) ? application : undefined);
}

function findSimde() {
  const folders = [process.env.SIMDE_INCLUDE_DIR, '/usr/include', '/usr/local/include', '/opt/homebrew/include'];
  return folders.find((folder) => folder && existsSync(join(folder, 'simde/wasm/simd128.h')));
}

/** Whether clang has its sanitizers' and fuzzer's runtime, which Debian packages apart from it. */
function findSanitizers() {
  if (!findProgram('clang')) return false;
  const source =
    'int LLVMFuzzerTestOneInput(const char *d, long n); int LLVMFuzzerTestOneInput(const char *d, long n) { return d[n] * 0; }';
  const command = ['-x', 'c', '-fsanitize=fuzzer,address,undefined', '-o', '/dev/null', '-'];
  return spawnSync('clang', command, { input: source, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0;
}

/**
 * A tool: what it is, how to see that it is there, Debian's packages that bring it, and where others get it.
 * `packages` are tried in order; the first that the machine's package lists know is taken.
 * @typedef {{ name: string, find: () => unknown, packages: string[], elsewhere: string, optional?: boolean }} Tool
 */

/** @type {Tool[]} */
const buildTools = [
  {
    name: 'Emscripten (emcc)',
    find: () => findProgram('emcc'),
    packages: ['emscripten'],
    elsewhere: 'https://emscripten.org/docs/getting_started/downloads.html, then put emcc on the PATH',
  },
  {
    name: 'CMake',
    find: () => findProgram('cmake'),
    packages: ['cmake'],
    elsewhere: 'https://cmake.org/download or your package manager (3.21 or later)',
  },
  {
    name: 'Ninja or make',
    find: () => findProgram('ninja', 'make', 'gmake'),
    packages: ['ninja-build'],
    elsewhere: 'your package manager (ninja)',
  },
  {
    name: 'SIMDe headers',
    find: findSimde,
    packages: ['libsimde-dev'],
    elsewhere: 'https://github.com/simd-everywhere/simde, then set SIMDE_INCLUDE_DIR to the folder that holds simde/',
  },
];

/** @type {Tool[]} */
const testTools = [
  {
    name: 'gcc with the C library headers',
    find: () => findProgram('gcc') && (process.platform !== 'linux' || findHeader('stdlib.h')),
    packages: ['build-essential'],
    elsewhere: 'your package manager (gcc)',
  },
  { name: 'clang', find: () => findProgram('clang'), packages: ['clang'], elsewhere: 'your package manager (clang)' },
  {
    name: "clang's sanitizers and fuzzer",
    find: findSanitizers,
    packages: ['libclang-rt-dev', 'libclang-rt-14-dev'],
    elsewhere: 'your package manager (compiler-rt)',
  },
  {
    name: 'Chrome or Chromium',
    find: findChrome,
    packages: ['chromium', 'chromium-browser'],
    elsewhere: 'https://www.google.com/chrome, or set CHROME to the path of one',
  },
];

/** What makes the checks complete but can be done without: a check whose tool is missing is counted as skipped. @type {Tool[]} */
const optionalTestTools = ['clang-format', 'clang-tidy'].map((name) => ({
  name,
  // The version that judges (tests/run.mjs).
  find: () => findProgram(`${name}-14`),
  packages: [`${name}-14`],
  elsewhere: 'your package manager',
  optional: true,
}));

/** What other people's browsers are made of: Firefox, and WebKit, which draws into a screen without a monitor. @type {Tool[]} */
const engineTools = [
  {
    name: 'Firefox',
    find: findFirefox,
    packages: ['firefox-esr', 'firefox'],
    elsewhere: 'https://www.mozilla.org/firefox, or set FIREFOX to the path of one',
  },
  {
    name: "WebKit's driver",
    find: () => findProgram('WebKitWebDriver'),
    packages: ['webkit2gtk-driver', 'webkitgtk-webdriver'],
    elsewhere: 'your package manager (WebKitWebDriver of WebKitGTK)',
  },
  { name: 'Xvfb', find: () => findProgram('Xvfb'), packages: ['xvfb'], elsewhere: 'your package manager (Xvfb)' },
];

/** What writes and shows the pages that a lab is put into. @type {Tool[]} */
const hostTools = [
  {
    name: 'Sphinx',
    find: () => findProgram('sphinx-build'),
    packages: ['python3-sphinx'],
    elsewhere: 'https://www.sphinx-doc.org',
  },
  {
    name: 'pandoc',
    find: () => findProgram('pandoc'),
    packages: ['pandoc'],
    elsewhere: 'https://pandoc.org',
  },
  {
    name: 'Jupyter Notebook',
    find: () => findProgram('jupyter-notebook'),
    packages: ['jupyter-notebook'],
    elsewhere: 'https://jupyter.org',
  },
  {
    name: "Jupyter's Python kernel",
    find: () => ['/usr', '/usr/local'].some((prefix) => existsSync(join(prefix, 'share/jupyter/kernels/python3'))),
    packages: ['python3-ipykernel'],
    elsewhere: 'https://ipython.org',
  },
];

/** @param {string} name */
function findHeader(name) {
  return existsSync(join('/usr/include', name)) || existsSync(join('/usr/local/include', name));
}

/** What each purpose needs. */
const purposes = {
  build: buildTools,
  test: [...buildTools, ...testTools],
  engines: engineTools,
  hosts: hostTools,
};
/** @typedef {keyof typeof purposes} Purpose */

/**
 * The tools that a purpose needs and the machine lacks.
 * @param {Purpose} purpose
 */
function missingTools(purpose) {
  return purposes[purpose].filter((tool) => !tool.find());
}

/** @param {Tool[]} tools */
function describeMissing(tools) {
  return tools.map((tool) => `  ${tool.name}: ${tool.elsewhere}`).join('\n');
}

/**
 * Finds or installs what a purpose needs; throws a SetupError where it can't.
 * @param {Purpose} purpose
 */
export function ensureTools(purpose) {
  const missing = missingTools(purpose);
  const apt = findProgram('apt-get');
  if (missing.length > 0 && !apt) throw new SetupError(`Missing on this machine:\n${describeMissing(missing)}`);
  const mayInstall = apt && (process.getuid?.() === 0 || findProgram('sudo'));
  const wished = purpose === 'test' && mayInstall ? optionalTestTools.filter(isToBeHad) : [];
  if (missing.length + wished.length === 0) return;
  installWithApt([...missing, ...wished]);
  const still = missingTools(purpose);
  if (still.length > 0) throw new SetupError(`apt could not bring what is needed:\n${describeMissing(still)}`);
}

/** @param {Tool[]} tools */
function installWithApt(tools) {
  const root = process.getuid?.() === 0;
  const sudo = root ? undefined : findProgram('sudo');
  const wanted = tools.map((tool) => tool.packages[0]).join(' ');
  if (!root && !sudo) {
    throw new SetupError(`Missing: ${wanted}. As root run:  apt-get install --no-install-recommends ${wanted}`);
  }
  console.log(`Installing with apt${root ? '' : ' through sudo'}: ${tools.map((tool) => tool.name).join(', ')}`);
  /** @param {string[]} args */
  const apt = (...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'Dpkg::Use-Pty=0', ...args];
    if (sudo) command.unshift(sudo);
    // sudo may ask for a password, so the terminal stays connected; apt's many lines are shown only if it fails.
    const run = spawnSync(command[0], command.slice(1), { stdio: ['inherit', 'pipe', sudo ? 'inherit' : 'pipe'] });
    return { ok: run.status === 0, log: `${run.stdout ?? ''}${run.stderr ?? ''}` };
  };
  let log = '';
  // Twice, because a mirror may be in the middle of an update.
  for (let attempt = 0; attempt < 2; attempt++) {
    log = apt('update').log;
    const packages = tools
      .filter((tool) => !tool.optional || tool.packages.some(aptKnows))
      .map(({ packages: [first, ...others] }) => [first, ...others].find(aptKnows) ?? first);
    if (packages.length === 0) return;
    console.log(`  apt-get install --no-install-recommends ${packages.join(' ')}`);
    const installed = apt('install', '-y', '--no-install-recommends', ...packages);
    if (installed.ok) return;
    log += installed.log;
  }
  throw new SetupError(`apt-get failed:\n${log.trim()}`);
}

/** @param {Tool} tool  missing, and apt's lists have it (which are empty before the first update) */
function isToBeHad(tool) {
  return !tool.find() && (tool.packages.some(aptKnows) || spawnSync('apt-cache', ['pkgnames']).stdout.length === 0);
}

/** @param {string} name */
function aptKnows(name) {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;
}

/** Whether node_modules holds what package-lock.json asks for (what is optional may be for other systems). */
function modulesAreCurrent() {
  const installed = join(projectRoot, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.keys(wanted).every(
    (path) => path === '' || wanted[path].optional || present[path]?.version === wanted[path].version,
  );
}

/** Installs the npm packages of the lock file where node_modules lacks one of them. */
export function ensureModules() {
  if (modulesAreCurrent()) return;
  console.log('Installing npm packages: npm ci');
  const run = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new SetupError(`npm ci failed:\n${run.error?.message ?? run.stdout + run.stderr}`);
}

/**
 * Configures (the first time) and builds one of the presets in CMakePresets.json. Quiet: the log comes with the error.
 * @param {string} preset
 */
export async function buildPreset(preset) {
  const folder = join(projectRoot, 'build', preset);
  const env = { ...process.env };
  // Only the first configuration asks for a generator; after that the build folder knows its own.
  if (findProgram('ninja')) env.CMAKE_GENERATOR ??= 'Ninja';
  const configured = ['build.ninja', 'Makefile'].some((file) => existsSync(join(folder, file)));
  // Once configured, the build itself configures anew where CMakeLists.txt or the list of sources has changed.
  if (!configured) await runQuietly('cmake', ['--preset', preset], env);
  await runQuietly('cmake', ['--build', '--preset', preset, '--parallel', String(availableParallelism())], env);
}

/** Builds build/wasm/ncf.wasm (SIMD) and build/wasm-scalar/ncf.wasm. */
export async function buildWasm() {
  await Promise.all([buildPreset('wasm'), buildPreset('wasm-scalar')]);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function runQuietly(program, args, env) {
  const child = spawn(program, args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (chunk) => (log += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(log);
      else fail(new SetupError(`${program} ${args.join(' ')} failed:\n${log.trim()}`));
    });
  });
}

/**
 * Runs the body of a command; what a person can mend is printed without a stack and ends with exit code 1.
 * @param {() => void | Promise<void>} body
 */
export async function runCommand(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  await runCommand(() => {
    const purpose = process.argv[2] ?? 'build';
    if (!Object.hasOwn(purposes, purpose))
      throw new SetupError(`usage: node wasm/tools/toolchain.mjs [${Object.keys(purposes).join('|')}]`);
    ensureTools(/** @type {Purpose} */ (purpose));
    ensureModules();
  });
}
