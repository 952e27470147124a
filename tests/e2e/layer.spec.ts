/** The layer card and the maps are one: each number that is set is seen in the size, in the code and in the pixels. */
import { expect, test } from './support/journey.ts';
import { expectMapsDrawn } from './support/mapPixels.ts';
import { png, rings } from './support/pictures.ts';

const photo = png('rings.png', 60, 40, rings);

test.beforeEach(async ({ explore }) => {
  await explore.open();
  await explore.upload(photo);
  await explore.expectMaps(9, 40, 60);
});

test('stride and padding are seen in numbers and in pixels', async ({ explore }) => {
  await test.step('stride 2 halves the maps', async () => {
    await explore.field('stride').fill('2');
    await expect(explore.outputSize()).toContainText('⌊(40 + 1 + 1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 20');
    await expect(explore.outputSize()).toContainText('⌊(60 + 1 + 1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 30');
    await explore.expectMaps(9, 20, 30);
    const experiment = await explore.experiment();
    expect(experiment.layer.stride).toBe(2);
    await expectMapsDrawn(explore, experiment);
  });

  await test.step('padding 3 widens the maps by 4', async () => {
    await explore.field('stride').fill('1');
    await explore.field('padding').fill('3');
    await expect(explore.outputSize()).toContainText('⌊(40 + 3 + 3 − 1·(3 − 1) − 1) / 1⌋ + 1 = 44');
    await explore.expectMaps(9, 44, 64);
    const experiment = await explore.experiment();
    expect(experiment.layer.padding).toBe(3);
    await expectMapsDrawn(explore, experiment);
  });
});

test('every attribute has its field, by its exact name; height and width part and get names of their own', async ({
  explore,
}) => {
  await explore.field('out_channels').fill('6');
  await explore.field('groups').fill('3');
  await explore.field('kernel_size').fill('5');
  await explore.field('dilation').fill('2');
  await explore.field('stride').fill('3');
  await explore.field('padding').fill('4');
  // (40 + 8 - 2·4 - 1) / 3 = 13, + 1; (60 + 8 - 8 - 1) / 3 = 19.67, + 1
  await explore.expectMaps(6, 14, 20);
  const { layer } = await explore.experiment();
  expect(layer).toMatchObject({ kernel_size: 5, dilation: 2, stride: 3, padding: 4, groups: 3, out_channels: 6 });

  await explore.writeCode('nn.Conv2d(3, 9, 3, padding=1)');
  await explore.expectMaps(9, 40, 60);
  await explore.button('Height and width together: stride').click();
  await explore.field('stride width').fill('4');
  await explore.expectMaps(9, 40, 15);
  await explore.button('All four sides together: padding').click();
  await explore.field('padding top').fill('0');
  await explore.field('padding bottom').fill('0');
  await explore.expectMaps(9, 38, 15);
  expect((await explore.experiment()).layer).toMatchObject({ stride: [1, 4], padding: [0, 1] });
});

test('a padding mode, an activation and no bias are seen in the pixels', async ({ explore, page }) => {
  await page.getByRole('combobox', { name: 'padding_mode' }).selectOption('reflect');
  await page.getByRole('combobox', { name: 'activation' }).selectOption('tanh');
  await page.getByRole('switch', { name: 'bias' }).uncheck();
  await expect(explore.code).toHaveValue(/padding_mode='reflect'/);
  await expect(explore.code).toHaveValue(/bias=False/);
  await expect(explore.code).toHaveValue(/nn\.Tanh\(\)/);
  await expect
    .poll(async () => (await explore.experiment()).layer)
    .toMatchObject({ padding_mode: 'reflect', activation: 'tanh' });
  await expectMapsDrawn(explore, await explore.experiment());
});

test('a slider dragged to its end reaches nothing invalid', async ({ explore, page }) => {
  await explore.field('kernel_size').fill('15');
  await page.getByRole('slider', { name: 'stride slider' }).press('End');
  await page.getByRole('slider', { name: 'dilation slider' }).press('End');
  await page.getByRole('slider', { name: 'padding slider' }).press('Home');
  await expect(explore.outputSize()).toContainText(/= [1-9]\d*/);
  const { y } = await explore.experiment();
  expect(Math.min(...y.shape)).toBeGreaterThan(0);
  await expect(explore.problem).toBeEmpty();
});

test('the code line reads a layer of each library', async ({ explore }) => {
  const calls = [
    { library: 'PyTorch', text: 'nn.Conv2d(3, 16, 5, stride=2, padding=2)', filters: 16 },
    {
      library: 'Keras',
      text: "Sequential([ZeroPadding2D(2), Conv2D(16, 5, strides=2, padding='valid')])",
      filters: 16,
    },
    { library: 'Flax', text: 'nn.Conv(features=16, kernel_size=(5, 5), strides=2, padding=2)', filters: 16 },
    {
      library: 'ONNX',
      text: 'Conv(kernel_shape=[5, 5], strides=[2, 2], pads=[2, 2, 2, 2], dilations=[1, 1], group=1)',
      filters: 9,
    },
  ] as const;
  for (const { library, text, filters } of calls) {
    await test.step(library, async () => {
      await explore.writeCode(text);
      await explore.expectMaps(filters, 20, 30);
      await expect(explore.field('kernel_size')).toHaveValue('5');
      await expect(explore.field('stride')).toHaveValue('2');
      await expect(explore.field('padding')).toHaveValue('2');
      await expect(explore.field('out_channels')).toHaveValue(String(filters));
      await explore.writeCode('nn.Conv2d(3, 9, 3, padding=1)');
      await explore.expectMaps(9, 40, 60);
    });
  }
});

test("the code line refuses in PyTorch's words, and the layer stays", async ({ explore, page }) => {
  const refusal = page.getByRole('alert').filter({ hasText: 'Not applied' });

  await test.step('groups that do not divide; it can be taken back', async () => {
    await explore.writeCode('nn.Conv2d(3, 9, 3, groups=2)');
    await expect(refusal).toContainText('in_channels must be divisible by groups');
    await refusal.getByRole('button', { name: 'Take back' }).click();
    await expect(explore.code).toHaveValue(/^nn\.Conv2d\(3, 9, kernel_size=3/);
    await explore.expectMaps(9, 40, 60);
  });

  await test.step("'same' with a stride, and TensorFlow's SAME in its place", async () => {
    await explore.writeCode("nn.Conv2d(3, 9, 3, stride=2, padding='same')");
    await expect(refusal).toContainText("padding='same' is not supported for strided convolutions");
    await explore.expectMaps(9, 40, 60);
    await refusal.getByRole('button', { name: 'Take TensorFlow’s SAME instead' }).click();
    await expect(refusal).toBeHidden();
    await explore.expectMaps(9, 20, 30);
  });
});

test('copied text reads back to the same layer, in each library', async ({ explore, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await explore.writeCode('nn.Conv2d(3, 12, (5, 3), stride=(2, 1), padding=(2, 0), dilation=1, groups=3)');
  await explore.expectMaps(12, 20, 58);
  const layer = await explore.code.inputValue();
  const onClipboard = () => page.evaluate(() => navigator.clipboard.readText());
  for (const library of ['PyTorch', 'Keras', 'Flax', 'ONNX']) {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await explore.button('Copy as code').click();
    await page.getByRole('menuitem', { name: `as ${library}` }).click();
    await expect.poll(onClipboard).not.toBe('');
    const text = await onClipboard();
    await explore.field('stride height').fill('1');
    await explore.expectMaps(12, 40, 58);
    await explore.writeCode(text);
    await explore.expectMaps(12, 20, 58);
    await expect(explore.code).toHaveValue(layer);
  }
});
