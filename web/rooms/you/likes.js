/** The films that one likes: the search for them, those that are liked, and some to begin with. */
import { h, setText, watch } from '../../parts/dom.js';
import { createFilmPicker } from '../../parts/film_picker.js';
import { likesScene } from './scene.js';
import { words } from './words.js';

/**
 * @param {import('../../parts/speech.js').Speech} speech
 * @param {Pick<import('../../shell/actions.js').Actions, 'like' | 'unlike'>} actions
 */
export function createLikes(speech, actions) {
  const { t } = speech;
  const pickerHost = h('div', { class: 'picker you-find' });
  const picker = createFilmPicker(speech, pickerHost, { label: t(words.find), choose: take });
  const counter = h('p', { class: 'list-note' });
  const chips = h('ul', { class: 'you-chips' });
  const note = h('p', { class: 'hint' });
  const starts = h('div', { class: 'you-starts' });
  const node = h(
    'section',
    { class: 'you-likes', 'aria-label': t(words.likes) },
    h('div', { class: 'you-likes-head' }, h('h3', {}, t(words.likes)), counter),
    ...[pickerHost, chips, note, starts],
  );
  const changed = watch();

  /** @param {number} item that was searched for */
  function take(item) {
    actions.like(item);
    // The field is for the next one.
    picker.clear();
  }

  /** @param {number} item */
  function takeOff(item) {
    actions.unlike(item);
    pickerHost.querySelector('input')?.focus();
  }

  /** @param {import('./scene.js').LikesScene} scene */
  function write(scene) {
    setText(counter, scene.count);
    setText(note, scene.note);
    chips.replaceChildren(
      ...scene.liked.map(({ item, title, remove }) => {
        const props = { type: 'button', class: 'plain', title: remove, onclick: () => takeOff(item) };
        const cross = h('span', { class: 'cross', 'aria-hidden': 'true' }, '×');
        return h('li', {}, h('span', {}, title), h('button', props, cross, h('span', { class: 'hidden' }, remove)));
      }),
    );
    starts.replaceChildren(
      ...scene.offered.map(({ item, title, add }) => {
        const props = { type: 'button', 'aria-label': add, onclick: () => actions.like(item) };
        return h('button', props, h('span', { 'aria-hidden': 'true' }, '+'), title);
      }),
    );
  }

  return {
    node,
    /** @param {Pick<import('../../shell/state.js').State, 'films' | 'likes'>} state */
    update({ films, likes }) {
      if (!changed(likes, films) || !films) return;
      picker.update(films, -1);
      write(likesScene(speech, films, likes));
    },
    destroy: () => picker.destroy(),
  };
}
