/**
 * Light or dark: as the system has it, until the person chooses. The choice is kept where the browser allows it. On paper it is
 * light.
 */

/** @typedef {'light' | 'dark'} Theme */

const KEY = 'ncf-lab-theme';

/**
 * @param {HTMLElement} root bears the theme in `data-theme`
 * @param {(theme: Theme, now: boolean) => void} onTheme  now: what is drawn is needed at once, for paper
 * @param {Theme | 'auto' | null} [asked]  by the instructor, whatever is kept; nothing is kept then
 */
export function createTheme(root, onTheme, asked = null) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const paper = matchMedia('print');
  let chosen = asked === 'auto' ? null : (asked ?? recall());

  function apply() {
    const theme = paper.matches ? 'light' : (chosen ?? (system.matches ? 'dark' : 'light'));
    root.dataset.theme = theme;
    onTheme(theme, paper.matches);
  }
  system.addEventListener('change', apply);
  paper.addEventListener('change', apply);
  apply();

  return {
    /** @param {Theme} theme */
    choose(theme) {
      chosen = theme;
      if (!asked) remember(theme);
      apply();
    },
    /** For the page around: not kept. @param {Theme | 'auto'} theme */
    follow(theme) {
      chosen = theme === 'auto' ? null : theme;
      apply();
    },
    close() {
      system.removeEventListener('change', apply);
      paper.removeEventListener('change', apply);
    },
  };
}

/** @returns {Theme | null} */
function recall() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    // A sandboxed frame has no storage: the system's theme it is.
    return null;
  }
}

/** @param {Theme} theme */
function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Not kept, but it holds until the page is closed.
  }
}
