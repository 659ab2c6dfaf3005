/** What can be taken away besides weights, a button each, and the recipe of the run. */
import { dataOf, recipeOf } from '../../../wasm/lab/recipe.mjs';
import { h, setAttribute, setText, watch } from '../../parts/dom.js';
import { isRunning } from '../../parts/readings.js';
import { copyButton } from '../../parts/save.js';
import { words } from '../words/leaving.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../state.js').State} State */
/** @typedef {import('../../parts/save.js').Leaving} Leaving */

/** The names of the files that are open, none of the set that came with the page. @param {State} state */
const filesOf = ({ sources }) => sources.flatMap((source) => ('file' in source ? [source.name] : []));

/** @param {State} state @returns {import('../../../wasm/lab/recipe.mjs').Recipe | null} */
export function recipeIn(state) {
  const { model, epochs, loaded, rates } = state;
  if (!model) return null;
  const names = filesOf(state);
  const learns = model.batches > 0 || model.once;
  const where = { data: names.length > 0 ? dataOf(names) : null, program: 'npx ncf-lab' };
  return recipeOf({ settings: model.settings, epochs, learns, loaded, rates }, where);
}

/**
 * What there is to say beside a command, or in its place.
 * @param {Speech} speech
 * @param {State} state
 * @param {NonNullable<ReturnType<typeof recipeIn>>} recipe
 */
function sentences({ t }, state, { epoch, chosen, hash, untold }) {
  if (untold === 'changed') return [t(words.changed, { lr: String(state.model?.settings.lr) })];
  if (untold) return [t(untold === 'loaded' ? words.loaded : words.untrained)];
  const names = filesOf(state);
  const values = { n: epoch, chosen: String(chosen), hash: String(hash) };
  const result = epoch === 0 ? words.hash : chosen === null ? words.hashAfter : words.hashOf;
  const underWay = (state.progress?.epoch ?? 0) > epoch;
  return [
    t(result, values),
    ...(underWay ? [t(words.underWay)] : []),
    ...(names.length > 0 ? [t(words.where, { names: names.join(t(words.and)) })] : []),
  ];
}

/** @param {Speech} speech @param {HTMLElement} host */
function createRecipe(speech, host) {
  const { t } = speech;
  const field = h('textarea', { class: 'recipe', readonly: true, rows: 3, spellcheck: 'false' });
  const copy = copyButton(
    speech,
    () => field.value,
    () => field,
    words.copyCommand,
  );
  const told = h('p', { class: 'hint' });
  host.append(h('label', { class: 'recipe-label' }, t(words.recipe), field), copy.node, told);
  return {
    /** @param {State} state */
    update(state) {
      const recipe = recipeIn(state);
      const command = recipe?.command ?? '';
      if (field.value !== command) {
        field.value = command;
        copy.reset();
      }
      field.hidden = copy.node.hidden = command === '';
      setText(told, recipe ? sentences(speech, state, recipe).join(' ') : '');
    },
  };
}

/**
 * Everybody's list takes its time: how far it is, and a way to stop it.
 * @param {Speech} speech
 * @param {HTMLElement} host
 */
function createProgress({ t }, host) {
  /** @type {AbortController | null} */
  let work = null;
  const bar = h('progress', { 'aria-label': t(words.listsUnderWay) });
  const stop = h('button', { type: 'button', onclick: () => work?.abort() }, t(words.stop));
  const node = h('div', { class: 'under-way', hidden: true }, bar, stop);
  host.append(node);
  return {
    /** @template R @param {(tell: (done: number, all: number) => void, signal: AbortSignal) => Promise<R>} run @returns {Promise<R>} */
    async during(run) {
      work?.abort();
      const mine = (work = new AbortController());
      node.hidden = false;
      try {
        return await run((done, all) => Object.assign(bar, { max: all, value: done }), mine.signal);
      } finally {
        if (work === mine) node.hidden = true;
      }
    },
    end: () => work?.abort(),
  };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../actions.js').Actions, 'take'>} actions
 * @param {typeof import('../leaving.js')} makers
 * @param {(file: Leaving) => void} handOver
 */
export function createLeavingView(speech, host, actions, { listsFile, metricsFile, onnxFile }, handOver) {
  const { t } = speech;
  /** @param {import('../../parts/speech.js').Word} word @param {Parameters<typeof actions.take>[0]} make */
  function button(word, make) {
    const onclick = async () => {
      const file = await actions.take(make);
      if (file) handOver(file);
    };
    return h('button', { type: 'button', onclick }, t(word));
  }
  const onnx = button(words.onnx, onnxFile);
  const csv = button(words.metricsCsv, (ask, state) => metricsFile(ask, state, 'csv'));
  const json = button(words.metricsJson, (ask, state) => metricsFile(ask, state, 'json'));
  const lists = button(words.lists, (ask, state) =>
    progress.during((tell, signal) => listsFile(ask, state, tell, signal)),
  );
  host.append(h('div', { class: 'buttons' }, onnx, csv, json, lists));
  const progress = createProgress(speech, host);
  const recipe = createRecipe(speech, host);
  const changed = watch();

  return {
    /** @param {State} state */
    update(state) {
      const { model, epochs, loaded, rates, sources, progress: far, phase } = state;
      if (!changed(model, epochs, loaded, rates, sources, far?.epoch, phase)) return;
      const none = !model || epochs.length === 0;
      for (const each of [csv, json]) setAttribute(each, 'disabled', none);
      // The lists of weights that move on would be of none of them.
      setAttribute(lists, 'disabled', none || isRunning(state));
      setAttribute(onnx, 'disabled', none);
      recipe.update(state);
    },
    destroy: () => progress.end(),
  };
}
