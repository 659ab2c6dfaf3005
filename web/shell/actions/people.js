/** People: the user that is looked at, and the person at the page with the films they like. */
import { latest } from '../../parts/latest.js';
import { complain, dismiss, reason } from '../../parts/notices.js';
import { MOST_LIKES } from '../../parts/readings.js';
import { later } from '../../parts/speech.js';
import { words as wrong } from '../../parts/words/notices.js';
import { words } from '../../parts/words/picker.js';

/** @param {import('../actions.js').Lab} lab */
export function createPeople(lab) {
  const { store } = lab;

  /** Asks for the chosen user's films. */
  const refresh = latest(
    () => (store.state.model ? lab.ask('user', { user: store.state.user, k: 10 }) : null),
    (person) => {
      if (person.user === store.state.user) store.set({ person });
      dismiss(store, 'user');
    },
    (error) => complain(store, 'user', later(wrong.notRecommended), reason(error)),
  );

  /** @param {number} user index of the user */
  function chooseUser(user) {
    store.set({ user, userError: null });
    refresh();
  }

  /** @param {string} text a user's id as typed */
  function findUser(text) {
    const { users } = store.state;
    if (!users) return;
    const index = /^\d+$/.test(text) ? users.ids.indexOf(Number(text)) : -1;
    if (index >= 0) chooseUser(index);
    else {
      const [first, last] = [users.order.at(0), users.order.at(-1)].map((at) => users.ids[Number(at)]);
      const values = { text, n: users.ids.length, first: String(first), last: String(last) };
      store.set({ userError: later(words.noUser, values) });
    }
  }

  /** Any user, by chance. */
  function anyUser() {
    const { users } = store.state;
    if (users) chooseUser(users.order[Math.floor(Math.random() * users.order.length)]);
  }

  /** @param {number} film index of the film to be looked at, together with the chosen user */
  const chooseFilm = (film) => store.set({ film });

  /** @param {number} film that the person at the page likes */
  function like(film) {
    const { likes } = store.state;
    if (likes.length < MOST_LIKES && !likes.includes(film)) store.set({ likes: [...likes, film] });
  }

  /** @param {number} film */
  const unlike = (film) => store.set({ likes: store.state.likes.filter((one) => one !== film) });

  return { refresh, chooseUser, findUser, anyUser, chooseFilm, like, unlike };
}
