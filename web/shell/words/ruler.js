import { wordsOf } from '../../parts/speech.js';

/** How far things are. */
export const words = wordsOf('shell/ruler', {
  epoch: 'Epoch',
  of: ' of {n}',
  samples: 'Samples a second',
  scalar: ' scalar',
  noModel: 'No model yet',
  predicting: 'Predicting the hidden ratings',
  ranking: 'Ranking the hidden films',
  solving: 'Solving: {share}',
  batch: 'Epoch {epoch}: batch {batch} of {batches}',
  within: 'Epoch {epoch}: {share}',
  best: 'Epoch {epoch} was the best on validation',
  back: 'Back at epoch {epoch}, the best on validation',
  nothing: 'Nothing to train',
  solved: 'Solved',
  once: 'Solved in one go, without epochs',
  partsFirst: 'GMF and MLP first, {n} {n|epoch|epochs} each',
  batches: '{n} {n|batch|batches} an epoch',
  reading: 'Reading the data',
  read: '{n} {n|rating|ratings}, {size}',
  sizeOf: '{bytes} of {all}',
  pretraining: 'Pretraining {model}: epoch {epoch} of {epochs}',
  ofPretraining: 'Progress of pretraining',
  ofRun: 'Progress of the run',
});
