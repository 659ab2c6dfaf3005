/** Which models a race is between: a table of the questions that the papers ask. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { checkSettings, departures, withModel } from '../../../wasm/settings/settings.mjs';
import { settingText, shortName } from '../../parts/format.js';
import { words } from './words.js';

/** @typedef {import('../../worker/protocol.js').Settings} Settings */
/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./race.js').Entry} Entry */
/** @typedef {{name: 'models' | 'pretraining' | 'negatives' | 'depth' | 'dot', variants: (speech: Speech, settings: Settings, epochs: number) => {name: string, set: Record<string, unknown>}[]}} Preset */

/** @param {Speech} speech @param {string} model */
const plain = (speech, model) => ({ name: shortName(speech, model), set: { model } });

/** The widths of a tower with so many hidden layers, each half as wide as the one below. @param {number} depth @param {number} factors */
const widths = (depth, factors) => Array.from({ length: depth + 1 }, (_, at) => factors * 2 ** (depth - at));

/** @param {number} length */
const upTo = (length) => Array.from({ length }, (_, at) => at + 1);

/** The models of the paper, one of which draws the negatives: the chosen one if it is among them. @param {Settings} settings */
const sampling = ({ model }) => (['gmf', 'mlp', 'neumf'].includes(model) ? model : 'neumf');

/** @type {Preset[]} */
export const presets = [
  { name: 'models', variants: (speech) => ['gmf', 'mlp', 'neumf'].map((model) => plain(speech, model)) },
  {
    name: 'pretraining',
    variants: ({ t }, _, epochs) => [
      { name: t(words.withoutPretraining), set: { model: 'neumf', pretrain: 0 } },
      { name: t(words.withPretraining), set: { model: 'neumf', pretrain: epochs } },
    ],
  },
  {
    name: 'negatives',
    variants: ({ t }, settings) =>
      upTo(10).map((negatives) => ({
        name: t(words.negativesOf, { negatives }),
        set: { model: sampling(settings), negatives },
      })),
  },
  {
    name: 'depth',
    variants: ({ t }, { factors }) =>
      [0, ...upTo(4)].map((layers) => ({
        name: t(words.layersOf, { layers }),
        set: { model: 'mlp', layers: widths(layers, factors) },
      })),
  },
  { name: 'dot', variants: (speech) => ['mf', 'mlp'].map((model) => plain(speech, model)) },
];

/**
 * A race's entries: the preset's own settings, and else what the page is set to.
 * @param {Speech} speech
 * @param {Preset} preset
 * @param {Settings} settings
 * @param {number | string} epochs
 * @param {Partial<Settings>} [fixed]  what stays as it is, rather than at the default of each model
 * @returns {Entry[]}
 * @throws {import('../../../wasm/settings/settings.mjs').SettingError} what cannot be
 */
export function entriesOf(speech, preset, settings, epochs, fixed = {}) {
  const checked = checkSettings({ epochs }).epochs;
  return preset.variants(speech, settings, checked).map(({ name, set }) => {
    const base = withModel({ ...settings, epochs: checked }, String(set.model));
    return { name, settings: checkSettings({ ...base, ...fixed, epochs: checked, ...set }) };
  });
}

/**
 * The page's settings as an entry, named by the model and what departs from its defaults.
 * @param {Settings} settings
 * @param {number | string} [epochs]  the settings' own where absent
 * @returns {Entry}
 */
export function presentEntry(settings, epochs = settings.epochs) {
  const present = checkSettings({ ...settings, epochs });
  return { name: nameOf(present), settings: present };
}

/**
 * The page's own run as one that has raced; it stays when another race is set up.
 * @param {Pick<import('../../shell/state.js').State, 'epochs' | 'selected' | 'samplesPerSecond'>} state
 * @param {import('../../worker/protocol.js').Model} model
 * @param {import('../../worker/protocol.js').Results} results
 * @returns {{entry: Entry, known: Partial<import('./race.js').Runner>}}
 */
export function takenIn({ epochs, selected, samplesPerSecond }, { settings, parameters, baseline, once }, results) {
  const { pretrainSeconds } = results;
  return {
    entry: presentEntry(settings),
    known: {
      ...{ phase: 'finished', kept: true, parameters, baseline, once },
      ...{ epochs, selected, samplesPerSecond, pretrainSeconds, results },
    },
  };
}

/** @param {Settings} settings */
function nameOf(settings) {
  const departs = departures(/** @type {any} */ (settings)).filter(
    ({ name }) => !['epochs', 'seed', 'eval'].includes(name),
  );
  const told = departs.map(({ name, option }) => `${option}=${settingText(settings[name])}`);
  return [modelRow(settings.model).label.replace(/ \(.*/, ''), ...told].join(' ');
}
