// A server of pages that embed the lab, as courses have them: any folder, any headers, two origins. Nothing is allowed that a
// row does not ask for: no CORS, no policy, no compression.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

/** @typedef {Record<string, string>} Headers */
/**
 * @typedef {object} Folder
 * @property {Map<string, Buffer>} files   by their paths in the folder
 * @property {Headers} [headers]           sent with each file
 * @property {Headers} [types]             by extension, where they depart from what is usual
 * @property {(html: string) => string} [page]  rewrites its HTML files
 */

/** @type {Headers} */
const usual = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** A folder's files, read once. @param {string} folder @returns {Map<string, Buffer>} */
export function readFolder(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name))]));
}

/** Serves on two ports, which are two origins, until close(). */
export async function startServer() {
  /** @type {Map<string, Folder>} by path, with a slash at both ends */
  const folders = new Map();
  /** @type {string[]} paths that were asked for, with their queries */
  const asked = [];

  /** @param {string} path @returns {{body: Buffer, headers: Headers} | null} */
  function find(path) {
    // The folder that is nearest.
    const places = [...folders.keys()].filter((place) => path.startsWith(place)).sort((a, b) => b.length - a.length);
    for (const place of places) {
      const { files, headers = {}, types = {}, page } = /** @type {Folder} */ (folders.get(place));
      const name = decodeURIComponent(path.slice(place.length)) || 'index.html';
      const body = files.get(name);
      if (!body) continue;
      const extension = extname(name);
      const type = types[extension] ?? usual[extension] ?? 'application/octet-stream';
      const text = page && extension === '.html' ? Buffer.from(page(String(body))) : body;
      return { body: text, headers: { 'content-type': type, ...headers } };
    }
    return null;
  }

  /** @type {import('node:http').RequestListener} */
  const answer = (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://host');
    asked.push(pathname + search);
    const found = find(pathname);
    response.writeHead(found ? 200 : 404, found?.headers ?? { 'content-type': 'text/plain' });
    response.end(found?.body ?? 'not found');
  };
  const servers = [createServer(answer), createServer(answer)];
  const origins = await Promise.all(
    servers.map(
      (server) =>
        new Promise((done) =>
          server.listen(0, '127.0.0.1', () => {
            const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
            done(`http://127.0.0.1:${port}`);
          }),
        ),
    ),
  );
  return {
    /** Where pages are. @type {string} */
    origin: origins[0],
    /** The same files at an origin of another name. @type {string} */
    elsewhere: origins[1],
    asked,
    /** @param {string} place such as /courses/ncf/ @param {Folder} folder */
    put: (place, folder) => void folders.set(place, folder),
    /** A page alone. @param {string} path @param {string} html @param {Headers} [headers] */
    page(path, html, headers) {
      const cut = path.lastIndexOf('/') + 1;
      const place = path.slice(0, cut);
      const there = folders.get(place)?.files;
      const files = new Map([...(there ?? []), [path.slice(cut), Buffer.from(html)]]);
      folders.set(place, { ...folders.get(place), files, ...(headers && { headers }) });
    },
    close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
