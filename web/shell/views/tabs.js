/** A row of tabs, with the arrows that lead from one to the next. */
import { h, setAttribute } from '../../parts/dom.js';

/**
 * The tab that a key leads to; nothing where the key means none.
 * @param {string} key  as KeyboardEvent.key has it
 * @param {number} at   the chosen tab
 * @param {number} of   tabs in all
 * @returns {number | undefined}
 */
export function tabAfter(key, at, of) {
  const last = of - 1;
  return { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[key];
}

/**
 * @param {string} label
 * @param {{id: string, title: string}[]} rooms  id: of the panel
 * @param {(at: number) => void} enter
 */
export function createTabs(label, rooms, enter) {
  let chosen = 0;
  const tabs = rooms.map(({ id, title }, at) =>
    h('button', { type: 'button', role: 'tab', id: `${id}-tab`, 'aria-controls': id, onclick: () => enter(at) }, title),
  );
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': label, onkeydown: walk }, ...tabs);

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const to = tabAfter(event.key, chosen, tabs.length);
    if (to === undefined) return;
    event.preventDefault();
    enter(to);
    tabs[to].focus();
  }

  return {
    list,
    /** @param {number} next */
    choose(next) {
      chosen = next;
      for (const [at, tab] of tabs.entries()) {
        setAttribute(tab, 'aria-selected', String(at === next));
        setAttribute(tab, 'tabindex', at === next ? 0 : -1);
      }
      // In a row too narrow for all tabs the chosen one must be seen; the page itself stays where it is.
      // From the first tab: what offsetLeft counts from is a matter of the page around.
      const { offsetLeft, offsetWidth } = tabs[next];
      list.scrollTo({ left: offsetLeft - tabs[0].offsetLeft - list.clientWidth / 2 + offsetWidth / 2 });
    },
  };
}
