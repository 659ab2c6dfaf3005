// Whoever is strictest: the package's types are checked too.
import { BUNDLED, DataError, SettingError, evaluate, loadData, recommend, settings, train } from 'ncf-lab';
import type { EpochEvent, Recommendation, Settings, TrainSettings, TrainedModel } from 'ncf-lab';
import { loadCore } from 'ncf-lab/core';

const chosen: TrainSettings = { model: 'neumf', seed: 1, layers: [16, 8], l2: 'gmf:0.01' };
const training = train(chosen, { signal: AbortSignal.timeout(1000), onProgress: ({ event }) => console.log(event) });
const complete: Settings = training.settings;
for await (const event of training) {
  const { epoch, loss, metrics }: EpochEvent = event;
  const hr: number | undefined = metrics.sampled?.hr;
  console.log(epoch + complete.factors, loss?.toFixed(5), hr?.toFixed(4));
}
using model: TrainedModel = await training.finish();
const list: Recommendation[] = model.recommend(1, { n: 3 });
const [first] = await recommend(model.weights(), { likes: [1, 296] });
console.log(list[0]?.heldOut, first?.title.length, (await evaluate(model, { eval: 'full' })).full?.ndcg);
using data = await loadData([{ name: 'ratings.csv', content: new Uint8Array() }]);
console.log(data.users + data.film(1).year, BUNDLED, settings[0]?.label);
const core = await loadCore({ simd: () => new Uint8Array() });
console.log(core.simd, DataError, SettingError);

// @ts-expect-error: there is no such model
train({ model: 'nothing' });
// @ts-expect-error: nor such a setting
train({ epoch: 3 });
// @ts-expect-error: users go by numbers
model.recommend('1');
