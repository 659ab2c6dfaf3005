/** All users: their ranks as bars, and the metrics at every cut. */
import { h, setAttribute, setText, watch } from '../../parts/dom.js';
import { pictureMenu } from '../../parts/picture_menu.js';
import { predictsRatings } from '../../parts/readings.js';
import { createCuts } from './curves.js';
import { cutsOf, everybodyOf, evaluates } from './present.js';
import { createUsers } from './users.js';
import { words } from './words.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {import('../../shell/actions.js').Actions} actions
 * @param {() => void} rankEverybody
 */
export function createEverybody(speech, actions, rankEverybody) {
  const { t } = speech;
  const section = (/** @type {string} */ name, /** @type {string} */ title, /** @type {HTMLElement[]} */ ...children) =>
    h('section', { class: name, 'aria-label': title }, h('h2', {}, title), ...children);
  const lesson = h('p', { class: 'lesson' });
  const button = h('button', { type: 'button', hidden: true, onclick: rankEverybody });
  const note = h('p', { class: 'hint', hidden: true });
  const rankAll = h('div', { class: 'rank-all' }, button, note);
  const usersHost = section('all-users', t(words.allUsers), lesson, rankAll);
  const users = createUsers(speech, usersHost, actions);
  usersHost.append(pictureMenu(speech, usersHost, () => t(words.histogram)));
  const cutsHost = section('cuts', t(words.cuts), h('p', { class: 'lesson' }, t(words.cutsLesson)));
  const cuts = createCuts(speech, cutsHost);
  const cutsNote = h('p', { class: 'hint', hidden: true });
  cutsHost.append(cutsNote);
  const redrawn = watch();

  return {
    nodes: [usersHost, cutsHost],
    /** @param {import('./questions.js').Seen} seen @param {import('../../worker/protocol.js').Ranks | null} ranks */
    update({ state, full, ranking }, ranks) {
      if (!state?.model || predictsRatings(state)) return;
      const all = everybodyOf(speech, state, full, ranking);
      setText(lesson, all.lesson);
      button.hidden = note.hidden = !all.asked;
      setAttribute(button, 'disabled', ranking);
      setText(button, all.button);
      setText(note, all.note);
      usersHost.classList.toggle('empty', !ranks);
      if (!redrawn(ranks, all.asked, state.model.baseline)) return;
      if (ranks && state.users) users.update(ranks, state.users.ids, all.asked);
      const curves = cutsOf(speech, state.model, full, evaluates(state, full), ranks);
      cutsHost.classList.toggle('empty', !curves.cuts);
      cutsNote.hidden = curves.note === '';
      setText(cutsNote, curves.note);
      if (curves.cuts) cuts.update(curves.cuts);
    },
    choose: users.choose,
    drawn: [cuts],
  };
}
