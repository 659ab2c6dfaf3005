// Settings as the core takes them: by name, and enums by their words (wasm/api/settings.c, wasm/api/words.c).

import { isShared, l2ByPart, modelRow, neighboursOf, reads, tower } from '../settings/settings.mjs';
import { settings as table } from '../settings/table.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** A number or a word, one after the other, or numbers by words. @typedef {number | string | number[] | Record<string, number>} Value */

/**
 * What the core is to be told, by its name.
 * @param {import('./module.mjs').Core} core
 * @param {Settings} settings
 * @param {{items: number}} dataset
 * @param {{lowest: number, highest: number}} [scale]  of the ratings, for models that predict them
 * @returns {Record<string, Value>}
 */
function told(core, settings, dataset, scale) {
  const { model } = settings;
  const { parts, dot = false, stdByFactors = false } = modelRow(model);
  const fusion = reads(model, 'fusionLayers') && settings.fusionLayers !== 'none' ? settings.fusionLayers : [];
  const scaled = scale && reads(model, 'output') && settings.output === 'sigmoid';
  const asTheyAre = table.filter((row) => row.core).map(({ name }) => [name, settings[name]]);
  return {
    ...Object.fromEntries(asTheyAre),
    parts: parts.reduce((sum, part) => sum + core.code('part', part), 0),
    layers: parts.includes('mlp') ? tower(settings) : [],
    shared: Number(isShared(settings)),
    dot: Number(dot),
    additive: Number(reads(model, 'fusion') && settings.fusion === 'add'),
    fusion,
    neighbours: neighboursOf(settings, dataset),
    std: stdByFactors ? settings.std / Math.sqrt(settings.factors) : settings.std,
    lowest: scaled ? scale.lowest : 0,
    highest: scaled ? scale.highest : 0,
    l2: reads(model, 'optimizer') ? l2ByPart(settings) : [],
  };
}

/**
 * What one name is told, index by index.
 * @param {import('./module.mjs').Core} core
 * @param {string} name
 * @param {Value} value
 * @returns {[index: number, value: number][]}
 */
function numbersOf(core, name, value) {
  if (typeof value === 'number') return [[0, value]];
  if (typeof value === 'string') return [[0, core.code(name, value)]];
  if (Array.isArray(value)) return [...value.entries()];
  return Object.entries(value).map(([word, number]) => [core.code(name, word), number]);
}

/**
 * Calls `use` with the address of the settings in the core and frees them afterwards.
 * @template R
 * @param {import('./dataset.mjs').Dataset} dataset
 * @param {Settings} settings
 * @param {(pointer: number) => R} use
 * @param {{lowest: number, highest: number}} [scale]
 * @returns {R}
 */
export function withSettings(dataset, settings, use, scale) {
  const { core } = dataset;
  const { exports } = core;
  const pointer = core.check(exports.ncf_settings_new());
  try {
    for (const [name, value] of Object.entries(told(core, settings, dataset, scale)))
      core.withText(name, (text) => {
        for (const [index, number] of numbersOf(core, name, value))
          core.check(exports.ncf_settings_set(pointer, text, index, number));
      });
    return use(pointer);
  } finally {
    exports.ncf_settings_free(pointer);
  }
}
