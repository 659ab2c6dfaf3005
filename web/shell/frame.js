/** The frame of the lab: its regions in their order, for the views to fill. */
import { h, setAttribute, uniqueId } from '../parts/dom.js';
import { words as files } from './words/files.js';
import { words as guide } from './words/guide.js';
import { words } from './words/lab.js';
import { words as run } from './words/run.js';

const region = (/** @type {string} */ name, /** @type {object} */ props = {}) =>
  h('section', { class: name, ...props });

export class Frame {
  constructor() {
    this.root = h('div', { class: 'lab' });
    this.masthead = h('header', { class: 'masthead' });
    this.voice = h('div', { class: 'voice' });
    this.run = region('run', { id: uniqueId('run'), tabindex: -1 });
    this.brief = h('div', { class: 'brief' });
    this.exercise = region('exercise', { hidden: true });
    this.settings = region('settings', { id: uniqueId('settings') });
    this.ruler = region('progress');
    this.files = region('files');
    this.tour = h('div');
    this.rooms = h('div', { class: 'rooms' });
    this.guide = region('guide');
    this.credit = h('footer', { class: 'credit' });
    const controls = h('div', { class: 'controls' }, this.run, this.brief, this.exercise, this.settings, this.files);
    const stage = h('div', { class: 'stage' }, this.ruler, this.tour, this.rooms);
    const main = h('main', {}, this.voice, h('div', { class: 'bench' }, controls, stage), this.guide);
    this.root.append(this.masthead, main, this.credit);
  }

  /** Names the regions in the present language. @param {import('../parts/speech.js').Speech} speech */
  name({ t }) {
    setAttribute(this.run, 'aria-label', t(run.run));
    setAttribute(this.settings, 'aria-label', t(words.settings));
    setAttribute(this.ruler, 'aria-label', t(words.progress));
    setAttribute(this.files, 'aria-label', t(files.title));
    setAttribute(this.guide, 'aria-label', t(guide.title));
    setAttribute(this.root, 'data-drop', t(words.drop));
  }

  /** To the buttons of the run, past the head of the page. */
  skip() {
    this.run.scrollIntoView();
    this.run.focus({ preventScroll: true });
  }
}
