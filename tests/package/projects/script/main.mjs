import { evaluate, loadData, recommend, train } from 'ncf-lab';

const data = await loadData();
const training = train({ model: 'gmf', seed: 1, epochs: 2 }, { data });
for await (const { epoch, metrics } of training) console.log(epoch, metrics.sampled.hr.toFixed(4));
console.log(training.model.hash());
const [film] = await recommend(training.model, 1, { n: 1 });
const { full } = await evaluate(training.model.weights(), { data, eval: 'full' });
console.log(film.title, full.users);
