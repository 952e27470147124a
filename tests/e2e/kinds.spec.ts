/** Every kind of convolution in Explore: its maps' size, its price by its formula, its arithmetic, its code. */
import { unzipSync } from 'fflate';
import { readNpyFile } from './support/experiment.ts';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

const photo = png('rings.png', 40, 28, rings);

interface KindCase {
  readonly kind: string;
  readonly maps: readonly [number, number, number];
  readonly parameters: string;
  readonly code: RegExp;
}

/** Over the Gabor bank of 16 maps that Grouped begins on; parameters by hand. */
const cases: readonly KindCase[] = [
  // 16·(16/4)·9 + 16
  { kind: 'grouped', maps: [16, 28, 40], parameters: '592', code: /groups=4/ },
  // 16·1·9 + 16
  { kind: 'depthwise', maps: [16, 28, 40], parameters: '160', code: /groups=16/ },
  // 16·9 + 16·16 + 16
  { kind: 'separable', maps: [16, 28, 40], parameters: '416', code: /groups=16[\s\S]*kernel_size=1/ },
  // 16·16 + 16
  { kind: 'pointwise', maps: [16, 28, 40], parameters: '272', code: /kernel_size=1/ },
  // 16·16·3 + 16·16·3 + 16
  { kind: 'spatially_separable', maps: [16, 28, 40], parameters: '1552', code: /\(3, 1\)[\s\S]*\(1, 3\)/ },
  // 16·16·9 + 16
  { kind: 'dilated', maps: [16, 28, 40], parameters: '2320', code: /dilation=2/ },
  // 16·16·16 + 16; (28 - 1)·2 - 2 + 4
  { kind: 'transposed', maps: [16, 56, 80], parameters: '4112', code: /ConvTranspose2d/ },
  // 2320 + 18·16·9 + 18
  { kind: 'deformable', maps: [16, 28, 40], parameters: '4930', code: /DeformConv2d/ },
  // 16·4·9 + 16·4 + 16
  { kind: 'shuffled', maps: [16, 28, 40], parameters: '656', code: /ChannelShuffle\(4\)/ },
  // 16·16·9 + 16
  { kind: 'standard', maps: [16, 28, 40], parameters: '2320', code: /Conv2d\(16, 16/ },
];

test('each kind has its maps, its price, its code, and an arithmetic that adds up to the number in the map', async ({
  explore,
  page,
}) => {
  const kind = page.getByRole('combobox', { name: 'Kind of layer' });
  const cost = page.getByRole('region', { name: 'Cost' });
  await explore.open();
  await explore.upload(photo);
  await explore.expectMaps(9, 28, 40);

  for (const each of cases)
    await test.step(each.kind, async () => {
      await kind.focus();
      await kind.selectOption(each.kind);
      // Explore's own card has given way to that of the kinds.
      await expect(kind).toBeFocused();
      await explore.expectMaps(...each.maps);
      await expect(cost).toContainText(`parameters${each.parameters}`);
      await expect(explore.code).toHaveValue(each.code);
      const sum = page.locator('.kind-sum');
      await expect(sum).toContainText(/the map shows [+−-]?\d/);
      const [computed, shown] = await sum.evaluate((element) => [
        element.querySelector('b[title]')?.textContent ?? '',
        /shows (\S+)/.exec(element.textContent ?? '')?.[1] ?? '',
      ]);
      expect(Number(computed?.replace('−', '-'))).toBeCloseTo(Number(shown?.replace('−', '-')), 2);
    });

  await test.step('groups go from 1 over the common divisors to depthwise, and the price with them', async () => {
    await kind.selectOption('grouped');
    const groups = explore.field('groups');
    for (const [count, parameters] of [
      [16, '160'],
      [8, '304'],
      [1, '2320'],
    ] as const) {
      await groups.fill(String(count));
      await expect(cost).toContainText(`parameters${parameters}`);
    }
    await groups.fill('5');
    await groups.press('Enter');
    // 5 divides nothing: the nearest that does.
    await expect(groups).toHaveValue('4');
  });

  await test.step('a reload, a link and an undo bring the kind back', async () => {
    const bias = page.getByRole('switch', { name: 'bias', exact: true });
    await bias.click();
    const link = await explore.shareLink();
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(explore.field('groups')).toHaveValue('4');
    await expect(bias).not.toBeChecked();
    await explore.button('Undo').click();
    await expect(bias).toBeChecked();
    await page.goto('about:blank');
    await page.goto(link);
    await expect(explore.field('groups')).toHaveValue('4');
    await expect(bias).not.toBeChecked();
  });
});

test('code of another kind makes the layer that kind; what it is goes home as arrays', { tag: '@page' }, async ({
  explore,
  page,
}) => {
  const kind = page.getByRole('combobox', { name: 'Kind of layer' });
  await explore.open();
  await explore.upload(photo);
  await explore.expectMaps(9, 28, 40);

  await test.step('over the photo', async () => {
    await explore.writeCode('nn.ConvTranspose2d(3, 4, kernel_size=3, stride=2, padding=1, output_padding=1)');
    await explore.expectMaps(4, 56, 80);
    await expect(kind).toHaveValue('transposed');
  });

  await test.step('the arrays of the experiment', async () => {
    const files = unzipSync((await explore.save(/\.npz/)).bytes);
    expect(Object.keys(files).sort()).toEqual([
      'conv.bias.npy',
      'conv.weight.npy',
      'layer.json',
      'read.npy',
      'x.npy',
      'y.npy',
    ]);
    expect(readNpyFile(files['conv.weight.npy']!).shape).toEqual([3, 4, 3, 3]);
    expect(readNpyFile(files['y.npy']!).shape).toEqual([1, 4, 56, 80]);
    const script = (await explore.save(/PyTorch/)).bytes.toString();
    expect(script).toContain('F.conv_transpose2d(read, a["conv.weight"]');
  });

  await test.step('over a bank that has its channels, and back to a convolution over the photo', async () => {
    await explore.writeCode('keras.layers.SeparableConv2D(16, 3, padding="same", activation="relu")');
    await expect(kind).toHaveValue('separable');
    await explore.expectMaps(16, 28, 40);
    await explore.writeCode('nn.Conv2d(64, 8, 3, groups=8)');
    await expect(kind).toHaveValue('grouped');
    await explore.expectMaps(8, 26, 38);
    await expect(page.getByRole('combobox', { name: 'reads' })).toHaveValue('gabor');
    await page.getByRole('combobox', { name: 'reads' }).selectOption('photo');
    await explore.expectMaps(8, 26, 38);
    await explore.writeCode('nn.Conv2d(3, 5, 3)');
    await explore.expectMaps(5, 26, 38);
    // Explore's own convolution, with its kernels.
    await expect(page.getByRole('heading', { name: 'Kernels' })).toBeVisible();
  });

  await test.step('layers with a weight for every place read a small version', async () => {
    await kind.selectOption('locally_connected');
    await explore.expectMaps(16, 28, 40);
    // 28·40 places with 16·3·9 weights, and a bias for each value
    await expect(page.getByRole('region', { name: 'Cost' })).toContainText(/parameters501.760/);
    await kind.selectOption('linear');
    await explore.expectMaps(16, 1, 1);
    await expect(page.locator('.kind-sum')).toContainText(/the map shows [+−-]?\d/);
  });

  await test.step('a map opens full size, with its numbers', async () => {
    await kind.selectOption('dilated');
    await explore.expectMaps(16, 28, 40);
    await explore.captions().first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('mean', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
  });
});

test('the figure of a kind answers, and the layer follows it', { tag: '@page' }, async ({ explore, page }) => {
  const kind = page.getByRole('combobox', { name: 'Kind of layer' });
  const figure = page.locator('.kind-figure');
  await explore.open();
  await explore.upload(photo);
  await explore.expectMaps(9, 28, 40);

  await test.step('a tap of a deformable kernel is moved, and the maps with it', async () => {
    await kind.selectOption('deformable');
    const handle = figure.getByRole('button', { name: /^Tap \(1, 1\)/ });
    const sum = page.locator('.kind-sum');
    await expect(sum).toContainText(/the map shows [+−-]?\d/);
    const before = await sum.textContent();
    await handle.press('Shift+ArrowRight');
    await expect(figure.getByRole('button', { name: /^Tap \(1, 1\).*offset \(0.*, 1.*\)$/ })).toBeVisible();
    await expect(sum).not.toHaveText(before ?? '');
    await explore.button('Undo').click();
    await expect(sum).toHaveText(before ?? '');
  });

  await test.step('3 x 3 at stride 2 writes a checkerboard, and is mended in one click', async () => {
    await kind.selectOption('transposed');
    await explore.field('kernel_size').fill('3');
    await expect(figure).toContainText('A checkerboard');
    await figure.getByRole('button', { name: /^Fix: kernel_size=4/ }).click();
    await expect(explore.field('kernel_size')).toHaveValue('4');
    await expect(figure).toContainText('4 everywhere');
  });

  await test.step('a Laplacian is no column times a row, Sobel is', async () => {
    await kind.selectOption('spatially_separable');
    await expect(figure).toContainText('misses 10.1');
    await figure.getByRole('combobox', { name: 'Kernel to be taken apart' }).selectOption('sobel_x');
    await expect(figure).toContainText('Exactly separable');
    await figure.getByRole('button', { name: /^Give it to the layer/ }).click();
    await expect(page.getByRole('combobox', { name: 'weights' })).toHaveValue('sobel_x');
  });

  await test.step('equal dilations leave a grid, 1, 2, 5 do not', async () => {
    await kind.selectOption('dilated');
    await figure.getByRole('radio', { name: '3', exact: true }).check();
    await expect(figure).toContainText('Gridding');
    await expect(figure).toContainText('49 of 169 pixels');
    await figure.getByRole('button', { name: 'Hybrid: 1, 2, 5' }).click();
    await expect(figure).toContainText('read every pixel of their 17 × 17 field');
    await expect(explore.field('dilation')).toHaveValue('1');
  });

  await test.step('without its shuffle nothing crosses the groups', async () => {
    await kind.selectOption('shuffled');
    await expect(figure).toContainText('Output 0 reads 16 of 16 input channels');
    await figure.getByRole('switch', { name: 'without the shuffle' }).click();
    await expect(figure).toContainText('reads 4 of 16 input channels');
  });
});
