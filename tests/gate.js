// A worker that stands still where a test says so, and whose slices do not depend on how fast the machine is. Runs before
// web/worker.js in the same scope: imported by tests/node/worker-shim.mjs, put before the worker's code in a browser by
// tests/browser/harness.mjs. Messages {gate: {…}} are for it alone:
//
//     hold: fields      once an event with these fields has been sent, what goes on in slices, or reads, waits; questions are
//                       answered
//     release: true     it goes on; with another hold in the same message, until that
//     tick: ms          the clock goes on by so much whenever it is read, and no longer by itself
//     deliver: [message, …]   these arrive at once, with nothing done between them
(() => {
  const { postMessage } = self;
  const Channel = self.MessageChannel;
  /** @type {Record<string, unknown> | null} */
  let awaited = null;
  /** What is to be sent once it goes on, null while it does. @type {(() => void)[] | null} */
  let waiting = null;

  // Slices follow each other by messages to themselves (breathe() of web/worker/session.js).
  self.MessageChannel = class extends Channel {
    constructor() {
      super();
      const { port2 } = this;
      const post = port2.postMessage.bind(port2);
      port2.postMessage = (/** @type {any[]} */ ...message) => {
        if (waiting) waiting.push(() => post(...message));
        else post(...message);
      };
    }
  };
  // So do pieces of files.
  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = async function () {
    if (waiting) await new Promise((done) => waiting?.push(() => done(undefined)));
    return read.call(this);
  };
  self.postMessage = (/** @type {any} */ message, /** @type {any} */ transfer) => {
    postMessage.call(self, message, transfer);
    if (!awaited || !Object.entries(awaited).every(([name, value]) => message[name] === value)) return;
    awaited = null;
    waiting ??= [];
  };

  self.gate = (/** @type {any} */ { hold, release, tick, deliver = [] }) => {
    if (release) {
      awaited = null;
      const held = waiting ?? [];
      waiting = null;
      for (const send of held) send();
    }
    if (hold) awaited = hold;
    if (tick) {
      let now = 1e6;
      Object.defineProperty(performance, 'now', { value: () => (now += tick) });
    }
    for (const data of deliver) self.onmessage({ data });
  };
  self.addEventListener?.('message', (/** @type {any} */ event) => {
    if (!event.data?.gate) return;
    event.stopImmediatePropagation();
    self.gate(event.data.gate);
  });
})();
