/** The room of the data: how full the matrix is, what is popular, ratings, genres, decades, and what the split keeps out. */
import { messageOf } from '../../parts/notices.js';
import { latest } from '../../parts/latest.js';
import { words } from './words.js';
import { createGroups, createValues } from './bars.js';
import { decadesOf, genresOf } from './groups.js';
import { createMatrix } from './matrix.js';
import { createSplit } from './split.js';
import { createTail } from './tail.js';
import { h, setText, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */

/**
 * The sections, each in its place.
 * @param {Speech} speech
 * @param {HTMLElement} room
 * @param {import('../../shell/actions.js').Actions} actions
 */
function createSections(speech, room, actions) {
  const { t } = speech;
  const section = (/** @type {string} */ name, /** @type {import('../../parts/speech.js').Word} */ word) =>
    room.appendChild(h('section', { class: name, 'aria-label': t(word) }));
  return {
    matrix: createMatrix(speech, section('matrix', words.matrix), actions),
    counts: [
      createTail(speech, section('tail', words.tail)),
      createValues(speech, section('values', words.values)),
      createGroups(speech, section('genres-of', words.genres), {
        title: t(words.genres),
        lesson: t(words.genresLesson),
        column: t(words.genre),
        measures: ['ratings', 'films', 'mean'],
        read: (overview) => genresOf(speech, overview),
      }),
      createGroups(speech, section('decades', words.decades), {
        title: t(words.decades),
        column: t(words.decades),
        measures: ['ratings', 'films'],
        read: (overview) => decadesOf(speech, overview),
      }),
    ],
    split: createSplit(speech, section('split', words.split), actions),
  };
}

/** Calls one of some a frame, the first at once: all together they would hold the page up. Later ones take their place. */
function oneAFrame() {
  /** @type {(() => void)[]} */
  let rest = [];
  let waiting = 0;
  function next() {
    rest.shift()?.();
    if (rest.length > 0) waiting = requestAnimationFrame(next);
  }
  return {
    /** @param {(() => void)[]} calls */
    call(calls) {
      cancelAnimationFrame(waiting);
      rest = calls;
      next();
    },
  };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @returns {import('../../lab.js').View}
 */
export function createData(speech, host, actions) {
  const { t } = speech;
  const note = h('p', { class: 'hint', role: 'status' }, t(words.loading));
  const room = h('div', { class: 'data', hidden: true });
  host.append(note, room);
  const { matrix, counts, split } = createSections(speech, room, actions);

  /** @type {State | null} */
  let state = null;
  /** @type {Overview | null} */
  let overview = null;
  /** user: whose it is, until that of the chosen one has come. @type {(import('../../worker/protocol.js').Timeline & {user: number}) | null} */
  let timeline = null;
  const frames = oneAFrame();

  const wishOverview = latest(
    () => {
      const dataset = state?.dataset;
      return dataset ? actions.ask('overview').then((told) => ({ told, dataset })) : null;
    },
    ({ told, dataset }) => {
      if (!told || !state || dataset !== state.dataset) return;
      overview = told;
      note.hidden = true;
      room.hidden = false;
      const matrixNow = () => state && matrix.update(told, state);
      frames.call([matrixNow, ...counts.map((part) => () => part.update(told)), writeSplit]);
    },
    fail,
  );
  const wishTimeline = latest(
    () => {
      if (!state?.dataset) return null;
      const { user } = state;
      return actions.ask('timeline', { user }).then((told) => ({ ...told, user }));
    },
    (answer) => {
      timeline = answer;
      writeSplit();
    },
    fail,
  );

  function writeSplit() {
    if (overview && timeline && state) split.update(overview, timeline, { ...state, user: timeline.user });
  }

  /** @param {Error} error */
  function fail(error) {
    setText(note, t(words.failed, { message: messageOf(speech, error) }));
    note.hidden = false;
  }

  const opened = watch();
  const divided = watch();
  const chosen = watch();
  const themed = watch();

  return {
    update(now) {
      state = now;
      split.pick(now);
      if (opened(now.dataset)) {
        room.hidden = true;
        note.hidden = false;
        setText(note, t(words.loading));
        overview = timeline = null;
        frames.call([]);
      }
      if (divided(now.dataset, now.counts?.of)) void wishOverview();
      if (chosen(now.user, now.dataset, now.run)) void wishTimeline();
      if (themed(now.theme)) matrix.recolour();
    },
    destroy() {
      frames.call([]);
      split.destroy();
      host.replaceChildren();
    },
  };
}
