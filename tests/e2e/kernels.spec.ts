/** The kernels are numbers that can be changed, one by one or all at once, and every change is in the maps. */
import { expect, test } from './support/journey.ts';
import { expectMapsDrawn } from './support/mapPixels.ts';
import { png, rings } from './support/pictures.ts';

test.beforeEach(async ({ explore }) => {
  await explore.open();
  await explore.upload(png('rings.png', 40, 28, rings));
  await explore.expectMaps(9, 28, 40);
});

test('a cell is edited by typing, by keys, in one slice or in all', async ({ explore, page }) => {
  const weights = async () => (await explore.experiment()).weight.values;

  await test.step('what is typed is in the weights and in the pixels', async () => {
    const cell = page.getByRole('gridcell', { name: /slice R, row 1, column 1/ });
    await cell.press('Enter');
    await page.keyboard.type('0.75');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await weights())[4]).toBe(0.75);
    await expectMapsDrawn(explore, await explore.experiment());
  });

  await test.step('a key steps one cell; all slices take what is typed', async () => {
    const before = await weights();
    const cell = page.getByRole('gridcell', { name: /slice G, row 0, column 0/ });
    await cell.focus();
    await page.keyboard.press('+');
    await expect.poll(async () => (await weights())[9]).toBeGreaterThan(before[9] ?? Number.NaN);
    expect((await weights())[0]).toBe(before[0]);
    await page.getByRole('radio', { name: 'all slices' }).check();
    await cell.press('Enter');
    await page.keyboard.type('0.125');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => Array.from(await weights()).filter((_, i) => [0, 9, 18].includes(i)))
      .toEqual([0.125, 0.125, 0.125]);
  });
});

test('a preset is there at any kernel size; a random bank keeps its seed', async ({ explore, page }) => {
  await test.step('box at 7 x 7', async () => {
    await explore.field('kernel_size').fill('7');
    await explore.button('Presets').click();
    await page.getByRole('menuitemradio', { name: 'box', exact: true }).click();
    await expect
      .poll(async () => {
        const { weight } = await explore.experiment();
        const first = Array.from(weight.values.subarray(0, 49));
        return weight.shape[2] === 7 && first.every((w) => w === first[0] && w > 0);
      })
      .toBe(true);
  });

  await test.step('He with seed 42', async () => {
    await page.getByRole('radio', { name: 'all 9' }).check();
    await explore.button('Presets').click();
    await page.getByRole('menuitemradio', { name: 'He', exact: true }).click();
    await explore.field('seed').fill('42');
    await expect(page.getByRole('button', { name: /^Open map 8 · He/ })).toBeVisible();
    const first = (await explore.experiment()).weight.values;
    await explore.button('Roll again').click();
    await expect.poll(async () => (await explore.experiment()).weight.values[0]).not.toBe(first[0]);
    await explore.field('seed').fill('42');
    await expect.poll(async () => (await explore.experiment()).weight.values).toEqual(first);
  });
});

test('the learned filters come as they were learned', async ({ explore, page }) => {
  for (const { bank, size, filters } of [
    { bank: /^BlazeFace/, size: 5, filters: 24 },
    { bank: /^PoseNet/, size: 3, filters: 24 },
    { bank: /^face network/, size: 7, filters: 32 },
    { bank: /^ESRGAN/, size: 3, filters: 64 },
  ] as const) {
    await test.step(bank.source.slice(1), async () => {
      await explore.button('Presets').click();
      await page.getByRole('menuitemradio', { name: bank }).click();
      await expect(explore.captions()).toHaveCount(filters);
      await expect(explore.field('kernel_size')).toHaveValue(String(size));
      const { weight } = await explore.experiment();
      expect(weight.shape).toEqual([filters, 3, size, size]);
      expect(new Set(weight.values).size).toBeGreaterThan(100);
      await expect(page.getByText('resampled', { exact: true })).toBeHidden();
      // At another size the same filters are resampled, and it is said.
      await explore.field('kernel_size').fill(String(size + 2));
      await expect(page.getByText('resampled', { exact: true })).toBeVisible();
    });
  }
});

test('flip, transpose and normalise change the numbers as they say; a pointed weight says how many pixels it multiplies', async ({
  explore,
  page,
}) => {
  await page.getByRole('gridcell', { name: /slice R, row 0, column 0/ }).hover();
  await expect(explore.photo).toContainText(/This weight multiplies 1\s?120 positions of the photo\./);

  const first = async () => Array.from((await explore.experiment()).weight.values.subarray(0, 9));
  const sobel = await first();
  await page.getByRole('switch', { name: 'transpose' }).check();
  await expect.poll(first).toEqual([0, 3, 6, 1, 4, 7, 2, 5, 8].map((i) => sobel[i]));
  await page.getByRole('switch', { name: 'transpose' }).uncheck();
  await page.getByRole('switch', { name: 'flip' }).check();
  await expect.poll(first).toEqual([...sobel].reverse());
  await page.getByRole('radio', { name: 'L1' }).check();
  await expect
    .poll(async () => {
      const all = (await explore.experiment()).weight.values.subarray(0, 27);
      return Math.abs(all.reduce((sum, w) => sum + Math.abs(w), 0) - 1);
    })
    .toBeLessThan(1e-5);
});
