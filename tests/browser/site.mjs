// The built site on a server of this process. Data other than the bundled are a folder of their own in which the site stands
// again: /small/, /bundled/, /3/ …, so that nothing has to be intercepted on its way.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { pack } from '../../web/columns.mjs';
import { root } from '../node/fixtures.mjs';

/** @typedef {{ratings: string | Buffer, movies?: string | Buffer}} Data */

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

/** Read once, so that a build going on beside the tests can't change the site under them. */
function readSite() {
  const folder = join(root, 'dist');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [`/${name}`, readFileSync(join(folder, name))]));
}

/** @type {WeakMap<Data, Buffer>} */
const made = new WeakMap();

/** Data as the site ships them. @param {Data} data */
function packed(data) {
  const { ratings, movies = 'movieId,title,genres\n1,A,B\n' } = data;
  const files = Object.entries({ 'ratings.csv': ratings, 'movies.csv': movies });
  const bytes = made.get(data) ?? Buffer.from(pack(files.map(([name, text]) => ({ name, bytes: Buffer.from(text) }))));
  made.set(data, bytes);
  return bytes;
}

/** What a host of static sites compresses as it sends it, by the ends of names. */
const compressed = /\.(html|js|css|json|svg|wasm)$|\/$/;

/**
 * The line that a page is sent over: bytes of all answers go one after the other, each answer begins after the latency.
 * @param {{bytesPerSecond: number, latency: number}} line  latency in ms
 */
function createLine({ bytesPerSecond, latency }) {
  let free = 0;
  const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
  /** @param {import('node:http').ServerResponse} response @param {Buffer} body */
  return async (response, body) => {
    await pause(latency);
    for (let at = 0; at < body.length && !response.destroyed; at += 4096) {
      const piece = body.subarray(at, at + 4096);
      free = Math.max(free, performance.now()) + (1000 * piece.length) / bytesPerSecond;
      await pause(free - performance.now());
      response.write(piece);
    }
    response.end();
  };
}

/**
 * Serves the site until close().
 * @param {{bytesPerSecond: number, latency: number}} [line]  a slow one, on which what hosts compress is compressed
 */
export async function startSite(line) {
  const send = line && createLine(line);
  const site = readSite();
  /** What stands beside the site: an empty page, and axe. */
  const beside = new Map([
    ['/empty.html', Buffer.from('<!doctype html><title>Empty</title>')],
    ['/axe.js', readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'))],
  ]);
  /** @type {Map<Data | 'bundled', string>} folders by data */
  const folders = new Map();
  /** @type {Map<string, Data | 'bundled'>} */
  const worlds = new Map();

  /** @param {string} path */
  const find = (path) => {
    if (beside.has(path)) return beside.get(path);
    const [, folder, rest] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
    const data = worlds.get(folder);
    const body = data && site.get(rest === '/' ? '/index.html' : rest);
    if (!body || data === 'bundled') return body;
    return /\/movielens-[^/]*\.bin$/.test(rest) ? packed(data) : body;
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const body = find(path);
    // Any origin may read, as on the usual hosts of static sites: a sandboxed frame has an origin of its own.
    const type = path.endsWith('/') ? 'text/html' : (types[extname(path)] ?? 'application/octet-stream');
    const zipped = send && body && compressed.test(path) && gzipSync(body);
    const sent = zipped || body;
    response.writeHead(body ? 200 : 404, {
      ...{ 'content-type': type, 'content-length': sent?.length ?? 0 },
      ...(zipped && { 'content-encoding': 'gzip' }),
      // As hosts say of every file: the browser asks for the icon again whenever the address changes.
      ...(path.endsWith('.svg') && { 'cache-control': 'max-age=600' }),
      'access-control-allow-origin': '*',
    });
    if (send && sent) void send(response, sent);
    else response.end(sent);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}/`;
  return {
    origin,
    /** Where the page finds these data, with a slash at its end. @param {Data | 'bundled'} data @param {string} [name] */
    of(data, name = data === 'bundled' ? data : String(folders.size + 1)) {
      if (!folders.has(data)) {
        folders.set(data, name);
        worlds.set(name, data);
      }
      return `${origin}${folders.get(data)}/`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
