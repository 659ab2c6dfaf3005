/** Being the user: films that one likes, the top 10 that the model makes of them, why, and where one stands on the map. */
import { h, watch } from '../../parts/dom.js';
import { mayEnter } from '../../parts/fixed.js';
import { messageOf } from '../../parts/notices.js';
import { pacedQuestion } from '../../parts/paced.js';
import { createLikes } from './likes.js';
import { followed, listed, noCourse } from './list.js';
import { createYouPlace } from './place.js';
import { topScene } from './scene.js';
import { createTop } from './top.js';
import { words } from './words.js';

/** @typedef {import('../../shell/state.js').State} State */

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {HTMLElement} host
 * @param {import('../../shell/actions.js').Actions} actions
 */
export function createYou(speech, host, actions) {
  const { t } = speech;
  /** @type {State | null} */
  let state = null;
  let course = noCourse;

  /** @param {number} item to be looked at on the map */
  function show(item) {
    actions.chooseFilm(item);
    actions.enter('map');
  }

  const head = h(
    'div',
    { class: 'you-head' },
    h('h2', {}, t(words.title)),
    h('p', { class: 'map-lead' }, t(words.lead)),
  );
  const likes = createLikes(speech, actions);
  const top = createTop(speech, {
    get show() {
      return state && mayEnter(state, 'map') ? show : null;
    },
    like: actions.like,
  });
  const place = createYouPlace(speech, actions);
  host.append(h('div', { class: 'you' }, head, likes.node, top.node, place.node));

  const question = pacedQuestion(
    ask,
    use,
    (error) => top.fail(t(words.trouble, { reason: messageOf(speech, error) })),
    { pause: 250, parts: 4 },
  );

  function ask() {
    if (!state?.model) return null;
    if (state.likes.length === 0) {
      use({ recommendations: [], learns: true });
      return null;
    }
    return actions.ask('guest', { likes: state.likes, k: 10 });
  }

  /** @param {import('./scene.js').Answer} answer */
  function use(answer) {
    if (!state?.films) return;
    top.write(topScene(speech, state, state.films, answer, course));
    course = listed(
      course,
      answer.recommendations.map(({ item }) => item),
    );
  }

  const changed = watch();
  return {
    /** @param {State} next */
    update(next) {
      state = next;
      course = followed(speech, course, next);
      likes.update(next);
      const { model, weights, phase } = next;
      if (model && changed(model, weights, next.likes, phase)) question.wish();
      place.update(next);
    },
    destroy() {
      question.close();
      likes.destroy();
      place.destroy();
      host.replaceChildren();
    },
  };
}
