// The built site on a server of this process. Data other than the bundled are a folder of their own in which the site stands
// again: /small/, /bundled/, /3/ …, so that nothing has to be intercepted on its way.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

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

/** Serves the site until close(). */
export async function startSite() {
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
    response.writeHead(body ? 200 : 404, {
      ...{ 'content-type': type, 'content-length': body?.length ?? 0 },
      'access-control-allow-origin': '*',
    });
    response.end(body);
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
