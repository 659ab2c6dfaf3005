// Settings and enums cross the border by name: what the table says that the core takes, it takes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settings } from '../../wasm/settings/table.mjs';
import { core } from './fixtures.mjs';

const ARGUMENT = -2;
const told = settings.filter((row) => row.core);

/** @param {import('node:test').TestContext} t */
async function fresh(t) {
  const loaded = await core();
  const { exports } = loaded;
  const pointer = exports.ncf_settings_new();
  t.after(() => exports.ncf_settings_free(pointer));
  const set = (/** @type {string} */ name, index = 0, value = 1) =>
    loaded.withText(name, (text) => exports.ncf_settings_set(pointer, text, index, value));
  return { loaded, set };
}

test('the core knows every setting that it is told as it is, and no other name', async (t) => {
  const { set } = await fresh(t);
  assert.ok(told.length > 10);
  for (const { name } of told) assert.equal(set(name), 0, name);
  for (const name of ['', 'model', 'factor', 'factorss', 'epochs']) assert.equal(set(name), ARGUMENT, name);
});

test('every choice of these has a number of its own', async () => {
  const loaded = await core();
  for (const { name, choices = [] } of told) {
    const codes = choices.map(({ value }) => loaded.code(name, value));
    assert.equal(new Set(codes).size, choices.length, `${name}: ${codes}`);
  }
  for (const [kind, word] of [
    ['loss', 'hinge'],
    ['loss', ''],
    ['losses', 'log'],
    ['part', 'head'],
  ])
    assert.throws(() => loaded.code(kind, word), {
      name: 'RangeError',
      message: `The core knows no ${kind} “${word}”.`,
    });
});

test('a list has a bound', async (t) => {
  const { set } = await fresh(t);
  for (const [name, room] of /** @type {const} */ ([
    ['layers', 10],
    ['fusion', 4],
    ['l2', 5],
    ['factors', 1],
  ]))
    for (let index = 0; index < room + 2; index++)
      assert.equal(set(name, index, 8), index < room ? 0 : ARGUMENT, `${name} ${index}`);
});
