/** What is to race: a question of the papers, or the present settings, or the run that the page has. */
import { h, setAttribute, setText, uniqueId, watch } from '../../parts/dom.js';
import { bar } from '../../parts/fixed.js';
import { messageOf, settingOf } from '../../parts/notices.js';
import { entriesOf, presentEntry, presets, takenIn } from './presets.js';
import { words as fixed } from '../../parts/words/fixed.js';
import { barredBy, controlsScene, epochsScene, paperOf } from './scene.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./presets.js').Preset} Preset */

/** The questions, as radios. @param {Speech} speech @param {(preset: Preset) => void} choose */
function createCards({ t }, choose) {
  const group = uniqueId('preset');
  /** @type {HTMLInputElement[]} */
  const inputs = [];
  const cards = presets.map((preset, at) => {
    const id = uniqueId('preset');
    const title = h('span', { class: 'race-card-title', id: `${id}-title` }, t(words[preset.name]));
    const ask = h('span', { class: 'race-card-ask', id: `${id}-ask` }, t(words[`${preset.name}Ask`]));
    const input = h('input', {
      ...{ type: 'radio', name: group, checked: at === 0, onchange: () => choose(preset) },
      ...{ 'aria-labelledby': title.id, 'aria-describedby': ask.id },
    });
    inputs.push(input);
    return h('label', { class: 'race-card' }, input, h('span', {}, title, ask));
  });
  const legend = h('legend', { class: 'hidden' }, t(words.question));
  return {
    node: h('fieldset', { class: 'race-cards' }, legend, h('div', {}, ...cards)),
    /** A question that can't be asked can still be read. @param {string[]} why  by question; '': it can @param {Preset} chosen */
    update(why, chosen) {
      inputs.forEach((input, at) => {
        bar(input, why[at]);
        input.checked = presets[at] === chosen;
      });
    },
  };
}

/** How long each goes on, and why what is wanted can't be. @param {Speech} speech @param {() => void} enter */
function createEpochs(speech, enter) {
  const id = uniqueId('race-epochs');
  const input = h('input', {
    ...{ id, type: 'text', inputmode: 'numeric', autocomplete: 'off' },
    'aria-describedby': `${id}-error`,
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && enter(),
  });
  const error = h('p', { id: `${id}-error`, class: 'field-error', 'aria-live': 'polite' });
  return {
    nodes: [h('label', { for: id }, speech.t(words.epochs)), h('div', { class: 'control' }, input)],
    error,
    read: () => input.value.trim(),
    /** @param {ReturnType<typeof epochsScene>} scene  what it begins with */
    begin(scene) {
      input.value = String(scene.value);
      input.readOnly = scene.fixed;
      bar(input, scene.fixed ? speech.t(fixed.this) : '');
    },
    /** @param {unknown} [cause] absent: nothing is wrong */
    complain(cause) {
      setAttribute(input, 'aria-invalid', settingOf(cause) === 'epochs' ? 'true' : null);
      setText(error, cause ? messageOf(speech, cause) : '');
    },
  };
}

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {Pick<import('../../shell/actions.js').Actions, 'race' | 'ask'>} actions
 */
export function createRaceSetup(speech, host, { race, ask }) {
  const { t } = speech;
  let chosen = presets[0];
  /** @type {State | null} */
  let state = null;

  const cards = createCards(speech, (preset) => {
    chosen = preset;
    if (state) explain(state);
  });
  const paper = h('p', { class: 'race-paper' });
  const epochs = createEpochs(speech, start);
  const startButton = button(t(words.start), start, 'primary');
  const pause = button('', () => (race.state.paused ? race.goOn() : race.pause()));
  const add = button(t(words.addPresent), addPresent);
  const take = button(t(words.takeIn), takeIn);
  const gap = h('span', { class: 'race-gap' });
  const controls = h('div', { class: 'race-controls' }, ...epochs.nodes, startButton, pause, gap, add, take);
  host.append(cards.node, paper, controls, epochs.error);

  /** @param {State} now */
  function explain(now) {
    const why = barredBy(speech, chosen, now);
    setText(paper, why || paperOf(speech, chosen, now.settings.seed));
    bar(startButton, why);
  }

  /** Does what may be refused, and says why it was. @param {(now: State, data: import('./race.js').RaceData) => void | Promise<void>} act */
  async function attempt(act) {
    epochs.complain();
    if (!state?.dataset) return;
    try {
      await act(state, { dataset: state.dataset, sources: state.sources });
    } catch (cause) {
      epochs.complain(cause);
    }
  }

  function start() {
    return attempt((now, data) => race.setUp(entriesOf(speech, chosen, now.settings, epochs.read(), now.fixed), data));
  }

  function addPresent() {
    return attempt(({ settings }, data) => race.add([presentEntry(settings, epochs.read())], data));
  }

  function takeIn() {
    return attempt(async (now, data) => {
      if (!now.model) return;
      const { entry, known } = takenIn(now, now.model, await ask('results'));
      race.add([entry], data, known);
    });
  }

  const limits = watch();
  const settings = watch();
  return {
    /** @param {State} next */
    update(next) {
      state = next;
      if (limits(next.fixed)) epochs.begin(epochsScene(next));
      if (settings(next.settings, next.fixed)) {
        const why = presets.map((preset) => barredBy(speech, preset, next));
        if (why[presets.indexOf(chosen)]) chosen = presets[why.indexOf('')] ?? chosen;
        cards.update(why, chosen);
        explain(next);
      }
      const scene = controlsScene(speech, next);
      setText(pause, scene.pause.text);
      setAttribute(pause, 'disabled', scene.pause.disabled);
      for (const one of [startButton, add]) setAttribute(one, 'disabled', scene.start.disabled);
      setAttribute(take, 'disabled', scene.take.disabled);
      setAttribute(take, 'title', scene.take.title);
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
