// Settings that somebody fixed, an instructor or an exercise: whether others depart from them.

import { reads, tower } from './settings.mjs';
import { settings as table } from './table.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/** What a setting comes to, as text: “auto” layers are the widths that they stand for. @param {Settings} values @param {keyof Settings} name */
const meaning = (values, name) => String(name === 'layers' ? tower(values) : values[name]);

/**
 * The fixed settings that these depart from. What their model does not read makes no difference.
 * @param {Settings} values
 * @param {Partial<Settings>} fixed
 */
export const departsFrom = (values, fixed) =>
  table.filter(
    ({ name }) =>
      Object.hasOwn(fixed, name) &&
      reads(values.model, name) &&
      meaning(values, name) !== meaning({ ...values, [name]: fixed[name] }, name),
  );
