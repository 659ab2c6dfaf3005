/** The choice of a user: by id with suggestions (a combobox), the one before or after, or any. */
import { t } from '../words.js';
import { words } from '../words/people.js';
import { h, setAttribute, setText, uniqueId, watch } from './dom.js';

/** Suggestions shown at a time. */
const MOST = 50;

/**
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'chooseUser' | 'findUser' | 'anyUser'>} actions
 */
export function createPicker(host, actions) {
  const id = uniqueId('user');
  /** @type {import('../client.js').Users | null} */
  let users = null;
  let user = 0;
  /** @type {number[]} indices of the users suggested */
  let matches = [];
  let active = -1;

  const list = h('ul', {
    id: `${id}-list`,
    role: 'listbox',
    class: 'options',
    hidden: true,
    'aria-label': t(words.users),
  });
  const input = h('input', {
    ...{ id, type: 'text', role: 'combobox', inputmode: 'numeric', autocomplete: 'off', spellcheck: 'false' },
    ...{ 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id },
    'aria-describedby': `${id}-error`,
    oninput: () => open(input.value.trim()),
    onfocus: () => input.select(),
    onblur: () => leave(),
    onkeydown: key,
  });
  const error = h('p', { id: `${id}-error`, class: 'field-error', 'aria-live': 'polite' });
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
  const box = h('div', { class: 'combobox' }, input, list);
  host.append(h('label', { for: id }, t(words.user)), box, h('div', { class: 'buttons' }, ...buttons), error);

  /** @param {string} typed shows the users whose id begins so */
  function open(typed) {
    if (!users) return;
    matches = [];
    for (const at of users.order) {
      if (matches.length === MOST) break;
      if (String(users.ids[at]).startsWith(typed)) matches.push(at);
    }
    const { ids, counts } = users;
    list.replaceChildren(
      ...matches.map((at, row) =>
        h(
          'li',
          { id: `${id}-${row}`, role: 'option', 'aria-selected': 'false', onpointerdown: pick(at) },
          h('span', {}, t(words.userId, { id: String(ids[at]) })),
          h('span', { class: 'note' }, t(words.ratings, { n: counts[at] })),
        ),
      ),
    );
    active = -1;
    list.hidden = matches.length === 0;
    setAttribute(input, 'aria-expanded', String(!list.hidden));
    setAttribute(input, 'aria-activedescendant', null);
  }

  function close() {
    list.hidden = true;
    active = -1;
    setAttribute(input, 'aria-expanded', 'false');
    setAttribute(input, 'aria-activedescendant', null);
  }

  /** @param {number} at */
  const pick = (at) => (/** @type {Event} */ event) => {
    event.preventDefault();
    choose(at);
  };

  /** @param {number} at index of a user */
  function choose(at) {
    close();
    actions.chooseUser(at);
    input.value = String(users?.ids[at] ?? '');
    input.select();
  }

  function leave() {
    close();
    if (users && input.value.trim() !== String(users.ids[user])) actions.findUser(input.value.trim());
  }

  /** @param {number} by */
  function move(by) {
    if (list.hidden) open('');
    if (matches.length === 0) return;
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (active + by + matches.length + (active < 0 && by < 0 ? 1 : 0)) % matches.length;
    const option = list.children[active];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    setAttribute(input, 'aria-activedescendant', option.id);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && active >= 0) choose(matches[active]);
    else if (event.key === 'Enter') {
      close();
      actions.findUser(input.value.trim());
    } else if (event.key === 'Escape') {
      close();
      if (users) input.value = String(users.ids[user]);
    } else return;
    event.preventDefault();
  }

  const changed = watch();
  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      if (!changed(state.users, state.user, state.userError)) return;
      ({ users, user } = state);
      setText(error, state.userError?.() ?? '');
      setAttribute(input, 'aria-invalid', state.userError ? 'true' : null);
      for (const control of [input, ...buttons]) setAttribute(control, 'disabled', !users);
      if (users && !state.userError) input.value = String(users.ids[user]);
      setAttribute(input, 'title', users ? t(words.oneOf, { n: users.ids.length }) : null);
    },
    destroy: () => host.replaceChildren(),
  };
}

/**
 * @param {string} name
 * @param {string} sign
 * @param {() => void} onclick
 */
function iconButton(name, sign, onclick) {
  const label = h('span', { class: 'hidden' }, name);
  return h(
    'button',
    { type: 'button', class: 'icon', title: name, onclick },
    h('span', { 'aria-hidden': 'true' }, sign),
    label,
  );
}
