// The npm package `ncf-lab` for scripts, in Node and in what bundlers make for pages and workers.
//
//     import { train } from 'ncf-lab';
//
//     const training = train({ model: 'neumf', seed: 1 });
//     for await (const { epoch, loss, metrics } of training) console.log(epoch, loss, metrics.sampled?.hr);
//     console.log(training.model.recommend(1, { n: 5 }));
//     training.free();
//
// Work is done where it is called, in slices of some 12 ms with a pause in between: a page stays awake, and a page that wants
// more gives it a worker. Numbers are to the bit those of `ncf` and of the page. The core itself is `ncf-lab/core`.

export { BUNDLED, Data, loadData } from './script/data.mjs';
export { Training, train } from './script/training.mjs';
export { TrainedModel, evaluate, openWeights, recommend } from './script/model.mjs';
export { CoreError, DataError, FreedError } from './core.mjs';
export { WeightsError } from './lab/safetensors.mjs';
export { SettingError, checkSettings, models, presets, settings } from './settings/settings.mjs';

/** @typedef {import('./settings/settings.mjs').Settings} Settings */
/** @typedef {import('./lab/run.mjs').EpochEvent} EpochEvent */
/** @typedef {import('./lab/run.mjs').RunEvent} RunEvent */
/** @typedef {import('./lab/tasks.mjs').MetricSets} MetricSets */
/** @typedef {import('./core.mjs').Metrics} Metrics */
/** @typedef {import('./core.mjs').Errors} Errors */
/** @typedef {import('./script/contents.mjs').DataFile} DataFile */
/** @typedef {import('./script/data.mjs').DataSource} DataSource */
/** @typedef {import('./script/data.mjs').Film} Film */
/** @typedef {import('./script/data.mjs').LoadOptions} LoadOptions */
/** @typedef {import('./script/model.mjs').Recommendation} Recommendation */
/** @typedef {import('./script/model.mjs').NewRecommendation} NewRecommendation */
/** @typedef {import('./script/model.mjs').WeightsSource} WeightsSource */
/** @typedef {import('./script/model.mjs').WeightsOptions} WeightsOptions */
/** @typedef {import('./script/training.mjs').TrainSettings} TrainSettings */
/** @typedef {import('./script/training.mjs').TrainOptions} TrainOptions */
