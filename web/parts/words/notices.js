import { wordsOf } from '../speech.js';

/** What went wrong. The reasons themselves are the core's sentences: wasm/words/faults.mjs. */
export const words = wordsOf('parts/notices', {
  reset: 'Reset the model',
  retry: 'Try again',
  dismiss: 'Dismiss',
  line: 'Line {line}: {message}',

  notOpened: '{name} could not be opened',
  stillOpen: '{message} {name} is still open, with the model as it was.',
  misfit: 'These weights do not fit',
  notBuilt: 'The model could not be built',
  notShipped: 'The finished run that belongs to this page could not be read',
  seedInstead: 'A model from the seed takes its place.',
  notTrained: 'Training could not go on',
  notPaused: 'Training could not be paused',
  notRecommended: 'The recommendations could not be made',
  notSaved: 'The weights could not be saved',
  stopped: 'Training has stopped',
  diverged: 'Training has diverged',
  notANumber: 'The loss is no longer a number.',
  damaged: 'A part of the address can’t be used',
  damagedParts: 'Defaults took the place of {parts}.',
  elsewhere: 'This address was made with {name}',
  openThat: 'Open those data to see what it shows. Here are its settings on the data that are open.',
  copyThis: 'Copy this link',
  noWords: 'The other language could not be loaded',
  noRoom: 'This room could not be loaded',
  connection: 'Check the connection, then try again.',
  crashed: 'The training worker has stopped',
  reload: 'Reload the page to start it again.',
});
