import { wordsOf } from '../../parts/speech.js';

/** The exercise: its goals and questions, and what is handed in. */
export const words = wordsOf('shell/exercise', {
  title: 'Exercise',
  far: '{done} of {of}',
  farText: '{done} of {of} {of|point|points} done',
  all: 'All done: download your result.',
  goals: 'Goals',
  reached: 'Reached:',
  open: 'Not yet:',
  now: 'now {value}',
  standing:
    'What counts is the model as it stands after its last epoch; with validation, at the epoch that it goes back to.',
  epochs: 'Epochs trained',
  parameters: 'Parameters',
  full: '{measure} among all films',
  sampled: '{measure} among random films',
  number: 'A number is asked for.',
  name: 'Your name, if you like',
  download: 'Download result',
  broken: 'The exercise of this page can’t be read. {message}',
  late: 'The exercise could not be loaded.',
});
