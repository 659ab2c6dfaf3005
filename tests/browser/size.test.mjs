// The page's code stays small: what every visitor loads before the data, compressed as servers do.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { root } from '../node/fixtures.mjs';

test('scripts, styles and the page itself are 150 kB compressed, or less', (t) => {
  const folder = join(root, 'dist');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|css|html)$/.test(name),
  );
  assert.ok(names.some((name) => name.endsWith('.js')) && names.some((name) => name.endsWith('.css')), 'it is built');
  const sizes = names.map((name) => ({ name, bytes: gzipSync(readFileSync(join(folder, name)), { level: 9 }).length }));
  const sum = sizes.reduce((all, { bytes }) => all + bytes, 0);
  t.diagnostic(`${sum} bytes: ${sizes.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`);
  assert.ok(sum <= 150_000, `${sum} bytes`);
});
