// The bundled data as columns: small, and the same bytes come back; what is damaged or something else is refused.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';

import { DataError } from '../../wasm/core.mjs';
import { isColumns, unpackColumns } from '../../wasm/lab/columns.mjs';
import { packColumns } from '../../wasm/lab/pack_columns.mjs';
import { pack } from '../../web/columns.mjs';
import { bundled, csv, moviesCsv, numbers, world } from './fixtures.mjs';

const bytesOf = (/** @type {string} */ text) => new TextEncoder().encode(text);
/** @param {Record<string, string | Uint8Array>} files */
const asFiles = (files) =>
  Object.entries(files).map(([name, text]) => ({ name, bytes: typeof text === 'string' ? bytesOf(text) : text }));

/** All that comes out. @param {Uint8Array} packed */
function all(packed) {
  return unpackColumns(packed, 'data.bin').map(({ name, size, chunks }) => {
    const bytes = Buffer.concat([...chunks()]);
    assert.equal(bytes.length, size, name);
    return { name, bytes };
  });
}

/** @param {Record<string, string | Uint8Array>} files */
function comesBack(files) {
  const packed = pack(asFiles(files));
  assert.deepEqual(
    all(packed),
    asFiles(files).map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) })),
  );
  return packed;
}

const head = 'userId,movieId,rating,timestamp\n';
const filmHead = 'movieId,title,genres\n';
const rows = world();
const small = pack(asFiles({ 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) }));

/** @param {Uint8Array} bytes @param {string} what */
function refuses(bytes, what) {
  assert.throws(
    () => all(bytes),
    (error) => error instanceof DataError && error.message === 'data.bin is damaged or cut off. Download it again.',
    what,
  );
}

describe('the same bytes come back', () => {
  test('of the bundled set, which is then 450 kB or less, however a server compresses', (t) => {
    const packed = comesBack({ 'ratings.csv': bundled('ratings.csv'), 'movies.csv': bundled('movies.csv') });
    const zipped = gzipSync(packed, { level: 9 }).length;
    t.diagnostic(`${packed.length} bytes, ${zipped} with gzip -9`);
    assert.ok(Math.max(packed.length, zipped) <= 450_000);
  });

  test('of rows in any order, of one row, of none', () => {
    const next = numbers(3);
    const rating = () => ({ user: next(9), item: next(50), rating: next(256) / 2, time: next(2 ** 31) });
    const worlds = {
      sorted: [...rows].sort((a, b) => a.user - b.user || a.item - b.item),
      mixed: rows,
      random: Array.from({ length: 3000 }, rating),
      // A film twice in a run, or falling ids, keep a file's order.
      twice: [1, 2, 2].map((item, n) => ({ user: 5, item, rating: 3, time: 9 - n })),
      large: [
        { user: 4294967295, item: 4294967295, rating: 127.5, time: 4294967295 },
        { user: 0, item: 0, rating: 0, time: 0 },
      ],
      // Places of films that take three bytes.
      many: Array.from({ length: 70_000 }, (_, item) => ({ user: 1, item, rating: 1, time: 70_000 - item })),
    };
    for (const each of Object.values(worlds)) comesBack({ 'r.csv': csv(each), 'm.csv': moviesCsv(each) });
    comesBack({ 'ratings.csv': head });
    comesBack({ 'movies.csv': filmHead });
  });

  test('of titles with quotes, with commas, without a year, and of none', () => {
    const titles = [
      '"A, ""B"" (1999)"',
      'C  (2009)',
      'D (2007-)',
      '(1950)',
      '',
      'E (0000)',
      'Día (1999)',
      '\ufeffF',
      'G (1999) ',
    ];
    comesBack({ 'movies.csv': filmHead + titles.map((title, n) => `${9 - n},${title},X|Y\n`).join('') });
  });
});

test('what would not come back is not packed', () => {
  const files = {
    'ends in no newline': `${head}1,2,3.0,4`,
    'has other ends of lines': `${head}1,2,3.0,4\r\n`,
    'has no half stars': `${head}1,2,3.3,4\n`,
    'has whole stars': `${head}1,2,3,4\n`,
    'has a column more': `${head}1,2,3.0,4,5\n`,
    'has an id with a zero before it': `${head}01,2,3.0,4\n`,
    'is quoted where it need not be': `${filmHead}1,"A",X\n`,
    'has a title over two lines': `${filmHead}1,"A\nB",X\n`,
    'is no UTF-8': Buffer.concat([bytesOf(`${filmHead}1,`), Uint8Array.of(0xe4), bytesOf(',X\n')]),
  };
  for (const [what, text] of Object.entries(files))
    assert.throws(() => pack(asFiles({ 'a.csv': text })), { message: /^a\.csv would not come back as it is/ }, what);
  assert.throws(() => pack(asFiles({ 'a.csv': 'user::item\n' })), { message: /^a\.csv is none of MovieLens’ files/ });
});

/** Columns of any content, with the right length and sum. @param {number[]} body */
function forged(body) {
  const unpacked = Uint8Array.from(body);
  let [a, b] = [1, 0];
  for (const byte of unpacked) [a, b] = [(a + byte) % 65521, (b + ((a + byte) % 65521)) % 65521];
  const out = Buffer.concat([small.subarray(0, 16), deflateRawSync(unpacked)]);
  out.writeUInt32LE(unpacked.length, 8);
  out.writeUInt32LE(b * 65536 + a, 12);
  return out;
}

describe('refused in one sentence', () => {
  test('is what is cut off, or has another bit', () => {
    for (let length = 0; length < small.length; length += 7) refuses(small.subarray(0, length), `${length} bytes`);
    const next = numbers(5);
    const whole = all(small);
    let harmless = 0;
    for (let n = 0; n < 400; n++) {
      const bytes = Uint8Array.from(small);
      const at = next(bytes.length);
      bytes[at] ^= 1 << next(8);
      // Some bits of DEFLATE mean nothing, such as the length of a code that nothing has.
      const same = (() => {
        try {
          return isDeepStrictEqual(all(bytes), whole);
        } catch {
          return false;
        }
      })();
      if (same) harmless++;
      else refuses(bytes, `byte ${at}`);
    }
    assert.ok(harmless < 8, `${harmless}`);
    refuses(bytesOf(csv(rows)), 'a CSV');
    assert.ok(isColumns(small) && !isColumns(bytesOf(csv(rows))) && !isColumns(new Uint8Array()));
  });

  test('is what says that it is larger than it can be, before memory is asked for', () => {
    const bytes = Buffer.from(small);
    bytes.writeUInt32LE(0xffffffff, 8);
    refuses(bytes, 'length');
    const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f];
    const file = (/** @type {number} */ kind, /** @type {number[]} */ columns, size = 32) => [
      ...[1, 1, 97, kind, size, columns.length],
      ...columns,
    ];
    refuses(forged(huge), 'files');
    refuses(forged([1, ...huge]), 'a name');
    refuses(forged(file(2, [])), 'a kind');
    for (const columns of [[...huge], [1, ...huge], [1, 1, ...huge], [1, 1, 1, 0, 2, 2, ...huge]])
      refuses(forged(file(0, columns)), `ratings ${columns}`);
    for (const columns of [[...huge], [1, 2, 0, 0, ...huge]]) refuses(forged(file(1, columns)), `films ${columns}`);
  });

  test('is what names no film, has other rows than it says or more behind them', () => {
    // One row: user 1, film 1, of two half stars at second 1.
    const row = [1, 1, 1, 0, 2, 2, 1, 0, 2, 2];
    const text = `${head}1,1,1.0,1\n`;
    const file = (/** @type {number[]} */ columns, size = text.length) => [
      ...[1, 1, 97, 0, size, columns.length],
      ...columns,
    ];
    assert.equal(String(all(forged(file(row)))[0].bytes), text);
    const other = (/** @type {number} */ at, /** @type {number} */ byte) => row.map((b, n) => (n === at ? byte : b));
    refuses(forged(file(other(7, 1))), 'a film');
    refuses(forged(file(other(6, 2))), 'a run');
    refuses(forged(file([...row, 0])), 'columns behind');
    refuses(forged([...file(row), 0]), 'a file behind');
    for (const size of [text.length - 1, text.length + 1]) refuses(forged(file(row, size)), 'size');
  });
});

test('the packer takes any DEFLATE', () => {
  const files = asFiles({ 'ratings.csv': csv(rows) });
  const packed = packColumns(files, (bytes) => deflateRawSync(bytes, { level: 0 }));
  assert.equal(String(all(packed)[0].bytes), csv(rows));
  assert.ok(inflateRawSync(packed.subarray(16)).length > 0);
});
