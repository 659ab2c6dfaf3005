// The one rule of free(): what was made is freed once, or with what it was made from, and is an error to use after that.

/** Something was used after free(), its own or that of what it was made from. */
export class FreedError extends Error {
  /**
   * @param {string} what
   * @param {string} end  what became of it
   */
  constructor(what, end) {
    super(`This ${what} ${end}, so it can’t be used any more.`);
    this.name = 'FreedError';
  }
}

/**
 * The base of all that has free(): an object of the core by its address, or something that owns such objects. An address
 * is handed out again once it is free, so one that is kept would mean somebody else's memory.
 */
export class Handle {
  #what;
  #parents;
  /** In the order in which they were made. @type {Set<Handle>} */
  #children = new Set();
  #address = 0;
  #giveBack;
  /** What became of it; '' as long as it lives. */
  #end = '';

  /**
   * @param {string} what  its name in errors
   * @param {Handle[]} parents  what it is made from: it is freed with the first of them that is
   * @param {() => number} [make]  its address in the core; 0: it has none
   * @param {(address: number) => void} [giveBack]  frees what is at the address
   * @throws {FreedError} a parent is freed already
   */
  constructor(what, parents, make = () => 0, giveBack = () => {}) {
    for (const parent of parents) parent.mustLive();
    this.#what = what;
    this.#parents = parents;
    this.#giveBack = giveBack;
    this.#address = make();
    for (const parent of parents) parent.#children.add(this);
  }

  /** Its address. @throws {FreedError} */
  get handle() {
    this.mustLive();
    return this.#address;
  }

  /** Whether it can't be used any more. */
  get freed() {
    return this.#end !== '';
  }

  /** To be called where a use does not come by the address. @throws {FreedError} */
  mustLive() {
    if (this.#end !== '') throw new FreedError(this.#what, this.#end);
  }

  /** Gives its memory back, and before that frees what was made from it. Twice is harmless. */
  free() {
    this.#finish('was freed');
  }

  /** What else is to be given back, for what owns objects of its own. */
  release() {}

  /** Ends it but leaves its memory to somebody else. @param {string} end  what became of it */
  letGo(end) {
    this.#address = 0;
    this.#finish(end);
  }

  /** @param {string} end */
  #finish(end) {
    if (this.#end !== '') return;
    this.#end = end;
    for (const child of [...this.#children].reverse()) child.#finish(`was freed with its ${this.#what}`);
    for (const parent of this.#parents) parent.#children.delete(this);
    this.release();
    if (this.#address !== 0) this.#giveBack(this.#address);
    this.#address = 0;
  }
}
