// What the page says: every text in every language, with the same values, and in use; the names of settings and models; faults
// and notes, which come as codes.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { notes } from '../../wasm/lab/notes.mjs';
import { scoreSentences } from '../../wasm/lab/scores.mjs';
import { models } from '../../wasm/settings/models.mjs';
import { SettingError, checkSettings } from '../../wasm/settings/settings.mjs';
import { settings } from '../../wasm/settings/table.mjs';
import { Fault, fault, part, settingValue } from '../../wasm/words/fault.mjs';
import { faults, parts } from '../../wasm/words/faults.mjs';
import { faultText } from '../../web/parts/errors.js';
import {
  choiceLabel,
  genreName,
  modelHelp,
  modelName,
  ordinal,
  settingHelp,
  settingLabel,
  shortName,
  size,
  speed,
} from '../../web/parts/format.js';
import { messageOf } from '../../web/parts/notices.js';
import { loadLanguage } from '../../web/languages/languages.js';
import { zh } from '../../web/languages/zh.js';
import { builder } from '../../web/languages/zh_builder.js';
import { createSpeech, later } from '../../web/parts/speech.js';
import { root } from './fixtures.mjs';

/** @typedef {import('../../web/parts/speech.js').Word} Word */
/** @typedef {import('../../web/parts/speech.js').Speech} Speech */

const web = join(root, 'web');
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, text: readFileSync(join(web, name), 'utf8') }));
/** @param {string} name of a file in web/ */
const isCatalogue = (name) => /(^|\/)words(\/\w+)?\.js$/.test(name);
const catalogues = sources.filter(({ name }) => isCatalogue(name));

/** Chinese characters. */
const HAN = /\p{Script=Han}/u;

/** The catalogue whose entries are taken by names from elsewhere: from the data. */
const byName = 'parts/words/genres.js';

/** The values that an entry has places for, without those that only choose between one and many. @param {string} text */
const places = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
/** @param {string} text */
const named = (text) => new Set([...text.matchAll(/\{(\w+)[|}]/g)].map(([, name]) => name));

const inEnglish = createSpeech();
const inChinese = createSpeech(await loadLanguage('zh'));
/** A text and its Chinese: the same values, no more words for a number, and marks as Chinese has them. @param {string} key @param {string} en @param {string} chinese */
function assertPair(key, en, chinese) {
  assert.ok(typeof chinese === 'string' && (chinese.trim() !== '' || key === 'comma'), `${key} is empty`);
  assert.deepEqual(places(chinese), places(en), `${key} has the same values in both languages`);
  for (const value of named(chinese)) assert.ok(named(en).has(value), `${key}: {${value}}`);
  assert.doesNotMatch(en, HAN, key);
  assert.doesNotMatch(chinese, /[\p{Script=Han}][,;:?!]|\p{Script=Han}\.(?!\w)/u, `${key}: Chinese marks`);
  assert.doesNotMatch(chinese.replaceAll(/\{\w+\}/g, ''), /\{/, `${key}: no plurals in Chinese`);
}

/** What the builder says stands apart. */
const allInChinese = { ...zh.words, builder };

describe('a file of words', async () => {
  /** @type {string[]} */
  const sections = [];
  for (const { name } of catalogues) {
    /** @type {Record<string, Record<string, Word>>} */
    const lists = await import(pathToFileURL(join(web, name)).href);
    const section = name
      .replace(/\/?words(\/|\.js$)/, '$1')
      .replace(/^\//, '')
      .replace(/\.js$/, '');
    sections.push(section);
    for (const [list, words] of Object.entries(lists)) {
      test(`${name}: ${list} are said in Chinese, and no others`, () => {
        /** @type {Record<string, string>} */
        const chinese = /** @type {any} */ (allInChinese)[section];
        assert.deepEqual(Object.keys(chinese), Object.keys(words));
        for (const [key, word] of Object.entries(words)) {
          assert.deepEqual([word.section, word.key], [section, key]);
          assertPair(key, word.en, chinese[key]);
        }
      });
      test(`${name}: all ${list} are used`, () => {
        const unused = Object.keys(words).filter((key) => !isUsed(name, list, key));
        assert.deepEqual(unused, []);
      });
    }
  }

  test('all of them have Chinese, which has none besides', () => {
    assert.deepEqual(Object.keys(allInChinese).sort(), sections.sort());
  });
});

/**
 * Whether a file that imports the list names the entry, or takes entries by names that it computes.
 * @param {string} catalogue
 * @param {string} list
 * @param {string} key
 */
function isUsed(catalogue, list, key) {
  return sources.some(({ name, text }) => {
    const imports = [...text.matchAll(/import \{([^}]*)\} from '(\.[^']*)'/g)];
    const [, imported = ''] = imports.find(([, , from]) => join(name, '..', from) === catalogue) ?? [];
    const [, local] = new RegExp(`\\b${list}(?: as (\\w+))?`).exec(imported) ?? [null, undefined];
    if (!new RegExp(`\\b${list}\\b`).test(imported)) return false;
    const here = local ?? list;
    if (new RegExp(`\\b${here}\\.${key}\\b|Object\\.values\\(${here}\\)`).test(text)) return true;
    if (!text.includes(`${here}[`)) return false;
    // `${name}Ask`: the name's own entry tells that the name is in use.
    const [, , tail] = /^([a-z]+)([A-Z]\w*)$/.exec(key) ?? [];
    const elsewhere = sources.some((source) => !isCatalogue(source.name) && source.text.includes(`'${key}'`));
    return catalogue === byName || elsewhere || (tail !== undefined && text.includes(`}${tail}\`]`));
  });
}

test('values, plurals and what is said later', () => {
  const word = { section: 'x', key: 'y', en: '{n} {n|film|films} of {name}' };
  const spoken = { name: 'zh', tag: 'zh-Hans', says: { words: { x: { y: '{name} 的 {n} 部电影', z: '某人' } } } };
  const speech = createSpeech();
  const { t } = speech;
  assert.equal(t(word, { n: 1, name: 'Ada' }), '1 film of Ada');
  assert.equal(t(word, { n: 1234, name: '1234' }), '1,234 films of 1234');
  const said = later(word, { n: 2, name: later({ section: 'x', key: 'z', en: 'one' }) });
  assert.equal(said(speech), '2 films of one');
  speech.speak(/** @type {any} */ (spoken));
  assert.equal(said(createSpeech()), '2 films of one', 'another lab goes on in its own language');
  assert.equal(said(speech), '某人 的 2 部电影');
});

test('numbers and names as each language writes them', () => {
  const told = (/** @type {Speech} */ speech) => [
    ...[1, 12, 23].map((value) => ordinal(speech, value)),
    size(speech, 12),
    ...[412_345, 10_000].map((value) => speed(speech, value)),
    shortName(speech, 'mf'),
    ...['War', 'Dogme 95', 'constructor'].map((genre) => genreName(speech, genre)),
  ];
  const others = ['Dogme 95', 'constructor'];
  assert.deepEqual(told(inEnglish), ['1st', '12th', '23rd', '12 bytes', '412 k', '10 k', 'MF', 'War', ...others]);
  assert.deepEqual(told(inChinese), [
    '第 1',
    '第 12',
    '第 23',
    '12 字节',
    '41.2 万',
    '1.0 万',
    'MF',
    '战争',
    ...others,
  ]);
});

test('every setting, choice and model has its Chinese, and none is left over', () => {
  assert.deepEqual(Object.keys(zh.settings).sort(), settings.map(({ name }) => name).sort());
  assert.deepEqual(Object.keys(zh.models).sort(), models.map(({ value }) => value).sort());
  for (const setting of settings) {
    assert.match(settingLabel(inChinese, setting), HAN);
    assert.match(settingHelp(inChinese, setting), HAN);
    const values = setting.choices?.map(({ value }) => value) ?? [];
    assert.deepEqual(Object.keys(zh.settings[setting.name].choices ?? {}).sort(), values.sort(), setting.name);
    for (const choice of setting.choices ?? []) assert.ok(choiceLabel(inChinese, setting, choice));
    assert.equal(settingLabel(inEnglish, setting), setting.label);
  }
  for (const { value, label } of models) {
    assert.match(modelHelp(inChinese, value), HAN);
    assert.ok(modelName(inChinese, value));
    assert.equal(modelName(inEnglish, value), label);
  }
});

for (const [name, said, chinese] of /** @type {[string, Record<string, string>, Record<string, string>][]} */ ([
  ['note', notes, zh.notes],
  ['fault', faults, zh.faults],
  ['part of a sentence', parts, zh.parts],
  ['kind of score', scoreSentences, zh.scores],
]))
  test(`every ${name} has its Chinese with the same values, and none is left over`, () => {
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(said).sort());
    for (const [code, text] of Object.entries(said)) {
      assertPair(code, text, chinese[code]);
      if (text.replaceAll(/\{\w+\}/g, '').length > 2) assert.match(chinese[code], HAN);
    }
  });

/** Texts of the program outside the catalogue itself. */
const program = ['wasm', 'web'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name) && !name.endsWith('words/faults.mjs'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);
const isNamed = (/** @type {string} */ name) => program.some((text) => text.includes(`'${name}'`));

test('every fault is found somewhere, and so is every part of a sentence', () => {
  assert.deepEqual(
    Object.keys(faults).filter((code) => !isNamed(code)),
    [],
  );
  // Of a file's end: `${role}End`.
  const unnamed = Object.keys(parts).filter((name) => !isNamed(name) && !isNamed(name.replace(/End$/, '')));
  assert.deepEqual(unnamed, []);
});

test('a fault says all that its sentence has places for, whoever finds it', () => {
  let found = 0;
  for (const text of program)
    for (const [, code, values = ''] of text.matchAll(/\bfault\('(\w+)'(?:, \{((?:[^{}]|\{[^{}]*\})*)\})?,?\s*\)/g)) {
      // Names of files: tests/node/files.test.mjs has the whole sentence.
      if (values.includes('...')) continue;
      const given = [...values.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name);
      const sentence = faults[/** @type {keyof typeof faults} */ (code)];
      if (!/[({]/.test(values)) assert.deepEqual(given.sort(), places(sentence), code);
      for (const place of places(sentence)) assert.match(values, new RegExp(`\\b${place}\\b`), code);
      found++;
    }
  assert.ok(found > 100);
});

/** What of a Chinese sentence may be in Latin letters. @param {string} text */
const foreign = (text) =>
  text
    .replaceAll(/“[^”]*”|[\w.]+\.\w+|auto|none|off|[\w:.,]+:[\d.]+/g, '')
    .replaceAll(
      /\b(biases|gmf|mlp|layers|EASE|NeuMF|GMF|MLP|BPR|L2|MF|ReLU|MovieLens|zip|item|user|NCF)\b|[φψ∘·(),\][]/g,
      '',
    )
    .match(/[A-Za-z]{3,}/g);

test('what settings refuse is told in Chinese, values and labels too', () => {
  const wrong = [
    { factors: 0 },
    { lr: 'fast' },
    { layers: '64,x' },
    { layers: '63,8' },
    { fusionLayers: '1,2,3,4,5' },
    { l2: 'gmf:x' },
    { activation: 'step' },
    { patience: 2 },
    { positiveFrom: 'x' },
    { loss: 'bpr', batchSize: 255 },
    { model: 'bias', folds: 1 },
    { model: 'bias', folds: 3, fold: 4 },
    { model: 'ease', l2: 'gmf:1' },
    { model: 'ease', l2: 0 },
    { fusionLayers: '8', pretrain: 1 },
    { fusionLayers: '8', layers: '16' },
    { embeddings: 'shared', layers: '64,32' },
    { embeddings: 'shared', pretrain: 1 },
    { embeddings: 'shared', side: 'items' },
  ];
  for (const partial of wrong) {
    /** @type {import('../../wasm/words/fault.mjs').Told | null} */
    let found = null;
    let message = '';
    try {
      checkSettings(partial);
    } catch (error) {
      assert.ok(error instanceof SettingError);
      ({ message, told: found } = error);
    }
    assert.ok(found, JSON.stringify(partial));
    assert.equal(faultText(inEnglish, found), message, 'in English it is as it was said');
    const told = faultText(inChinese, found);
    assert.match(told, HAN, message);
    if (!('activation' in partial)) assert.equal(foreign(told), null, told);
  }
  const typed = '1, not “2” must be a number from x to {max}';
  const factors = settings[1];
  const values = { setting: settingValue(factors), kind: part('whole'), min: 1, max: 512, value: typed };
  assert.equal(factors.name, 'factors');
  assert.equal(
    faultText(inChinese, fault('number', values)),
    `“预测因子”必须是 1 到 512 之间的整数，而不是“${typed}”。`,
  );
});

test('a fault within a fault is told in the same language, and its place before it', () => {
  const columns = fault('columns', { columns: part('ratingColumns') });
  const told = fault('inLine', { file: 'a/ratings.csv', line: 7, message: columns });
  assert.equal(
    new Fault(told).message,
    'a/ratings.csv, line 7: This line does not have four columns: user, item, rating, timestamp. Is the file cut off or damaged here?',
  );
  assert.equal(
    faultText(inChinese, told),
    'a/ratings.csv 第 7 行：这一行没有四列：用户、电影、评分、时间戳。文件是否在这里被截断或损坏？',
  );
  assert.equal(
    faultText(inChinese, fault('weightsSettings', { message: fault('easeL2') })),
    '权重文件的设置：EASE 需要大于 0 的 L2 正则化，例如 500：没有它就学不到任何东西。',
  );
  assert.equal(messageOf(inChinese, new Error('Something else')), 'Something else');
});

test('the worker tells codes alone, and the page has the names of their parts', () => {
  const sent = structuredClone(fault('holdsNone', { what: part('ratings') }));
  assert.equal(faultText(inEnglish, sent), 'The file holds no ratings. Is it empty, or cut off after its header?');
  assert.match(faultText(inChinese, sent), /评分/);
});

test('what looks like a value but comes from a file is a text', () => {
  for (const factors of [
    { of: 'part', name: 'x' },
    { code: 'x', values: {} },
  ])
    assert.throws(() => checkSettings(/** @type {any} */ ({ factors })), { message: /not “\[object Object\]”\.$/ });
});
