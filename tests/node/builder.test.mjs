// What the builder's page writes: snippets in which whatever was typed is a value and nothing else, and a policy that is read back.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

import { KINDS, snippetOf } from '../../web/builder/snippets.js';
import { fieldsOf, noWishes, sizeOf } from '../../web/builder/wishes.js';
import { words as roomWords } from '../../web/rooms/words.js';
import { readPolicy, roomsOf } from '../../web/shell/policy.js';
import { findProgram } from '../../wasm/tools/toolchain.mjs';

const rooms = Object.keys(roomWords);
/** What an exercise may have in it, and what would end a string, a tag or a line of each of the places. */
const odd = `Beat "ItemPop" <b>&amp; 'co' | hr@10 >= 0.70 | ? 哪个更好：\\n {1} \`x\` %20 +1</script>`;

/** @typedef {import('../../web/builder/snippets.js').Embed} Embed */
/** @param {Partial<Embed>} [more] @returns {Embed} */
const embed = (more = {}) => ({
  ...{ base: 'https://example.edu/ncf/', address: 'model=gmf&seed=3&layers=32,16', width: '100%', height: '640' },
  fields: [
    ['lock', 'seed,batch-size'],
    ['max-epochs', '5'],
    ['exercise', odd],
  ],
  ...{ title: 'NCF Lab', without: 'NCF Lab needs JavaScript.' },
  ...more,
});

/** The attributes of the first tag of that name, as a browser reads them. @param {string} text @param {string} tag */
function attributesOf(text, tag) {
  const [, inside] = new RegExp(`<${tag}((?:\\s+[\\w-]+="[^"<>]*")*)\\s*>`).exec(text) ?? assert.fail(text);
  const plain = (/** @type {string} */ value) =>
    value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return Object.fromEntries([...inside.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]));
}

/** @param {string} url */
function assertUrl(url) {
  assert.match(url, /^[\w\-.~:/?#%@$&*+,;=]+$/, 'nothing but what an address may have, wherever it stands');
  const { searchParams, hash, pathname } = new URL(url, 'https://x.example/');
  assert.deepEqual([...searchParams], [...embed().fields]);
  assert.equal(hash, `#${embed().address}`);
  return pathname;
}

describe('a snippet', () => {
  test('link: an address with the policy and what is to be seen', () => {
    const url = snippetOf('link', embed());
    assert.equal(assertUrl(url), '/ncf/');
    assert.match(url, /^https:\/\/example\.edu\/ncf\/\?lock=seed,batch-size&max-epochs=5&exercise=Beat\+%22ItemPop/);
    assert.equal(snippetOf('link', embed({ fields: [], address: '' })), 'https://example.edu/ncf/');
  });

  test('iframe, and the same in Quarto: one tag whose words are what they were', () => {
    for (const kind of /** @type {const} */ (['iframe', 'quarto'])) {
      const text = snippetOf(kind, embed({ title: 'NCF “Lab” <1> & "2"' }));
      const { src, ...rest } = attributesOf(text, 'iframe');
      assert.equal(assertUrl(src), '/ncf/embed.html');
      assert.deepEqual(rest, {
        ...{ width: '100%', height: '640', title: 'NCF “Lab” <1> & "2"', loading: 'lazy' },
        ...{ sandbox: 'allow-scripts allow-downloads allow-popups', allow: 'clipboard-write; fullscreen' },
      });
      assert.equal(text.startsWith('```{=html}\n') && text.endsWith('\n```'), kind === 'quarto');
    }
  });

  test('element: attributes under the names of the query', () => {
    const text = snippetOf('element', embed({ width: '720', without: 'a < b & c' }));
    assert.deepEqual(attributesOf(text, 'script'), { src: 'https://example.edu/ncf/ncf-lab.js' });
    assert.deepEqual(attributesOf(text, 'ncf-lab'), {
      ...{ settings: embed().address, ...Object.fromEntries(embed().fields) },
      style: 'width: 720px; height: 640px',
    });
    assert.match(text, />a &lt; b &amp; c<\/ncf-lab>$/);
    const policy = attributesOf(text, 'ncf-lab');
    assert.equal(readPolicy((name) => policy[name] ?? null).exercise, odd.trim());
  });

  test('MyST: a directive with the address, and nothing that ends it', () => {
    const lines = snippetOf('myst', embed({ title: 'one\n:::\ntwo' })).split('\n');
    assert.deepEqual([lines.length, lines[1], lines[3]], [4, ':width: 100%', ':::']);
    const [, url] = /^:::\{iframe\} (\S+)$/.exec(lines[0]) ?? [];
    assert.equal(assertUrl(url), '/ncf/embed.html');
  });

  test('notebooks: Python that holds the same texts', (t) => {
    const frame = snippetOf('notebook', embed({ width: '720' }));
    const [, url] = /^IFrame\("([^"]*)",$/m.exec(frame) ?? [];
    assert.equal(assertUrl(url), '/embed.html');
    assert.match(frame, /width=720, height=640\)$/);
    const widget = snippetOf('anywidget', embed());
    assert.match(widget, /^ {4}max_epochs = traitlets\.Unicode\("5"\)\.tag\(sync=True\)$/m);
    const python = findProgram('python3');
    if (!python) return t.diagnostic('no Python here to read it');
    const script =
      'import ast, json, sys\n' +
      'tree = ast.parse(sys.stdin.read())\n' +
      'print(json.dumps([n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]))';
    const read = (/** @type {string} */ text) =>
      JSON.parse(spawnSync(python, ['-c', script], { input: text, encoding: 'utf8' }).stdout);
    assert.ok(read(widget).includes(odd), 'as it was typed');
    assert.ok(read(frame).includes(url));
  });

  test('a base is a folder, whatever was typed', () => {
    const base = (/** @type {string} */ typed) => snippetOf('link', embed({ base: typed, fields: [], address: '' }));
    for (const [typed, link] of [
      ['https://example.edu/ncf', 'https://example.edu/ncf/'],
      ['https://example.edu/ncf/index.html?x=1#y', 'https://example.edu/ncf/'],
      [' ../ncf ', '../ncf/'],
      ['', ''],
      ['课程/"a"><b>', '%E8%AF%BE%E7%A8%8B/%22a%22%3E%3Cb%3E/'],
      ['https://example.edu/a%20b/', 'https://example.edu/a%20b/'],
      ['javascript:alert(1)', ''],
      ['https://example.edu:8080/x/', 'https://example.edu:8080/x/'],
    ])
      assert.equal(base(typed), link, typed);
  });

  test('of every kind is there, and none is like another', () => {
    assert.equal(new Set(KINDS.map((kind) => snippetOf(kind, embed()))).size, KINDS.length);
  });
});

describe('what is ticked', () => {
  test('says nothing at first', () => {
    assert.deepEqual(fieldsOf(noWishes(), rooms), []);
    assert.deepEqual(sizeOf(noWishes()), { width: '100%', height: '640' });
  });

  test('comes back from the query as it was meant', () => {
    const wishes = {
      ...noWishes(),
      ...{ lock: ['seed', 'batch-size', 'data'], hide: ['guide', 'files'], rooms: ['race', 'map'], most: ' 5 ' },
      ...{ theme: 'dark', lang: 'zh', layout: 'compact', start: 'fresh', exercise: ` ${odd} ` },
    };
    const query = new URLSearchParams(new URL(snippetOf('link', embed({ fields: fieldsOf(wishes, rooms) }))).search);
    const policy = readPolicy((name) => query.get(name));
    assert.deepEqual([...policy.lock], ['seed', 'batchSize', 'data']);
    assert.deepEqual(roomsOf(policy, rooms), ['learn', 'network', 'evaluation', 'you', 'data']);
    const { hide, maxEpochs, theme, lang, layout, start, exercise } = policy;
    assert.ok(hide.has('guide') && hide.has('files') && hide.size === 4);
    assert.deepEqual([maxEpochs, theme, lang, layout, start, exercise], [5, 'dark', 'zh', 'compact', 'fresh', odd]);
  });

  test('everything is one word; few rooms are named, of many those that are left out', () => {
    const of = (/** @type {object} */ more) => Object.fromEntries(fieldsOf({ ...noWishes(), ...more }, rooms));
    assert.deepEqual(of({ lock: ['seed', 'all'] }), { lock: 'all' });
    assert.deepEqual(of({ rooms: rooms.slice(1) }), { only: 'learn' });
    assert.deepEqual(of({ rooms: ['race'], hide: ['tour'] }), { hide: 'race,tour' });
    for (const most of ['', '0', '-1', 'x', '1.5', '10000']) assert.deepEqual(of({ most }), {}, most);
  });

  test('sizes that can’t be used are as at first', () => {
    const size = (/** @type {string} */ width, /** @type {string} */ height) =>
      Object.values(sizeOf({ width, height }));
    assert.deepEqual(size('720', '432'), ['720', '432']);
    assert.deepEqual(size(' 80 % ', '500px'), ['80%', '500']);
    for (const [width, height] of [
      ['', ''],
      ['1', '" onload="x'],
      ['wide', '10%'],
    ])
      assert.deepEqual(size(width, height), ['100%', '640']);
  });
});
