import { wordsOf } from '../../parts/speech.js';

/** The terms that the tour explains, and what to do to see each of them move. */
export const words = wordsOf('shell/tour', {
  tour: 'Five-minute tour',
  tourShort: 'Tour',
  place: '{at} of {all}',
  back: 'Back',
  next: 'Next',
  end: 'End the tour',
  show: 'Show me',
  showTerm: 'Show me: {term}',

  matrix: 'Users and films',
  matrixText:
    'Each row is a user, each column a film, and a cell is filled where the user has rated the film. Nearly all cells are empty. A recommender guesses which of them will be filled next: this is collaborative filtering, since it knows nothing of the films but who has seen them.',
  matrixTask: 'Point at cells of the fullest corner, and read who has rated what.',
  embedding: 'Embedding',
  embeddingText:
    'Each user and each film is described by a short list of numbers, its embedding, random at first. To learn is to shift these numbers until users lie close to the films that they watch, and films with the same audience close to each other. The map shows the two directions in which films differ most.',
  embeddingTask: 'Press Train and watch the films drift. Then point at one: its neighbours are listed.',
  negative: 'Negative sample',
  negativeText:
    'The data tell only what people have seen. A model that saw nothing else would say yes to everything. So each film that a user has seen, the positive, is trained together with some drawn at random from those that they have not: the negative samples.',
  negativeTask:
    'Press Next example (pause first, if it trains). The positive lights up in the matrix and its negatives with it; then their embeddings are fetched, a guess is made, and its error flows back.',
  models: 'GMF, MLP and NeuMF',
  modelsText:
    'There are two ways from two embeddings to a guess. GMF multiplies them number by number and adds up the products, each with a weight. MLP puts them side by side and sends them through layers, a tower. NeuMF has both, with embeddings of their own, and one output that weighs what they say.',
  modelsTask:
    'Under “Who says so”, read how much each half gives. Then take GMF or MLP as the model in the settings: the drawing changes, and Undo brings NeuMF back.',
  loss: 'Loss',
  lossText:
    'How far the guesses were from the truth in this epoch, one pass through all the data. It falls as the model learns; a loss that falls while the other two curves stall means that the model learns the past by heart.',
  lossTask:
    'Press Train, and set the learning rate to 0.02 after some epochs: what does the loss do, and what the other two?',
  hr: 'HR@10',
  hrText:
    '{which} of each user is hidden before training. Afterwards the model ranks it among {others} films that the user never rated. HR@10, the hit ratio, is the share of users for whom the hidden film is among the first ten. Guessing gives {guess}.',
  hrTask: 'Press Random user some times and see hits and misses. While the model trains, the hidden film climbs.',
  ndcg: 'NDCG@10',
  ndcgText:
    'The same test, but a hit counts in full only at the first place and less and less further down: 1 at the 1st, 0.631 at the 2nd, 0.289 at the 10th. It tells a good order from a lucky one.',
  ndcgTask: 'In the bars of all users, choose the one at rank 1 and the one at rank 10, and look at a user of each.',
  itemPop: 'ItemPop, the dashed line',
  itemPopText:
    'No learning at all: everyone is offered the films that most people rated. It knows nothing about you and is still hard to beat, so a model is worth something only where it rises above this line. A difference much smaller than the ± behind a number may be luck.',
  itemPopTask:
    'Press Start the race: which of the three leaves the line behind, and which of their differences are more than chance?',
  you: 'A new user',
  youText:
    'Somebody who was not there when the model was trained has no embedding. It is found from the films that they like, with all other weights as they are.',
  youTask: 'Like five films that you know, and look at your top 10. Take one back and see what changes.',
});
