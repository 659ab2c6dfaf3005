import { wordsOf } from '../../parts/speech.js';

/** The settings' own frame. What is said of each setting stands in wasm/settings/table.mjs. */
export const words = wordsOf('shell/settings', {
  settings: 'Settings',
  more: 'More settings',
  model: 'Model',
  preset: 'Preset',
  ownSettings: 'settings of your own',
  presetHelp: 'Settings that a paper found good for MovieLens-1M. The seed stays as it is.',
  startsOver: 'a change starts over',
  anyTime: 'Any time',
  atOnce: 'takes effect at once',
  network: 'Network',
  features: 'Side information',
  training: 'Training',
  data: 'Data',
  evaluation: 'Measuring',
  changed: '{n} changed',
  parameters: '{n} {n|parameter|parameters}',
  hash: 'Weights hash ',
  hashMeans:
    'After epoch {epoch}. The same settings and seed give the same hash on every machine, to the last bit of the weights.',
  factors: '{n} {n|factor|factors}',
  rate: 'rate {lr}',

  ranking: 'Ranking films',
  rating: 'Predicting ratings',
  help: 'Help on {setting}',
  live: '{help} A change takes effect while the model learns.',
  rebuilds: '{help} A change starts the model over.',
});
