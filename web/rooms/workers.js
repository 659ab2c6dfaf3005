/** The rooms' sides of the worker: what each answers, by the message. */
import { handlers as data } from './data/worker.js';
import { handlers as evaluation } from './evaluation/worker.js';
import { handlers as learning } from './learning/worker.js';
import { handlers as map } from './map/worker.js';
import { handlers as network } from './network/worker.js';
import { handlers as race } from './race/worker.js';
import { handlers as you } from './you/worker.js';

export const handlers = { ...data, ...evaluation, ...learning, ...map, ...network, ...race, ...you };
