/** All users on the map: the button that asks for them, and the question where they stand. */
import { h, setAttribute } from '../../parts/dom.js';
import { latest } from '../../parts/latest.js';
import { crowdTime } from './scene.js';
import { words } from './words.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {import('../../worker/protocol.js').Ask} ask
 * @param {import('./looking.js').Told} room
 * @param {(users: Float32Array | null) => void} show
 */
export function createCrowd({ t }, ask, room, show) {
  let wanted = false;
  /** What their places were asked for. */
  let asked = '';

  const button = h('button', { type: 'button', 'aria-pressed': 'false', onclick: toggle }, t(words.users));

  function toggle() {
    wanted = !wanted;
    setAttribute(button, 'aria-pressed', String(wanted));
    forget();
    if (wanted) wish();
    else show(null);
  }

  const forget = () => (asked = '');

  const wish = latest(
    () => {
      const { state, picture } = room;
      if (!wanted || !picture || !state) return null;
      const now = crowdTime(state);
      if (now === asked) return null;
      asked = now;
      return ask('crowd');
    },
    ({ users }) => show(wanted && users?.length === 2 * (room.state?.users?.ids.length ?? 0) ? users : null),
    // What went wrong is told by the map's own question.
    forget,
  );

  return { button, wish, forget };
}
