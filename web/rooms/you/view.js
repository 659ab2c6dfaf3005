/** Being the user: films that one likes, the top 10 that the model makes of them, why, and where one stands on the map. */
import { h, watch } from '../../parts/dom.js';
import { latest } from '../../parts/latest.js';
import { messageOf } from '../../parts/notices.js';
import { paced } from '../../parts/paced.js';
import { createLikes } from './likes.js';
import { followed, listed, noCourse } from './list.js';
import { createYouPlace } from './place.js';
import { topScene } from './scene.js';
import { createTop } from './top.js';
import { words } from './words.js';

/** @typedef {import('../../shell/state.js').State} State */

const PAUSE_MS = 250;

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
  let cost = 0;

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
  const top = createTop(speech, { show, like: actions.like });
  const place = createYouPlace(speech, actions);
  host.append(h('div', { class: 'you' }, head, likes.node, top.node, place.node));

  const wish = latest(ask, use, (error) => top.fail(t(words.trouble, { reason: messageOf(speech, error) })));
  const pace = paced(wish, () => Math.max(PAUSE_MS, 3 * cost));

  function ask() {
    if (!state?.model) return null;
    if (state.likes.length === 0) {
      use({ recommendations: [], learns: true });
      return null;
    }
    const began = performance.now();
    return actions.ask('guest', { likes: state.likes, k: 10 }).then((answer) => {
      cost = performance.now() - began;
      return answer;
    });
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
      if (model && changed(model, weights, next.likes, phase)) pace.wish();
      place.update(next);
    },
    destroy() {
      pace.close();
      likes.destroy();
      place.destroy();
      host.replaceChildren();
    },
  };
}
