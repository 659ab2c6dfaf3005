// The page in Chinese: whatever it says there is Chinese, the switch keeps everything but the language, and the choice is
// that of the address, of the person, of the browser, in this order.

import assert from 'node:assert/strict';

import { accessible, fits, sizes } from './everybody.mjs';
import { labTest } from './harness.mjs';

/** @typedef {import('./harness.mjs').Lab} Lab */

const chinese = { query: '?lang=zh', opened: false };

/** @param {Lab} lab */
async function ready(lab) {
  await lab
    .region('运行')
    .getByText(/^已打开 .*。请按“训练”。$/)
    .waitFor();
  await lab
    .region('HR@10')
    .getByText(/^0\.\d{3}$/)
    .waitFor();
}

/** @param {Lab} lab @param {string} label */
const field = (lab, label) => lab.region('设置').getByLabel(label, { exact: true });

/** Names and terms that stay as they are in every language. */
const TERMS =
  /\b(NCF Lab|MovieLens latest-small|MovieLens|Rendle|Steck|Koren|Hu|He|GroupLens|English|HR@10|NDCG@10|RMSE|MAE|ItemPop|ItemKNN|GMF|MLP|NeuMF|MF|EASE|BPR|iALS|eALS|BPR-MF|NCF|ANCF|Neural|Adam|SGD|Adagrad|RMSprop|ReLU|tanh|Sigmoid|logit|auto|none|SIMD|CSV|JSON|ONNX|PNG|SVG|zip|L2|IMAX)\b/g;

/**
 * The texts of the page that a person sees or hears and that have Latin words in them: of its words, not of films and of
 * what is marked as English.
 * @param {Lab} lab
 */
async function latin(lab) {
  const texts = await lab.page.evaluate(() => {
    const found = [];
    const root = /** @type {Element} */ (document.querySelector('.lab'));
    const foreign = '[lang=en], .film .title, cite, .data-name, code, .u-hz, input, kbd';
    for (const node of root.querySelectorAll('*')) {
      if (node.closest(foreign)) continue;
      for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) found.push(child.textContent ?? '');
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'label', 'data-drop'])
        found.push(node.getAttribute(name) ?? '');
    }
    return [...found, document.title];
  });
  return texts
    .map((text) => text.replaceAll(TERMS, '').replaceAll(/[\w./-]+\.(csv|data|dat|safetensors|org)\b|doi\.org\S*/g, ''))
    .filter((text) => /[A-Za-z]{3,}/.test(text.replaceAll(/\b(gmf|mlp|layers|biases):[\d.]+/g, '')));
}

/** @param {Lab} lab @param {string} when */
async function check(lab, when) {
  assert.deepEqual(await latin(lab), [], when);
  // Colours do not change with the language.
  await accessible(lab, when, ['light']);
  await fits(lab, when);
}

for (const { width, height } of sizes)
  labTest(
    `in Chinese everything is Chinese, and accessible, at ${width} × ${height}`,
    { ...chinese, context: { viewport: { width, height }, reducedMotion: 'reduce' } },
    async (lab) => {
      await ready(lab);
      await check(lab, 'untrained');
      if (width < 760)
        for (const name of ['设置', '数据和权重']) await lab.region(name).getByRole('heading', { name }).click();
      await lab.region('设置').getByRole('heading', { name: '更多设置' }).click();
      for (const help of await lab.page.getByRole('button', { name: /的说明$/ }).all()) await help.click();
      await lab.page.getByText('以表格查看数字').click();
      await check(lab, 'with everything open');

      await field(lab, '评估').selectOption('both');
      await field(lab, '验证').selectOption('on');
      await lab.region('运行').getByText('“验证”已更改，模型从头开始。').waitFor();
      await field(lab, '轮数').fill('2');
      await field(lab, '轮数').press('Enter');
      await lab.button('训练').click();
      await lab
        .region('运行')
        .getByText(/^训练 2 轮后完成。/)
        .waitFor();
      await check(lab, 'trained');

      await field(lab, '预测因子').fill('1000');
      await field(lab, '预测因子').press('Enter');
      await lab.region('设置').getByText('“预测因子”必须是 1 到 512 之间的整数，而不是“1000”。').waitFor();
      await lab.page.getByRole('combobox', { name: '用户', exact: true }).fill('999');
      await lab.page.keyboard.press('Enter');
      await lab
        .region('一位用户的电影')
        .getByText(/^没有用户“999”。/)
        .waitFor();
      await lab.choosing('打开评分…', [{ name: 'ratings.csv', content: 'userId,movieId,rating,timestamp\n1,x\n' }]);
      await lab.alert.getByText('无法打开 ratings.csv').waitFor();
      await lab.alert.getByText(/^ratings\.csv 第 2 行：这一行没有四列/).waitFor();
      await check(lab, 'with errors');

      for (const model of ['bias-mf', 'ease', 'itempop']) {
        await field(lab, '模型').selectOption(model);
        await lab.region('运行').getByText('“模型”已更改，模型从头开始。').waitFor();
        await check(lab, model);
      }
    },
  );

labTest('the switch says everything anew, and keeps all else', {}, async (lab) => {
  await lab.more();
  await lab.rows();
  await lab.type('Epochs', '3');
  await lab.button('Train').click();
  await lab.status('Finished after 3 epochs.');
  await lab.button('Next user').click();
  await lab.type('Negatives a positive', '99');
  const [hr, hash, user] = [await lab.metric('HR@10'), await lab.hash(), await lab.user.inputValue()];
  await lab.button('中文').press('Enter');
  await lab.button('English').waitFor();
  const said = lab.region('运行').getByText('训练 3 轮后完成。');
  await said.waitFor();
  assert.deepEqual(await latin(lab), []);
  const state = () =>
    lab.page.evaluate(() => {
      const root = /** @type {HTMLElement} */ (document.querySelector('.lab'));
      const focus = document.activeElement?.textContent;
      return { focus, lang: [root.lang, document.documentElement.lang], title: document.title };
    });
  assert.deepEqual(await state(), {
    focus: 'English',
    lang: ['zh-Hans', 'zh-Hans'],
    title: 'NCF Lab：神经推荐模型在你眼前学习',
  });
  assert.equal(await lab.metric('HR@10'), hr);
  assert.equal(await lab.region('设置').locator('code').innerText(), hash);
  assert.equal(await lab.page.getByRole('combobox', { name: '用户', exact: true }).inputValue(), user);
  assert.ok(await field(lab, '评估').isVisible(), 'what was open is open');
  assert.equal(await lab.page.getByRole('table', { name: '每轮的损失和指标' }).getByRole('row').count(), 5);
  assert.equal(await field(lab, '每个正样本的负样本数').inputValue(), '99', 'what was typed and refused');
  await lab.region('设置').getByText('“每个正样本的负样本数”必须是 1 到 50 之间的整数，而不是“99”。').waitFor();
  assert.equal(await lab.page.locator('.uplot canvas').count(), 3, 'the curves are drawn once each');

  // What is left over of the English views must not answer.
  await lab.button('重置').click();
  await lab.region('运行').getByText('已重置：模型回到随机的起点。请按“训练”。').waitFor();
  await lab.button('English').focus();
  await lab.page.mouse.wheel(0, 200);
  await lab.until(
    () => lab.page.evaluate(() => scrollY),
    (y) => y === 200,
  );
  await lab.page.keyboard.press('l');
  await lab.status('Reset: the model is back at its random start. Press Train.');
  assert.equal((await state()).focus, '中文');
  assert.equal(await lab.page.evaluate(() => scrollY), 200, 'the page stays where it was');
  assert.equal((await state()).title, 'NCF Lab: a neural recommender learns in front of you');
});

labTest('the switch while it trains does not stop it', {}, async (lab) => {
  await lab.type('Batch size', '1');
  await lab.type('Epochs', '1000');
  await lab.button('Train').click();
  await lab.reach(1);
  await lab.button('中文').click();
  await lab.button('暂停').waitFor();
  const epochs = () => lab.region('进度').getByRole('definition').first().innerText();
  await lab.until(epochs, (text) => Number.parseInt(text) >= 2);
  await lab.button('暂停').click();
  await lab.region('运行').getByText('已暂停。训练会从这里继续。').waitFor();
});

labTest(
  'without a word about it the browser’s language counts',
  { context: { locale: 'zh-TW' }, opened: false },
  async (lab) => {
    await ready(lab);
    await lab.button('English').click();
    await lab.ready();
    await lab.page.reload();
    await lab.ready();
    assert.equal(await lab.page.evaluate(() => document.documentElement.lang), 'en', 'the choice is kept');
  },
);

labTest('the address goes before the choice, and follows it', chinese, async (lab) => {
  await ready(lab);
  await lab.button('English').click();
  await lab.ready();
  assert.match(lab.page.url(), /\?lang=en\b/);
  await lab.page.goto(lab.page.url().replace('lang=en', 'lang=zh'));
  await ready(lab);
  await lab.page.goto(lab.page.url().replace('lang=zh', 'lang=xx'));
  await lab.ready();
  assert.match(lab.page.url(), /\?lang=xx\b/);
});

labTest(
  'without storage there is a language all the same',
  {
    prepare: (page) =>
      page.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('no storage here', 'SecurityError');
          },
        });
      }),
  },
  async (lab) => {
    await lab.button('中文').click();
    await ready(lab);
  },
);
