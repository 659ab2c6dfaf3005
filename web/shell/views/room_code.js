/** The code of the rooms: at once for whoever enters one, and one after the other behind all that is waited for. */

/** @typedef {import('./rooms.js').Room} Room */

/** Loads the code of a room, where it isn't there. @param {Room} room */
async function fetch(room) {
  if (!room.load) return;
  const make = await room.load();
  room.make = make;
  room.load = undefined;
}

export class RoomCode {
  /** The room that is waited for or could not be loaded, until it is entered anew. */
  lacking = '';

  /**
   * @param {Room[]} rooms
   * @param {() => void} onCome            a room that was needed is there
   * @param {(room: Room) => void} onLack  a room that was needed can't be had
   */
  constructor(rooms, onCome, onLack) {
    this.rooms = rooms;
    this.onCome = onCome;
    this.onLack = onLack;
  }

  /** The room is entered anew: it may be asked for once more. */
  enter() {
    this.lacking = '';
  }

  /** Asks for the open room, once. @param {Room} room */
  need(room) {
    if (this.lacking === room.name) return;
    this.lacking = room.name;
    fetch(room).then(
      () => {
        this.lacking = '';
        this.onCome();
      },
      () => this.onLack(room),
    );
  }

  /** What can't be had now is asked for again when it is entered. */
  async fetchAll() {
    for (const room of this.rooms) await fetch(room).catch(() => {});
  }
}
