// The element and the module for notebooks, in a page.
import 'ncf-lab/element';
import type { NcfLabElement } from 'ncf-lab/element';
import widget from 'ncf-lab/anywidget';

const lab: NcfLabElement = document.createElement('ncf-lab');
lab.setAttribute('settings', 'model=gmf&seed=3');
lab.addEventListener('ncf-epoch', ({ detail }) => console.log(detail.epoch + 1, detail.hash));
await lab.train();
const handedIn: object | undefined = await lab.result();
console.log(handedIn);
const away: () => void = widget.render({ model: new Map<string, unknown>(), el: document.body });
away();
// @ts-expect-error: there is no such method
await lab.learn();
