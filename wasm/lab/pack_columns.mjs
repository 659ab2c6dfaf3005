// Packs MovieLens' CSV files as columns, which columns.mjs reads and tells the form of.

import { HEAD, MAGIC, adler32, tables, unpackColumns, widthOf } from './columns.mjs';

/** @typedef {{name: string, bytes: Uint8Array}} File */

/** As their tables stand in columns.mjs. */
const writers = [writeRatings, writeFilms];

class Writer {
  /** @type {number[]} */
  bytes = [];

  /** @param {number} value whole and not negative */
  number(value) {
    for (; value > 127; value = Math.floor(value / 128)) this.bytes.push((value % 128) + 128);
    this.bytes.push(value);
  }

  /** The small ones first, of either sign. @param {number} value */
  signed(value) {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Values of as many bytes each, the highest bytes of all first. @param {number[]} values @param {number} width */
  planes(values, width) {
    for (let plane = width - 1; plane >= 0; plane--)
      for (const value of values) this.bytes.push(Math.floor(value / 256 ** plane) % 256);
  }

  /** @param {Uint8Array | number[]} bytes */
  block(bytes) {
    this.number(bytes.length);
    for (const byte of bytes) this.bytes.push(byte);
  }

  /** @param {string} text */
  text(text) {
    this.block(new TextEncoder().encode(text));
  }
}

/** @param {number[]} values @param {Writer} out */
function writeSteps(values, out) {
  values.forEach((value, n) => out.signed(value - (values[n - 1] ?? 0)));
}

/** @param {string[]} lines @param {Writer} out */
function writeRatings(lines, out) {
  const rows = lines.map((line) => line.split(',').map(Number));
  /** @type {number[][][]} */
  const runs = [];
  for (const row of rows) {
    if (runs.at(-1)?.[0][0] === row[0]) runs[runs.length - 1].push(row);
    else runs.push([row]);
  }
  const rise = runs.every((run) => run.every((row, n) => n === 0 || run[n - 1][1] < row[1]));
  if (rise) for (const run of runs) run.sort((a, b) => a[3] - b[3] || a[1] - b[1]);
  const ordered = runs.flat();
  const ids = [...new Set(rows.map(([, film]) => film))].sort((a, b) => a - b);
  const places = new Map(ids.map((id, place) => [id, place]));

  for (const count of [rows.length, ids.length, runs.length, Number(rise)]) out.number(count);
  writeSteps(ids, out);
  writeSteps(
    runs.map(([[user]]) => user),
    out,
  );
  for (const run of runs) out.number(run.length);
  out.planes(
    ordered.map(([, film]) => Number(places.get(film))),
    widthOf(ids.length),
  );
  out.planes(
    ordered.map(([, , rating]) => 2 * rating),
    1,
  );
  for (const run of runs)
    writeSteps(
      run.map(([, , , time]) => time),
      out,
    );
}

/** @param {string[]} lines @param {Writer} out */
function writeFilms(lines, out) {
  const films = lines.map((line) => {
    const [, id, field, genres] = /^(\d+),("(?:[^"]|"")*"|[^,]*),(.*)$/.exec(line) ?? ['', '0', '', ''];
    const title = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
    const [, bare, year] = /^(.*) \(([1-9]\d{3})\)$/.exec(title) ?? ['', title, '0'];
    return { id: Number(id), bare, year: Number(year), genres };
  });
  out.number(films.length);
  writeSteps(
    films.map(({ id }) => id),
    out,
  );
  out.planes(
    films.map(({ year }) => year),
    2,
  );
  out.text(films.map(({ bare }) => bare).join('\n'));
  out.text(films.map(({ genres }) => genres).join('\n'));
}

/** Whether the same bytes come back. @param {Uint8Array} packed @param {number} n @param {Uint8Array} bytes */
function isIn(packed, n, bytes) {
  let at = 0;
  try {
    for (const chunk of unpackColumns(packed, '')[n].chunks())
      for (const byte of chunk) if (byte !== bytes[at++]) return false;
  } catch {
    return false;
  }
  return at === bytes.length;
}

/**
 * Packs files. Throws where one is none of those two, or would not come back byte for byte: where its lines end otherwise than
 * in \n, say, or ratings are no half stars.
 * @param {File[]} files
 * @param {(bytes: Uint8Array) => Uint8Array} deflate  raw DEFLATE
 * @returns {Uint8Array}
 */
export function packColumns(files, deflate) {
  const body = new Writer();
  body.number(files.length);
  for (const { name, bytes } of files) {
    const [header, ...lines] = new TextDecoder().decode(bytes).split('\n');
    const kind = tables.findIndex((table) => table.header === header);
    if (kind < 0) throw new Error(`${name} is none of MovieLens’ files that can be packed: it begins “${header}”.`);
    const columns = new Writer();
    writers[kind](lines.slice(0, -1), columns);
    body.text(name);
    body.number(kind);
    body.number(bytes.length);
    body.block(columns.bytes);
  }
  const unpacked = Uint8Array.from(body.bytes);
  const packed = deflate(unpacked);
  const out = new Uint8Array(HEAD + packed.length);
  out.set(MAGIC);
  const view = new DataView(out.buffer);
  view.setUint32(MAGIC.length, unpacked.length, true);
  view.setUint32(MAGIC.length + 4, adler32(unpacked), true);
  out.set(packed, HEAD);
  const stray = files.find((file, n) => !isIn(out, n, file.bytes));
  if (stray) throw new Error(`${stray.name} would not come back as it is, so it can’t be packed.`);
  return out;
}
