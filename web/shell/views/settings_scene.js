/** What the settings show of themselves in short: a line, how many were changed, and the tower of layers as bars. */
import { defaultOf, reads } from '../../../wasm/settings/settings.mjs';
import { shortName } from '../../parts/format.js';
import { words } from '../words/settings.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/table.mjs').Setting} Setting */
/** @typedef {import('../../worker/protocol.js').Settings} Settings */

/** The model and what matters most of it, as far as it reads that. @param {Speech} speech @param {Settings} settings */
export function summaryOf(speech, settings) {
  const { t } = speech;
  const told = [
    shortName(speech, settings.model),
    reads(settings.model, 'factors') && t(words.factors, { n: settings.factors }),
    reads(settings.model, 'lr') && t(words.rate, { lr: String(settings.lr) }),
  ];
  return told.filter(Boolean).join(' · ');
}

/** How many of these settings the model reads and has not at its default. @param {Setting[]} some @param {Settings} settings */
export const departuresAmong = (some, settings) =>
  some.filter(
    (setting) =>
      reads(settings.model, setting.name) &&
      String(settings[setting.name]) !== String(defaultOf(setting, settings.model)),
  ).length;

/**
 * Layers as bars whose length is their width, on a logarithmic scale, the widest of 64.
 * @param {number[]} widths
 */
export function barsOf(widths) {
  const most = Math.log2(Math.max(...widths) + 1);
  const bars = widths.map((width, at) => {
    const long = 4 + (60 * Math.log2(width + 1)) / most;
    return { x: 32 - long / 2, y: at * 4, width: long };
  });
  return { viewBox: `0 0 64 ${widths.length * 4 - 1}`, height: Math.min(36, widths.length * 5), bars };
}
