/** The choice of a user: by id with suggestions (a combobox), the one before or after, or any. */
import { words } from './words/picker.js';
import { createCombobox } from './combobox.js';
import { h, setAttribute, setText, watch } from './dom.js';
import { iconButton } from './icon_button.js';

/** @typedef {import('./speech.js').Speech} Speech */

/** Suggestions shown at a time. */
const MOST = 50;

/**
 * Users whose id begins so, as indices.
 * @param {import('../worker/protocol.js').Users} users
 * @param {string} text
 */
function usersBy({ order, ids }, text) {
  const found = [];
  for (const at of order) {
    if (found.length === MOST) break;
    if (String(ids[at]).startsWith(text)) found.push(at);
  }
  return found;
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../shell/actions.js').Actions, 'chooseUser' | 'findUser' | 'anyUser'>} actions
 */
export function createPicker(speech, host, actions) {
  const { t } = speech;
  /** @type {import('../worker/protocol.js').Users | null} */
  let users = null;
  let user = 0;

  const id = () => String(users?.ids[user] ?? '');
  const { input, error, ...field } = createCombobox({
    label: t(words.user),
    suggestions: t(words.users),
    field: { inputmode: 'numeric' },
    find: (text) => (users ? usersBy(users, text) : []),
    describe: (at) => [
      t(words.userId, { id: String(users?.ids[at]) }),
      t(words.ratings, { n: users?.counts[at] ?? 0 }),
    ],
    value: id,
    choose(at) {
      user = at;
      actions.chooseUser(at);
    },
    enter: (text) => actions.findUser(text),
    leave: (text) => text !== id() && actions.findUser(text),
  });
  const go = (/** @type {(place: number) => number} */ next) => () => {
    if (!users) return;
    const place = next(users.order.indexOf(user) + size()) % size();
    actions.chooseUser(users.order[place]);
  };
  const size = () => users?.ids.length ?? 1;
  const buttons = [
    iconButton(
      t(words.previous),
      '‹',
      go((place) => place - 1),
    ),
    iconButton(
      t(words.next),
      '›',
      go((place) => place + 1),
    ),
    h('button', { type: 'button', onclick: () => actions.anyUser() }, t(words.random)),
  ];
  host.append(field.label, field.box, h('div', { class: 'buttons' }, ...buttons), error);

  const changed = watch();
  return {
    /** @param {import('../shell/state.js').State} state */
    update(state) {
      if (!changed(state.users, state.user, state.userError)) return;
      ({ users, user } = state);
      setText(error, state.userError?.(speech) ?? '');
      setAttribute(input, 'aria-invalid', state.userError ? 'true' : null);
      for (const control of [input, ...buttons]) setAttribute(control, 'disabled', !users);
      if (users && !state.userError) field.refresh();
      setAttribute(input, 'title', users ? t(words.oneOf, { n: users.ids.length }) : null);
    },
    destroy: () => host.replaceChildren(),
  };
}
