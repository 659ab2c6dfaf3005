/** The life of the views: made from the top of the page to its end, one a frame, and all anew in another language. */

/** @typedef {import('./state.js').State} State */
/** @typedef {{update: (state: State) => void, destroy: () => void}} View */

export class Views {
  /**
   * @param {import('./state.js').Store} store
   * @param {(() => View)[]} makers  in their order on the page
   * @param {() => () => void} turn  what else becomes of another language; gives what is to be done when all views are there
   */
  constructor(store, makers, turn) {
    this.store = store;
    this.makers = makers;
    this.turn = turn;
    /** @type {View[]} */
    this.made = [];
    /** Whether a view wants to be updated once more. */
    this.asked = false;
    this.language = store.state.language;
    store.subscribe((state) => this.update(state));
  }

  /** Every view is updated once more, in the next frame. */
  again() {
    this.asked = true;
    this.store.set({});
  }

  /** @param {State} state */
  update(state) {
    if (this.language !== state.language) return this.sayAnew(state.language);
    // One view a frame: all at once would be a long task on a slow machine, and the first pixels come sooner.
    const make = this.makers[this.made.length];
    if (make) {
      this.made.push(make());
      this.store.set({});
    }
    for (const view of this.made) view.update(state);
  }

  /** All at once: a page that is built up again from the top would lose its place. @param {State['language']} language */
  sayAnew(language) {
    this.language = language;
    const done = this.turn();
    this.destroy();
    this.made = this.makers.map((make) => make());
    do {
      this.asked = false;
      for (const view of this.made) view.update(this.store.state);
    } while (this.asked);
    done();
  }

  destroy() {
    for (const view of this.made) view.destroy();
  }
}
