// Which folder may import which: an arrow that runs back up would make two rooms one. Types may be taken from anywhere.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { root } from './fixtures.mjs';

/**
 * The layers from below: a file is of the first whose pattern it matches. `sees`: the names of those it may import besides
 * its own folder. A room is of its own, $1: another room is another layer.
 * @type {{name: string, of: RegExp, sees: string[]}[]}
 */
const layers = [
  { name: 'sentences', of: /^wasm\/words\//, sees: [] },
  { name: 'settings', of: /^wasm\/settings\//, sees: ['sentences'] },
  { name: 'inside core', of: /^wasm\/core\//, sees: ['sentences', 'settings'] },
  { name: 'core', of: /^wasm\/core\.mjs$/, sees: ['inside core'] },
  { name: 'lab', of: /^wasm\/lab\//, sees: ['sentences', 'settings', 'core'] },
  { name: 'node', of: /^wasm\/node\.mjs$/, sees: ['core'] },
  { name: 'tools', of: /^wasm\/tools\//, sees: [] },
  {
    name: 'command',
    of: /^wasm\/(command\/|cli\.mjs$)/,
    sees: ['sentences', 'settings', 'core', 'lab', 'node', 'tools'],
  },
  { name: 'script in Node', of: /^wasm\/script\/node\.mjs$/, sees: ['node', 'command'] },
  {
    name: 'script',
    of: /^wasm\/(script\/|index\.mjs$)/,
    sees: ['sentences', 'settings', 'core', 'lab', 'script in Node'],
  },
  { name: 'bundle', of: /^web\/(bundle|public)\//, sees: [] },
  { name: 'speech', of: /^web\/(parts\/speech\.js$|languages\/)/, sees: ['sentences'] },
  { name: 'words', of: /^web\/(.*\/)?words(\/\w+)?\.js$/, sees: ['speech'] },
  { name: 'protocol', of: /^web\/worker\/(protocol|client)\.js$/, sees: ['sentences'] },
  { name: 'worker', of: /^web\/worker\//, sees: ['sentences', 'settings', 'core', 'lab', 'protocol'] },
  { name: 'parts', of: /^web\/parts\//, sees: ['sentences', 'settings', 'lab', 'speech', 'words'] },
  {
    name: 'room $1, worker',
    of: /^web\/rooms\/(\w+)\/worker\.js$/,
    sees: ['sentences', 'settings', 'core', 'lab', 'worker', 'protocol'],
  },
  {
    name: 'room $1',
    of: /^web\/rooms\/(\w+)\//,
    sees: ['sentences', 'settings', 'lab', 'speech', 'words', 'parts', 'protocol'],
  },
  { name: 'all workers', of: /^web\/rooms\/workers\.js$/, sees: ['room \\w+, worker'] },
  { name: 'all rooms', of: /^web\/rooms\/rooms\.js$/, sees: ['speech', 'words', 'room \\w+'] },
  {
    name: 'shell',
    of: /^web\/shell\//,
    sees: ['sentences', 'settings', 'lab', 'speech', 'words', 'parts', 'protocol'],
  },
  // A page of its own beside the lab.
  { name: 'builder', of: /^web\/builder\//, sees: ['settings', 'lab', 'speech', 'words', 'parts', 'shell'] },
];

/** @param {string} file */
function layerOf(file) {
  for (const { name, of, sees } of layers) {
    const match = of.exec(file);
    if (match) return { name: name.replace('$1', match[1]), sees: new RegExp(`^(${sees.join('|')})$`) };
  }
  return null;
}

const folders = ['wasm', 'web'];
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name))
    .map((name) => join(folder, name)),
);
const textOf = (/** @type {string} */ file) =>
  readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[^]*?\*\/|^ *\/\/.*$/gm, '');

/** What has another file in Node than elsewhere. @type {Record<string, Record<string, string>>} */
const { imports: aliases } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The files of the project that a file imports, at once or later. @param {string} file */
const imports = (file) =>
  [...textOf(file).matchAll(/(?:\bfrom|\bimport\(?) ?'([.#][^'?]*)/g)].flatMap(([, to]) =>
    to.startsWith('#') ? Object.values(aliases[to]).map((path) => join(path)) : [join(file, '..', to)],
  );

test('no import runs back up', () => {
  const seen = new Set();
  for (const file of files) {
    const from = layerOf(file);
    if (!from) continue;
    seen.add(from.name);
    for (const target of imports(file)) {
      const to = layerOf(target);
      assert.ok(to && (to.name === from.name || from.sees.test(to.name)), `${file} (${from.name}) imports ${target}`);
    }
  }
  assert.equal(seen.size, layers.length - 2 + 2 * 7, 'every layer has files, and seven rooms have two');
});

test('what is in no layer stands at the top of its folder: it puts the layers together', () => {
  const loose = files.filter((file) => !layerOf(file));
  assert.ok(loose.length > 3);
  for (const file of loose) assert.match(file, /^web\/[\w.]+$/);
});

test('nobody but wasm/core sees a pointer', () => {
  const sees = (/** @type {string} */ file) => /\bncf_\w+|\.borrow\(|\bexports\b\./.test(textOf(file));
  const seeing = files.filter(sees);
  assert.ok(seeing.length > 10);
  for (const file of seeing) assert.match(file, /^wasm\/core\//);
});

test('every file that is named somewhere is there', () => {
  const tracked = folders
    .concat('src', 'tests', 'data')
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
  const there = new Set(tracked);
  const texts = [...tracked.filter((name) => /\.(m?js|c|h|md|css)$/.test(name)), 'README.md', 'CONTRIBUTING.md'];
  const named = texts.flatMap((name) =>
    [
      ...readFileSync(join(root, name), 'utf8').matchAll(
        /(?<![\w./])(?:web|wasm|src|tests|data)\/[\w./-]*\.(?:m?js|c|h|md|css|json)\b/g,
      ),
    ].map(([path]) => `${name}: ${path}`),
  );
  assert.ok(named.length > 100);
  assert.deepEqual(
    // C names its own from src/ on.
    named.filter((each) => ['', 'src/'].every((from) => !there.has(from + each.split(': ')[1]))),
    [],
  );
});
