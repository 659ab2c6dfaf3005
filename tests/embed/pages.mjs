// The pages that a lab is put into, and the built files.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../node/fixtures.mjs';
import { readFolder } from './server.mjs';
import { task } from './visitor.mjs';

const folder = join(root, 'dist');
if (!existsSync(join(folder, 'index.html'))) throw new Error('no dist/: npm run build');
export const site = readFolder(folder);

/** @param {string} name of a built file */
export function built(name) {
  const file = site.get(name);
  if (!file) throw new Error(`the build has no ${name}`);
  return file;
}

/** @param {string} name of a built file */
export const fileUrl = (name) => pathToFileURL(join(folder, name)).href;

/** The part of an address that opens the task, untrained. */
export const opening = `?start=fresh&lang=en#${task}`;

/** @param {string} text */
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** @param {Record<string, string>} [attributes] @param {string} [inside] */
export function element(attributes = {}, inside = '') {
  const all = { settings: task, start: 'fresh', lang: 'en', ...attributes };
  const text = Object.entries(all).map(([name, value]) => ` ${name}="${quoted(value)}"`);
  return `<ncf-lab${text.join('')}>${inside}</ncf-lab>`;
}

/** A page of a course, in plain HTML: no styles and no scripts in line. @param {string} body @param {string} [head] */
export const course = (body, head = '') =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">${head}<title>Week 5</title></head><body><h1>Week 5</h1>\n${body}\n</body></html>\n`;

/** @param {string} src @param {string} [attributes] */
export const framed = (src, attributes = '') =>
  course(`<iframe src="${quoted(src)}" width="960" height="700" title="NCF Lab" ${attributes}></iframe>`);

/** A course's page with one element. @param {string} [script] its address @param {string} [head] */
export const withElement = (script = 'ncf-lab.js', head = '') =>
  course(element(), `${head}<script defer src="${script}"></script>`);
