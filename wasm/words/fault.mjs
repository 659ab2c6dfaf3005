// What is wrong, as a code with values from where it is found to where it is said: nobody tells it by its sentence.

import { faults, parts } from './faults.mjs';
import { fill } from './fill.mjs';

/**
 * What takes a value's place: a text as it is, what has a name in every language, or a fault within a fault.
 * @typedef {string | Named | Told} Value
 */
/** text: of a setting or a model, its label. @typedef {{of: 'part' | 'setting' | 'model', name: string, text: string}} Named */
/** @typedef {{code: keyof typeof faults, values: Record<string, Value>}} Told */

/**
 * @param {keyof typeof faults} code
 * @param {Record<string, Value | number | readonly number[] | unknown>} [values]  by the names in the sentence; numbers stay as written
 * @returns {Told}
 */
export const fault = (code, values = {}) =>
  asValue({
    code,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, isValue(value) ? value : String(value)]),
    ),
  });

/** What was made here: an object out of somebody's file is no value, whatever it looks like. @type {WeakSet<object>} */
const made = new WeakSet();

/** @template {Exclude<Value, string>} T @param {T} value @returns {T} */
function asValue(value) {
  made.add(value);
  return value;
}

/** @param {unknown} value @returns {value is Value} */
const isValue = (value) => typeof value === 'object' && value !== null && made.has(value);

/** A part of a sentence that has a name in every language. @param {keyof typeof parts} name @returns {Value} */
export const part = (name) => asValue({ of: 'part', name, text: '' });

/** What a value is called in English. @param {Named} value */
export const nameOf = ({ of, name, text }) => (of === 'part' ? parts[/** @type {keyof typeof parts} */ (name)] : text);

/** A setting by its label. @param {{name: string, label: string}} setting @returns {Value} */
export const settingValue = ({ name, label }) => asValue({ of: 'setting', name, text: label });

/** A model by its label. @param {{value: string, label: string}} model @returns {Value} */
export const modelValue = ({ value, label }) => asValue({ of: 'model', name: value, text: label });

/**
 * The sentence, in English where no other words are given.
 * @param {Told} told
 * @param {(code: keyof typeof faults) => string} [sentence]
 * @param {(value: Named) => string} [name]
 * @returns {string}
 */
export function tell({ code, values }, sentence = (each) => faults[each], name = nameOf) {
  const texts = Object.entries(values).map(([key, value]) => {
    if (typeof value === 'string') return [key, value];
    return [key, 'of' in value ? name(value) : tell(value, sentence, name)];
  });
  return fill(sentence(code) ?? code, Object.fromEntries(texts));
}

/** An error that is known by its code. Sentences that only the command says are texts, in English. */
export class Fault extends Error {
  /** @param {Told | string} told */
  constructor(told) {
    super(typeof told === 'string' ? told : tell(told));
    this.name = 'Fault';
    this.told = typeof told === 'string' ? null : told;
  }
}

/** What an error says, to be a value of another. @param {unknown} error @returns {Value} */
export const causeOf = (error) =>
  error instanceof Fault && error.told ? error.told : String(error instanceof Error ? error.message : error);
