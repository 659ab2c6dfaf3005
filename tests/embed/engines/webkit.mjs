// WebKit, by WebDriver: JSON over HTTP (https://w3c.github.io/webdriver), to the driver of WebKitGTK, which needs a screen.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

import { findProgram } from '../../../wasm/tools/toolchain.mjs';

/** A screen without a monitor; resolves to its name. */
async function startScreen() {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const child = spawn(findProgram('Xvfb') ?? 'Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  const number = await new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
    pipe.once('data', (chunk) => done(String(chunk).trim()));
  });
  return { child, display: `:${number}` };
}

/** A port that nobody has: the driver takes no 0. @returns {Promise<number>} */
function freePort() {
  const server = createServer();
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => done(port));
    }),
  );
}

/** @param {string} display */
async function startDriver(display) {
  const port = await freePort();
  const env = {
    ...process.env,
    DISPLAY: display,
    // Under the C locale WebKit's own language is none that Intl knows.
    ...{ LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', LANGUAGE: 'en' },
    // No desktop is there to ask for settings, accessibility or a graphics card.
    ...{ GSETTINGS_BACKEND: 'memory', NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11' },
    ...{ WEBKIT_DISABLE_DMABUF_RENDERER: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  };
  const child = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  for (;;) {
    if (ended) throw new Error('WebKitWebDriver ended');
    const status = await fetch(`${origin}/status`).catch(() => null);
    if (status?.ok) return { child, origin };
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * @param {string} address
 * @param {string} method
 * @param {object} [body]
 */
async function ask(address, method, body) {
  const answer = await fetch(address, { method, body: body && JSON.stringify(body) });
  const { value } = /** @type {any} */ (await answer.json());
  if (!answer.ok) throw new Error(`${value?.error}: ${value?.message}`);
  return value;
}

/** @param {import('node:child_process').ChildProcess} child */
async function ended(child) {
  const end = new Promise((done) => child.once('exit', done));
  if (child.exitCode !== null || !child.kill()) return;
  await end;
}

/** @returns {Promise<import('./tab.mjs').Engine>} */
export async function launch() {
  const screen = await startScreen();
  return {
    name: 'WebKit',
    /** A driver has one session, whose one window is the tab. */
    async tab() {
      const driver = await startDriver(screen.display);
      const alwaysMatch = { pageLoadStrategy: 'normal', timeouts: { script: 90_000, pageLoad: 90_000 } };
      const { sessionId } = await ask(`${driver.origin}/session`, 'POST', { capabilities: { alwaysMatch } });
      const session = `${driver.origin}/session/${sessionId}`;
      /** @param {number[]} path */
      const enter = async (path) => {
        await ask(`${session}/frame`, 'POST', { id: null });
        for (const id of path) await ask(`${session}/frame`, 'POST', { id });
      };
      return {
        // Not told by this protocol.
        said: [],
        async open(url) {
          await enter([]);
          await ask(`${session}/url`, 'POST', { url });
        },
        async evaluate(text, path) {
          await enter(path);
          const script = `const done = arguments[arguments.length - 1];
            Promise.resolve().then(() => (${text})).then((value) => done(JSON.stringify([value ?? null])), (error) => done('!' + error));`;
          const answer = await ask(`${session}/execute/async`, 'POST', { script, args: [] });
          if (answer.startsWith('!')) throw new Error(answer.slice(1));
          return JSON.parse(answer)[0];
        },
        async click(x, y, path) {
          await enter(path);
          const moves = [{ type: 'pointerMove', x, y, duration: 0 }];
          const presses = ['pointerDown', 'pointerUp'].map((type) => ({ type, button: 0 }));
          const pointer = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } };
          await ask(`${session}/actions`, 'POST', { actions: [{ ...pointer, actions: [...moves, ...presses] }] });
        },
        async resize(width, height) {
          // The window has a bar above the page.
          await enter([]);
          await ask(`${session}/window/rect`, 'POST', { width, height });
          const script = 'return [innerWidth, innerHeight]';
          const [w, h] = await ask(`${session}/execute/sync`, 'POST', { script, args: [] });
          await ask(`${session}/window/rect`, 'POST', { width: 2 * width - w, height: 2 * height - h });
        },
        async close() {
          await ask(session, 'DELETE');
          await ended(driver.child);
        },
      };
    },
    close: () => ended(screen.child),
  };
}
