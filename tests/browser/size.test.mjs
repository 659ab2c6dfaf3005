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
/** What stands beside the site: the lab for other people's pages. */
const forOthers = ['ncf-lab.js', 'embed.html', 'anywidget.js'];
const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(js|css|html)$/.test(name) && !forOthers.includes(name),
);
/** What the builder has besides, with its own words in other languages. */
const builder = written.filter((name) => /(^|\/)(zh_)?builder[-.]/.test(name));
const code = written.filter((name) => !builder.includes(name));
const languages = code.filter((name) => /\/zh-[^/]*\.js$/.test(name));
/** What makes the files that leave the page. */
const leaving = code.filter((name) => /\/leaving-[^/]*\.js$/.test(name));
const all = code.filter((name) => !languages.includes(name) && !leaving.includes(name));

test('what every visitor loads before the data is 132 kB compressed, or less', (t) => {
  assert.ok(first.some((name) => name.endsWith('.js')) && first.some((name) => name.endsWith('.css')), page);
  const bytes = sum(['index.html', ...first]);
  t.diagnostic(`${bytes} bytes: ${['index.html', ...first].map((name) => `${name} ${sizeOf(name)}`).join(', ')}`);
  assert.ok(bytes <= 132_000, `${bytes} bytes`);
});

test('with all rooms, which come behind the data, it is 194 kB, or less', (t) => {
  assert.ok(all.length > first.length + 1);
  t.diagnostic(`${sum(all)} bytes in ${all.length} files`);
  assert.ok(sum(all) <= 194_000, `${sum(all)} bytes`);
});

test('what makes files to take away, which comes last, is 11 kB, or less', (t) => {
  assert.ok(leaving.length > 0);
  t.diagnostic(`${sum(leaving)} bytes`);
  assert.ok(sum(leaving) <= 11_000, `${sum(leaving)} bytes`);
});

test('a language, which those who speak it load, is 26 kB, or less', (t) => {
  assert.equal(languages.length, 1);
  t.diagnostic(`${sum(languages)} bytes`);
  assert.ok(sum(languages) <= 26_000, `${sum(languages)} bytes`);
});

test('the script for other people’s pages is 282 kB besides its data, or less', (t) => {
  const script = readFileSync(join(folder, 'ncf-lab.js'), 'utf8');
  // The module is the smallest of the packed files, the others are data.
  const packed = [...script.matchAll(/[`'"]([A-Za-z0-9+/]{2000,}=*)[`'"]/g)].map(([, text]) => text);
  const data = packed.sort((a, b) => a.length - b.length).slice(1);
  assert.ok(data.length > 0);
  const rest = data.reduce((text, one) => text.replace(one, ''), script);
  const bytes = gzipSync(rest, { level: 9 }).length;
  const ofData = data.reduce((all, text) => all + gzipSync(text, { level: 9 }).length, 0);
  t.diagnostic(`${bytes} bytes, and ${ofData} of data`);
  assert.ok(ofData <= 450_000, `${ofData} bytes of data`);
  assert.ok(bytes <= 282_000, `${bytes} bytes`);
});

test('the builder, which only instructors load, has 13 kB besides, or less', (t) => {
  assert.equal(builder.length, 4);
  t.diagnostic(`${sum(builder)} bytes`);
  assert.ok(sum(builder) <= 13_000, `${sum(builder)} bytes`);
});
