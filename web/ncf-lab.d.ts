// What TypeScript knows of <ncf-lab>: `import 'ncf-lab/element'` defines it. Its attributes are told in web/EMBEDDING.md.

/** The lab as an element. Each method resolves once it is told to the lab. */
export interface NcfLabElement extends HTMLElement {
  train(): Promise<void>;
  pause(): Promise<void>;
  step(): Promise<void>;
  reset(): Promise<void>;
}

/** An epoch: `loss` is the mean over its examples, null before training; `seconds` are of training alone; `hash`: of the weights, 16 hexadecimal digits. */
export interface NcfLabEpoch {
  epoch: number;
  loss: number | null;
  metrics: object;
  seconds: number;
  hash: string;
}

/** Its events, all of which bubble and leave shadow roots. */
export interface NcfLabEvents {
  'ncf-ready': CustomEvent<{ settings: Record<string, unknown>; data: string }>;
  'ncf-epoch': CustomEvent<NcfLabEpoch>;
  'ncf-done': CustomEvent<NcfLabEpoch & { phase: string; settings: Record<string, unknown>; parameters: number }>;
  'ncf-change': CustomEvent<{ settings: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'ncf-lab': NcfLabElement;
  }
  interface HTMLElementEventMap extends NcfLabEvents {}
}
