/**
 * What the page knows, in one object. Whoever learns something calls `set`; listeners hear of it at most once a frame,
 * however many messages the worker sent in between, so that the page never redraws more often than the screen.
 */

import { modelRow } from '../wasm/core.mjs';
import { currentLanguage, later } from './words.js';
import { words } from './words/run.js';

/** Films that the person at the page can like. */
export const MOST_LIKES = 50;

/** @typedef {import('./worker/protocol.js').Settings} Settings */
/** @typedef {import('./worker/protocol.js').RunState} RunState */
/** @typedef {RunState['phase'] | 'loading' | 'failed'} Phase */
/** @typedef {import('./words.js').Said} Said */
/** @typedef {{key: string, title: Said, text: Said, action?: 'reset' | 'retry'}} Notice */

/**
 * What the page shows of a run is what the worker last told of it (worker/protocol.js), and nothing is made up here.
 * @typedef {object} Own
 * @property {Phase} phase
 * @property {RunState['model'] | null} model
 * @property {import('./worker/protocol.js').Loading | null} loading   data that is streaming in
 * @property {import('./worker/protocol.js').Dataset | null} dataset
 * @property {import('./worker/protocol.js').Source[]} sources         where the open data came from
 * @property {Settings} settings                              the run’s, or what was asked for while that is not answered yet
 * @property {Record<string, Said>} fieldErrors               by setting: why what was typed was not taken
 * @property {number} samplesPerSecond                        the latest figure
 * @property {import('./worker/protocol.js').Users | null} users
 * @property {import('./worker/protocol.js').Films | null} films
 * @property {import('./worker/protocol.js').Counts | null} counts  those in users and films
 * @property {number} user                                    index of the chosen user
 * @property {Said | null} userError                          why what was typed is no user
 * @property {import('./worker/protocol.js').Person | null} person     the chosen user's history and recommendations
 * @property {Said} status                                    one line: what goes on
 * @property {Said} announcement                              for screen readers
 * @property {Notice[]} notices                               errors that wait to be dismissed
 * @property {string} notesRead                             the run’s notes that were dismissed, as JSON
 * @property {string} room                                  the open one, by its name in views/rooms.js
 * @property {number} tour                                    the stop of the tour, an index in tour.js; -1: none
 * @property {number} film                                    index of the film that is looked at together with the chosen user; -1: none
 * @property {number[]} likes                               indices of the films that the person at the page likes, oldest first
 * @property {number} weights                                 rises whenever the model's weights change
 * @property {import('./race.js').RaceState} race
 * @property {'light' | 'dark'} theme
 * @property {import('./words.js').Language} language         all views are made anew when it changes
 */
/** @typedef {Omit<RunState, 'phase' | 'model' | 'counts'> & Own} State */

/** Where there is no run: none has this number. */
export const noRun = {
  ...{ run: 0, model: null, loaded: false, shipped: false, epochs: [] },
  ...{ selected: null, progress: null, pretraining: null, before: null },
};

/**
 * @param {Settings} settings
 * @returns {State}
 */
export function initialState(settings) {
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
    room: 'learn',
    tour: -1,
    film: -1,
    likes: [],
    weights: 0,
    race: { runners: [], paused: false, reference: 0 },
    theme: 'light',
    language: currentLanguage(),
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

/** @param {Pick<State, 'settings'>} state whether the model predicts ratings, rather than ranking films */
export const predictsRatings = ({ settings }) => modelRow(settings.model).task === 'rating';

/** @param {Pick<State, 'phase'>} state */
export const isRunning = ({ phase }) => phase === 'training' || phase === 'evaluating';

/**
 * What the buttons of the run can do; `train` is to train or to pause. Neither patience that is over nor a solution leaves
 * anything to go on with.
 * @param {State} state
 */
export function possible(state) {
  const { model, loading, phase, selected } = state;
  const able = model !== null && loading === null && phase !== 'failed';
  const over = selected?.stopped === true || (model?.once === true && epochsDone(state) > 0);
  const train = able && !over && phase !== 'diverged';
  return { over, train, step: train && !isRunning(state), reset: able };
}

/** @param {Pick<State, 'epochs'>} state epochs that the model has learnt so far */
export const epochsDone = ({ epochs }) => epochs.at(-1)?.epoch ?? 0;

/** @param {Pick<State, 'model' | 'settings'>} state epochs that the run goes on for */
export const epochsToDo = ({ model, settings }) => (model?.once ? 1 : settings.epochs);

/** @param {Pick<State, 'epochs' | 'selected'>} state the epoch that the model's weights are of */
export const epochOfWeights = ({ epochs, selected }) =>
  selected ? epochs.find(({ epoch }) => epoch === selected.epoch) : epochs.at(-1);

/** @param {{metrics: import('./worker/protocol.js').MetricSets} | null | undefined} epoch the metrics of rankings that the page shows */
export const shownMetrics = (epoch) => epoch?.metrics.sampled ?? epoch?.metrics.full;

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
