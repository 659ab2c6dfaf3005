import { wordsOf } from '../../parts/speech.js';

/** What a student is looking at, and whose data these are. */
export const words = wordsOf('shell/guide', {
  title: 'What you are looking at',
  errors: 'RMSE and MAE',
  errorsText:
    'Some models predict ratings instead: a share of all ratings is hidden at random, and these say how far off the predictions are. MAE is the mean error in stars; RMSE makes large errors count more. Lower is better. Here the dashed line are the biases: the mean of all ratings, how kindly the user rates and how well the film is liked, nothing else.',
  try: 'Things to try',
  tryText:
    'Take GMF, then MLP, with the same seed: which half of NeuMF does the work? Does EASE, which is solved in one go, beat them all? Set the factors to 1. Set the learning rate to 0.1 while it trains. Watch one user’s top 10 turn from random films to films that fit. Behind “More settings”: pretrain NeuMF on both halves, or let validation choose the epoch to keep.',

  creditData:
    'The bundled ratings are from MovieLens, collected by GroupLens at the University of Minnesota, who do not endorse this page. They may be used for research and teaching; commercial use needs GroupLens’ permission.',
  creditModels: 'The models: ',
  course: 'Put it in your course',
});
