import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { strToU8, zipSync } from 'fflate';

import { DataError } from '../../wasm/core.mjs';
import { readDataset } from '../../wasm/lab/files.mjs';
import { core, csv, filmsOf, moviesCsv, source, world } from './fixtures.mjs';

const rows = world({ users: 6, films: 20, each: 5 });
const bytes = strToU8;

/** The world's files as each release of MovieLens names and writes them. */
const releases = {
  latest: { 'ratings.csv': csv(rows), 'movies.csv': moviesCsv(rows) },
  '1M and 10M': {
    'ratings.dat': rows.map(({ user, item, rating, time }) => `${user}::${item}::${rating}::${time}\n`).join(''),
    'movies.dat': filmsOf(rows)
      .map(({ id, title, year, genres }) => `${id}::${title} (${year})::${genres.join('|')}\n`)
      .join(''),
  },
  '100K': {
    'u.data': rows.map(({ user, item, rating, time }) => `${user}\t${item}\t${rating}\t${time}\n`).join(''),
    'u.item': filmsOf(rows)
      .map(({ id, title, year, genres }) => {
        // 19 flags: unknown, Action, Adventure, Animation, Children's, Comedy, Crime, Documentary, Drama …
        const flags = Array.from({ length: 19 }, (_, n) =>
          Number((n === 5 && genres.includes('Comedy')) || (n === 8 && genres.includes('Drama'))),
        );
        return `${id}|${title} (${year})|01-Jan-1995||http://us.imdb.com/|${flags.join('|')}\n`;
      })
      .join(''),
  },
};

/** All that a dataset says, and the dataset freed. @param {import('../../wasm/core.mjs').Dataset} dataset */
function content(dataset) {
  const films = Array.from({ length: dataset.items }, (_, item) => {
    const { genres, ...film } = dataset.film(item);
    return { ...film, genres: genres.sort() };
  });
  const users = Array.from({ length: dataset.users }, (_, user) => ({
    id: dataset.userIds[user],
    history: dataset.history(user),
  }));
  dataset.free();
  return { films, users };
}

/** @param {Record<string, string | Uint8Array>} files @param {number} [chunk] */
async function read(files, chunk) {
  const sources = Object.entries(files).map(([name, text]) => source(name, text, chunk));
  return content(await readDataset(await core(), sources));
}

/** @param {Record<string, string | Uint8Array>} files @param {RegExp} message @param {number} [line] */
async function refuses(files, message, line) {
  await assert.rejects(read(files), (error) => {
    assert(error instanceof DataError, String(error));
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /undefined|\n/);
    assert.equal(error.line, line);
    return true;
  });
}

/**
 * A zip as a release has it: a folder with other files around the two that count.
 * @param {Record<string, string>} files
 * @param {0 | 9} level  stored or deflated
 */
function zipped(files, level) {
  const inside = { 'links.csv': 'movieId,imdbId\n1,2\n', ...files, 'README.txt': 'MovieLens\n'.repeat(20) };
  const entries = Object.entries(inside).map(([name, text]) => [`ml/${name}`, bytes(text)]);
  return zipSync(Object.fromEntries(entries), { level });
}

/**
 * A zip as a program writes it that does not know sizes beforehand: they follow each entry (bit 3 of its flags).
 * @param {Record<string, string>} files
 */
function streamed(files) {
  const whole = Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytes(text)]))),
  );
  const parts = [];
  for (let at = 0; whole.readUInt32LE(at) === 0x04034b50;) {
    const data = at + 30 + whole.readUInt16LE(at + 26) + whole.readUInt16LE(at + 28);
    const end = data + whole.readUInt32LE(at + 18);
    const head = Buffer.from(whole.subarray(at, data));
    const sizes = Buffer.concat([Buffer.from('PK\x07\x08'), head.subarray(14, 26)]);
    head.writeUInt16LE(head.readUInt16LE(6) | 8, 6);
    head.fill(0, 14, 26);
    parts.push(head, whole.subarray(data, end), sizes);
    at = end;
  }
  const directory = whole.subarray(whole.indexOf('PK\x01\x02'));
  return Buffer.concat([...parts, directory]);
}

const expected = await read(releases.latest);

test('the world that the tests below compare with is the one that was written', () => {
  assert.equal(expected.users.length, 6);
  assert.equal(
    expected.users.reduce((sum, { history }) => sum + history.length, 0),
    rows.length,
  );
  for (const { item: _, ...film } of expected.films)
    assert.deepEqual(
      film,
      filmsOf(rows).find(({ id }) => id === film.id),
    );
});

for (const [release, files] of Object.entries(releases))
  describe(`MovieLens ${release}`, () => {
    test('is read from its files, in any order and case', async () => {
      assert.deepEqual(await read(files), expected);
      const names = Object.entries(files).reverse();
      assert.deepEqual(await read(Object.fromEntries(names)), expected);
      assert.deepEqual(
        await read(Object.fromEntries(names.map(([name, text]) => [name.toUpperCase(), text]))),
        expected,
      );
    });

    test('is read in chunks of every small size', async () => {
      for (let chunk = 1; chunk <= 40; chunk++)
        assert.deepEqual(await read(files, chunk), expected, `chunks of ${chunk}`);
    });

    test('is read from a zip, deflated and stored, in chunks of every small size', async () => {
      for (const level of /** @type {const} */ ([0, 9])) {
        const zip = zipped(files, level);
        for (let chunk = 1; chunk <= 40; chunk++)
          assert.deepEqual(await read({ 'ml.zip': zip }, chunk), expected, `level ${level}, chunks of ${chunk}`);
        assert.deepEqual(await read({ 'ML.ZIP': zip }, zip.length), expected);
      }
    });

    test('is read without titles from its ratings alone', async () => {
      const [name, text] = Object.entries(files)[0];
      const bare = await read({ [name]: text });
      assert.deepEqual(bare.users, expected.users);
      assert.equal(bare.films[0].title, `Film ${bare.films[0].id}`);
    });
  });

test('a zip whose sizes follow the entries is read in chunks of every small size', async () => {
  const zip = streamed(releases.latest);
  for (let chunk = 1; chunk <= 40; chunk++)
    assert.deepEqual(await read({ 'ml.zip': zip }, chunk), expected, `chunks of ${chunk}`);
});

test('a single file of another name is taken for ratings', async () => {
  assert.deepEqual((await read({ 'my.train.rating': releases['100K']['u.data'] })).users, expected.users);
});

test('progress counts bytes and ratings up to the whole', async () => {
  const sources = Object.entries(releases.latest).map(([name, text]) => source(name, text, 100));
  const total = sources.reduce((sum, { size }) => sum + size, 0);
  /** @type {import('../../wasm/lab/files.mjs').Loading[]} */
  const seen = [];
  content(await readDataset(await core(), sources, (loading) => seen.push(loading)));
  seen.forEach((loading, n) => {
    const before = seen[n - 1] ?? { bytes: 0, ratings: 0 };
    assert(loading.bytes > before.bytes && loading.bytes - before.bytes <= 100);
    assert(loading.ratings >= before.ratings);
    assert.equal(loading.totalBytes, total);
  });
  assert.deepEqual(seen.at(-1), { name: 'movies.csv', bytes: total, totalBytes: total, ratings: rows.length });
  assert.equal(seen[0].name, 'ratings.csv');
  const unknown = { ...source('ratings.csv', releases.latest['ratings.csv']), size: 0 };
  content(await readDataset(await core(), [unknown, sources[1]], ({ totalBytes }) => assert.equal(totalBytes, 0)));
});

test('progress of a zip counts its own bytes', async () => {
  const zip = zipped(releases.latest, 9);
  /** @type {any} */
  let last;
  content(await readDataset(await core(), [source('ml.zip', zip, 64)], (loading) => (last = loading)));
  assert.deepEqual(last, { name: 'ml.zip', bytes: zip.length, totalBytes: zip.length, ratings: rows.length });
});

describe('refused, with the file’s name and the line', () => {
  const head = 'userId,movieId,rating,timestamp\n1,2,3,4\n';

  test('no rating file among the files', async () => {
    for (const files of [{}, { 'movies.csv': releases.latest['movies.csv'] }, { 'a.txt': 'a', 'b.txt': 'b' }])
      await refuses(files, /^There is no rating file here\. Choose ratings\.csv,/);
  });

  test('empty files', async () => {
    await refuses({ 'ratings.csv': '' }, /^ratings\.csv: The file holds no ratings\./, 0);
    await refuses(
      { 'ratings.csv': 'userId,movieId,rating,timestamp\n' },
      /^ratings\.csv, line 1: The file holds no ratings/,
      1,
    );
    await refuses({ 'ratings.csv': head, 'movies.csv': '' }, /^movies\.csv: The file holds no films\./, 0);
    await refuses({ 'ml.zip': '' }, /^ml\.zip is empty\.$/);
  });

  test('binary data', async () => {
    const binary = Uint8Array.from({ length: 5000 }, (_, n) => (n * 7919) & 255);
    await refuses({ 'ratings.csv': binary }, /^ratings\.csv, line 1: .*binary/, 1);
    await refuses({ 'ratings.csv': zipped(releases.latest, 9) }, /^ratings\.csv, line 1: .*open the zip itself/, 1);
    await refuses({ 'ml.zip': binary }, /^ml\.zip is not a zip file/);
  });

  test('wrong columns, and lines that are damaged or cut off', async () => {
    await refuses({ 'ratings.csv': 'a,b,c\n1,2,3\n' }, /^ratings\.csv, line 1: The first line is not that of/, 1);
    await refuses({ 'ratings.csv': `${head}1,3,4\n` }, /^ratings\.csv, line 3: .*four columns/, 3);
    await refuses({ 'ratings.csv': `${head}1,3,4,x\n` }, /^ratings\.csv, line 3: .*should be a number/, 3);
    await refuses({ 'ratings.csv': `${head}1,3` }, /^ratings\.csv, line 3: .*Is the file cut off/, 3);
    await refuses({ 'ratings.csv': head, 'movies.csv': 'movieId,title,genres\n2,A\n' }, /^movies\.csv, line 2: /, 2);
    await refuses(
      { 'ratings.csv': head, 'movies.csv': 'movieId,title,genres\n2,"A,B\n' },
      /^movies\.csv, line 2: .*quoted/,
      2,
    );
    const late = csv(rows).replace(/^(.*\n){21}/, (before) => `${before}oops\n`);
    await refuses({ 'ratings.csv': late }, /^ratings\.csv, line 22: /, 22);
  });

  test('the same inside a zip, under the name in it', async () => {
    const zip = zipSync({ 'ml/ratings.csv': bytes(`${head}1,3,4\n`) });
    await refuses({ 'ml.zip': zip }, /^ml\/ratings\.csv, line 3: /, 3);
    await refuses({ 'ml.zip': zipSync({ 'ratings.csv': bytes('') }) }, /^ratings\.csv: The file holds no ratings/, 0);
  });

  test('a zip without ratings, and one that only holds a zip', async () => {
    const message = /^ml\.zip holds no rating file \(ratings\.csv, ratings\.dat or u\.data\)/;
    await refuses({ 'ml.zip': zipSync({ 'movies.csv': bytes(releases.latest['movies.csv']) }) }, message);
    await refuses({ 'ml.zip': zipSync({ 'inner.zip': zipped(releases.latest, 9) }) }, message);
    await refuses({ 'ml.zip': zipSync({}) }, message);
  });

  for (const [kind, zip] of /** @type {[string, Uint8Array][]} */ ([
    ['deflated', zipped(releases.latest, 9)],
    ['stored', zipped(releases.latest, 0)],
    ['with sizes behind the entries', streamed(releases.latest)],
  ]))
    test(`a zip (${kind}) cut off anywhere`, async () => {
      for (let length = 1; length < zip.length; length += 1 + (length % 7))
        await assert.rejects(
          read({ 'ml.zip': zip.subarray(0, length) }),
          { name: 'DataError', message: /ml\.zip|ml\// },
          `${length}`,
        );
    });

  test('a zip of a kind that can’t be unpacked, or damaged', async () => {
    const unknown = zipped(releases.latest, 9);
    const at = Buffer.from(unknown).indexOf('ml/ratings.csv') - 30;
    unknown[at + 8] = 99;
    await refuses(
      { 'ml.zip': unknown },
      /^ml\.zip: ml\/ratings\.csv in it is damaged \(unknown compression type 99\)\.$/,
    );
    const damaged = zipped(releases.latest, 9);
    damaged.fill(255, at + 30 + 14 + 40, at + 30 + 14 + 80);
    await refuses({ 'ml.zip': damaged }, /^ml\.zip: ml\/ratings\.csv in it is damaged \(invalid .*\)\.$/);
  });
});

test('a source that fails passes its error on, and what was made is freed', async () => {
  const loaded = await core();
  async function* chunks() {
    yield bytes('userId,movieId,rating,timestamp\n1,2,3,4\n');
    throw new Error('the network is gone');
  }
  const broken = { name: 'ratings.csv', size: 0, chunks };
  await assert.rejects(readDataset(loaded, [broken]), { name: 'Error', message: 'the network is gone' });
  const before = loaded.memoryBytes;
  for (let n = 0; n < 400; n++) await assert.rejects(readDataset(loaded, [broken]));
  assert.equal(loaded.memoryBytes, before);
});

test('a refused file leaves an open dataset as it was', async (t) => {
  const loaded = await core();
  const open = await readDataset(loaded, [source('ratings.csv', csv(rows)), source('movies.csv', moviesCsv(rows))]);
  const split = open.leaveOneOut({ negatives: 5 });
  t.after(() => split.free());
  const said = () => Array.from({ length: open.users }, (_, user) => [open.history(user), split.testItem(user)]);
  const before = said();
  for (const text of ['', 'a,b\n', '1,2,3,4\n1,2\n', '\0\0'])
    await assert.rejects(readDataset(loaded, [source('ratings.csv', text)]), DataError);
  assert.deepEqual(said(), before);
  assert.deepEqual(content(open), expected);
});
