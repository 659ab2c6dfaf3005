// Weights files, read here with a few lines of plain JS after the format's own description, apart from the code under test.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { identityOf } from '../../wasm/lab/identity.mjs';
import { decodeWeights, encodeWeights, fitWeights, putWeights } from '../../wasm/lab/weights.mjs';
import { checkSettings, toConfig } from '../../wasm/settings/settings.mjs';
import { finish, lab, world, refusesWeights as refuses } from './fixtures.mjs';

/** @typedef {{dtype?: unknown, shape?: unknown, data_offsets?: unknown}} Entry */
/** @typedef {Record<string, any>} Header */

/** @param {Uint8Array} bytes @returns {{header: Header, text: string, data: Buffer}} */
function parse(bytes) {
  const buffer = Buffer.from(bytes);
  const length = Number(buffer.readBigUInt64LE(0));
  const text = buffer.subarray(8, 8 + length).toString('utf8');
  return { header: JSON.parse(text), text, data: buffer.subarray(8 + length) };
}

/** @param {unknown} header  text is taken as it is @param {Uint8Array} [data] @param {bigint} [length] */
function build(header, data = new Uint8Array(), length) {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(length ?? BigInt(text.length));
  return Buffer.concat([head, text, data]);
}

/**
 * What the command and the page do with a weights file.
 * @param {Awaited<ReturnType<typeof lab>>} lab
 * @param {Uint8Array} bytes
 * @param {string} [model]  where neither settings nor shapes tell
 */
function load({ dataset, run }, bytes, model) {
  const fitted = fitWeights(decodeWeights(bytes), dataset, { model });
  const made = run({ ...fitted.settings });
  made.load(fitted);
  return made;
}

/** A saved model's bytes, and a way to change its header or data. @param {Awaited<ReturnType<typeof lab>>} lab @param {object} settings */
function saved({ run }, settings) {
  const made = run(settings);
  const bytes = encodeWeights(made.model, made.config());
  /** @param {(header: Header, data: Buffer) => Buffer | void} edit */
  const edited = (edit) => {
    const { header, data } = parse(bytes);
    const other = edit(header, data);
    return build(header, other ?? data);
  };
  return { bytes, edited, made };
}

const settingsOf = {
  itempop: { model: 'itempop' },
  gmf: { model: 'gmf', factors: 3, seed: 9 },
  mlp: { model: 'mlp', layers: [10, 6, 3], lr: 0.01 },
  neumf: { model: 'neumf', factors: 5, layers: [12, 4], eval: 'both', batchSize: 32 },
};

for (const [model, settings] of Object.entries(settingsOf))
  describe(model, () => {
    test('comes back with every bit, its settings and its metrics', async (t) => {
      const mine = await lab(t);
      const run = mine.run(settings);
      finish(run);
      const again = load(mine, encodeWeights(run.model, run.config()));
      assert.equal(again.model.hash(), run.model.hash());
      assert.deepEqual(again.config(), run.config());
      again.settings = { ...again.settings, epochs: 0 };
      finish(again);
      assert.deepEqual(again.history[0].metrics, run.history.at(-1)?.metrics);
    });

    test('is written as the format asks', async (t) => {
      const { bytes, made } = saved(await lab(t), settings);
      const { header, text, data } = parse(bytes);
      assert(text.startsWith('{'));
      assert.equal((8 + Buffer.byteLength(text)) % 8, 0, 'values begin at a multiple of 8');
      const { __metadata__: metadata, ...entries } = header;
      for (const value of Object.values(metadata)) assert.equal(typeof value, 'string');
      assert.equal(metadata.format, 'pt');
      assert.deepEqual(JSON.parse(metadata.config), toConfig(made.settings));
      assert.deepEqual(JSON.parse(metadata.data), identityOf(made.model.source));
      const { userIds, itemIds } = made.model.source.dataset;
      assert.deepEqual(
        Object.entries(entries).map(([name, { shape }]) => ({ name, shape })),
        [
          { name: 'user_ids', shape: [userIds.length] },
          { name: 'item_ids', shape: [itemIds.length] },
          ...made.model.tensors.map(({ name, shape }) => ({ name, shape })),
        ],
      );
      let end = 0;
      for (const [name, ids] of /** @type {const} */ ([
        ['user_ids', userIds],
        ['item_ids', itemIds],
      ])) {
        assert.equal(entries[name].dtype, 'I64');
        assert.deepEqual(entries[name].data_offsets, [end, end + 8 * ids.length]);
        ids.forEach((id, n) => assert.equal(data.readBigInt64LE(end + 8 * n), BigInt(id)));
        [, end] = entries[name].data_offsets;
      }
      for (const tensor of made.model.tensors) {
        const { dtype, data_offsets: offsets } = entries[tensor.name];
        const values = made.model.values(tensor);
        assert.equal(dtype, 'F32');
        assert.deepEqual(offsets, [end, end + 4 * values.length], 'one after the other without gaps');
        values.forEach((value, n) => assert.equal(data.readFloatLE(end + 4 * n), value));
        [, end] = offsets;
      }
      assert.equal(data.length, end);
    });

    test('is known by its shapes where the file has no settings', async (t) => {
      const mine = await lab(t);
      const { edited, made } = saved(mine, settings);
      for (const metadata of [
        undefined,
        {},
        { config: '{"optimizer":"sgd"}' },
        { config: 'x' },
        { config: '[]' },
        'x',
      ]) {
        const again = load(
          mine,
          edited((header) => void (header.__metadata__ = metadata)),
          model,
        );
        assert.equal(again.model.hash(), made.model.hash());
        assert.equal(again.settings.model, model);
      }
    });

    test('cut off anywhere, or with bytes behind its end, is refused', async (t) => {
      const { bytes } = saved(await lab(t, world({ users: 4, films: 110, each: 3 })), settings);
      for (let length = 0; length < bytes.length; length += 1 + (length > 900 ? length % 13 : 0))
        refuses(() => decodeWeights(bytes.subarray(0, length)), /cut off/);
      refuses(() => decodeWeights(bytes.subarray(0, bytes.length - 1)), /cut off/);
      refuses(() => decodeWeights(Buffer.concat([bytes, Buffer.of(0)])), /damaged: .*behind/);
    });
  });

test('tensors in any order, and bytes that begin at any address, are read', async (t) => {
  const mine = await lab(t);
  const { bytes, edited, made } = saved(mine, settingsOf.neumf);
  const reversed = edited((header, data) => {
    const names = Object.keys(header).filter((name) => name !== '__metadata__');
    const parts = [];
    let end = 0;
    for (const name of names.reverse()) {
      const [from, to] = header[name].data_offsets;
      parts.push(data.subarray(from, to));
      header[name].data_offsets = [end, (end += to - from)];
    }
    return Buffer.concat(parts);
  });
  assert.equal(load(mine, reversed).model.hash(), made.model.hash());
  for (let shift = 0; shift < 8; shift++) {
    const room = new Uint8Array(bytes.length + 20);
    room.set(bytes, shift);
    assert.equal(load(mine, room.subarray(shift, shift + bytes.length)).model.hash(), made.model.hash());
  }
});

describe('refused', () => {
  const broken = /^This is not a safetensors file, or it is cut off\. Choose a file/;
  const one = { a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } };

  test('what is no safetensors file', () => {
    const data = Buffer.alloc(4);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('PK'),
      Buffer.alloc(64),
      Buffer.alloc(64, 255),
      Buffer.from('userId,movieId,rating,timestamp\n'),
      build(one, data, 1n << 63n),
      build(one, data, (1n << 20n) + 1n),
      build(one, data, BigInt(JSON.stringify(one).length) + 5n),
      build(one, data, BigInt(JSON.stringify(one).length) - 1n),
      build('', data),
      build('{', data),
      build('null', data),
      build('[]', data),
      build('"a"', data),
      build('7', data),
      Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from([0xff, 0xfe])]),
    ])
      refuses(() => decodeWeights(bytes), broken);
    assert.equal(decodeWeights(build(one, data)).tensors.size, 1, 'and what they are made of is one');
  });

  test('no tensors', () => {
    for (const header of [{}, { __metadata__: { format: 'pt' } }])
      refuses(() => decodeWeights(build(header)), /^The weights file holds no tensors\.$/);
  });

  test('entries that say nothing sensible', () => {
    for (const entry of [
      null,
      7,
      'x',
      [],
      {},
      { ...one.a, shape: undefined },
      { ...one.a, shape: 1 },
      { ...one.a, shape: [-1] },
      { ...one.a, shape: [0.5] },
      { ...one.a, shape: ['1'] },
      { ...one.a, data_offsets: undefined },
      { ...one.a, data_offsets: [0] },
      { ...one.a, data_offsets: [0, 4, 8] },
      { ...one.a, data_offsets: [-4, 0] },
      { ...one.a, data_offsets: [0, '4'] },
      { ...one.a, dtype: undefined },
      { ...one.a, dtype: {} },
    ])
      refuses(
        () => decodeWeights(build({ a: entry }, Buffer.alloc(4))),
        /^The weights file’s entry for a is damaged\.$/,
      );
  });

  test('another type of number, which is named', () => {
    for (const dtype of ['F16', 'BF16', 'F64', 'I32', 'f32'])
      refuses(
        () => decodeWeights(build({ a: { ...one.a, dtype } }, Buffer.alloc(4))),
        new RegExp(`^a is stored as ${dtype}; only F32`),
      );
  });

  test('tensors that do not lie where they should', () => {
    const entry = (/** @type {number} */ from, /** @type {number} */ to, shape = [(to - from) / 4]) => ({
      dtype: 'F32',
      shape,
      data_offsets: [from, to],
    });
    const at = (/** @type {Header} */ header, size = 16) => decodeWeights(build(header, Buffer.alloc(size)));
    assert.equal(at({ b: entry(8, 16), a: entry(0, 8), empty: entry(8, 8) }).tensors.size, 3);
    const outside = /^The weights file is cut off or damaged: b does not lie inside it\.$/;
    refuses(() => at({ a: entry(0, 8), b: entry(8, 20) }), outside);
    refuses(() => at({ a: entry(0, 8), b: entry(16, 8, [2]) }), outside);
    refuses(() => at({ a: entry(0, 8), b: entry(8, 16, [3]) }), outside);
    refuses(() => at({ a: entry(0, 8), b: entry(8, 16, [2 ** 32, 2 ** 32]) }), outside);
    refuses(() => at({ a: entry(0, 8), b: entry(8, 16, [2 ** 52, 0.5 * 2 ** 52]) }), outside);
    const layout = /^The weights file is damaged: b does not begin where what is before it ends\.$/;
    refuses(() => at({ a: entry(0, 12), b: entry(8, 16) }), layout);
    refuses(() => at({ a: entry(0, 16), b: entry(0, 16) }), layout);
    refuses(() => at({ a: entry(0, 4), b: entry(8, 16) }), layout);
    refuses(() => at({ b: entry(4, 16) }), layout);
    refuses(() => at({ a: entry(0, 8), b: entry(8, 12) }), /damaged: 4 bytes lie behind its last tensor/);
  });

  test('values that are not finite', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const data = Buffer.alloc(4);
      data.writeFloatLE(value);
      refuses(() => decodeWeights(build(one, data)), /^a holds values that are not finite numbers\.$/);
    }
  });

  test('names and types with line breaks stay on one line, long ones are cut', () => {
    const name = `a\n\u001b[31m${'x'.repeat(500)}`;
    for (const header of [{ [name]: null }, { [name]: { ...one.a, dtype: name } }])
      assert.throws(
        () => decodeWeights(build(header, Buffer.alloc(4))),
        ({ message }) => message.length < 300 && !/\p{Cc}/u.test(message),
      );
  });

  test('settings that can’t be used', async (t) => {
    const mine = await lab(t);
    const { edited } = saved(mine, settingsOf.gmf);
    const config = (/** @type {object} */ value) =>
      edited((header) => void (header.__metadata__.config = JSON.stringify(value)));
    refuses(() => load(mine, config({ model: 'svd' })), /^The weights file’s settings: Model must be one of/);
    refuses(() => load(mine, config({ model: 'gmf', factors: 0 })), /^The weights file’s settings: Predictive factors/);
    refuses(
      () => load(mine, config({ model: 'gmf', factors: 4 })),
      /is \[40,3\] in the weights file, the model’s is \[40,4\]/,
    );
    refuses(() => load(mine, config({ model: 'neumf', factors: 3 })), /lacks mlp\.user_embedding\.weight/);
    refuses(() => load(mine, config({ model: 'itempop' })), /lacks bias\./);
  });

  test('no model’s tensors, or shapes that are no model’s', async (t) => {
    const mine = await lab(t);
    refuses(
      () => load(mine, build(one, Buffer.alloc(4))),
      /^The weights file holds none of the tensors of a model here/,
    );
    const { edited } = saved(mine, settingsOf.mlp);
    const bare = edited((header) => {
      delete header.__metadata__;
      for (const layer of [0, 1]) header[`mlp.layers.${layer}.weight`].shape = [];
      for (const layer of [0, 1]) delete header[`mlp.layers.${layer}.bias`];
    });
    refuses(() => load(mine, bare), /damaged/);
    const wide = { dtype: 'F32', shape: [40, 5000], data_offsets: [0, 800_000] };
    refuses(
      () => load(mine, build({ 'mlp.user_embedding.weight': wide }, Buffer.alloc(800_000))),
      /^The weights file’s shapes: .* must be .* not “10000”\.$/,
    );
    const flat = { dtype: 'F32', shape: [], data_offsets: [0, 4] };
    for (const name of ['gmf.user_embedding.weight', 'mlp.user_embedding.weight', 'bias.item'])
      refuses(() => load(mine, build({ [name]: flat }, Buffer.alloc(4))), /weights file/);
  });

  for (const model of /** @type {const} */ (['gmf', 'mlp', 'neumf']))
    test(`${model} with a tensor missing, too many or of another shape, and nothing is changed`, async (t) => {
      const mine = await lab(t);
      const { edited, bytes } = saved(mine, { ...settingsOf[model], seed: 77 });
      const { header } = parse(bytes);
      const names = Object.keys(header).filter((name) => name !== '__metadata__' && !name.endsWith('_ids'));
      const before = mine.run(settingsOf[model]).model;
      const hash = before.hash();
      const fill = (/** @type {Uint8Array} */ file) =>
        putWeights(before, fitWeights(decodeWeights(file), mine.dataset));
      const last = /** @type {string} */ (names.at(-1));
      const cut = edited((head, data) => {
        const [from] = head[last].data_offsets;
        delete head[last];
        return data.subarray(0, from);
      });
      refuses(() => fill(cut), new RegExp(`^The weights file lacks ${last}, which the model has\\.$`));
      const more = edited((head, data) => {
        head['more'] = { dtype: 'F32', shape: [1], data_offsets: [data.length, data.length + 4] };
        return Buffer.concat([data, Buffer.alloc(4)]);
      });
      refuses(() => fill(more), /^The weights file holds more, which the model lacks\.$/);
      for (const name of names) {
        const { shape } = header[name];
        const other = edited((head) => void (head[name].shape = [...shape, 1]));
        refuses(() => fill(other), /is \[[\d,]+\] in the weights file, the model’s is \[[\d,]+\]/);
        if (shape.length < 2 || shape[0] === shape[1]) continue;
        refuses(
          () => fill(edited((head) => void head[name].shape.reverse())),
          new RegExp(
            `^${name} is \\[|^The weights file (has \\d+ rows of|is damaged: its tensors have)|do not have the width`,
          ),
        );
      }
      assert.equal(before.hash(), hash);
      fill(bytes);
      assert.notEqual(before.hash(), hash, 'and the whole file does change it');
    });

  test('embeddings of a width that the settings do not have', async (t) => {
    const mine = await lab(t);
    const { edited } = saved(mine, settingsOf.mlp);
    const file = edited((header) => {
      const config = JSON.parse(header.__metadata__.config);
      header.__metadata__.config = JSON.stringify({ ...config, layers: [12, 6, 3] });
    });
    refuses(() => load(mine, file), /^The weights file’s embeddings do not have the width that its settings say\.$/);
    assert.throws(() => checkSettings({ layers: [9] }));
  });
});
