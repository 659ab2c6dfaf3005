// The page stays awake while it trains the bundled set: in every room clicks, keys and typing are answered, and frames go on
// being drawn. Times are printed and none is asserted, since machines differ and have other work. What is asserted is that
// things are done within an epoch, that frames are drawn between them, and how much processor time the page's main thread
// takes for each, in units of a piece of work that is measured in the same minute.

import assert from 'node:assert/strict';

import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */
/** @typedef {import('playwright-core').Locator} Locator */
/**
 * @typedef {object} Room
 * @property {string} name         of its tab
 * @property {string} [doing]      what is done there, where that is not all
 * @property {number} most         units of work that the main thread may have for a thing that is done, with what training has it draw meanwhile: three times what it has
 * @property {(lab: Lab) => Promise<unknown>} [begin]   once it was entered; starts to train where absent
 * @property {(lab: Lab) => Promise<string | number>} [learnt]  how far learning has come; epochs where absent
 * @property {(lab: Lab, turn: number) => Promise<unknown>} act   something that a person does, until it is answered; frames a second where it tells these
 * @property {(lab: Lab) => Promise<string>} [follows]  what the room shows of the model
 */

/** How long each room is looked at, in ms, and how many things are done there, at least. */
const [LONG, TURNS] = [2500, 6];

/** How long what has to come is waited for, in ms. */
const BOUND = 120_000;

/**
 * A look at the main thread's processor time, in ms since the page was there.
 * @param {Lab} lab
 * @returns {Promise<() => Promise<number>>}
 */
async function stopwatch(lab) {
  const session = await lab.page.context().newCDPSession(lab.page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? assert.fail());
  };
}

/** What a fixed piece of work takes this machine's JavaScript here and now, in ms of processor time: the median of nine. */
function unit() {
  const times = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    const numbers = Array.from({ length: 40_000 }, (_, at) => (at * 48271) % 65_537);
    assert.ok(numbers.sort((one, other) => one - other).join().length > 0);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return quantile(times, 0.5);
}

/** Collects long tasks and the gaps between frames, in `window.held`. @param {import('playwright-core').Page} page */
async function watch(page) {
  await page.addInitScript(() => {
    const held = { tasks: /** @type {number[]} */ ([]), frames: /** @type {number[]} */ ([]) };
    /** @type {any} */ (window).held = held;
    new PerformanceObserver((list) => held.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      entryTypes: ['longtask'],
    });
    let last = performance.now();
    const frame = (/** @type {number} */ now) => {
      held.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** What was collected since it was last asked for. @param {Lab} lab @returns {Promise<{tasks: number[], frames: number[]}>} */
const taken = (lab) =>
  lab.page.evaluate(async () => {
    // A browser tells of tasks a moment after they have ended.
    await new Promise((done) => setTimeout(done, 100));
    const { tasks, frames } = /** @type {any} */ (window).held;
    return { tasks: tasks.splice(0), frames: frames.splice(0) };
  });

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

/** @param {number[]} tasks */
function longest(tasks) {
  const first = [...tasks].sort((a, b) => b - a).slice(0, 5);
  return `${tasks.length} tasks over 50 ms${first.length > 0 ? `, the longest ${first.join(', ')} ms` : ''}`;
}

/** Does something and waits until a text is another. @param {Lab} lab @param {() => Promise<string>} text @param {() => Promise<unknown>} act */
async function changes(lab, text, act) {
  const before = await text();
  await act();
  return lab.until(text, (now) => now !== before);
}

/** A place on something, by shares of its width and height. @param {Locator} what @param {number} right @param {number} down */
async function place(what, right, down) {
  const box = (await what.boundingBox()) ?? assert.fail();
  return /** @type {const} */ ([box.x + box.width * right, box.y + box.height * down]);
}

/**
 * Points at a place until a text is another: the page may move under the pointer while it is on its way, and then a person
 * moves it on.
 * @param {Lab} lab
 * @param {() => Promise<string>} text
 * @param {Locator} what
 * @param {number} right
 * @param {number} down
 */
async function pointAt(lab, text, what, right, down) {
  const before = await text();
  let off = 0;
  const move = async () => {
    const [x, y] = await place(what, right, down);
    await lab.page.mouse.move(x + off, y, { steps: 10 });
    off = 1 - off;
    return text();
  };
  await lab.until(move, (now) => now !== before);
}

/** Drags, and counts the frames that are drawn meanwhile. @param {Lab} lab @param {Locator} what @param {number} by pixels */
async function drag(lab, what, by) {
  const drawn = () => lab.page.evaluate(() => [performance.now(), /** @type {any} */ (window).held.frames.length]);
  const [x, y] = await place(what, 0.5, 0.5);
  await lab.page.mouse.move(x, y);
  await lab.page.mouse.down();
  const [start, before] = await drawn();
  await lab.page.mouse.move(x + by, y + by / 2, { steps: 20 });
  const [end, after] = await drawn();
  await lab.page.mouse.up();
  return (1000 * (after - before)) / (end - start);
}

/** The next user by the picker of the room. @param {Lab} lab @param {string} room @param {() => Promise<string>} text that is another then */
const nextUser = (lab, room, text) =>
  changes(lab, text, () =>
    lab.page.getByRole('tabpanel', { name: room }).getByRole('button', { name: 'Next user' }).first().click(),
  );

/** @param {Locator} canvases */
const picture = (canvases) =>
  canvases.evaluateAll((all) => all.map((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL()).join());

/** @param {Lab} lab */
async function train(lab) {
  if (await lab.button('Train').isVisible()) await lab.button('Train').click();
  await lab.status('Training.');
}

/** @param {Lab} lab */
async function pause(lab) {
  if (!(await lab.button('Pause').isVisible())) return;
  await lab.button('Pause').click();
  await lab.status(/^Paused/);
}

/** A cell of a layer that the pointer rests on. @param {Lab} lab @param {number} layer */
async function pointAtLayer(lab, layer) {
  const block = lab.page.getByRole('group', { name: 'The network' }).getByRole('button', { name: `Layer ${layer} ` });
  const readout = lab.page.getByRole('status').filter({ hasText: /number \d+ of|^Point at a cell/ });
  await pointAt(lab, () => readout.innerText(), block, 0.5, 0.7);
}

/** Likes a film that is suggested, or takes one off. @param {Lab} lab @param {'Like' | 'Take off'} what */
function press(lab, what) {
  const films = lab.region('Films you like');
  return changes(
    lab,
    () => films.getByText(/^\d+ of \d+$/).innerText(),
    () =>
      films
        .getByRole('button', { name: new RegExp(`^${what} `) })
        .first()
        .click(),
  );
}

/** @param {Lab} lab */
const map = (lab) => lab.page.getByRole('application', { name: 'Map of the films' });

/** @type {Room[]} */
const rooms = [
  {
    name: 'Learning',
    most: 15,
    act: (lab) => nextUser(lab, 'Learning', () => lab.page.getByRole('heading', { name: /has rated$/ }).innerText()),
    follows: (lab) => lab.region('Loss').innerText(),
  },
  {
    name: 'Network',
    most: 22,
    act: (lab, turn) =>
      turn % 3 === 2
        ? nextUser(lab, 'Network', () => lab.region('The answer').innerText())
        : pointAtLayer(lab, 1 + (turn % 3)),
    follows: (lab) => lab.region('The answer').innerText(),
  },
  {
    name: 'Network',
    doing: 'step by step, in slow motion',
    most: 50,
    begin: pause,
    learnt: async (lab) =>
      /Epoch.*batch \d+/.exec(await lab.region('One step at a time').innerText())?.[0] ?? 'no batch',
    async act(lab, turn) {
      if (turn % 3 === 1) return pointAtLayer(lab, 1 + (turn % 2));
      const phases = lab.page.getByRole('list', { name: 'The phases of an example' });
      const before = await phases.innerText();
      await lab.button(turn % 3 === 0 ? 'Next example' : 'Next batch').click();
      await lab.until(
        () => phases.innerText(),
        (now) => now !== before,
      );
      // The third phase is that of the numbers on their way.
      const n = turn % 3 === 0 ? 2 : 5;
      await phases.getByRole('listitem').nth(n).locator('[aria-current=step]').waitFor();
    },
  },
  {
    name: 'Evaluation',
    most: 35,
    async act(lab, turn) {
      if (turn % 2 === 0)
        return nextUser(lab, 'Evaluation', () => lab.page.getByText(/^Held out for user/).innerText());
      const bars = lab.region('All users').getByRole('slider');
      const line = lab.page.locator('.all-users .readout-line');
      await pointAt(lab, () => line.innerText(), bars, ((3 * turn) % 10) / 10, 0.5);
    },
    follows: (lab) =>
      lab
        .region('All users')
        .getByText(/have a hit/)
        .innerText(),
  },
  {
    name: 'Map',
    most: 55,
    async act(lab, turn) {
      if (turn % 3 === 0) return drag(lab, map(lab), turn % 2 === 0 ? 160 : -160);
      if (turn % 3 === 1) {
        const users = lab.button('All users');
        return changes(
          lab,
          async () => (await users.getAttribute('aria-pressed')) ?? '',
          () => users.click(),
        );
      }
      const film = lab.region('A film');
      const before = await film.innerText();
      // Some dot is on the way.
      for (let step = 0; (await film.innerText()) === before; step++)
        await lab.page.mouse.move(...(await place(map(lab), 0.4 + 0.01 * (step % 20), 0.5)));
    },
    follows: (lab) => picture(map(lab).locator('canvas')),
  },
  {
    name: 'You',
    most: 50,
    async begin(lab) {
      await train(lab);
      for (let likes = 0; likes < 4; likes++) await press(lab, 'Like');
    },
    async act(lab, turn) {
      const list = lab.region('Your top 10').getByRole('list').first();
      const before = await list.innerText();
      await press(lab, turn % 2 === 0 ? 'Like' : 'Take off');
      await lab.until(
        () => list.innerText(),
        (now) => now !== before,
      );
    },
    follows: (lab) => lab.region('Your top 10').innerText(),
  },
  {
    name: 'Data',
    most: 22,
    async act(lab, turn) {
      const region = lab.region(['The matrix', 'The long tail', 'What is kept out', 'Genres'][turn % 4]);
      const text = () => region.innerText();
      if (turn % 4 === 0) {
        const corner = region.getByRole('application', { name: 'The fullest corner' });
        await corner.scrollIntoViewIfNeeded();
        return pointAt(lab, text, corner, 0.2 + 0.05 * turn, 0.3);
      }
      /** @type {(() => Promise<unknown>)[]} */
      const acts = [
        () => region.getByRole('slider').fill(String(10 + 5 * turn)),
        () => region.getByRole('button', { name: 'Next user' }).click(),
        () => region.getByRole('radio', { name: turn % 8 === 3 ? 'Films' : 'Mean rating', exact: true }).check(),
      ];
      await changes(lab, text, acts[(turn % 4) - 1]);
    },
  },
  {
    name: 'Race',
    doing: 'GMF – MLP – NeuMF',
    most: 35,
    async begin(lab) {
      await pause(lab);
      await lab.page.getByRole('radio', { name: 'GMF – MLP – NeuMF', exact: true }).check();
      await lab.region('Set up a race').getByLabel('Epochs', { exact: true }).fill('200');
      await lab.button('Start the race').click();
      await lab.page
        .getByText(/^epoch [1-9]\d* of 200$/)
        .first()
        .waitFor();
    },
    learnt: async (lab) => (await lab.page.getByText(/^epoch \d+ of 200$/).allInnerTexts()).join(),
    async act(lab, turn) {
      const chart = lab.region('Chart of the race');
      const figure = chart.getByRole('img');
      if (turn % 2 === 0)
        return changes(
          lab,
          async () => (await figure.getAttribute('aria-label')) ?? '',
          () => chart.getByRole('radio', { name: turn % 4 === 0 ? 'NDCG@10' : 'HR@10' }).check(),
        );
      await pointAt(lab, () => figure.innerText(), figure, 0.2 + 0.1 * (turn % 5), 0.5);
    },
    follows: async (lab) => (await lab.region('Chart of the race').getByRole('img').getAttribute('aria-label')) ?? '',
  },
];

/** @param {Lab} lab */
const epochs = (lab) => lab.epoch();

/** @param {Lab} lab @param {import('node:test').TestContext} t @param {() => Promise<number>} spent @param {Room} room */
async function live(lab, t, spent, { name, most, begin = train, learnt = epochs, act, follows }) {
  await taken(lab);
  await lab.page.getByRole('tab', { name, exact: true }).click();
  await begin(lab);
  t.diagnostic(`until it is there: ${longest((await taken(lab)).tasks)}`);
  const [first, before] = [await learnt(lab), await follows?.(lab)];
  // What it takes to look at the room is not the room's.
  await taken(lab);
  /** @type {number[]} */
  const answers = [];
  /** @type {number[]} */
  const rates = [];
  /** How often a thing was done while learning stood where it was. */
  let within = 0;
  let drawn = 0;
  const workBefore = await spent();
  const start = performance.now();
  const awaited = async () =>
    (learnt === epochs && within < 2) || drawn < answers.length || (await learnt(lab)) === first;
  while (
    performance.now() - start < LONG ||
    answers.length < TURNS ||
    (performance.now() - start < BOUND && (await awaited()))
  ) {
    const far = await learnt(lab);
    const asked = performance.now();
    const rate = await act(lab, answers.length);
    answers.push(performance.now() - asked);
    if (typeof rate === 'number') rates.push(rate);
    if ((await learnt(lab)) === far) within++;
    drawn = await lab.page.evaluate(() => /** @type {any} */ (window).held.frames.length);
  }
  const work = (await spent()) - workBefore;
  const seconds = (performance.now() - start) / 1000;
  const { tasks, frames } = await taken(lab);
  t.diagnostic(`${seconds.toFixed(1)} s, from ${first} to ${await learnt(lab)}: ${longest(tasks)}`);
  t.diagnostic(
    `between frames: median ${quantile(frames, 0.5).toFixed(1)} ms, 99 % ${quantile(frames, 0.99).toFixed(1)} ms`,
  );
  t.diagnostic(
    `until an act is answered: median ${quantile(answers, 0.5).toFixed(0)} ms, most ${Math.max(...answers).toFixed(0)} ms`,
  );
  if (rates.length > 0) t.diagnostic(`frames a second in drags: ${rates.map((rate) => rate.toFixed(0))}`);
  const units = work / answers.length / unit();
  t.diagnostic(`${(work / answers.length).toFixed(0)} ms of the main thread an act: ${units.toFixed(1)} units`);
  // Were the page or the worker held up for an epoch at a time, nothing could be done within one.
  if (learnt === epochs) assert.ok(within >= 2, `${within} acts within epochs of ${answers.length}`);
  assert.ok(drawn >= answers.length, `${drawn} frames in ${answers.length} acts`);
  assert.notEqual(await learnt(lab), first, 'it goes on learning');
  assert.ok(units <= most, `the main thread works ${units.toFixed(1)} units an act, ${most} are enough`);
  if (follows) assert.notEqual(await follows(lab), before, 'the room follows the model');
}

labTest(
  'the page answers in every room while NeuMF learns the bundled set',
  { data: 'bundled', prepare: watch },
  async (lab, t) => {
    t.diagnostic(`while it loads: ${longest((await taken(lab)).tasks)}`);
    await lab.type('Epochs', '1000');
    const spent = await stopwatch(lab);
    for (const room of rooms)
      await t.test([room.name, room.doing].filter(Boolean).join(': '), (each) => live(lab, each, spent, room));
  },
);
