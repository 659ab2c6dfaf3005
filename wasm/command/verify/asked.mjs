// What an instructor asked for, to hold results against: the settings that the lab opened with, which of them were fixed, how
// many epochs there might be and the exercise. In the grammar of addresses: “model=gmf&factors=8&lock=model,factors&max-epochs=20”,
// or a whole link to the lab, whose query has what is fixed and whose hash has the settings.

import { departsFrom } from '../../settings/fixed.mjs';
import { readExercise } from '../../lab/exercise.mjs';
import { SettingError, checkSettings, reads, settings as table, tower } from '../../settings/settings.mjs';
import { fault } from '../../words/fault.mjs';

/** @typedef {import('../../settings/settings.mjs').Settings} Settings */
/** lock: names of settings; mostEpochs: null for any number. @typedef {{settings: Settings, lock: string[], mostEpochs: number | null, exercise: string | null}} Asked */
/** Where a result has not what was asked: a setting by the command's option, or exercise. @typedef {{of: string, asked: string, found: string}} Departure */

/** What an address may say besides, which is none of a result's business. */
const passed = [
  'room',
  'user',
  'film',
  'likes',
  'data',
  'hide',
  'only',
  'theme',
  'lang',
  'layout',
  'start',
  'chapter',
  'simd',
];

/**
 * @param {string} text
 * @returns {Asked}
 * @throws {SettingError | import('../../lab/exercise.mjs').ExerciseError} an instructor's slip is said, rather than nothing held to
 */
export function readAsked(text) {
  /** @type {Record<string, string>} */
  const partial = {};
  /** @type {Record<string, string>} */
  const said = {};
  for (const part of parts(text))
    for (const [name, value] of new URLSearchParams(part)) {
      const setting = table.find(({ option }) => option === name);
      if (setting) partial[setting.name] = value;
      else if (['lock', 'max-epochs', 'exercise'].includes(name)) said[name] = value;
      else if (!passed.includes(name)) throw new SettingError(name, fault('noSetting', { name }));
    }
  const most = said['max-epochs'];
  if (most !== undefined && !(Number.isInteger(Number(most)) && Number(most) >= 1))
    throw new SettingError('epochs', `max-epochs is a whole number from 1, not “${most}”.`);
  if (said.exercise !== undefined) readExercise(said.exercise);
  const settings = checkSettings(partial);
  const mostEpochs = most === undefined ? null : Number(most);
  return {
    // The page has no more epochs than it allows.
    settings: mostEpochs === null ? settings : limited(settings, mostEpochs),
    lock: locked(said.lock ?? ''),
    mostEpochs,
    exercise: said.exercise ?? null,
  };
}

/** No more epochs than may be, of pretraining neither. @param {Settings} settings @param {number} most @returns {Settings} */
const limited = (settings, most) => ({
  ...settings,
  epochs: Math.min(settings.epochs, most),
  pretrain: Math.min(settings.pretrain, most),
});

/** The query and the hash of a link, or a text as it is. @param {string} text */
function parts(text) {
  if (!/^([a-z]+:\/\/|[?#])/i.test(text)) return [text];
  const [, query = '', hash = ''] = /^[^?#]*(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
  return [query, hash];
}

/** @param {string} text  “factors,seed” or “all” */
function locked(text) {
  const words = text.split(',').map((word) => word.trim());
  return words.flatMap((word) => {
    if (word === 'all') return table.map(({ name }) => name);
    // Results are held to --data in any case.
    if (word === '' || word === 'data') return [];
    const setting = table.find(({ name, option }) => word === option || word === name);
    if (!setting) throw new SettingError(word, fault('noSetting', { name: word }));
    return [setting.name];
  });
}

/** A setting's value as it is typed; the tower's layers spelled out, those of “auto” for the factors that there are. @param {Settings} settings @param {keyof Settings} key @param {Settings} found */
function typed(settings, key, found) {
  const value =
    key === 'layers' ? tower(settings.layers === 'auto' ? { ...found, layers: 'auto' } : settings) : settings[key];
  return Array.isArray(value) ? value.join(',') : String(value);
}

/**
 * Where a result is not what was asked for.
 * @param {import('../../lab/result.mjs').Result & {checked: Settings}} result
 * @param {Asked} asked
 * @returns {Departure[]}
 */
export function departuresFrom(result, { settings, lock, mostEpochs, exercise }) {
  const { checked, rates, epochs_trained: trained } = result;
  const fixed = Object.fromEntries(Object.entries(settings).filter(([name]) => lock.includes(name)));
  /** @type {Departure[]} */
  const departures = departsFrom(checked, fixed).map(({ name, option }) => {
    const key = /** @type {keyof Settings} */ (name);
    return { of: option, asked: typed(settings, key, checked), found: typed(checked, key, checked) };
  });
  if (lock.includes('lr') && rates.length > 0)
    departures.push({ of: 'lr', asked: `${settings.lr} all along`, found: rates.map(({ lr }) => lr).join(', then ') });
  const most = Math.min(mostEpochs ?? Infinity, lock.includes('epochs') ? settings.epochs : Infinity);
  if (mostEpochs !== null && reads(checked.model, 'pretrain') && checked.pretrain > mostEpochs)
    departures.push({ of: 'pretrain', asked: `at most ${mostEpochs}`, found: String(checked.pretrain) });
  if (trained > most) departures.push({ of: 'epochs', asked: `at most ${most}`, found: `${trained} trained` });
  if (exercise !== null && result.exercise !== null && same(exercise) !== same(result.exercise))
    departures.push({ of: 'exercise', asked: exercise, found: result.exercise });
  return departures;
}

/** @param {string} text */
const same = (text) => text.replaceAll(/\s+/g, ' ').trim();
