/**
 * The rooms of the lab: tabs, and below them the one that is open. A room is made when it is first entered and hears of the
 * state only while it is open, so that what nobody looks at costs nothing. What rooms keep of users and films are indices,
 * which are of the open data: with other data every room is made anew.
 */
import { words } from '../words/lab.js';
import { h, setAttribute, uniqueId } from '../../parts/dom.js';

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
    const { name } = room;
    const id = uniqueId(name);
    const panel = h('div', { class: `room room-${name}`, id, role: 'tabpanel', 'aria-labelledby': `${id}-tab` });
    const enter = () => {
      lacking = '';
      actions.enter(name);
    };
    const tab = h(
      'button',
      { type: 'button', role: 'tab', id: `${id}-tab`, 'aria-controls': id, onclick: enter },
      t(room.title),
    );
    return { name, room, panel, tab, view: /** @type {RoomView | null} */ (null) };
  });
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t(words.rooms), onkeydown: walk });
  list.append(...made.map(({ tab }) => tab));
  host.append(list, ...made.map(({ panel }) => panel));
  let open = '';
  /** The room that could not be loaded, until it is entered anew. */
  let lacking = '';
  let begun = false;
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

  /** Loads the code of a room. @param {Room} room */
  async function fetch(room) {
    if (!room.load) return;
    const make = await room.load();
    room.make = make;
    room.load = undefined;
  }

  /** @param {Room} room the open one */
  function need(room) {
    if (lacking === room.name) return;
    lacking = room.name;
    fetch(room).then(
      () => {
        lacking = '';
        again();
      },
      () => open === room.name && noRoom(),
    );
  }

  /** One after the other, behind all that is waited for. What can't be had now is asked for again when it is entered. */
  async function fetchAll() {
    for (const room of rooms) await fetch(room).catch(() => {});
  }

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      if (!begun && state.films) {
        begun = true;
        void fetchAll();
      }
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
        lacking = '';
        if (!room.view) return again();
      }
      if (!room.view) {
        if (!room.room.make) return need(room.room);
        room.view = room.room.make(speech, room.panel, actions);
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
