/** What is to race: a question of the papers, or the present settings, or the run that the page has. */
import { entriesOf, presentEntry, presets } from './presets.js';
import { messageOf } from '../../parts/notices.js';
import { isRunning } from '../../parts/readings.js';
import { words } from './words.js';
import { h, setAttribute, setText, uniqueId } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */

/** Epochs of a race, few enough that one sees its end. */
const EPOCHS = 10;

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../../shell/actions.js').Actions, 'race' | 'ask'>} actions
 */
export function createRaceSetup(speech, host, actions) {
  const { t } = speech;
  const { race } = actions;
  const group = uniqueId('preset');
  let chosen = presets[0];
  /** @type {State | null} */
  let state = null;

  const paper = h('p', { class: 'race-paper' });
  const cards = presets.map((preset) => {
    const choose = () => {
      chosen = preset;
      explain();
    };
    const id = uniqueId('preset');
    const title = h('span', { class: 'race-card-title', id: `${id}-title` }, t(words[preset.name]));
    const ask = h('span', { class: 'race-card-ask', id: `${id}-ask` }, t(words[`${preset.name}Ask`]));
    const input = h('input', {
      ...{ type: 'radio', name: group, checked: preset === chosen, onchange: choose },
      ...{ 'aria-labelledby': title.id, 'aria-describedby': ask.id },
    });
    return h('label', { class: 'race-card' }, input, h('span', {}, title, ask));
  });
  const epochsId = uniqueId('race-epochs');
  const epochs = h('input', {
    ...{ id: epochsId, type: 'text', inputmode: 'numeric', value: String(EPOCHS), autocomplete: 'off' },
    'aria-describedby': `${epochsId}-error`,
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && start(),
  });
  const error = h('p', { id: `${epochsId}-error`, class: 'field-error', 'aria-live': 'polite' });
  const startButton = button(t(words.start), start, 'primary');
  const pause = button('', () => (race.state.paused ? race.goOn() : race.pause()));
  const add = button(t(words.addPresent), addPresent);
  const take = button(t(words.takeIn), takeIn);
  host.append(
    h('fieldset', { class: 'race-cards' }, h('legend', { class: 'hidden' }, t(words.question)), h('div', {}, ...cards)),
    paper,
    h(
      'div',
      { class: 'race-controls' },
      h('label', { for: epochsId }, t(words.epochs)),
      h('div', { class: 'control' }, epochs),
      startButton,
      pause,
      h('span', { class: 'race-gap' }),
      add,
      take,
    ),
    error,
  );

  function explain() {
    const seed = String(state?.settings.seed ?? 1);
    setText(paper, `${t(words[`${chosen.name}Paper`])} ${t(words.asSet, { seed })}`);
  }

  /** Does what may be refused, and says why it was. @param {(now: State & {dataset: import('../../worker/protocol.js').Dataset}) => void | Promise<void>} act */
  async function attempt(act) {
    setText(error, '');
    setAttribute(epochs, 'aria-invalid', null);
    if (!state?.dataset) return;
    try {
      await act({ ...state, dataset: state.dataset });
    } catch (cause) {
      const fault = /** @type {any} */ (cause)?.setting === 'epochs';
      setAttribute(epochs, 'aria-invalid', fault ? 'true' : null);
      setText(error, messageOf(speech, cause));
    }
  }

  function start() {
    return attempt(({ settings, dataset, sources }) =>
      race.setUp(entriesOf(speech, chosen, settings, epochs.value.trim()), { dataset, sources }),
    );
  }

  function addPresent() {
    return attempt(({ settings, dataset, sources }) =>
      race.add([presentEntry(settings, epochs.value.trim())], { dataset, sources }),
    );
  }

  function takeIn() {
    return attempt(async ({ model, dataset, sources, epochs: all, selected, samplesPerSecond }) => {
      if (!model) return;
      const results = await actions.ask('results');
      const { settings, parameters, baseline, once } = model;
      race.add(
        [presentEntry(settings)],
        { dataset, sources },
        {
          ...{ phase: 'finished', kept: true, parameters, baseline, once, epochs: all, selected, results },
          ...{ samplesPerSecond, pretrainSeconds: results.pretrainSeconds },
        },
      );
    });
  }

  return {
    /** @param {State} next */
    update(next) {
      const before = state?.settings.seed;
      state = next;
      if (before !== next.settings.seed) explain();
      const { race: now, dataset, model, epochs: ended } = next;
      const going = now.runners.some(({ phase }) => phase !== 'finished' && phase !== 'failed' && phase !== 'diverged');
      setText(pause, t(now.paused ? words.goOn : words.pause));
      setAttribute(pause, 'disabled', !going);
      setAttribute(startButton, 'disabled', !dataset);
      setAttribute(add, 'disabled', !dataset);
      const rests = model !== null && ended.length > 0 && !isRunning(next) && next.phase !== 'diverged';
      setAttribute(take, 'disabled', !rests);
      setAttribute(take, 'title', rests ? null : t(words.busy));
    },
  };
}

/**
 * @param {string} text
 * @param {() => void} onclick
 * @param {string} [look]
 */
function button(text, onclick, look) {
  return h('button', { type: 'button', class: look ?? null, onclick }, text);
}
