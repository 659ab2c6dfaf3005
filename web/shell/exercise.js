/** Tells the page around how far its exercise is, whenever that changes. */
import { watch } from '../parts/dom.js';

/**
 * @param {import('./state.js').Store} store
 * @param {string} text of the exercise
 * @param {(name: 'exercise', detail: object) => void} tell
 */
export function followExercise(store, text, tell) {
  const moved = watch();
  let told = '';
  /** @type {((state: import('./state.js').State) => object | null) | null} */
  let look = null;
  void load(text).then((made) => {
    look = made;
    store.set({});
  });
  store.subscribe((state) => {
    const { model, epochs, selected, loaded, shipped, handIn } = state;
    if (!look || !model || !moved(model, epochs, selected, loaded, shipped, handIn, look)) return;
    const detail = look(state);
    const now = JSON.stringify(detail);
    if (detail && now !== told) tell('exercise', detail);
    told = now;
  });
}

/** @param {string} text */
async function load(text) {
  const [{ goalText, readExercise }, { exerciseScene }] = await Promise.all([
    import('../../wasm/lab/exercise.mjs'),
    import('./exercise_scene.js'),
  ]);
  /** @type {import('../../wasm/lab/exercise.mjs').Exercise} */
  let exercise;
  try {
    exercise = readExercise(text);
  } catch {
    // The panel says what is wrong with it.
    return () => null;
  }
  return (/** @type {import('./state.js').State} */ state) => {
    const { goals, answered, reached } = exerciseScene(state, exercise).judgement;
    const told = goals.map((goal) => ({ goal: goalText(goal), reached: goal.reached, value: goal.found }));
    return { reached, goals: told, answered };
  };
}
