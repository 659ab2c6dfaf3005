// Firefox, by WebDriver BiDi: JSON over a WebSocket (https://w3c.github.io/webdriver-bidi).

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { WebSocket } from 'ws';

import { findFirefox } from '../../../wasm/tools/toolchain.mjs';

/** What a person's Firefox has: the remote agent's own choice lets file:// pages read one another. */
const preferences = {
  'remote.prefs.recommended': false,
  // Nothing is asked of anybody outside.
  'app.update.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.unified': false,
};

/** Starts Firefox with a profile of its own; resolves to the address that it listens on. @param {string} profile */
async function start(profile) {
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const program = findFirefox();
  if (!program) throw new Error('no Firefox');
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  const address = await new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', () => fail(new Error(`Firefox ended:\n${log}`)));
    child.stderr.on('data', (chunk) => {
      log += chunk;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(log);
      if (found) done(found[1]);
    });
  });
  return { child, address: `${address}/session` };
}

/**
 * A connection on which commands are asked and events heard.
 * @param {string} address
 * @param {(event: {method: string, params: any}) => void} onEvent
 */
async function connect(address, onEvent) {
  const socket = new WebSocket(address);
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  /** @type {Map<number, {done: (result: any) => void, fail: (error: Error) => void}>} */
  const asked = new Map();
  let last = 0;
  socket.on('message', (text) => {
    const message = JSON.parse(String(text));
    if (message.type === 'event') return onEvent(message);
    const waiting = asked.get(message.id);
    asked.delete(message.id);
    if (message.type === 'success') waiting?.done(message.result);
    else waiting?.fail(new Error(`${message.error}: ${message.message}`));
  });
  socket.on('close', () => asked.forEach(({ fail }) => fail(new Error('Firefox has gone'))));
  /** @param {string} method @param {object} params @returns {Promise<any>} */
  const ask = (method, params) =>
    new Promise((done, fail) => {
      asked.set(++last, { done, fail });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  return { ask, end: () => socket.close() };
}

/** @returns {Promise<import('./tab.mjs').Engine>} */
export async function launch() {
  const profile = await mkdtemp(join(tmpdir(), 'ncf-firefox-'));
  const { child, address } = await start(profile);
  /** @type {Map<string, string[]>} what was said, by top-level context */
  const said = new Map();
  const { ask, end } = await connect(address, ({ method, params }) => {
    if (method === 'log.entryAdded' && params.level === 'error')
      said.get(params.source.context)?.push(params.text ?? '');
  });
  await ask('session.new', { capabilities: {} });
  await ask('session.subscribe', { events: ['log.entryAdded'] });

  /** A tab is not opened while another is closed: Firefox may lose the new one over it. @type {Promise<any>} */
  let turn = Promise.resolve();
  /** @param {string} method @param {object} params */
  const inTurn = (method, params) => (turn = turn.catch(() => {}).then(() => ask(method, params)));

  /** @param {string} top @param {number[]} path */
  async function contextAt(top, path) {
    let [node] = (await ask('browsingContext.getTree', { root: top })).contexts;
    for (const at of path) {
      node = node.children[at];
      if (!node) throw new Error(`no frame ${path}`);
    }
    return node.context;
  }

  return {
    name: 'Firefox',
    async tab() {
      const { context: top } = await inTurn('browsingContext.create', { type: 'tab' });
      /** @type {string[]} */
      const lines = [];
      said.set(top, lines);
      return {
        said: lines,
        open: (url) => ask('browsingContext.navigate', { context: top, url, wait: 'complete' }),
        async evaluate(text, path) {
          // As JSON: what comes back is a plain value, however deep.
          const expression = `(async () => JSON.stringify((await (${text})) ?? null))()`;
          const target = { context: await contextAt(top, path) };
          const answer = await ask('script.evaluate', { expression, target, awaitPromise: true });
          if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
          return JSON.parse(answer.result.value);
        },
        async click(x, y, path) {
          const pointer = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } };
          const down = { type: 'pointerDown', button: 0 };
          const actions = [{ type: 'pointerMove', x, y }, down, { ...down, type: 'pointerUp' }];
          const context = await contextAt(top, path);
          await ask('input.performActions', { context, actions: [{ ...pointer, actions }] });
        },
        resize: (width, height) => ask('browsingContext.setViewport', { context: top, viewport: { width, height } }),
        close: () => inTurn('browsingContext.close', { context: top }),
      };
    },
    async close() {
      const gone = new Promise((done) => child.once('exit', done));
      await ask('browser.close', {}).catch(() => child.kill());
      end();
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
