// What TypeScript knows of <ncf-lab>: `import 'ncf-lab/element'` defines it. Its attributes are told in web/EMBEDDING.md.

/** The lab as an element. Each method resolves once it is told to the lab. */
export interface NcfLabElement extends HTMLElement {
  train(): Promise<void>;
  pause(): Promise<void>;
  step(): Promise<void>;
  reset(): Promise<void>;
  /** What the run has come to, as a result file has it; rejects with a sentence where there is nothing to be handed in. */
  result(): Promise<object | undefined>;
  /** What the run has come to, as a result file has it; rejects with a sentence where it is none to be handed in. */
  result(): Promise<NcfLabResult | undefined>;
}

/** The fields of a result file that pages ask for; the rest stands in web/EMBEDDING.md. */
export interface NcfLabResult {
  name: string;
  exercise: string | null;
  answers: string[];
  settings: Record<string, unknown>;
  seed: number;
  parameters: number;
  epochs_trained: number;
  weights_hash: string;
  epochs: { epoch: number; loss: number | null; metrics: object; hash: string }[];
}

/** How far an exercise is: `value` is what the run has of a goal, null for nothing; `answered`: by question. */
export interface NcfLabJudgement {
  reached: boolean;
  goals: { goal: string; reached: boolean; value: number | null }[];
  answered: boolean[];
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
  'ncf-exercise': CustomEvent<NcfLabJudgement>;
  'ncf-exercise': CustomEvent<object>;
  'ncf-change': CustomEvent<{ settings: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'ncf-lab': NcfLabElement;
  }
  interface HTMLElementEventMap extends NcfLabEvents {}
}
