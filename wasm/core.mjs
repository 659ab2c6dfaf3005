// The C core as JS classes: handles become objects, status codes Errors whose message says what to do, and results are
// copied out of the module's memory. Works in a page, a worker and Node. Behind this door, in core/, are the only files
// that see a pointer.
//
//     const core = await loadCore({ simd: bytesOrResponse, scalar: bytesOrResponse });
//     const reader = core.readDataset();
//     reader.feed('ratings', chunk); … reader.finish('ratings'); reader.feed('films', chunk); … reader.finish('films');
//     const dataset = reader.dataset();
//     const split = dataset.leaveOneOut({ negatives: 99, seed: 1 });
//     const model = split.createModel(checkSettings({ model: 'neumf' }));
//
// Every object has free(), to be called when it is no longer used; one made from another is freed with that one at the latest.
// To use it after that is an error (core/handle.mjs).

export { Core, hasSimd, loadCore, mayCompile } from './core/module.mjs';
export { Dataset, DatasetReader, TEST_NEGATIVES } from './core/dataset.mjs';
export { Split } from './core/split.mjs';
export { Holdout } from './core/holdout.mjs';
export { Features } from './core/features.mjs';
export { Model } from './core/model.mjs';
export { Trace } from './core/trace.mjs';
export { Trainer } from './core/trainer.mjs';
export { Evaluator } from './core/evaluator.mjs';
export { Predictor } from './core/predictor.mjs';
export { NewUser, canFoldIn } from './core/new_user.mjs';
export { FilmMap, hasMap } from './core/map.mjs';
export { multiplyAdd, withProduct, withReading } from './core/limits.mjs';
export { FreedError, Handle } from './core/handle.mjs';
export { createLearner } from './core/learners.mjs';
export * from './core/errors.mjs';
export { fileKinds, namesOf, releases, roles } from './core/file_kinds.mjs';
export { filmsOf, mayBeShown, notShown, suggestions, userHas } from './core/shown.mjs';

/** @typedef {import('./core/dataset.mjs').Film} Film */
/** @typedef {import('./core/evaluator.mjs').Rank} Rank */
/** @typedef {import('./core/evaluator.mjs').Metrics} Metrics */
/** @typedef {import('./core/model.mjs').Tensor} Tensor */
/** @typedef {import('./core/trace.mjs').Way} Way */
/** @typedef {import('./core/trace.mjs').WayBack} WayBack */
/** @typedef {import('./core/new_user.mjs').Recommendation} Recommendation */
/** @typedef {import('./core/predictor.mjs').Errors} Errors */
/** @typedef {import('./core/file_kinds.mjs').DataFile} DataFile */
/** @typedef {import('./core/file_kinds.mjs').Role} Role */
