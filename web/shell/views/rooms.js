/**
 * The rooms of the lab: tabs, and below them the one that is open. A room is made when it is first entered and hears of the
 * state only while it is open, so that what nobody looks at costs nothing. What rooms keep of users and films are indices,
 * which are of the open data: with other data every room is made anew.
 */
import { words } from '../words/lab.js';
import { h, uniqueId } from '../../parts/dom.js';
import { RoomCode } from './room_code.js';
import { createTabs } from './tabs.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {{update: (state: import('../state.js').State) => void, destroy: () => void}} RoomView */
/** @typedef {(speech: Speech, host: HTMLElement, actions: import('../actions.js').Actions) => RoomView} Make */
/**
 * A room whose code is there, or comes by `load`, which then becomes `make`. name: in addresses; title: on its tab.
 * @typedef {{name: string, title: import('../../parts/speech.js').Word, make?: Make, load?: () => Promise<Make>}} Room
 */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Room[]} rooms
 * @param {import('../actions.js').Actions} actions
 * @param {() => void} again   asks for one more update, in the next frame
 * @param {() => void} noRoom  tells that the open room's code can't be had
 */
export function createRooms(speech, host, rooms, actions, again, noRoom) {
  const { t } = speech;
  const made = rooms.map((room) => {
    const id = uniqueId(room.name);
    const panel = h('div', { class: `room room-${room.name}`, id, role: 'tabpanel', 'aria-labelledby': `${id}-tab` });
    return { room, id, title: t(room.title), panel, view: /** @type {RoomView | null} */ (null) };
  });
  const code = new RoomCode(rooms, again, ({ name }) => open === name && noRoom());
  const tabs = createTabs(t(words.rooms), made, (at) => {
    code.enter();
    actions.enter(rooms[at].name);
  });
  // A single room needs no choice.
  tabs.list.hidden = rooms.length === 1;
  host.append(tabs.list, ...made.map(({ panel }) => panel));
  let open = '';
  let begun = false;
  /** @type {import('../state.js').State['films']} */
  let films = null;

  /** @param {string} name */
  function show(name) {
    open = name;
    code.enter();
    for (const { room, panel } of made) panel.hidden = room.name !== name;
    tabs.choose(made.findIndex(({ room }) => room.name === name));
  }

  function clear() {
    for (const one of made) {
      one.view?.destroy();
      one.view = null;
      one.panel.replaceChildren();
    }
  }

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      if (!begun && state.films) {
        begun = true;
        void code.fetchAll().then(actions.loadRest);
      }
      if (films && films !== state.films) clear();
      ({ films } = state);
      const entered = made.find(({ room }) => room.name === state.room) ?? made[0];
      const { room, panel, view } = entered;
      // Entered for the first time a room comes in three frames, so that none of them is a long one.
      if (room.name !== open) {
        show(room.name);
        if (!view) return again();
      }
      if (!view) {
        if (!room.make) return code.need(room);
        entered.view = room.make(speech, panel, actions);
        return again();
      }
      view.update(state);
    },
    destroy() {
      for (const { view } of made) view?.destroy();
      host.replaceChildren();
    },
  };
}
