/**
 * How much of the lab is in sight. Where it has a page to itself everything is; in the box that another page gives it, `compact`:
 * Train, what is trained, the measures and one picture, and the rest a press away. By the size of its place, not the window's.
 */

/** @typedef {'compact' | 'full'} Layout */

/** From this size on everything fits, in px. */
const ROOMY = { width: 1000, height: 840 };

/**
 * @param {{width: number, height: number}} place  height: Infinity where the lab may grow
 * @returns {Layout}
 */
export const layoutFor = ({ width, height }) => (width >= ROOMY.width && height >= ROOMY.height ? 'full' : 'compact');

/**
 * @param {HTMLElement} root bears it in `data-layout`
 * @param {HTMLElement} host whose size counts
 * @param {Pick<import('../lab.js').LabOptions, 'policy' | 'wholePage' | 'framed'>} options
 * @param {(layout: Layout, unfolded: boolean) => void} onLayout  unfolded: full by a person's wish, who can go back
 */
export function createLayout(root, host, options, onLayout) {
  const { wholePage = false, framed = false } = options;
  const layout = options.policy?.layout ?? (wholePage && !framed ? 'full' : 'auto');
  /** @type {Layout | null} */
  let chosen = null;
  let told = '';

  function apply() {
    // A frame is a place that the lab can't outgrow.
    const height = framed ? window.innerHeight : Infinity;
    const own = layout === 'auto' ? layoutFor({ width: host.clientWidth, height }) : layout;
    const now = chosen ?? own;
    const unfolded = own === 'compact' && now === 'full';
    if (told === `${now} ${unfolded}`) return;
    told = `${now} ${unfolded}`;
    root.dataset.layout = now;
    onLayout(now, unfolded);
  }
  const observer = new ResizeObserver(apply);
  observer.observe(host);
  apply();

  return {
    /** @param {Layout} wanted */
    choose(wanted) {
      chosen = wanted;
      apply();
    },
    close: () => observer.disconnect(),
  };
}
