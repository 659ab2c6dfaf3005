/** How a picture is taken of a chart: a quiet word below it, and behind it the two kinds of files. */
import { h, setText } from './dom.js';
import { words } from './words/picture_menu.js';

/** What it opens is at most so wide, in px (save.css), with some room beside it. */
const WIDEST = 270;

/**
 * @param {import('./speech.js').Speech} speech
 * @param {Element} node  what is to be seen on it
 * @param {() => string} name
 */
export function pictureMenu(speech, node, name) {
  const { t } = speech;
  /** @type {ReturnType<typeof import('./pictures/pictures.js').createHanded> | null} */
  let handed = null;
  const note = h('div', { role: 'status' });

  /** @param {'png' | 'svg'} kind */
  const button = (kind) => h('button', { type: 'button', onclick: () => void save(kind) }, kind.toUpperCase());

  /** @param {'png' | 'svg'} kind */
  async function save(kind) {
    try {
      const { createHanded, pictureFile } = await import('./pictures/pictures.js');
      const file = await pictureFile(node, name(), kind);
      if (!handed) note.replaceChildren();
      (handed ??= createHanded(speech, note)).handOver(file);
    } catch {
      handed = null;
      setText(note, t(words.failed));
    }
  }

  const summary = h('summary', {}, t(words.save));
  const panel = h('div', { class: 'picture-panel' }, button('png'), button('svg'), note);
  const menu = h(
    'details',
    {
      class: 'picture-menu',
      // Of which chart, for whoever hears it.
      ontoggle() {
        summary.setAttribute('aria-label', `${t(words.save)}: ${name()}`);
        // To the side where there is room.
        const end = menu.closest('.lab')?.getBoundingClientRect().right ?? innerWidth;
        panel.classList.toggle('back', summary.getBoundingClientRect().left + WIDEST > end);
      },
      onkeydown(/** @type {KeyboardEvent} */ event) {
        if (event.key !== 'Escape' || !menu.open) return;
        menu.open = false;
        summary.focus();
        event.stopPropagation();
      },
    },
    summary,
    panel,
  );
  return menu;
}
