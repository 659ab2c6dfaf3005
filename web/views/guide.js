/** What a student is looking at, in plain words, and whose data these are. */
import { h } from './dom.js';

/** @type {[string, string][]} */
const ENTRIES = [
  [
    'What it learns',
    'Each user and each film is described by a short list of numbers, its embedding, random at first. From the two lists the ' +
      'network guesses how likely the user is to watch the film. Training shows it films that people have seen, mixed with films ' +
      'that they have not (the negatives), and shifts the numbers a little after every guess.',
  ],
  [
    'Loss',
    'How far the guesses were from the truth in this epoch, one pass through all the data. It falls as the model learns; a loss ' +
      'that falls while the other two curves stall means that the model learns the past by heart.',
  ],
  [
    'HR@10',
    'One film of each user, the latest, is hidden before training. Afterwards the model ranks it among 99 films that the user never ' +
      'rated. HR@10, the hit ratio, is the share of users for whom the hidden film is among the first ten. Guessing gives 0.100. ' +
      'The band is the 95 % interval: a difference much smaller than it may be luck.',
  ],
  [
    'NDCG@10',
    'The same test, but a hit counts in full only at the first place and less and less further down: it tells a good order from a lucky one.',
  ],
  [
    'ItemPop, the dashed line',
    'No learning at all: everyone is offered the films that most people rated. It knows nothing about you and is still hard to beat, ' +
      'so a model is worth something only where it rises above this line.',
  ],
  [
    'RMSE and MAE',
    'Some models predict ratings instead: a share of all ratings is hidden at random, and these say how far off the predictions are. MAE ' +
      'is the mean error in stars; RMSE makes large errors count more. Lower is better. Here the dashed line are the biases: the mean ' +
      'of all ratings, how kindly the user rates and how well the film is liked, nothing else.',
  ],
  [
    'Things to try',
    'Take GMF, then MLP, with the same seed: which half of NeuMF does the work? Does EASE, which is solved in one go, beat them all? Set the factors to 1. Set the learning rate to 0.1 ' +
      'while it trains. Watch one user’s top 10 turn from random films to films that fit. ' +
      'Behind “More settings”: pretrain NeuMF on both halves, or let validation choose the epoch to keep.',
  ],
];

/** @param {HTMLElement} host */
export function createGuide(host) {
  host.append(
    h('h2', {}, 'What you are looking at'),
    h('dl', {}, ...ENTRIES.map(([term, text]) => h('div', {}, h('dt', {}, term), h('dd', {}, text)))),
  );
  return { update() {}, destroy: () => host.replaceChildren() };
}

/** @param {HTMLElement} host */
export function createCredit(host) {
  host.append(
    h(
      'p',
      {},
      'The bundled ratings are from MovieLens, collected by GroupLens at the University of Minnesota, who do not endorse this page. ' +
        'They may be used for research and teaching; commercial use needs GroupLens’ permission.',
    ),
    h(
      'p',
      {},
      'F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. ',
      h('cite', {}, 'ACM Transactions on Interactive Intelligent Systems'),
      ' 5, 4: 19:1–19:19. ',
      h('a', { href: 'https://doi.org/10.1145/2827872', rel: 'noreferrer' }, 'doi.org/10.1145/2827872'),
    ),
    h(
      'p',
      {},
      'The models: X. He, L. Liao, H. Zhang, L. Nie, X. Hu and T.-S. Chua. 2017. Neural Collaborative Filtering. ',
      h('cite', {}, 'WWW ’17'),
      '. ',
      h('a', { href: 'https://doi.org/10.1145/3038912.3052569', rel: 'noreferrer' }, 'doi.org/10.1145/3038912.3052569'),
    ),
  );
  return { update() {}, destroy: () => host.replaceChildren() };
}
