/** The data that are open, and the files of one's own: ratings to open, weights to save and load, by button or by drop. */
import { words } from '../words/files.js';
import { h, setAttribute, setText } from '../../parts/dom.js';
import { bar, isBarred, isFixed, mayLoad } from '../../parts/fixed.js';
import { words as fixed } from '../../parts/words/fixed.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */

/** What the data are, and what else may be opened. */
const ACCEPT = '.csv,.data,.item,.dat,.zip,.txt,.rating,.negative';

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'openFiles' | 'save' | 'makers' | 'take'>} actions
 * @param {boolean} open
 */
export function createFiles(speech, host, actions, open) {
  const { t } = speech;
  const name = h('p', { class: 'data-name' });
  const counts = h('p', { class: 'data-counts' });
  const dataFile = createPicker(t(words.dataFile), ACCEPT, true, actions.openFiles);
  const weightsFile = createPicker(t(words.weightsFile), '.safetensors', false, actions.openFiles);
  const openButton = h(
    'button',
    { type: 'button', onclick: () => isBarred(openButton) || dataFile.click() },
    t(words.open),
  );
  const saveButton = h('button', { type: 'button', onclick: save }, t(words.save));
  const loadButton = h(
    'button',
    { type: 'button', onclick: () => isBarred(loadButton) || weightsFile.click() },
    t(words.load),
  );
  const hint = h('p', { class: 'hint' }, t(words.hint));
  const told = h('div');
  /** Where a file is handed over, made when there is one. @type {ReturnType<typeof import('../leaving.js').createHanded> | null} */
  let handed = null;
  const more = createMore(speech, actions, (file) => void handOver(file));

  host.append(
    h(
      'details',
      { class: 'fold', open },
      h('summary', {}, h('h2', {}, t(words.title))),
      name,
      counts,
      h('div', { class: 'buttons' }, openButton),
      hint,
      h('div', { class: 'buttons' }, saveButton, loadButton),
      told,
      more.node,
      dataFile,
      weightsFile,
    ),
  );

  async function save() {
    const file = await actions.save();
    if (file) await handOver(file);
  }

  /** @param {import('../../parts/save.js').Leaving} file */
  async function handOver(file) {
    const makers = await actions.makers();
    if (makers) (handed ??= makers.createHanded(speech, told)).handOver(file);
  }

  return {
    /** @param {import('../state.js').State} state */
    update(state) {
      const { dataset, model, loading, epochs } = state;
      const noData = isFixed(state, 'data');
      bar(openButton, noData ? t(fixed.data) : '');
      bar(loadButton, mayLoad(state) ? '' : t(fixed.weights));
      hint.hidden = noData;
      setText(name, dataset?.name ?? t(words.none));
      const sizes = dataset && { ratings: dataset.ratings, users: dataset.users, films: dataset.items };
      setText(counts, sizes ? t(words.counts, sizes) : '');
      setAttribute(openButton, 'disabled', loading !== null);
      // Before it is solved, a model that is solved in one go has no weights.
      setAttribute(saveButton, 'disabled', !model || (model.once && epochs.length === 0));
      setAttribute(loadButton, 'disabled', !model);
      more.update(state);
    },
    destroy() {
      more.destroy();
      host.replaceChildren();
    },
  };
}

/**
 * @param {string} label
 * @param {string} accept
 * @param {boolean} multiple
 * @param {(chosen: File[]) => unknown} take
 */
function createPicker(label, accept, multiple, take) {
  const input = h('input', { type: 'file', accept, multiple, hidden: true, 'aria-label': label });
  input.addEventListener('change', () => {
    void take([...(input.files ?? [])]);
    input.value = '';
  });
  return input;
}

/**
 * What can be taken away besides weights. Its code comes when it is opened.
 * @param {Speech} speech
 * @param {Pick<import('../actions.js').Actions, 'makers' | 'take'>} actions
 * @param {(file: import('../../parts/save.js').Leaving) => void} handOver
 */
function createMore(speech, actions, handOver) {
  const inside = h('div', { class: 'leaving' });
  const node = h('details', { class: 'fold', ontoggle: open }, h('summary', {}, speech.t(words.more)), inside);
  /** @type {import('../views.js').View | null} */
  let view = null;
  /** @type {import('../state.js').State | null} */
  let seen = null;

  async function open() {
    if (!node.open) return;
    const makers = view ? null : await actions.makers();
    if (makers && !view) view = makers.createLeavingView(speech, inside, actions, makers, handOver);
    // Where it can't be had now, it is asked for again when it is opened anew.
    if (!view) node.open = false;
    else if (seen) view.update(seen);
  }

  return {
    node,
    /** @param {import('../state.js').State} state */
    update(state) {
      seen = state;
      if (node.open) view?.update(state);
    },
    destroy: () => view?.destroy(),
  };
}

/**
 * Files dropped anywhere on the lab.
 * @param {HTMLElement} root
 * @param {(files: File[]) => void} onFiles
 * @returns {() => void} stops it
 */
export function acceptDrops(root, onFiles) {
  let depth = 0;
  const show = (/** @type {number} */ by) => {
    depth = Math.max(0, depth + by);
    root.classList.toggle('dropping', depth > 0);
  };
  const holdsFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
  const listeners = /** @type {const} */ ({
    dragenter: (/** @type {DragEvent} */ event) => holdsFiles(event) && show(1),
    dragleave: (/** @type {DragEvent} */ event) => holdsFiles(event) && show(-1),
    dragover: (/** @type {DragEvent} */ event) => holdsFiles(event) && event.preventDefault(),
    drop: (/** @type {DragEvent} */ event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      show(-depth);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    },
  });
  for (const [type, listener] of Object.entries(listeners)) root.addEventListener(type, /** @type {any} */ (listener));
  return () => {
    for (const [type, listener] of Object.entries(listeners))
      root.removeEventListener(type, /** @type {any} */ (listener));
  };
}
