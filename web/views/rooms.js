/**
 * The rooms of the lab: tabs, and below them the one that is open. A room is made when it is first entered and hears of the
 * state only while it is open, so that what nobody looks at costs nothing. What rooms keep of users and films are indices,
 * which are of the open data: with other data every room is made anew.
 */
import { t } from '../words.js';
import { words } from '../words/rooms.js';
import { h, setAttribute, uniqueId } from './dom.js';

/** @typedef {import('../lab.js').View} View */
/** @typedef {keyof typeof words} Name */
/** @typedef {{name: Name, make: (host: HTMLElement) => View}} Room */

/**
 * @param {HTMLElement} host
 * @param {Room[]} rooms
 * @param {{enter: (room: string) => void}} actions
 * @param {() => void} again  asks for one more update, in the next frame
 */
export function createRooms(host, rooms, actions, again) {
  const made = rooms.map(({ name, make }) => {
    const id = uniqueId(name);
    const panel = h('div', { class: `room room-${name}`, id, role: 'tabpanel', 'aria-labelledby': `${id}-tab` });
    const enter = () => actions.enter(name);
    const tab = h(
      'button',
      { type: 'button', role: 'tab', id: `${id}-tab`, 'aria-controls': id, onclick: enter },
      t(words[name]),
    );
    return { name, make, panel, tab, view: /** @type {View | null} */ (null) };
  });
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t(words.rooms), onkeydown: walk });
  list.append(...made.map(({ tab }) => tab));
  host.append(list, ...made.map(({ panel }) => panel));
  let open = '';
  /** @type {import('../state.js').State['films']} */
  let films = null;

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const at = made.findIndex(({ name }) => name === open);
    const last = made.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    actions.enter(made[to].name);
    made[to].tab.focus();
  }

  /** @param {string} name */
  function show(name) {
    open = name;
    for (const room of made) {
      const chosen = room.name === name;
      room.panel.hidden = !chosen;
      setAttribute(room.tab, 'aria-selected', String(chosen));
      setAttribute(room.tab, 'tabindex', chosen ? 0 : -1);
      // In a row too narrow for all tabs the chosen one must be seen; the page itself stays where it is.
      if (chosen) list.scrollTo({ left: room.tab.offsetLeft - list.clientWidth / 2 + room.tab.offsetWidth / 2 });
    }
  }

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      if (films && films !== state.films)
        for (const room of made) {
          room.view?.destroy();
          room.view = null;
          room.panel.replaceChildren();
        }
      ({ films } = state);
      const room = made.find(({ name }) => name === state.room) ?? made[0];
      // Entered for the first time a room comes in three frames, so that none of them is a long one.
      if (room.name !== open) {
        show(room.name);
        if (!room.view) return again();
      }
      if (!room.view) {
        room.view = room.make(room.panel);
        return again();
      }
      room.view.update(state);
    },
    destroy() {
      for (const { view } of made) view?.destroy();
      host.replaceChildren();
    },
  };
}
