import { wordsOf } from '../../parts/speech.js';

/** What leaves the page besides weights, and the recipe. */
export const words = wordsOf('shell/leaving', {
  onnx: 'Model as ONNX',
  metricsCsv: 'Metrics as CSV',
  metricsJson: 'Metrics as JSON',
  lists: 'Everybody’s ten films as CSV',
  listsUnderWay: 'Making everybody’s lists',
  stop: 'Stop',
  recipe: 'The command that gives these weights again, to the bit',
  copyCommand: 'Copy the command',
  hash: 'The hash of the weights is then {hash}.',
  hashAfter: 'After {n} {n|epoch|epochs} the hash of the weights is then {hash}.',
  hashOf: 'Epoch {chosen} of {n} is the best on validation: the hash of its weights is then {hash}.',
  underWay: 'The epoch under way is not in it.',
  where: 'Run it in the folder that holds {names}.',
  and: ' and ',
  untrained: 'Nothing is trained yet, so there is nothing to repeat.',
  loaded:
    'This run began with the weights of a file. Where those come from is not known here, so no command gives the same.',
  changed:
    'The learning rate was changed during this run, which no command repeats: this one learns with {lr} from the start, so its weights are others.',
});
