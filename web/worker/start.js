/**
 * Starts the worker wherever the page is. It is one function: as the text of a Blob a worker of its own, which every page may
 * have whose policy allows it, also from disk and in a sandbox; where none is allowed (no `worker-src blob:`, Trusted Types)
 * the same function answers in the page, in its short slices.
 */
// Side by side gzip finds the one in the other, which spares 4 kB.
import '../../wasm/settings/settings.mjs';
import { workerMain } from 'virtual:worker';

/** What both are to whoever asks: messages go in and come out. @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>} Hands */

/** The first word of a worker that runs. */
const HERE = 'here';

/** @returns {Worker} throws, or tells of an error, where none may be */
function ofItsOwn() {
  const address = URL.createObjectURL(
    new Blob([`(${workerMain})(self);postMessage('${HERE}')`], { type: 'text/javascript' }),
  );
  try {
    return new Worker(address);
  } finally {
    // Workers read their script some time after they were made.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}

/** @returns {Hands} */
function inPage() {
  const { port1, port2 } = new MessageChannel();
  /** What stands for the worker's own `self`. @type {{onmessage: ((event: MessageEvent) => void) | null, onclose?: () => void, postMessage: Function}} */
  const self = {
    onmessage: null,
    postMessage: (/** @type {unknown} */ message, /** @type {Transferable[]} */ transfer) =>
      port2.postMessage(message, transfer),
  };
  workerMain(/** @type {any} */ (self));
  port2.onmessage = (event) => self.onmessage?.(event);
  return {
    postMessage: (/** @type {unknown} */ message, /** @type {any} */ transfer) => port1.postMessage(message, transfer),
    get onmessage() {
      return /** @type {Hands['onmessage']} */ (port1.onmessage);
    },
    set onmessage(listener) {
      port1.onmessage = /** @type {MessagePort['onmessage']} */ (listener);
    },
    onerror: null,
    terminate() {
      self.onclose?.();
      port1.close();
      port2.close();
    },
  };
}

/** A worker that is there from the start: messages wait until it is known where they are answered. */
class LabWorker {
  constructor() {
    /** @type {Worker['onmessage']} */
    this.onmessage = null;
    /** @type {Worker['onerror']} */
    this.onerror = null;
    /** @type {[unknown, Transferable[] | undefined][]} */
    this.waiting = [];
    /** @type {Hands | null} */
    this.hands = null;
    this.closed = false;
    /** Not known yet whether it runs. @type {Worker | null} */
    this.tried = null;
    try {
      this.tried = ofItsOwn();
      this.tried.onmessage = () => this.settle(/** @type {Worker} */ (this.tried));
      this.tried.onerror = (event) => {
        event.preventDefault();
        this.tried?.terminate();
        this.settle(inPage());
      };
    } catch {
      this.settle(inPage());
    }
  }

  /** @param {Hands} hands */
  settle(hands) {
    if (this.closed) return hands.terminate();
    this.tried = null;
    this.hands = hands;
    const it = /** @type {Worker} */ (/** @type {unknown} */ (this));
    hands.onmessage = (event) => this.onmessage?.call(it, event);
    hands.onerror = (event) => this.onerror?.call(it, event);
    for (const [message, transfer] of this.waiting.splice(0)) hands.postMessage(message, transfer ?? []);
  }

  /** @param {unknown} message @param {Transferable[]} [transfer] */
  postMessage(message, transfer) {
    if (this.hands) this.hands.postMessage(message, transfer ?? []);
    else this.waiting.push([message, transfer]);
  }

  terminate() {
    this.closed = true;
    this.tried?.terminate();
    this.hands?.terminate();
  }
}

export const startWorker = () => /** @type {Worker} */ (/** @type {unknown} */ (new LabWorker()));
