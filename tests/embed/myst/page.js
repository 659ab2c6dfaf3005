// A page of a MyST site without its theme, which can only be downloaded: what mystmd made of the text, drawn by the renderers
// that the theme is made of. `?week5` and `?widget` are the pages.

import { ANY_RENDERERS } from '@myst-theme/anywidget';
import { ThemeProvider, mergeRenderers } from '@myst-theme/providers';
import { DEFAULT_RENDERERS, MyST } from 'myst-to-react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const { mdast } = await (await fetch(`content/${location.search.slice(1)}.json`)).json();
const main = document.querySelector('main');
const renderers = mergeRenderers([DEFAULT_RENDERERS, ANY_RENDERERS]);
const page = createElement(MyST, { ast: mdast.children });
if (main) createRoot(main).render(createElement(ThemeProvider, { renderers }, page));
