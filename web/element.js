/**
 * `<ncf-lab>`: the lab as an element for any page, from one script with everything inside (web/bundle/script.mjs). It is built
 * when it comes near the viewport; moved to another place it keeps its run, taken away it leaves nothing behind.
 *
 * Attributes: `settings`, an address such as `model=gmf&seed=3&room=map`; `page`: it is the page, with its address. Methods
 * `train`, `pause`, `step`, `reset`, `result`. Events `ncf-ready`, `ncf-epoch`, `ncf-done`, `ncf-exercise`, `ncf-change`, which
 * bubble.
 */
import { startWorker } from './worker/start.js';
import { movielens, wasm } from 'virtual:inside';
import { createLab } from './lab.js';
import { isLanguage } from './languages/languages.js';
import { openPage } from './page.js';
import { firstLanguage } from './shell/language.js';
import { readPolicy } from './shell/policy.js';
import css from './style.css?inline';
import elementCss from './element.css?inline';

/** How near, in the viewport's heights. */
const NEAR = '100%';

/** @param {string} text base64 @returns {Uint8Array<ArrayBuffer>} */
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** What is inside, unpacked once for all elements of the page. @type {ReturnType<typeof unpack> | undefined} */
let unpacked;

async function unpack() {
  const stream = new Blob([bytesOf(wasm)]).stream().pipeThrough(new DecompressionStream('gzip'));
  const bytes = bytesOf(movielens).buffer;
  return {
    wasm: { simd: await new Response(stream).arrayBuffer() },
    data: { name: 'MovieLens latest-small', sources: [{ name: 'movielens.bin', bytes }] },
  };
}

/** One for all elements: constructable sheets are allowed by every policy. @type {CSSStyleSheet[]} */
const sheets = [];

function sharedSheets() {
  if (sheets.length === 0)
    for (const text of [css, elementCss]) {
      const sheet = new CSSStyleSheet();
      // The root's font size is the page's, and anything.
      sheet.replaceSync(text.replaceAll(/([\d.]+)rem\b/g, (_, size) => `${16 * size}px`));
      sheets.push(sheet);
    }
  return sheets;
}

/** What the instructor decides (shell/policy.js). */
const POLICY = [
  ...['lock', 'hide', 'only', 'max-epochs', 'theme', 'lang', 'layout'],
  ...['start', 'chapter', 'exercise'],
];

/** @typedef {ReturnType<typeof createLab>} Lab */
/** What other people's TypeScript knows of it. @typedef {import('./ncf-lab.js').NcfLabElement} NcfLabElement */

/** @implements {NcfLabElement} */
export class NcfLab extends HTMLElement {
  static observedAttributes = ['settings', ...POLICY];

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = sharedSheets();
    // Until the lab is there, what stands between the tags.
    shadow.append(document.createElement('slot'));
    /** @type {Lab | null} */
    this.lab = null;
    /** @type {Promise<Lab | null> | null} */
    this.building = null;
    /** Where it was when it was taken away. */
    this.address = '';
    /** @type {IntersectionObserver | null} */
    this.near = null;
  }

  connectedCallback() {
    if (this.lab || this.near) return;
    this.near = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void this.build();
      },
      { rootMargin: NEAR },
    );
    this.near.observe(this);
  }

  async disconnectedCallback() {
    // A moved element is back by then.
    await null;
    if (this.isConnected) return;
    this.near?.disconnect();
    this.near = null;
    this.tearDown();
  }

  /** @param {string} name @param {string | null} before @param {string | null} value */
  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    if (name === 'settings') {
      this.address = value ?? '';
      void this.lab?.goTo(this.address);
    } else void this.buildAnew();
  }

  /** Under another policy the lab is another: it begins where the one before was. */
  async buildAnew() {
    // Attributes that change together, and none before it is built.
    await null;
    if (!this.lab || !this.isConnected) return;
    this.tearDown();
    await this.build();
  }

  /** The lab, built if it is not yet; null where the element is in no page. @returns {Promise<Lab | null>} */
  build() {
    this.near?.disconnect();
    return (this.building ??= this.make().catch((error) => {
      this.building = null;
      throw error;
    }));
  }

  async make() {
    const assets = await (unpacked ??= unpack());
    const wanted = this.getAttribute('lang') ?? this.closest('[lang]')?.getAttribute('lang') ?? null;
    const language = await firstLanguage(isLanguage(wanted?.slice(0, 2)) ? String(wanted).slice(0, 2) : null);
    const host = document.createElement('div');
    host.className = 'host';
    if (!this.isConnected) {
      this.building = null;
      return null;
    }
    this.shadowRoot?.replaceChildren(host);
    /** @type {Parameters<typeof openPage>[1]} */
    const given = { ...assets, createWorker: startWorker, onEvent: (name, detail) => this.tell(name, detail) };
    this.lab = this.hasAttribute('page') ? await openPage(host, given) : this.embed(host, given, language);
    return this.lab;
  }

  /**
   * @param {HTMLElement} host
   * @param {Parameters<typeof openPage>[1]} given
   * @param {import('./parts/speech.js').Spoken} language
   */
  embed(host, given, language) {
    const policy = readPolicy((name) => this.getAttribute(name));
    const lab = createLab(host, {
      ...given,
      language,
      // Nothing is kept in the storage of somebody else's page.
      policy: { ...policy, theme: policy.theme ?? 'auto', lang: language.name },
      pausesUnseen: true,
      address: this.address,
      onAddress: (address) => {
        this.address = address;
        this.tell('change', { settings: address });
      },
    });
    keepKeys(host, lab);
    return lab;
  }

  /** @param {string} name @param {object} detail */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`ncf-${name}`, { detail, bubbles: true, composed: true }));
  }

  tearDown() {
    this.lab?.destroy();
    this.lab = null;
    this.building = null;
    this.shadowRoot?.replaceChildren(document.createElement('slot'));
  }

  /** Each resolves once it is told to the lab. */
  async train() {
    await (await this.build())?.actions.train();
  }

  async pause() {
    await (await this.build())?.actions.pause();
  }

  async step() {
    await (await this.build())?.actions.step();
  }

  async reset() {
    await (await this.build())?.actions.reset();
  }

  /** What the run has come to, as a result file has it; rejects with a sentence where it is none to be handed in. */
  async result() {
    return (await this.build())?.result();
  }
}

/**
 * Keys that do something in the lab don't reach the page around it: outside, a shadow root's focus is no text field's, and a
 * host's own letters would be taken from what is typed. The others pass, as a deck's arrows.
 * @param {HTMLElement} host
 * @param {Lab} lab
 */
function keepKeys(host, lab) {
  for (const kind of /** @type {const} */ (['keydown', 'keypress', 'keyup']))
    host.addEventListener(kind, (event) => void (lab.takes(event) && event.stopPropagation()));
}

if (!customElements.get('ncf-lab')) customElements.define('ncf-lab', NcfLab);
