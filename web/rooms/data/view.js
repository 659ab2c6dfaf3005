/** The room of the data: how full the matrix is, what is popular, ratings, genres, decades, and what the split keeps out. */
import { genreName } from '../../parts/format.js';
import { messageOf } from '../../parts/notices.js';
import { latest } from '../../parts/latest.js';
import { words } from './words.js';
import { createGroups, createValues } from './bars.js';
import { createMatrix } from './matrix.js';
import { createSplit } from './split.js';
import { createTail } from './tail.js';
import { h, setText, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('../../worker/protocol.js').Overview} Overview */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 * @returns {import('../../lab.js').View}
 */
export function createData(speech, host, actions) {
  const { t } = speech;
  const note = h('p', { class: 'hint', role: 'status' }, t(words.loading));
  const section = (/** @type {string} */ name, /** @type {import('../../parts/speech.js').Word} */ word) =>
    h('section', { class: name, 'aria-label': t(word) });
  const hosts = {
    matrix: section('matrix', words.matrix),
    tail: section('tail', words.tail),
    values: section('values', words.values),
    genres: section('genres-of', words.genres),
    decades: section('decades', words.decades),
    split: section('split', words.split),
  };
  const room = h('div', { class: 'data', hidden: true }, ...Object.values(hosts));
  host.append(note, room);
  const matrix = createMatrix(speech, hosts.matrix, actions);
  const split = createSplit(speech, hosts.split, actions);
  const parts = [
    createTail(speech, hosts.tail),
    createValues(speech, hosts.values),
    createGroups(speech, hosts.genres, {
      title: t(words.genres),
      lesson: t(words.genresLesson),
      column: t(words.genre),
      measures: ['ratings', 'films', 'mean'],
      read: ({ genres }) => genres.map(({ genre, ...rest }) => ({ name: genreName(speech, genre), ...rest })),
    }),
    createGroups(speech, hosts.decades, {
      title: t(words.decades),
      column: t(words.decades),
      measures: ['ratings', 'films'],
      read: ({ decades }) =>
        decades.map(({ decade, ...rest }) => ({
          name: decade > 0 ? t(words.decade, { from: String(decade) }) : t(words.unknown),
          ...rest,
        })),
    }),
  ];

  /** @type {State | null} */
  let state = null;
  /** @type {{overview: Overview, dataset: unknown} | null} */
  let told = null;
  /** @type {import('./split.js').Timeline | null} */
  let timeline = null;
  /** What of the room is still to be written. @type {(() => void)[]} */
  let rest = [];
  let waiting = 0;

  const wishOverview = latest(
    () => {
      const dataset = state?.dataset;
      if (!dataset) return null;
      return actions.ask('overview').then((overview) => ({ overview, dataset }));
    },
    ({ overview, dataset }) => {
      if (!overview || !state || dataset !== state.dataset) return;
      told = { overview, dataset };
      note.hidden = true;
      room.hidden = false;
      rest = [
        () => state && matrix.update(overview, state),
        ...parts.map((part) => () => part.update(overview)),
        writeSplit,
      ];
      cancelAnimationFrame(waiting);
      writeRest();
    },
    fail,
  );
  const wishTimeline = latest(
    () => (state?.dataset ? actions.ask('timeline', { user: state.user }) : null),
    (answer) => {
      timeline = answer;
      writeSplit();
    },
    fail,
  );

  /** One part a frame: all at once they would hold the page up. */
  function writeRest() {
    rest.shift()?.();
    if (rest.length > 0) waiting = requestAnimationFrame(writeRest);
  }

  function writeSplit() {
    if (told && timeline && state) split.update(told.overview, timeline, state);
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
        told = timeline = null;
        rest = [];
      }
      if (divided(now.dataset, now.counts?.of)) void wishOverview();
      if (chosen(now.user, now.dataset, now.run)) void wishTimeline();
      if (themed(now.theme)) matrix.recolour();
    },
    destroy() {
      cancelAnimationFrame(waiting);
      split.destroy();
      host.replaceChildren();
    },
  };
}
