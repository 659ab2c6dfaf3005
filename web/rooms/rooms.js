/** The rooms of the lab in the order of their tabs: a room is a folder here, a row of this list and a row of workers.js. */
import { createLearning } from './learning/view.js';
import { words } from './words.js';

/**
 * The first room comes with the page, the others when they are entered or, that no network is needed later, once the data
 * are there.
 * @returns {import('../shell/views/rooms.js').Room[]}  a list of the lab's own, which notes what was loaded
 */
export const listRooms = () => [
  { name: 'learn', title: words.learn, make: createLearning },
  { name: 'network', title: words.network, load: () => import('./network/view.js').then((room) => room.createNetwork) },
  {
    name: 'evaluation',
    title: words.evaluation,
    load: () => import('./evaluation/view.js').then((room) => room.createEvaluation),
  },
  { name: 'race', title: words.race, load: () => import('./race/view.js').then((room) => room.createRace) },
  { name: 'you', title: words.you, load: () => import('./you/view.js').then((room) => room.createYou) },
  { name: 'map', title: words.map, load: () => import('./map/view.js').then((room) => room.createMap) },
  { name: 'data', title: words.data, load: () => import('./data/view.js').then((room) => room.createData) },
];
