// Where a lab may be put: a row each, with what is expected there. Any engine can be sent through them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../node/fixtures.mjs';
import { built, course, element, fileUrl, framed, opening, site, withElement } from './pages.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./server.mjs').startServer>>} Server */
/**
 * @typedef {object} Place
 * @property {string} name
 * @property {(server: Server) => string} make  puts it on the server; the address
 * @property {number[]} [frame]   that the lab is in
 * @property {RegExp} [says]      what the page says where it can't run; absent: it trains to Node's bits
 * @property {boolean} [keeps]    the page's path and query are to be left as they are
 */

/** The element's script in a folder that has nothing else of ours. */
const script = () => new Map([['ncf-lab.js', built('ncf-lab.js')]]);

/** A page on disk that is not beside the built files. @param {string} name @param {string} html */
function onDisk(name, html) {
  const folder = join(root, 'build/embed');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), html);
  return pathToFileURL(join(folder, name)).href;
}

/** @param {string} base */
const withBase = (base) => (/** @type {string} */ html) => html.replace('<head>', `<head><base href="${base}">`);

/** The page has this from the start; it stays where nothing can take its place. */
const unreachable = /files cannot be reached from this address/;

const sandbox = 'sandbox="allow-scripts"';

/** The rows that every engine is sent through: the site, the element and the single file, from a server and from disk. @type {Place[]} */
export const first = [
  {
    name: 'site in a sub-folder',
    make(server) {
      server.put('/courses/ncf/', { files: site });
      return `${server.origin}/courses/ncf/${opening}`;
    },
    keeps: true,
  },
  {
    name: 'element on a page of a course',
    make(server) {
      server.put('/element/', { files: script() });
      server.page('/element/week5.html', withElement());
      return `${server.origin}/element/week5.html?week=5`;
    },
    keeps: true,
  },
  {
    name: 'embed.html alone',
    make(server) {
      server.put('/alone/', { files: new Map([['upload.html', built('embed.html')]]) });
      return `${server.origin}/alone/upload.html${opening}`;
    },
    keeps: true,
  },
  { name: 'site from disk', make: () => fileUrl('index.html') + opening, keeps: true },
  { name: 'element from disk', make: () => onDisk('week5.html', withElement(fileUrl('ncf-lab.js'))), keeps: true },
  { name: 'embed.html from disk', make: () => fileUrl('embed.html') + opening, keeps: true },
  {
    name: 'site in a sandbox, no CORS',
    make(server) {
      server.put('/courses/ncf/', { files: site });
      server.page('/sandbox/week5.html', framed(`${server.elsewhere}/courses/ncf/${opening}`, sandbox));
      return `${server.origin}/sandbox/week5.html`;
    },
    frame: [0],
  },
  {
    name: 'embed.html in a sandbox, no CORS',
    make(server) {
      server.put('/alone/', { files: new Map([['upload.html', built('embed.html')]]) });
      server.page('/sandbox/upload.html', framed(`${server.elsewhere}/alone/upload.html${opening}`, sandbox));
      return `${server.origin}/sandbox/upload.html`;
    },
    frame: [0],
  },
];

/** The rest. @type {Place[]} */
export const others = [
  {
    name: 'site by the name of its page',
    make(server) {
      server.put('/named/', { files: site });
      return `${server.origin}/named/index.html${opening}`;
    },
    keeps: true,
  },
  {
    name: 'site without the slash',
    make(server) {
      server.put('/slash/ncf/', { files: site });
      server.page('/slash/ncf', built('index.html').toString(), { 'content-type': 'text/html' });
      return `${server.origin}/slash/ncf${opening}`;
    },
    says: unreachable,
  },
  {
    name: 'site with <base> of its own folder',
    make(server) {
      server.put('/base/ncf/', { files: site, page: withBase('/base/ncf/') });
      return `${server.origin}/base/ncf/index.html${opening}`;
    },
    keeps: true,
  },
  {
    name: 'site with <base href="/">',
    make(server) {
      server.put('/base/root/', { files: site, page: withBase('/') });
      return `${server.origin}/base/root/${opening}`;
    },
    says: unreachable,
  },
  {
    name: 'element on a page with <base href="/">',
    make(server) {
      server.put('/base/element/', { files: script() });
      server.page('/base/element/week5.html', withElement('base/element/ncf-lab.js', '<base href="/">'));
      return `${server.origin}/base/element/week5.html?week=5`;
    },
    keeps: true,
  },
  {
    name: 'element of another origin',
    make(server) {
      server.put('/element/', { files: script() });
      server.page('/far/week5.html', withElement(`${server.elsewhere}/element/ncf-lab.js`));
      return `${server.origin}/far/week5.html`;
    },
  },
  {
    name: 'site in a frame of another origin',
    make(server) {
      server.put('/courses/ncf/', { files: site });
      server.page('/framed/week5.html', framed(`${server.elsewhere}/courses/ncf/${opening}`));
      return `${server.origin}/framed/week5.html`;
    },
    frame: [0],
  },
  {
    name: 'element in a sandbox, no CORS',
    make(server) {
      server.put('/element/', { files: script() });
      server.page('/element/week5.html', withElement());
      server.page('/sandbox/element.html', framed(`${server.elsewhere}/element/week5.html`, sandbox));
      return `${server.origin}/sandbox/element.html`;
    },
    frame: [0],
  },
  {
    name: 'embed.html as srcdoc in a sandbox',
    make(server) {
      const text = built('embed.html').toString().replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      server.page(
        '/srcdoc/week5.html',
        course(`<iframe srcdoc="${text}" ${sandbox} width="960" height="700"></iframe>`),
      );
      return `${server.origin}/srcdoc/week5.html`;
    },
    frame: [0],
    // It has no address that could name the task.
    says: /Opened .*Press Train\.|Finished after/s,
  },
  {
    name: 'site from disk in a frame',
    make: () => onDisk('framed.html', framed(fileUrl('index.html') + opening)),
    frame: [0],
  },
  {
    name: 'wrong MIME types for wasm and data',
    make(server) {
      const types = { '.wasm': 'text/plain', '.csv': 'application/octet-stream', '.json': 'text/html' };
      server.put('/mime/data/', { files: site, types });
      return `${server.origin}/mime/data/${opening}`;
    },
  },
  {
    name: 'wrong MIME type for scripts',
    make(server) {
      server.put('/mime/script/', { files: site, types: { '.js': 'text/plain' } });
      return `${server.origin}/mime/script/${opening}`;
    },
  },
  {
    name: 'element with a wrong MIME type for its script',
    make(server) {
      server.put('/mime/element/', { files: script(), types: { '.js': 'text/plain' } });
      server.page('/mime/element/week5.html', withElement());
      return `${server.origin}/mime/element/week5.html`;
    },
  },
  {
    name: 'scripts with a wrong MIME type and nosniff',
    make(server) {
      const headers = { 'x-content-type-options': 'nosniff' };
      server.put('/mime/nosniff/', { files: site, types: { '.js': 'text/plain' }, headers });
      return `${server.origin}/mime/nosniff/${opening}`;
    },
    says: unreachable,
  },
  {
    name: 'element, script at the end of the body',
    make(server) {
      server.put('/late/', { files: script() });
      server.page('/late/week5.html', course(`${element()}<script src="ncf-lab.js"></script>`));
      return `${server.origin}/late/week5.html`;
    },
  },
];

/** Pages from disk on which files are dropped. @type {[string, () => string][]} */
export const onDiskWithFiles = [
  ['the site from disk', () => fileUrl('index.html') + opening],
  ['embed.html from disk', () => fileUrl('embed.html') + opening],
];
