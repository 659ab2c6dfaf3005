/**
 * What the page knows, in one object. Whoever learns something calls `set`; listeners hear of it at most once a frame,
 * however many messages the worker sent in between, so that the page never redraws more often than the screen.
 */

import { later } from '../parts/speech.js';
import { noPolicy } from './policy.js';
import { words } from './words/run.js';

/** @typedef {import('../worker/protocol.js').Settings} Settings */
/** @typedef {import('../worker/protocol.js').RunState} RunState */
/** @typedef {RunState['phase'] | 'loading' | 'failed'} Phase */
/** @typedef {import('../parts/speech.js').Said} Said */
/** @typedef {{key: string, title: Said, text: Said, action?: 'reset' | 'retry'}} Notice */

/**
 * What the page shows of a run is what the worker last told of it (worker/protocol.js), and nothing is made up here.
 * @typedef {object} Own
 * @property {Phase} phase
 * @property {RunState['model'] | null} model
 * @property {import('../worker/protocol.js').Loading | null} loading   data that is streaming in
 * @property {import('../worker/protocol.js').Dataset | null} dataset
 * @property {import('../worker/protocol.js').Source[]} sources         where the open data came from
 * @property {Settings} settings                              the run’s, or what was asked for while that is not answered yet
 * @property {Record<string, Said>} fieldErrors               by setting: why what was typed was not taken
 * @property {number} samplesPerSecond                        the latest figure
 * @property {import('../worker/protocol.js').Users | null} users
 * @property {import('../worker/protocol.js').Films | null} films
 * @property {import('../worker/protocol.js').Counts | null} counts  those in users and films
 * @property {number} user                                    index of the chosen user
 * @property {Said | null} userError                          why what was typed is no user
 * @property {import('../worker/protocol.js').Person | null} person     the chosen user's history and recommendations
 * @property {Said} status                                    one line: what goes on
 * @property {Said} announcement                              for screen readers
 * @property {Notice[]} notices                               errors that wait to be dismissed
 * @property {string} notesRead                             the run’s notes that were dismissed, as JSON
 * @property {readonly string[]} rooms                        those that the instructor left, by name; none: nobody asked yet
 * @property {string} room                                  the open one, by its name in views/rooms.js
 * @property {number} tour                                    the stop of the tour, an index in tour.js; -1: none
 * @property {number} film                                    index of the film that is looked at together with the chosen user; -1: none
 * @property {number[]} likes                               indices of the films that the person at the page likes, oldest first
 * @property {number} weights                                 rises whenever the model's weights change
 * @property {import('../rooms/race/race.js').RaceState} race
 * @property {{answers: string[], name: string}} handIn   what the person at the page answers an exercise with, and who they say they are
 * @property {import('./policy.js').Policy} policy          what the instructor decided, for as long as the lab is there
 * @property {Partial<Settings>} fixed                      the settings that are locked, as they were when the lab began
 * @property {'light' | 'dark'} theme
 * @property {import('./layout.js').Layout} layout
 * @property {boolean} unfolded                             full by a person's wish, who can go back
 * @property {import('../parts/speech.js').Language} language         all views are made anew when it changes
 */
/** @typedef {Omit<RunState, 'phase' | 'model' | 'counts'> & Own} State */

/** Where there is no run: none has this number. */
export const noRun = {
  ...{ run: 0, model: null, loaded: false, shipped: false, epochs: [] },
  ...{ selected: null, progress: null, pretraining: null, before: null, rates: [] },
};

/**
 * @param {Settings} settings
 * @param {State['language']} language
 * @param {State['policy']} [policy]
 * @returns {State}
 */
export function initialState(settings, language, policy = noPolicy) {
  return {
    phase: 'loading',
    loading: null,
    dataset: null,
    sources: [],
    settings,
    fieldErrors: {},
    ...noRun,
    samplesPerSecond: 0,
    users: null,
    films: null,
    counts: null,
    user: 0,
    userError: null,
    person: null,
    status: later(words.loading),
    announcement: () => '',
    notices: [],
    notesRead: '',
    rooms: [],
    room: 'learn',
    tour: -1,
    film: -1,
    likes: [],
    weights: 0,
    race: { runners: [], paused: false, reference: 0 },
    handIn: { answers: [], name: '' },
    policy,
    fixed: {},
    theme: 'light',
    layout: 'full',
    unfolded: false,
    language,
  };
}

/**
 * The worker's run takes the place of the page's.
 * @param {State} state
 * @param {RunState} told
 */
export function withRun(state, told) {
  if (told.run === state.run) return told;
  const next = { ...told, samplesPerSecond: 0, weights: state.weights + 1 };
  const { users, films, counts } = state;
  // Of another split: who looks at users or films sees others.
  if (!users || !films || counts?.of === told.counts.of) return next;
  const { users: ofUsers, films: ofFilms } = told.counts;
  return { ...next, users: { ...users, counts: ofUsers }, films: { ...films, counts: ofFilms } };
}

/**
 * Data that were opened. Indices of users and films are of the data: with other data all of them go.
 * @param {import('../worker/protocol.js').Opened} opened
 * @param {State['sources']} sources
 * @param {boolean} behind  a run of these data is in sight already
 * @returns {Partial<State>}
 */
export const withData = (opened, sources, behind) => ({
  ...opened,
  ...{ sources, user: opened.users.order[0], film: -1, likes: [], userError: null },
  ...(!behind && { ...noRun, person: null, phase: 'loading' }),
});

export class Store {
  /** @param {State} state */
  constructor(state) {
    this.state = state;
    /** @type {Set<(state: State) => void>} */
    this.listeners = new Set();
    this.frame = 0;
    this.closed = false;
  }

  /** @param {Partial<State>} patch */
  set(patch) {
    this.state = { ...this.state, ...patch };
    if (!this.frame && !this.closed) this.frame = requestAnimationFrame(() => this.notify());
  }

  notify() {
    this.frame = 0;
    for (const listener of this.listeners) listener(this.state);
  }

  /** @param {(state: State) => void} listener */
  subscribe(listener) {
    this.listeners.add(listener);
    this.set({});
  }

  close() {
    this.closed = true;
    cancelAnimationFrame(this.frame);
    this.listeners.clear();
  }
}
