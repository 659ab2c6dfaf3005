import { wordsOf } from '../../parts/speech.js';

/** The buttons that run the model, and what the page says of a run. */
export const words = wordsOf('shell/run', {
  run: 'Run',
  train: 'Train',
  more: 'Train {n} more',
  pause: 'Pause',
  step: 'Step',
  reset: 'Reset',
  stepTitle: 'Train for one epoch',
  resetTitle: 'Start over from random weights drawn with the same seed',

  loading: 'Loading the data.',
  reading: 'Reading {name}.',
  opened: 'Opened {name}. Press Train.',
  noData: 'No data are open.',
  startsOver: '{setting} changed, so the model starts over.',
  isNow: '{setting} is now {value}.',
  wasReset: 'Reset: the model is back at its random start. Press Train.',
  shipped: 'NeuMF after {n} epochs, trained when this page was built. Train starts from the seed.',
  fromSeed: 'Starting from seed {seed}.',
  fromAddress: 'The settings are those of the address. Press Train.',
  undo: 'Undo',
  undoTitle: 'Back to the run before the last change, as it was left: {model}, epoch {n}',
  undone: 'Back at {model} after {n} {n|epoch|epochs}.',
  copyLink: 'Copy link',
  copyTitle: 'An address of this page with all settings, the seed, the room, the user and the film',
  copied: 'The link is copied: it opens this page with these settings.',
  presetChosen: '{preset}: the model starts over.',
  loaded: '{name} is loaded. Train goes on from these weights.',
  saved: 'The weights ({n} bytes) are handed to the browser as {name}.',

  training: 'Training.',
  solving: 'Solving.',
  pretraining: 'Pretraining {model}.',
  pretrainingAt: 'Pretraining {model}: epoch {epoch} of {epochs}.',
  pretrained: 'GMF and MLP are trained. Training NeuMF from their weights.',
  paused: 'Paused. Train goes on from here.',
  notANumber: 'Stopped: the loss is no longer a number.',
  stopped: 'The training worker has stopped.',

  evaluated: 'Evaluated: this model has nothing to learn.',
  solved: 'Solved: {quality}.',
  finished: 'Finished after {n} {n|epoch|epochs}.',
  finishedAtBest: 'Finished after {n} {n|epoch|epochs}, the last of them the best on validation.',
  finishedBest:
    'Finished after {n} {n|epoch|epochs}. Epoch {best} was the best on validation: the model has its weights again.',
  stoppedEarly:
    'Stopped early after {n} {n|epoch|epochs}. Epoch {best} was the best on validation: the model has its weights again.',
  epochOf: 'Epoch {epoch} of {epochs}: {told}.',
  loss: 'loss {value}',
  comma: ', ',
});
