// The page's code stays small: what every visitor loads before the data, compressed as servers do.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { root } from '../node/fixtures.mjs';

const folder = join(root, 'dist');
/** Compressed bytes. @param {string} name */
const sizeOf = (name) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
const sum = (/** @type {string[]} */ names) => names.reduce((all, name) => all + sizeOf(name), 0);

const page = readFileSync(join(folder, 'index.html'), 'utf8');
const first = [...new Set([...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name))];
const code = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|html)$/.test(name));
const languages = code.filter((name) => /\/zh-[^/]*\.js$/.test(name));
const all = code.filter((name) => !languages.includes(name));

test('what every visitor loads before the data is 118 kB compressed, or less', (t) => {
  assert.ok(first.some((name) => name.endsWith('.js')) && first.some((name) => name.endsWith('.css')), page);
  const bytes = sum(['index.html', ...first]);
  t.diagnostic(`${bytes} bytes: ${['index.html', ...first].map((name) => `${name} ${sizeOf(name)}`).join(', ')}`);
  assert.ok(bytes <= 118_000, `${bytes} bytes`);
});

test('with all rooms, which come behind the data, it is 172 kB, or less', (t) => {
  assert.ok(all.length > first.length + 1);
  t.diagnostic(`${sum(all)} bytes in ${all.length} files`);
  assert.ok(sum(all) <= 172_000, `${sum(all)} bytes`);
});

test('a language, which those who speak it load, is 25 kB, or less', (t) => {
  assert.equal(languages.length, 1);
  t.diagnostic(`${sum(languages)} bytes`);
  assert.ok(sum(languages) <= 25_000, `${sum(languages)} bytes`);
});
