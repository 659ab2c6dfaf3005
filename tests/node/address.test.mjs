// The page's address: every setting comes back, and what is damaged falls away.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settings as table } from '../../wasm/settings/table.mjs';
import { models } from '../../wasm/settings/models.mjs';
import { presets } from '../../wasm/settings/presets.mjs';
import { checkSettings, defaultOf, reads } from '../../wasm/settings/settings.mjs';
import { readAddress, writeAddress } from '../../web/shell/address.js';

const rooms = ['learn', 'network', 'map'];
const place = { settings: checkSettings({}), room: 'learn', user: null, film: null, likes: [], data: '' };

/** A value of a setting that is not its default. @param {import('../../wasm/settings/table.mjs').Setting} setting @param {string} model */
function another(setting, model) {
  const standard = defaultOf(setting, model);
  if (setting.type === 'choice') return setting.choices?.find(({ value }) => value !== standard)?.value;
  if (setting.type === 'layers') return [40, 20, 10];
  if (setting.type === 'fusion') return [7, 3];
  if (setting.type === 'l2') return 3.5;
  const { min = 0, max = 1 } = setting;
  return [min, max, min + 1].find((value) => value !== standard);
}

test('the defaults are short, and come back', () => {
  const text = writeAddress(place);
  assert.equal(text, 'model=neumf&seed=1');
  assert.deepEqual(readAddress(`#${text}`, rooms), { ...place, refused: [] });
  assert.deepEqual(readAddress('', rooms), { ...place, refused: [] });
});

test('every setting of every model comes back', () => {
  let seen = 0;
  for (const { value: model } of models)
    for (const setting of table) {
      if (setting.name === 'model' || !reads(model, setting.name)) continue;
      const value = another(setting, model);
      let settings;
      try {
        settings = checkSettings({ model, [setting.name]: value });
      } catch {
        // Patience without validation, for one: such settings have a test below.
        continue;
      }
      assert.deepEqual(readAddress(writeAddress({ ...place, settings }), rooms), { ...place, settings, refused: [] });
      seen++;
    }
  assert(seen > 200, `${seen}`);
  for (const { settings: some } of presets) {
    const patience = reads(String(some.model), 'patience') ? 3 : 0;
    const settings = checkSettings({ ...some, seed: 4294967295, validation: 'on', patience });
    assert.deepEqual(readAddress(writeAddress({ ...place, settings }), rooms).settings, settings);
  }
});

test('an id that no file can have is refused, and never another one', () => {
  const last = 2 ** 32 - 1;
  for (const id of [2 ** 32, 2 ** 32 + 5, 2 ** 33 + 5, 9999999999, 2 ** 53 + 1, '99999999999999999999']) {
    for (const field of ['user', 'film', 'likes']) {
      const read = readAddress(`model=neumf&seed=1&${field}=${id}`, rooms);
      assert.deepEqual(read, { ...place, refused: [`${field}=${id}`] });
    }
    assert.deepEqual(readAddress(`likes=5,${id}`, rooms).likes, [], 'not the others alone either');
  }
  const { user, film, likes, refused } = readAddress(`user=${last}&film=${last}&likes=${last}`, rooms);
  assert.deepEqual([user, film, likes, refused], [last, last, [last], []]);
});

test('the room, the user, the film, the likes and the data come back', () => {
  const all = { ...place, room: 'map', user: 583, film: 260, likes: [1, 4294967295], data: 'ratings.csv & movies #2' };
  const text = writeAddress(all);
  assert.match(text, /room=map&user=583&film=260&likes=1,4294967295$/);
  assert.deepEqual(readAddress(text, rooms), { ...all, refused: [] });
});

test('what is damaged falls away and is told, the rest stays', () => {
  const read = readAddress(
    '#model=gmf&factors=abc&seed=7&room=attic&user=-1&film=x&likes=1,1&colour=red&lr=0.01&patience=3',
    rooms,
  );
  assert.deepEqual(read.settings, checkSettings({ model: 'gmf', seed: 7, lr: 0.01 }));
  assert.deepEqual([read.room, read.user, read.film, read.likes], ['learn', null, null, []]);
  assert.deepEqual(
    read.refused.toSorted(),
    ['colour=red', 'factors=abc', 'film=x', 'likes=1,1', 'patience=3', 'room=attic', 'user=-1'].toSorted(),
  );
  assert.deepEqual(readAddress('model=best', rooms).settings, checkSettings({}));
  assert.deepEqual(readAddress('%E0%A4%A&=&&==&%', rooms).settings, checkSettings({}));
  assert.ok(readAddress(`data=${'x'.repeat(1e5)}`, rooms).refused[0].length < 300);
  // NeuMF with shared embeddings and a tower that doesn't fit them: one of both goes.
  const shared = readAddress('model=neumf&embeddings=shared&layers=64,8', rooms);
  assert.deepEqual(shared.settings, checkSettings({ embeddings: 'shared' }));
  assert.deepEqual(shared.refused, ['layers=64,8']);
});
