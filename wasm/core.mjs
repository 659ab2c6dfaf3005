// The C core as JS classes: handles become objects, status codes Errors whose message says what to do, and results are
// copied out of the module's memory. Works in a page, a worker and Node. Behind this door, in core/, are the only files
// that see a pointer.
//
//     const core = await loadCore({ simd: bytesOrResponse, scalar: bytesOrResponse });
//     const reader = core.readDataset();
//     reader.feedRatings(chunk); … reader.finishRatings(); reader.feedFilms(chunk); … reader.finishFilms();
//     const dataset = reader.dataset();
//     const split = dataset.leaveOneOut({ negatives: 99, seed: 1 });
//     const model = split.createModel(checkSettings({ model: 'neumf' }));
//
// Every object has free(), to be called when it is no longer used; one made from another is freed with that one at the latest.
// To use it after that is an error (core/handle.mjs).

export { Core, hasSimd, loadCore } from './core/module.mjs';
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
export { FreedError } from './core/handle.mjs';
export * from './errors.mjs';
export * from './settings.mjs';
export { help } from './settings/help.mjs';
export { networkGraph } from './graph.mjs';
export * from './notes.mjs';
export * from './run.mjs';
export { WeightsError } from './safetensors.mjs';
export { decodeWeights, encodeWeights, fitWeights, settingsOfWeights } from './weights.mjs';
export { identityOf, identityOfData, sameRows, sameTest } from './identity.mjs';
export * from './files.mjs';
export * from './compare.mjs';
export * from './beyond.mjs';
export { filmsOf, mayBeShown, notShown, suggestions, userHas } from './shown.mjs';
export { scoreKind, scoreOf, scoreSentence, scoreSentences } from './scores.mjs';
export { setsToJson } from './measures.mjs';
export { gainOf, hitOf, rankLines } from './stats/ranks.mjs';

/** @typedef {import('./core/dataset.mjs').Film} Film */
/** @typedef {import('./core/evaluator.mjs').Rank} Rank */
/** @typedef {import('./core/evaluator.mjs').Metrics} Metrics */
/** @typedef {import('./core/model.mjs').Tensor} Tensor */
/** @typedef {import('./core/trace.mjs').Way} Way */
/** @typedef {import('./core/trace.mjs').WayBack} WayBack */
/** @typedef {import('./graph.mjs').Graph} Graph */
/** @typedef {import('./graph.mjs').GraphNode} GraphNode */
/** @typedef {import('./graph.mjs').GraphEdge} GraphEdge */
/** @typedef {import('./core/new_user.mjs').Recommendation} Recommendation */
/** @typedef {import('./core/predictor.mjs').Errors} Errors */
/** @typedef {import('./notes.mjs').Note} Note */
/** @typedef {import('./scores.mjs').Score} Score */
/** @typedef {import('./scores.mjs').ScoreKind} ScoreKind */
/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./errors.mjs').DataFile} DataFile */
/** @typedef {import('./rows.mjs').RowRule} RowRule */
/** @typedef {import('./weights.mjs').Weights} Weights */
/** @typedef {import('./identity.mjs').Identity} Identity */
/** @typedef {import('./identity.mjs').DataIdentity} DataIdentity */
