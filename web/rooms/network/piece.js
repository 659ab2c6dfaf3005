/** Which pair is looked at, and the users and films that stand around it. */

/** @typedef {import('../../shell/state.js').State} State */

/** Users and films of the piece of the matrix. */
const [ROWS, COLUMNS] = [6, 5];

/**
 * The film that is looked at: the one that was chosen, else one that says something of the user.
 * @param {State} state
 * @param {State | null} before
 * @param {number} film that was looked at so far; -1: none
 */
export function filmOf({ user, films, film: chosen, person }, before, film) {
  if (chosen >= 0) return chosen;
  if (film >= 0 && user === before?.user && films === before.films) return film;
  if (person?.user !== user) return -1;
  const { heldOut, recommendations, history } = person;
  return heldOut?.item ?? recommendations[0]?.item ?? history[0]?.item ?? -1;
}

/**
 * Users and films around the pair: of the example's group and batch, or the user's newest films and the users that follow.
 * @param {Pick<State, 'users' | 'user' | 'person'>} state
 * @param {number} film
 * @param {import('./stepping.js').Under | null} under
 * @returns {{users: number[], items: number[]}}
 */
export function pieceOf({ users, user, person }, film, under) {
  const first = (/** @type {number[]} */ all, /** @type {number} */ most) => [...new Set(all)].slice(0, most);
  if (under) {
    const { example, peek } = under;
    const { positive, negatives, item } = example;
    // Where ratings are predicted there are no negatives: films of the batch stand beside the one.
    const rest = negatives.length > 0 ? negatives : peek.examples.map((one) => one.item);
    const group = first([positive, ...rest], COLUMNS);
    if (!group.includes(item)) group[group.length - 1] = item;
    const others = peek.examples.map((one) => one.user);
    return { users: first([example.user, ...others], ROWS), items: group };
  }
  const order = users ? [...users.order] : [];
  const at = order.indexOf(user);
  const following = [...order.slice(at), ...order.slice(0, at)].slice(0, ROWS);
  const history = person?.user === user ? person.history.map(({ item }) => item) : [];
  return { users: following, items: first([film, ...history], COLUMNS) };
}
