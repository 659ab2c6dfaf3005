import { wordsOf } from '../speech.js';

/** Which user is looked at. */
export const words = wordsOf('parts/picker', {
  user: 'User',
  users: 'Users',
  previous: 'Previous user',
  next: 'Next user',
  random: 'Random user',
  userId: 'User {id}',
  ratings: '{n} {n|rating|ratings}',
  oneOf: 'One of {n} users, by id',
  noUser: 'There is no user “{text}”. These data have {n} {n|user|users}, numbered from {first} to {last}.',
});
