/** An answer that came too late to be of any use, which is nobody's fault. */
export class PassedOver extends Error {}

/**
 * Questions of which only the latest answer matters: while one is awaited, later wishes are joined into one more. So a view
 * may wish as often as the weights change and never has more than one question under way.
 * @template T
 * @param {() => Promise<T> | null} ask   puts the question as things stand then; null: there is none
 * @param {(answer: T) => void} use       the answer
 * @param {(error: Error) => void} [fail]
 * @returns {() => void} wishes
 */
export function latest(ask, use, fail = () => {}) {
  let asking = false;
  let again = false;
  return async () => {
    again = true;
    if (asking) return;
    asking = true;
    while (again) {
      again = false;
      try {
        const question = ask();
        if (question) use(await question);
      } catch (error) {
        if (!(error instanceof PassedOver)) fail(/** @type {Error} */ (error));
      }
    }
    asking = false;
  };
}
