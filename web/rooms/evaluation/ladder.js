/**
 * A user's candidates as a ladder, the highest score on top (rungs.js). Films keep their lines as the order changes, so that
 * one sees them climb and fall.
 */
import { createBehind } from '../../parts/data_table.js';
import { h, setText } from '../../parts/dom.js';
import { createPainter } from './painter.js';
import { eased, ladderOf, ladderTable, rungAt, rungFrom, rungText, shapesOf, standing } from './rungs.js';
import { words } from './words.js';

const MOVE_MS = 220;

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {{chooseFilm: (item: number) => void}} actions
 */
export function createLadder(speech, host, { chooseFilm }) {
  const { t } = speech;
  const frame = h('div', {
    ...{ class: 'ladder', role: 'application', tabindex: 0, 'aria-label': t(words.candidates) },
    onkeydown: key,
    onpointermove: (/** @type {PointerEvent} */ event) => look(under(event)),
    onpointerleave: () => look(-1),
    onblur: () => look(-1),
    onclick: (/** @type {PointerEvent} */ event) => choose(under(event)),
  });
  const readout = h('p', { class: 'readout-line', role: 'status' }, t(words.point));
  host.append(frame, readout);
  const behind = createBehind(speech, host, t(words.candidates), () => ladderTable(speech, ladder));
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const painter = createPainter(frame, t(words.cut), draw);

  let ladder = ladderOf(speech, []);
  let active = -1;
  let film = -1;
  let begun = 0;

  /** How far the rungs are on their way. */
  const moved = () => (still.matches ? 1 : eased((performance.now() - begun) / MOVE_MS));

  /** @param {number} width */
  function draw(width) {
    const share = moved();
    if (share < 1) painter.wish();
    return shapesOf(speech, ladder, { width, share, active, film });
  }

  /** The rung under the pointer. @param {PointerEvent} event */
  const under = (event) => rungAt(ladder, painter.down(event));

  /** @param {number} next */
  function look(next) {
    const redraw = active !== next;
    active = next;
    setText(readout, rungText(speech, ladder, active, film));
    if (redraw) painter.wish();
  }

  /** @param {number} at */
  function choose(at) {
    const rung = ladder.rungs[at];
    if (rung) chooseFilm(rung.item);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const to = rungFrom(ladder, event.key, active);
    if (to !== undefined) look(to);
    else if (event.key === 'Enter') choose(active);
    else return;
    event.preventDefault();
  }

  return {
    /** @param {import('../../worker/protocol.js').Candidate[]} candidates  the best first */
    update(candidates) {
      const looked = ladder.rungs[active]?.item;
      ladder = ladderOf(speech, candidates, standing(ladder, moved()));
      begun = performance.now();
      painter.fit(ladder);
      look(candidates.findIndex(({ item }) => item === looked));
      behind.update();
    },
    /** @param {number} item that is chosen in every room */
    choose(item) {
      if (item === film) return;
      film = item;
      look(active);
      painter.wish();
    },
    recolour: painter.wish,
    destroy: painter.destroy,
  };
}
