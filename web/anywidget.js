/**
 * The lab in notebooks: an anywidget module (https://anywidget.dev). web/bundle puts the script that defines `<ncf-lab>` before
 * it, so that dist/anywidget.js needs no other file; that is why nothing is imported here.
 *
 * Traits that the notebook sets are the element's attributes, with _ for -. Traits that it hears are `event`, the last one as
 * `{name, detail}`, and `result`, the result file's object when a run is done. Hosts differ in what a model can: MyST's throws
 * at whatever goes back, so each call of it may fail without harm.
 */

/**
 * What a host gives for a model: https://anywidget.dev/en/afm
 * @typedef {object} AnyModel
 * @property {(name: string) => unknown} get
 * @property {(name: string, value: unknown) => void} [set]
 * @property {(name: string, listener: () => void) => void} [on]
 * @property {(name: string, listener: () => void) => void} [off]
 * @property {() => void} [save_changes]
 */
/** @typedef {{model: AnyModel, el: HTMLElement}} Place */
/** @typedef {HTMLElement & {result?: () => Promise<unknown>}} LabElement */

/** Traits that go in. */
const attributes = /** @type {const} */ ([
  ...['settings', 'lock', 'hide', 'only', 'max_epochs', 'theme', 'lang'],
  ...['layout', 'start', 'chapter', 'exercise'],
]);

/** Of the element, without ncf-. */
const events = /** @type {const} */ (['ready', 'epoch', 'done', 'change', 'exercise']);

/** @template R @param {() => R} call of the host's model @returns {R | undefined} */
function attempt(call) {
  try {
    return call();
  } catch {
    // Not every host can: the lab goes on without.
    return undefined;
  }
}

/** @param {HTMLElement} lab @param {string} trait @param {unknown} value  false and nothing: no such attribute */
function write(lab, trait, value) {
  const name = trait.replaceAll('_', '-');
  if (value === undefined || value === null || value === '' || value === false) lab.removeAttribute(name);
  else lab.setAttribute(name, value === true ? '' : String(value));
}

/** What JSON can say of it: what goes to the kernel, whatever stands in an event. @param {unknown} value */
const plain = (value) => JSON.parse(JSON.stringify(value ?? null));

/**
 * @param {Place} place
 * @returns {() => void} takes it away again
 */
function render({ model, el }) {
  const lab = /** @type {LabElement} */ (document.createElement('ncf-lab'));
  /** @param {string} trait @param {unknown} value */
  const tell = (trait, value) =>
    attempt(() => {
      model.set?.(trait, plain(value));
      model.save_changes?.();
    });
  const listeners = attributes.map((trait) => {
    const read = () =>
      write(
        lab,
        trait,
        attempt(() => model.get(trait)),
      );
    read();
    attempt(() => model.on?.(`change:${trait}`, read));
    return { trait, read };
  });
  for (const name of events)
    lab.addEventListener(`ncf-${name}`, (event) => {
      tell('event', { name, detail: /** @type {CustomEvent} */ (event).detail });
      if (name === 'done' || name === 'exercise') void tellResult();
    });
  const tellResult = async () => {
    const result = await lab.result?.().catch(() => null);
    if (result) tell('result', result);
  };
  el.append(lab);
  return () => {
    for (const { trait, read } of listeners) attempt(() => model.off?.(`change:${trait}`, read));
    lab.remove();
  };
}

export default { render };
