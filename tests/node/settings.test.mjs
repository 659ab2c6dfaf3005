import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  SettingError,
  checkSettings,
  defaultSettings,
  departures,
  fromConfig,
  models as rows,
  reads,
  settings as table,
  toConfig,
  tower,
} from '../../wasm/settings/settings.mjs';

const models = rows.map(({ value }) => value);

/** What each number setting takes and refuses; the rest of the refused is the same for all. */
const ranges = {
  factors: { min: 1, max: 512, whole: true },
  negatives: { min: 1, max: 50, whole: true },
  batchSize: { min: 1, max: 65536, whole: true },
  epochs: { min: 1, max: 1000, whole: true },
  seed: { min: 0, max: 4294967295, whole: true },
  lr: { min: 1e-6, whole: false },
};

/** @param {Record<string, unknown>} settings @param {string} name @param {RegExp} message */
function refuses(settings, name, message) {
  assert.throws(
    () => checkSettings(settings),
    (error) => {
      assert(error instanceof SettingError, String(error));
      assert.equal(error.setting, name);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n|undefined/);
      return true;
    },
    JSON.stringify(settings),
  );
}

test('the defaults are those of the paper’s NeuMF with 8 factors', () => {
  const expected = {
    model: 'neumf',
    factors: 8,
    layers: 'auto',
    negatives: 4,
    lr: 0.001,
    batchSize: 256,
    epochs: 20,
    seed: 1,
    eval: 'sampled',
    activation: 'relu',
    embeddings: 'own',
    pretrain: 0,
    alpha: 0.5,
    optimizer: 'adam',
    order: 'shuffled',
    l2: 0,
    validation: 'off',
    patience: 0,
    fusion: 'concatenate',
    fusionLayers: 'none',
    std: 0.01,
    side: 'off',
    ids: 'on',
    loss: 'log',
    negativeWeight: 1,
    popularityPower: 0,
    known: 'reject',
    positiveFrom: 'off',
    holdOut: 'last',
  };
  const read = Object.entries(defaultSettings()).filter(([name]) => reads('neumf', name));
  assert.deepEqual(Object.fromEntries(read), expected);
  assert.deepEqual(checkSettings({}), defaultSettings());
  assert.deepEqual(checkSettings(defaultSettings()), defaultSettings());
});

test('every setting has what a control and an option need', () => {
  assert.equal(new Set(table.map(({ name }) => name)).size, table.length);
  assert.equal(new Set(table.map(({ option }) => option)).size, table.length);
  for (const { name, option, label, help, live, choices, type } of table) {
    assert.match(option, /^[a-z]+(-[a-z]+|2)*$/, name);
    assert(label.length > 0 && help.length > 20, name);
    assert.equal(typeof live, 'boolean', name);
    assert.equal(type === 'choice', choices !== undefined, name);
  }
  assert.deepEqual(
    table.filter(({ live }) => live).map(({ name }) => name),
    ['lr', 'epochs'],
  );
});

for (const [name, { min, max, whole }] of Object.entries(ranges))
  test(`${name}: its range, and the sentence outside it`, () => {
    const setting = table.find((each) => each.name === name);
    assert.equal(setting.min, min);
    if (max !== undefined) assert.equal(setting.max, max);
    const limit = setting.max;
    for (const value of [min, limit]) {
      assert.equal(checkSettings({ [name]: value })[name], value);
      assert.equal(checkSettings({ [name]: String(value) })[name], value, 'as text');
    }
    const message = new RegExp(
      `^${setting.label} must be a ${whole ? 'whole ' : ''}number from .+ to .+, not “.*”\\.$`,
    );
    const outside = [min - 1, -min - 1e-9, limit * 2, NaN, Infinity, -Infinity, 'x', '', ' ', '1 2', true, [1], {}];
    for (const value of outside) refuses({ [name]: value }, name, message);
    if (whole) for (const value of [min + 0.5, '1.5', '1e-1']) refuses({ [name]: value }, name, message);
    else assert.equal(checkSettings({ [name]: '1e-2' })[name], 0.01);
    // The sentence says the range and the value.
    refuses({ [name]: -77 }, name, new RegExp(`from ${min} to ${limit}, not “-77”`));
    assert.equal(checkSettings({ [name]: null })[name], setting.default);
    assert.equal(checkSettings({ [name]: undefined })[name], setting.default);
  });

test('a model’s own defaults take the place of the table’s, and give way to what is chosen', () => {
  for (const { value: model, defaults = {} } of rows) {
    const settings = checkSettings({ model });
    for (const { name, default: standard } of table)
      if (name !== 'model')
        assert.equal(String(settings[name]), String(defaults[name] ?? standard), `${model} ${name}`);
    for (const name of Object.keys(defaults)) assert(reads(model, name), `${model} has a default for ${name}, unread`);
    assert.equal(checkSettings({ model, lr: 0.5 }).lr, 0.5);
  }
});

test('every model reads the seed, and what it reads is for its task', () => {
  for (const { value, task } of rows) {
    assert(reads(value, 'seed') && reads(value, 'model') && reads(value, 'validation'), value);
    assert.equal(reads(value, 'eval'), task === 'ranking', value);
    assert.equal(reads(value, 'folds'), task === 'rating', value);
  }
});

test('model and eval take their choices and nothing else', () => {
  for (const model of models) assert.equal(checkSettings({ model }).model, model);
  for (const kind of ['sampled', 'full', 'both']) assert.equal(checkSettings({ eval: kind }).eval, kind);
  for (const model of ['', 'NeuMF', 'svd', 1, ['gmf', 'mlp']])
    refuses({ model }, 'model', new RegExp(`^Model must be one of ${models.join(', ')}, not “.*”\\.$`));
  refuses({ eval: 'half' }, 'eval', /^Evaluation must be one of sampled, full, both, not “half”\.$/);
});

test('patience needs validation, but for ItemPop, which does not learn', () => {
  assert.equal(checkSettings({ validation: 'on', patience: '5' }).patience, 5);
  assert.equal(checkSettings({ model: 'itempop', patience: 5 }).patience, 5);
  refuses({ patience: 5 }, 'patience', /^Patience needs validation to be on/);
  refuses({ validation: 'on', patience: -1 }, 'patience', /^Patience must be a whole number from 0 to 1000/);
  refuses({ validation: 'yes' }, 'validation', /^Validation must be one of off, on, not “yes”\.$/);
});

test('fusion layers: none, text and lists, and what can’t be', () => {
  for (const value of ['none', '', []]) assert.equal(checkSettings({ fusionLayers: value }).fusionLayers, 'none');
  for (const value of ['16,8', '16 8', [16, 8]])
    assert.deepEqual(checkSettings({ fusionLayers: value }).fusionLayers, [16, 8]);
  for (const value of ['0', '5000', 'x', '1,2,3,4,5', '1.5'])
    refuses({ fusionLayers: value }, 'fusionLayers', /^Fusion layers must be “none” or 1 to 4 widths from 1 to 4096/);
});

/** What can’t be used together, and the sentence. @type {[Record<string, unknown>, string, RegExp][]} */
const together = [
  [{ model: 'bpr', batchSize: 17 }, 'batchSize', /^BPR trains on pairs, so the batch size must be even, not 17\.$/],
  [{ loss: 'bpr', batchSize: 1 }, 'batchSize', /^BPR trains on pairs/],
  [{ layers: '8', fusionLayers: '4' }, 'fusionLayers', /^Fusion layers need a tower with hidden layers: give it two/],
  [{ model: 'neural-ncf', layers: '8' }, 'fusionLayers', /^Fusion layers need a tower with hidden layers/],
  [{ fusionLayers: '4', pretrain: 2 }, 'pretrain', /^NeuMF with fusion layers can’t be pretrained/],
  [{ embeddings: 'shared', fusionLayers: '4' }, 'fusionLayers', /^Shared embeddings go with neither fusion layers nor/],
  [{ embeddings: 'shared', side: 'items' }, 'side', /^Shared embeddings go with neither fusion layers nor side/],
  [{ model: 'bias', folds: 1 }, 'folds', /^Folds must be 2 or more, or 0 for a share of the ratings\.$/],
  [{ model: 'bias', folds: 5, fold: 6 }, 'fold', /^There are 5 folds, so fold 6 can’t be the test\.$/],
  [{ model: 'ease', l2: 0 }, 'l2', /^EASE needs an L2 regularisation above 0, such as 500/],
  [{ model: 'bias', l2: 'biases:1' }, 'l2', /^Biases takes one number as L2 regularisation, not one by part as/],
  [{ model: 'bias-mf', patience: 3 }, 'patience', /^Patience needs validation to be on/],
];

test('what can’t be used together has its sentence', () => {
  for (const [settings, name, message] of together) refuses(settings, name, message);
  // Models that don't read a setting don't mind it.
  for (const settings of [
    { model: 'bias-mf', loss: 'bpr', batchSize: 17 },
    { model: 'gmf', folds: 5, fold: 6 },
    { model: 'mlp', layers: '8', fusionLayers: '4' },
    { model: 'ease', patience: 3 },
  ])
    assert.equal(checkSettings(settings).model, settings.model);
});

test('layers: auto, text and lists', () => {
  for (const value of ['auto', '']) assert.equal(checkSettings({ layers: value }).layers, 'auto');
  for (const value of ['64,32,16,8', '64, 32, 16, 8', '64 32 16 8', [64, 32, 16, 8], ['64', '32', '16', '8']])
    assert.deepEqual(checkSettings({ layers: value }).layers, [64, 32, 16, 8]);
  assert.deepEqual(checkSettings({ layers: '2' }).layers, [2]);
  const deep = [4096, 1, 1, 1, 1, 1, 1, 1, 1];
  assert.deepEqual(checkSettings({ layers: deep }).layers, deep);
});

test('layers: what can’t be a tower', () => {
  const message = /^Layers must be “auto” or 1 to \d+ widths from 1 to 4096, such as 64,32,16,8, not “.*”\.$/;
  for (const value of ['8,x', '8,0', '8,-2', '4098', '8,1.5', ',', [], [NaN], 'auto,8', Array(11).fill(2)])
    refuses({ layers: value }, 'layers', message);
  refuses({ layers: '7,3' }, 'layers', /^The first of the layers holds .* so it must be even, not 7\.$/);
});

test('an unknown setting is named', () => {
  refuses({ factors: 8, dropout: 0.1 }, 'dropout', /^There is no setting “dropout”\.$/);
});

test('the tower is 8, 4, 2 and 1 times the factors, or what is set', () => {
  assert.deepEqual(tower(checkSettings({ factors: 8 })), [64, 32, 16, 8]);
  assert.deepEqual(tower(checkSettings({ factors: 1 })), [8, 4, 2, 1]);
  assert.deepEqual(tower(checkSettings({ factors: 8, layers: '10,5' })), [10, 5]);
});

test('toConfig has the option’s names, the tower, and only what the model reads', () => {
  assert.deepEqual(toConfig(checkSettings({})), {
    model: 'neumf',
    factors: 8,
    layers: [64, 32, 16, 8],
    negatives: 4,
    lr: 0.001,
    batch_size: 256,
    epochs: 20,
    seed: 1,
    eval: 'sampled',
    activation: 'relu',
    embeddings: 'own',
    pretrain: 0,
    alpha: 0.5,
    optimizer: 'adam',
    order: 'shuffled',
    l2: 0,
    validation: 'off',
    patience: 0,
    fusion: 'concatenate',
    fusion_layers: 'none',
    init_std: 0.01,
    side_information: 'off',
    ids: 'on',
    loss: 'log',
    negative_weight: 1,
    popularity_power: 0,
    known_negatives: 'reject',
    positive_from: 'off',
    hold_out: 'last',
  });
  assert.deepEqual(Object.keys(toConfig(checkSettings({ model: 'itempop' }))), [
    'model',
    'seed',
    'positive_from',
    'hold_out',
    'eval',
    'validation',
  ]);
  assert(!('layers' in toConfig(checkSettings({ model: 'gmf' }))));
  for (const model of models)
    assert.deepEqual(
      Object.keys(toConfig(checkSettings({ model }))),
      table.filter(({ name }) => reads(model, name)).map(({ option }) => option.replaceAll('-', '_')),
    );
});

test('fromConfig undoes toConfig for every model', () => {
  const chosen = { factors: 3, negatives: 7, lr: 0.5, batchSize: 18, epochs: 9, seed: 4294967295, eval: 'both' };
  for (const model of models) {
    const settings = checkSettings({ ...chosen, model, layers: [6, 4, 3] });
    const config = toConfig(settings);
    const back = fromConfig(JSON.parse(JSON.stringify(config)));
    assert.deepEqual(toConfig(back), config);
    assert.deepEqual(
      tower(back),
      reads(model, 'layers') ? [6, 4, 3] : [64, 32, 16, 8].map((w) => back.factors * (w / 8)),
    );
    for (const { name } of table) if (reads(model, name)) assert.deepEqual(back[name], settings[name], name);
  }
});

test('departures are enough to have any settings of a model again, and none is too many', () => {
  let seen = 0;
  /** @param {Record<string, unknown>} chosen */
  const check = (chosen) => {
    let settings;
    try {
      settings = checkSettings(chosen);
    } catch {
      return;
    }
    seen++;
    const { model } = settings;
    const said = departures(settings).map(({ name }) => [name, String(/** @type {any} */ (settings)[name])]);
    assert.deepEqual(toConfig(checkSettings({ model, ...Object.fromEntries(said) })), toConfig(settings));
    for (const [name] of said) {
      const fewer = Object.fromEntries(said.filter(([each]) => each !== name));
      const without = checkSettings({ model, patience: 0, ...fewer });
      assert.notDeepEqual(/** @type {any} */ (without)[name], /** @type {any} */ (settings)[name], name);
    }
  };
  for (const model of models) {
    check({ model });
    for (const { name, default: standard, choices = [], min, max } of table) {
      if (name === 'model') continue;
      // The table's default is not the model's.
      for (const value of [standard, ...choices.map((choice) => choice.value), min, max])
        if (value !== undefined) check({ model, [name]: value });
    }
    check({ model, factors: 16, layers: '64,32,16,8' });
  }
  assert.ok(seen > 1000, `${seen}`);
});

test('fromConfig passes over names it does not know and refuses values it can’t use', () => {
  assert.deepEqual(fromConfig({ dropout: 0.5, model: 'gmf' }), checkSettings({ model: 'gmf' }));
  assert.throws(() => fromConfig({ factors: 1000 }), SettingError);
});
