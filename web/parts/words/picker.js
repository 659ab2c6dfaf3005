/**
 * Which user is looked at.
 * @satisfies {Record<string, import('../speech.js').Word>}
 */
export const words = {
  user: { en: 'User', zh: '用户' },
  users: { en: 'Users', zh: '用户' },
  previous: { en: 'Previous user', zh: '上一位用户' },
  next: { en: 'Next user', zh: '下一位用户' },
  random: { en: 'Random user', zh: '随机用户' },
  userId: { en: 'User {id}', zh: '用户 {id}' },
  ratings: { en: '{n} {n|rating|ratings}', zh: '{n} 个评分' },
  oneOf: { en: 'One of {n} users, by id', zh: '{n} 位用户之一，按编号' },
  noUser: {
    en: 'There is no user “{text}”. These data have {n} {n|user|users}, numbered from {first} to {last}.',
    zh: '没有用户“{text}”。这些数据有 {n} 位用户，编号从 {first} 到 {last}。',
  },
};
