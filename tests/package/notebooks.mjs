// Hosts of an anywidget module, as notebooks have them. Each is a function of its own that runs in a page: it trains the lab and
// says what came of it.

/** In the page: a model as Jupyter's. @param {string} script */
export async function jupyter(script) {
  const { default: widget } = await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  /** @type {Record<string, any>} */
  const traits = { settings: 'model=gmf&seed=1&epochs=2', max_epochs: 3, layout: '' };
  /** @type {Record<string, any>} what the kernel has */
  let saved = {};
  /** @type {Map<string, Set<() => void>>} */
  const listeners = new Map();
  /** @type {any[]} */
  const told = [];
  const model = {
    get: (/** @type {string} */ name) => traits[name],
    set: (/** @type {string} */ name, /** @type {unknown} */ value) => void (traits[name] = value),
    save_changes() {
      saved = { ...traits };
      told.push(saved.event);
      waiting.get(saved.event.name)?.();
    },
    on: (/** @type {string} */ name, /** @type {() => void} */ listener) =>
      void listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    off: (/** @type {string} */ name, /** @type {() => void} */ listener) => void listeners.get(name)?.delete(listener),
  };
  /** @type {Map<string, () => void>} */
  const waiting = new Map();
  const heard = (/** @type {string} */ name) => new Promise((resolve) => waiting.set(name, () => resolve(null)));
  const [ready, done] = [heard('ready'), heard('done')];
  const away = widget.render({ model, el: document.body });
  const lab = /** @type {any} */ (document.querySelector('ncf-lab'));
  const attributes = Object.fromEntries(
    ['settings', 'max-epochs', 'page'].map((name) => [name, lab.getAttribute(name)]),
  );
  await ready;
  await lab.train();
  await done;
  traits.settings = 'model=mf&seed=1&epochs=2';
  listeners.get('change:settings')?.forEach((listener) => listener());
  const changed = lab.getAttribute('settings');
  away();
  return {
    attributes,
    changed,
    epochs: told.filter(({ name }) => name === 'epoch').map(({ detail }) => detail.epoch),
    hash: saved.event.detail.hash,
    left: {
      elements: document.querySelectorAll('ncf-lab').length,
      listeners: [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
    },
  };
}

/** In the page: a model that can only be asked, and a place within a shadow root. @param {string} script */
export async function throwing(script) {
  const { default: widget } = await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  const refuse = () => {
    throw new Error('not here');
  };
  const get = (/** @type {string} */ name) => (name === 'settings' ? 'model=gmf&seed=1&epochs=2' : refuse());
  const el = document.body.attachShadow({ mode: 'open' });
  const place = document.createElement('div');
  el.append(place);
  const model = { get, set: refuse, save_changes: refuse, on: refuse, off: refuse, send: refuse };
  const away = widget.render({ model, el: place });
  const lab = /** @type {any} */ (place.querySelector('ncf-lab'));
  const heard = (/** @type {string} */ name) =>
    new Promise((done) => lab.addEventListener(name, (/** @type {any} */ { detail }) => done(detail)));
  const [ready, done] = [heard('ncf-ready'), heard('ncf-done')];
  await ready;
  await lab.train();
  const { hash: said } = await done;
  away();
  return said;
}
