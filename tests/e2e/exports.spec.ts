/** What can be taken home, and brought back: each file of the Export menu, read by the letter of its format. */
import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { expectedMaps, largestRelativeError, readExperimentFile } from './support/experiment.ts';
import { Explore, type SavedFile } from './support/explore.ts';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

const photo = png('rings.png', 36, 28, rings);
const asUpload = ({ name, bytes }: SavedFile) => ({ name, mimeType: 'application/octet-stream', buffer: bytes });

test.beforeEach(async ({ explore }) => {
  await explore.open();
  await explore.upload(photo);
  await explore.writeCode('nn.Conv2d(3, 6, (5, 3), stride=(2, 1), padding=(2, 1), dilation=(1, 2), groups=3)');
  // (28 + 4 - 4 - 1) / 2 = 13.5, + 1; 36 + 2 - 2·2
  await explore.expectMaps(6, 14, 34);
});

test('the .npz holds the experiment, and y is what the definition gives', async ({ explore, engine, page }) => {
  await test.step('each array and each attribute', async () => {
    const experiment = await explore.experiment();
    expect(experiment.files).toEqual(['bias.npy', 'layer.json', 'weight.npy', 'x.npy', 'y.npy']);
    const { x, weight, bias, y, layer } = experiment;
    for (const array of [x, weight, bias, y]) expect(array).toMatchObject({ dtype: '<f4', isFortran: false });
    expect(x.shape).toEqual([1, 3, 28, 36]);
    expect(weight.shape).toEqual([6, 1, 5, 3]);
    expect(bias.shape).toEqual([6]);
    expect(y.shape).toEqual([1, 6, 14, 34]);
    expect(layer).toEqual({
      in_channels: 3,
      out_channels: 6,
      kernel_size: [5, 3],
      stride: [2, 1],
      padding: [2, 1],
      dilation: [1, 2],
      groups: 3,
      padding_mode: 'zeros',
      activation: 'none',
      engine,
      programs: [expect.stringMatching(engine === 'webgpu' ? /^(window|taps) / : /^conv2d /)],
    });
    // x is the photo itself: bytes / 255.
    const [r, g, b] = rings(7, 11);
    const at = (channel: number) => x.values[(channel * 28 + 11) * 36 + 7];
    expect([at(0), at(1), at(2)]).toEqual([r, g, b].map((byte) => Math.fround(byte / 255)));
    expect(largestRelativeError(experiment)).toBeLessThanOrEqual(1e-5);
  });

  await test.step("'same' is written as numbers, and the activation is in y", async () => {
    await explore.writeCode("nn.Conv2d(3, 4, 4, padding='same')");
    await explore.expectMaps(4, 28, 36);
    await page.getByRole('combobox', { name: 'activation' }).selectOption('relu');
    await explore.expectMaps(4, 28, 36);
    const experiment = await explore.experiment();
    // 4 - 1 = 3 rows of padding: one above, two below, as PyTorch has it.
    expect(experiment.layer).toMatchObject({ padding: [1, 1, 2, 2], activation: 'relu' });
    expect(Math.min(...experiment.y.values)).toBe(0);
    expect(largestRelativeError(experiment)).toBeLessThanOrEqual(1e-5);
  });

  await test.step('right after a change of working size it is about the new size', async () => {
    await explore.field('longest side').fill('18');
    // The input's shape on the screen is still the former one, or on its way.
    expect((await explore.experiment()).x.shape).toEqual([1, 3, 14, 18]);
  });
});

test('the files of the menu are what they say', async ({ explore, page }) => {
  await test.step('the menu closes with the download, and can be left by Escape', async () => {
    await explore.button('Export').click();
    await expect(page.getByRole('menuitem')).toHaveCount(6);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    await expect(explore.button('Export')).toBeFocused();
  });

  const npz = await explore.save(/\.npz/);
  expect(npz.name).toBe('rings.npz');

  await test.step('the CSV has a row of statistics for each map', async () => {
    const { name, bytes } = await explore.save(/CSV/);
    expect(name).toBe('rings-statistics.csv');
    const [head, ...rows] = bytes.toString('utf8').trimEnd().split('\r\n');
    const columns = head?.split(',') ?? [];
    expect(columns).toEqual(expect.arrayContaining(['channel', 'name', 'min', 'max', 'mean', 'energy', 'sparsity']));
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(/^0,[A-Za-z][^,]*,/);
    const { output } = expectedMaps(readExperimentFile(npz.bytes));
    const second = output.values.slice(14 * 34, 2 * 14 * 34);
    const values = rows[1]?.split(',').map(Number) ?? [];
    const column = (title: string) => values[columns.indexOf(title)] ?? Number.NaN;
    expect(column('min')).toBeCloseTo(Math.min(...second), 4);
    expect(column('max')).toBeCloseTo(Math.max(...second), 4);
    expect(column('mean')).toBeCloseTo(second.reduce((a, b) => a + b) / second.length, 4);
  });

  await test.step('the PNG shows the maps with their legend', async () => {
    const { name, bytes } = await explore.save(/PNG/);
    expect(name).toBe('rings-maps.png');
    const picture = PNG.sync.read(bytes);
    expect(picture.width).toBeGreaterThan(100);
    expect(picture.height).toBeGreaterThan(100);
    const colours = new Set<number>();
    for (let at = 0; at < picture.data.length; at += 4) colours.add(picture.data.readUInt32BE(at));
    // A colour bar alone has some two hundred colours.
    expect(colours.size).toBeGreaterThan(100);
  });

  await test.step('the PyTorch script loads the experiment and asserts the same y', async () => {
    const { name, bytes } = await explore.save(/PyTorch/);
    expect(name).toBe('rings-pytorch.py');
    const script = bytes.toString('utf8');
    expect(script).toContain('import torch');
    expect(script).toMatch(new RegExp(`np\\.load\\(.*"${npz.name}"`));
    expect(script).toContain('F.conv2d(');
    expect(script).toContain('stride=(2, 1)');
    expect(script).toContain('dilation=(1, 2)');
    expect(script).toContain('groups=3');
    expect(script).toMatch(/^assert /m);
  });

  await test.step('the .convscope file is a ZIP of the state and the photo', async () => {
    const files = unzipSync((await explore.save(/\.convscope/)).bytes);
    const photos = Object.entries(files).filter(([name]) => name.startsWith('blobs/'));
    expect(photos).toHaveLength(1);
    expect(Buffer.from(photos[0]?.[1] ?? []).equals(photo.buffer)).toBe(true);
  });
});

test('a .convscope, .npz or .json file that is dropped in brings the work back', { tag: '@page' }, async ({
  explore,
  browser,
  baseURL,
  watch,
}) => {
  const before = await explore.experiment();
  const unit = await explore.pointOfUnit(1, 9, 20, [14, 34]);
  await explore.page.mouse.click(unit.x, unit.y);
  await expect(explore.page.getByText('map 1 · row 9 · column 20')).toBeVisible();
  const saved = [];
  for (const { item, ending, keepsPhoto, keepsView } of [
    { item: /\.convscope/, ending: '.convscope', keepsPhoto: true, keepsView: true },
    { item: /\.npz/, ending: '.npz', keepsPhoto: true, keepsView: false },
    { item: /State as JSON/, ending: '.json', keepsPhoto: false, keepsView: true },
  ]) {
    const file = await explore.save(item);
    expect(file.name).toBe(`rings${ending}`);
    saved.push({ file, ending, keepsPhoto, keepsView });
  }
  await explore.page.close();
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
  });
  watch(context);
  const other = new Explore(await context.newPage(), explore.engine);
  await other.open();
  for (const { file, ending, keepsPhoto, keepsView } of saved) {
    await test.step(ending, async () => {
      await other.drop(asUpload(file));
      await expect(other.field('stride height')).toHaveValue('2');
      await expect(other.field('groups')).toHaveValue('3');
      await expect(other.field('out_channels')).toHaveValue('6');
      if (keepsPhoto) {
        await other.expectMaps(6, 14, 34);
        const after = await other.experiment();
        expect(after.layer).toEqual(before.layer);
        expect(after.x.values).toEqual(before.x.values);
        expect(after.weight.values).toEqual(before.weight.values);
      }
      if (keepsView) await expect(other.page.getByText('map 1 · row 9 · column 20')).toBeVisible();
      // What was there before is one undo away.
      await other.button('Undo').click();
      await expect(other.page.getByRole('radio', { name: 'Cat' })).toBeChecked();
      await expect(other.field('out_channels')).toHaveValue('9');
    });
  }
  await context.close();
});
