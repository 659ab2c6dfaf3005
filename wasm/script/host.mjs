// What the package needs of where it runs. Node's is node.mjs, that of pages, workers and bundlers web.mjs; package.json says
// under "imports" which of them #host is.

/** @typedef {import('../lab/files.mjs').Source} Source */
/** @typedef {import('../core/module.mjs').ModuleSource} ModuleSource */
/**
 * @typedef {object} Host
 * @property {{simd: () => Promise<ModuleSource>, scalar: () => Promise<ModuleSource>}} modules  the builds that came with the package
 * @property {() => Promise<Source[]>} bundled  the files of MovieLens latest-small
 * @property {(place: string) => Promise<Source[]>} sourcesAt  the data at a path, or an address
 * @property {(place: string) => Promise<Source>} fileAt  the one file there
 * @property {() => Promise<void>} pause  until everything else had its turn
 */

export {};
