// A tab of any engine, and what is asked of all alike. Each engine's file brings `launch()`.

/** How long something is waited for: a bound that ends a hang, on a machine with other work, too. */
export const WAIT_MS = 90_000;

/**
 * @typedef {object} Driver  a tab as an engine has it; `frame` is a path of indices, [] the page itself, [0] its first frame
 * @property {(url: string) => Promise<unknown>} open
 * @property {(text: string, frame: number[]) => Promise<any>} evaluate  an expression's value, as JSON can say it; awaited
 * @property {(x: number, y: number, frame: number[]) => Promise<unknown>} click  as a pointer does, CSS pixels of the frame
 * @property {(width: number, height: number) => Promise<unknown>} resize  CSS pixels of the page
 * @property {() => Promise<unknown>} close
 * @property {string[]} said  what the console was told of errors, and errors that nobody caught
 */
/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {() => Promise<Driver>} tab
 * @property {() => Promise<unknown>} close
 */

export class Tab {
  /** @param {Driver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  get said() {
    return this.driver.said;
  }

  /** @param {string} url */
  open(url) {
    return this.driver.open(url);
  }

  /**
   * What a function says in the page. It sees only its arguments, which JSON can say.
   * @param {Function} body
   * @param {unknown[]} [args]
   * @param {number[]} [frame]
   * @returns {Promise<any>}
   */
  evaluate(body, args = [], frame = []) {
    return this.driver.evaluate(`(${body})(...${JSON.stringify(args)})`, frame);
  }

  /**
   * Asks until the answer is one that is waited for.
   * @param {Function} body
   * @param {unknown[]} [args]
   * @param {number[]} [frame]
   * @param {(value: any) => boolean} [holds]
   */
  async until(body, args = [], frame = [], holds = Boolean) {
    const end = Date.now() + WAIT_MS;
    for (let pause = 20; ; pause = Math.min(1.5 * pause, 250)) {
      let seen;
      try {
        seen = await this.evaluate(body, args, frame);
        if (holds(seen)) return seen;
      } catch (error) {
        // A frame that is not there yet, or a page that is being left.
        seen = /** @type {Error} */ (error).message;
      }
      if (Date.now() > end) {
        const last = JSON.stringify(seen)?.slice(0, 600);
        const shown = await this.evaluate(textOf, [], frame).catch((error) => String(error));
        throw new Error(`waited in vain; last seen: ${last}; said: ${this.said.join('\n')}; shown: ${shown}`);
      }
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  close() {
    return this.driver.close();
  }
}

/** @param {string} name @returns {Promise<Engine>} */
export async function launch(name) {
  const { launch: start } = await import(`./${name}.mjs`);
  return start();
}

/** What stands in a page and in the shadow roots of its elements, in short. */
function textOf() {
  const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  const texts = [document.body, ...roots].map((root) => root.textContent?.replaceAll(/\s+/g, ' ').slice(0, 400));
  return `${document.visibilityState}: ${texts.join(' / ')}`;
}
