/**
 * What the page and its worker say to each other, for both of them to be checked against. `{id, type, …}` goes in with the
 * fields of a message's `in`; `{id, result}` comes back with its `out`, or `{id, error}`, after which what was there before is
 * there still. Events come of the worker's own accord.
 *
 * Commands change the data or the run. They are taken one at a time, in the order in which they came, and the answer carries
 * the whole run as it then is: the page puts it in the place of what it has. null: a later one has taken its place.
 */

/** @typedef {import('../../wasm/settings/settings.mjs').Settings} Settings */
/** @typedef {import('../../wasm/lab/tasks.mjs').MetricSets} MetricSets */
/** @typedef {import('../../wasm/core.mjs').Metrics} Metrics */
/** @typedef {import('../../wasm/core.mjs').Errors} Errors */
/** @typedef {import('../../wasm/lab/rank_log.mjs').RankLogJson} RankLogJson */
/** @typedef {import('../../wasm/core.mjs').Recommendation} Recommendation */
/** @typedef {import('../../wasm/core.mjs').Way} Way */
/** @typedef {import('../../wasm/core.mjs').WayBack} WayBack */

/**
 * What went wrong: told, where it has a code (wasm/words/faults.mjs); line of the file, or name of the setting, that it is of.
 * @typedef {{message: string, told: import('../../wasm/words/fault.mjs').Told | null, line?: number, setting?: string}}
 *   Trouble
 */

// Data.

/**
 * A file to be opened: where it is, or what is in it; bytes beside a file are read in its place, where a worker can't.
 * @typedef {{name: string, url: string} | {name: string, bytes: ArrayBuffer} | {name: string, file: Blob, bytes?: ArrayBuffer}}
 *   Source
 */
/** A file of the site: its address, or what is in it. @typedef {string | ArrayBuffer} Part */
/** The module, with SIMD and without. @typedef {{simd: Part, scalar?: Part}} Modules */
/**
 * @typedef {import('../../wasm/lab/identity.mjs').DataIdentity & {name: string, genres: string[], simd:
 *   boolean}} Dataset
 */
/**
 * By user index: ids and train items; order: the indices by rising id.
 * @typedef {{ids: Uint32Array, counts: Uint32Array, order: Uint32Array}} Users
 */
/**
 * What each user and each film has in train; of: the number of the split.
 * @typedef {{of: number, users: Uint32Array, films: Uint32Array}} Counts
 */
/**
 * By film index; years 0: not known; counts: the users who have it in train.
 * @typedef {{titles: string[], years: Uint16Array, genres: string[][], counts: Uint32Array, ids: Uint32Array}} Films
 */
/**
 * Users and films stand with the data, so that no index can be of others. counts: until a run says otherwise.
 * @typedef {{dataset: Dataset, users: Users, films: Films, counts: Counts}} Opened
 */
/**
 * Opens data in the place of those that are open; there is no run then. kept: what was asked for with its bytes, where it had
 * addresses, so that other workers need no network.
 * @typedef {{files: Source[], wasm: Modules}} Kept
 * @typedef {{in: {files: Source[], name: string, wasm: Modules}, out: (Opened & {kept: Kept}) | null}} Open
 */

// The run.

/** @typedef {'idle' | 'training' | 'evaluating' | 'paused' | 'finished' | 'diverged'} RunPhase */
/** hash: of the weights. @typedef {import('../../wasm/lab/run.mjs').EpochEvent & {hash: string}} Epoch */
/**
 * The epoch that the weights are back at.
 * @typedef {import('../../wasm/lab/run.mjs').SelectedEvent & {hash: string}} Selected
 */
/**
 * loss NaN: there is none; share: of the epoch that is done.
 * @typedef {import('../../wasm/lab/run.mjs').ProgressEvent & {share: number}} Progress
 */
/**
 * How far the GMF or the MLP is that NeuMF starts from; at an epoch's end batch is batches, with the seconds of all so far.
 * @typedef {{event: 'pretraining', model: 'gmf' | 'mlp', epoch: number, epochs: number, batch: number, batches: number,
 *   samplesPerSecond: number, seconds?: number}} Pretraining
 */
/**
 * @typedef {object} Model
 * @property {Settings} settings
 * @property {number} parameters
 * @property {{name: string, shape: number[]}[]} tensors
 * @property {{model: string, metrics: MetricSets}} baseline  what it has to beat
 * @property {number} batches       of an epoch; 0: nothing to learn
 * @property {import('../../wasm/lab/notes.mjs').Note[]} notes  what does not hold of its data
 * @property {import('../../wasm/lab/scores.mjs').Score} score  what its scores are
 * @property {import('../../wasm/lab/tasks.mjs').Test | null} test  what rankings are of; null where ratings are predicted
 * @property {boolean} pretraining  GMF and MLP are to be trained first
 * @property {boolean} once         it is solved in one go
 */
/**
 * All that there is to a run, as the page shows it.
 * @typedef {object} RunState
 * @property {number} run           its number, which no other run of this worker has; its events have it too
 * @property {Model} model
 * @property {Counts} counts        of its split
 * @property {RunPhase} phase
 * @property {boolean} loaded       it began with the weights of a file
 * @property {boolean} shipped      it was trained when the site was built
 * @property {Epoch[]} epochs       ended ones, epoch 0 first
 * @property {Selected | null} selected        where validation went back to, at the end
 * @property {Progress | null} progress        the latest of the epoch under way
 * @property {Pretraining | null} pretraining  the latest, while GMF and MLP are trained
 * @property {{model: string, epochs: number} | null} before  what undo goes back to
 * @property {import('../../wasm/lab/result.mjs').Rate[]} rates  where the learning rate has changed
 */
/**
 * A new model from its seed, so also the way to reset. Where one waits already, that gets null. goOn: it is trained, if the
 * run before it is in training. The event of epoch 0 follows, but with pretraining only once that is over, and never where
 * the model is solved in one go.
 * @typedef {{in: {settings: Partial<Settings>, goOn?: boolean}, out: RunState | null}} Configure
 */
/**
 * A file's weights in a new model, which is not pretrained. fixed: settings that the file may not have otherwise.
 * @typedef {{in: {bytes: ArrayBuffer, fixed?: Partial<Settings>}, out: RunState}} Load
 */
/**
 * As load, but a run that was trained elsewhere: it stands at the end of these epochs, and no evaluation follows. ranks:
 * its rankLogs as JSON. Weights with an address are loaded when something first needs them (worker/weights.js).
 * @typedef {{in: {settings: Partial<Settings>, weights: Part, epochs: Epoch[], ranks?: Record<string, RankLogJson>},
 *   out: RunState}} Restore
 */
/**
 * Loads what is still to be loaded and nobody waits for yet; what can't be had is asked for again when it is needed.
 * @typedef {{in: {}, out: {}}} Prefetch
 */
/**
 * Back to the last run that is worth it (building.js), as it was left; once more goes back again.
 * @typedef {{in: {}, out: RunState}} Undo
 */
/** Changes what may change without a reset. @typedef {{in: {settings: Partial<Settings>}, out: RunState}} Live */
/**
 * Trains until the epochs are done, patience is over or a pause: what comes of it is told by events.
 * @typedef {{in: {}, out: {}}} Train
 */
/** The same to the end of one epoch, of pretraining too. @typedef {{in: {}, out: {}}} Step */
/** Train and step go on from the same batch. @typedef {{in: {}, out: {}}} Pause */
/** @typedef {{index: number, distance: number}[]} Moved */
/**
 * Trains one batch. loss: the mean of the batch; moved: how far the embeddings of each watched user and film moved (all
 * their tables together, Euclidean); rows: how many different ones the batch has. A progress event comes first; where the
 * epoch ended, its evaluation and event follow as with step.
 * @typedef {{epoch: number, batch: number, batches: number, loss: number, epochEnded: boolean, moved: {users: Moved, items:
 *   Moved}, rows: {users: number, items: number}}} Trained
 */
/** @typedef {{in: {watch?: {users?: number[], items?: number[]}}, out: Trained}} Batch */

// Questions, which change nothing.

/**
 * A safetensors file of the weights after the last batch.
 * @typedef {{in: {}, out: {name: string, bytes: ArrayBuffer}}} Save
 */
/**
 * The weights after the last batch, of a model that has a network.
 * @typedef {{in: {}, out: import('../../wasm/lab/described.mjs').Described}} AskDescribed
 */
/**
 * What a file of metrics says besides: the settings as --json has them, and the data.
 * @typedef {{in: {}, out: {config: Record<string, unknown>, data: import('../../wasm/lab/identity.mjs').Identity & {name:
 *   string}}}} AskIdentity
 */
/**
 * The lists of the first of some users, as many as there is time for. of: which weights, as the answer before had it, so that
 * all are of the same.
 * @typedef {{in: {users: Uint32Array, k: number, of?: string}, out: {of: string, lists: {item: number, score: number, heldOut:
 *   boolean}[][]}}} AskLists
 */
/** @typedef {{item: number, title: string, year: number, genres: string[]}} Film */
/** @typedef {Film & {rating: number, timestamp: number}} Rated */
/** @typedef {Film & {score: number, heldOut: boolean}} Suggested */
/** @typedef {Film & {rank: number, candidates: number}} HeldOut */
/**
 * A user of the data, and what the model would show them. The item is -1 without validation; ready false: a model that is solved
 * in one go is not yet, so there are no recommendations. What may be shown and is marked: wasm/core/shown.mjs.
 * @typedef {{user: number, id: number, task: 'ranking' | 'rating', ready: boolean, history: Rated[], heldOut: HeldOut |
 *   null, validationItem: number, recommendations: Suggested[]}} Person
 */
/** @typedef {{in: {user: number, k: number}, out: Person}} User */
/**
 * What somebody new would be shown who likes these films. learns false: everybody the same; rating: what a like is taken for by
 * a model that predicts ratings, else null; why: there is nothing to show, because the model is not solved yet or knows people
 * by what is told of them alone.
 * @typedef {{in: {likes: number[], k: number}, out: {recommendations: Recommendation[], learns: boolean, rating?: number |
 *   null, why?: 'unsolved' | 'features'}}} Guest
 */
/**
 * [users, items] row-major, 1 where the user has the film (wasm/core/shown.mjs).
 * @typedef {{in: {users: number[], items: number[]}, out: {known: Uint8Array}}} Known
 */

/**
 * Of all ratings, test included; decades rise, 0: not known.
 * @typedef {object} Overview
 * @property {{rows: number, columns: number, counts: Uint32Array}} matrix  users by falling activity down, films by falling
 *   popularity across: bin b of n has what lies from ⌊b · size / n⌋ on
 * @property {{users: Uint32Array, films: Uint32Array, cells: Uint8Array}} corner  the most active and the most popular; 0
 *   nothing, 1 train, 2 held out
 * @property {Uint32Array} popularity  ratings of each film, falling
 * @property {Uint32Array} activity    ratings of each user, falling
 * @property {{value: number, count: number}[]} ratings  rising
 * @property {number} mean
 * @property {{genre: string, films: number, ratings: number, mean: number}[]} genres
 * @property {{decade: number, films: number, ratings: number}[]} decades
 * @property {{train: number, test: number, users: number, negatives: number}} split
 * @property {number} density
 */
/** null: other data were opened meanwhile. @typedef {{in: {}, out: Overview | null}} AskOverview */
/**
 * Films the oldest first; heldOut, validation: -1 for none; ratings: numbers of them where the model predicts these.
 * @typedef {{films: {item: number, rating: number, timestamp: number}[], heldOut: number, validation: number, negatives:
 *   Uint32Array, ratings: {train: number, validation: number, test: number} | null}} Timeline
 */
/** @typedef {{in: {user: number}, out: Timeline}} AskTimeline */

/**
 * place: 0-based.
 * @typedef {{item: number, title: string, year: number, score: number, heldOut: boolean, place: number}} Candidate
 */
/**
 * rank: films that score higher, and half of the `equal` ones, 0-based; hit and ndcg: the user's terms at 10, ties by their
 * expectation.
 * @typedef {{rank: number, equal: number, hit: number, ndcg: number, total: number}} Standing
 */
/** @typedef {{item: number, title: string, year: number}} Titled */
/**
 * One user's held-out film among its candidates, the highest score first: all of them, or with `full` the first 20 and 5 on
 * either side of it. history: empty where `full` is not what is evaluated.
 * @typedef {{ready: true, heldOut: Titled, candidates: Candidate[], history: {epoch: number, rank: number}[]} & Standing}
 *   Ranked
 */
/**
 * heldOut null: the user has none; ready false: the model is not solved yet.
 * @typedef {{ready: boolean, heldOut: Titled | null, rank?: undefined, candidates: never[], history: never[]}} Unranked
 */
/** @typedef {Ranked | Unranked} Candidates */
/** @typedef {{in: {user: number, full: boolean}, out: Candidates}} AskCandidates */
/**
 * One each a test user, by index: the expected 0-based rank, the films level with the held-out one and how many were
 * ranked.
 * @typedef {{ranks: Float32Array, equal: Uint32Array, users: Uint32Array, candidates: Uint32Array, epoch: number}} Ranks
 */
/**
 * The evaluation's own of the last epoch; where there are none, or `fresh`, with the weights as they are. null: a later
 * question, or another model, came between.
 * @typedef {{in: {full: boolean, fresh?: boolean}, out: Ranks | null}} AskRanks
 */

/**
 * One each a tested user, by id.
 * @typedef {{users: Uint32Array, greater: Uint32Array, equal: Uint32Array, candidates: Uint32Array}} RanksById
 */
/**
 * What a run has come to at an epoch's end, for whoever compares it. config: the settings as --json has them.
 * @typedef {{config: Record<string, unknown>, data: import('../../wasm/lab/identity.mjs').Identity, hash: string, ranks:
 *   Partial<Record<'sampled' | 'full', RanksById>>, pretrainSeconds: number}} Results
 */
/** @typedef {{in: {}, out: Results}} AskResults */

/**
 * x and y of each film, [x, y] of the user and of somebody new who likes these films; width: numbers of an embedding, where
 * these are two they are the places.
 * @typedef {{available: true, places: Float32Array, explained: [number, number], width: number, user: [number, number] |
 *   null, likes: [number, number] | null}} Picture
 */
/**
 * Not available: the model has no embeddings. user -1: nobody.
 * @typedef {{in: {user: number, likes: number[]}, out: Picture | {available: false}}} AskMap
 */
/**
 * x and y of each user on the latest map. Takes a second where scoring takes long.
 * @typedef {{in: {}, out: {users: Float32Array | null}}} Crowd
 */
/**
 * By cosine in all dimensions of the embeddings.
 * @typedef {{in: {item: number, k: number}, out: {item: number, similarity: number}[]}} Neighbours
 */

/**
 * A pair that went through the network, with the present weights, also within an epoch. known: the user has the film
 * (wasm/core/shown.mjs).
 * @typedef {Way & {user: number, item: number, known: boolean}} Passed
 */
/** @typedef {{in: {user: number, item: number}, out: Passed}} Pair */
/**
 * With the gradients of this example's loss, without regularisation.
 * @typedef {Passed & WayBack & {label: number}} Traced
 */
/**
 * Only for models that learn by gradients. other: with BPR, the other film of the pair; label 1: the pair is (item, other),
 * 0: (other, item).
 * @typedef {{in: {user: number, item: number, label: number, other?: number}, out: Traced}} AskExample
 */
/**
 * positive: the film that the user has and that the example belongs to; negatives: all that are drawn for it in this epoch.
 * Of ratings: the film, and none.
 * @typedef {{user: number, item: number, label: number, positive: number, negatives: number[]}} Example
 */
/** @typedef {{epoch: number, batch: number, batches: number, size: number, examples: Example[]}} Peek */
/**
 * `count` examples from `from` on (0 is the first; fewer where it ends) of the next batch.
 * @typedef {{in: {from: number, count: number}, out: Peek}} AskPeek
 */
/**
 * A tensor of the layers or the output, of a million numbers at most.
 * @typedef {{name: string, shape: number[], values: Float32Array}} Weights
 */
/** @typedef {{in: {name: string}, out: Weights}} AskWeights */

/**
 * @typedef {object} Messages
 * @property {Open} open
 * @property {Configure} configure
 * @property {Load} load
 * @property {Restore} restore
 * @property {Prefetch} prefetch
 * @property {Undo} undo
 * @property {Live} live
 * @property {Train} train
 * @property {Step} step
 * @property {Pause} pause
 * @property {Batch} batch
 * @property {Save} save
 * @property {AskDescribed} described
 * @property {AskIdentity} identity
 * @property {AskLists} lists
 * @property {User} user
 * @property {Guest} guest
 * @property {Known} known
 * @property {AskOverview} overview
 * @property {AskTimeline} timeline
 * @property {AskCandidates} candidates
 * @property {AskRanks} ranks
 * @property {AskResults} results
 * @property {AskMap} map
 * @property {Crowd} crowd
 * @property {Neighbours} neighbours
 * @property {Pair} pair
 * @property {AskExample} example
 * @property {AskPeek} peek
 * @property {AskWeights} weights
 */

/**
 * Files are read: bytes and ratings so far.
 * @typedef {{event: 'loading', name: string, bytes: number, totalBytes: number, ratings: number}} Loading
 */
/**
 * What changes a run, told as it happens.
 * @typedef {{event: 'state', state: RunPhase, trouble?: Trouble} | Progress | Pretraining | Epoch | Selected} RunEvent
 */
/** run: the number of the run that it is of. @typedef {RunEvent & {run: number}} OfRun */
/**
 * Weights that somebody waits for are on their way: bytes so far, of all where that is known. ended: they are there, or can't
 * be had.
 * @typedef {{event: 'weights', bytes: number, totalBytes: number, ended: boolean}} Awaiting
 */
/** What the worker sends. @typedef {Loading | Awaiting | OfRun} WorkerEvent */
/**
 * What the page hears; crash: the worker has ended.
 * @typedef {WorkerEvent | {event: 'crash', trouble: Trouble}} HeardEvent
 */

/** @template {keyof Messages} T @typedef {Messages[T]['in']} In */
/** @template {keyof Messages} T @typedef {Messages[T]['out']} Out */
/** @typedef {{[T in keyof Messages]: (message: In<T>) => Out<T> | Promise<Out<T>>}} Handlers */
/**
 * What is given with a question, which is nothing where it has no fields.
 * @template {keyof Messages} T
 * @typedef {{} extends In<T> ? [fields?: In<T>, transfer?: Transferable[]] : [fields: In<T>, transfer?: Transferable[]]}
 *   Given
 */
/** @typedef {<T extends keyof Messages>(type: T, ...given: Given<T>) => Promise<Out<T>>} Ask */

/**
 * What an event changes of a run: the worker keeps what it tells of one by this, and the page follows by it.
 * @template {Pick<RunState, 'epochs' | 'selected' | 'progress' | 'pretraining'> & {phase: string}} R
 * @param {R} run
 * @param {RunEvent} event
 * @returns {R}
 */
export function after(run, event) {
  switch (event.event) {
    case 'state':
      return { ...run, phase: event.state, ...(event.state === 'training' && { selected: null }) };
    case 'progress':
      return { ...run, progress: event };
    case 'pretraining':
      return { ...run, pretraining: event };
    case 'epoch':
      return { ...run, pretraining: null, epochs: [...run.epochs.filter(({ epoch }) => epoch < event.epoch), event] };
    case 'selected':
      return { ...run, selected: event };
  }
}
