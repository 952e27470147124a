/** What the maps, the photo and the arithmetic show of one unit, and that they agree with each other. */

import { PNG } from 'pngjs';
import { expectedMaps } from './support/experiment.ts';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

const size = [30, 44] as const;

test.beforeEach(async ({ explore }) => {
  await explore.open();
  await explore.upload(png('rings.png', size[1], size[0], rings));
  await explore.expectMaps(9, ...size);
});

/** The number as the product prints it, with a real minus. */
const numberOf = (text: string) => Number(text.replace(/−/g, '-'));

test('a unit is pointed at and pinned: its values, its field, its cross-hair', async ({ explore, page }) => {
  await test.step('hover shows the value of every map and the field on the photo; a click pins', async () => {
    const { output } = expectedMaps(await explore.experiment());
    const at = await explore.pointOfUnit(1, 12, 20, size);
    await page.mouse.move(at.x, at.y);
    for (const map of [0, 1, 2]) {
      const value = output.values[(map * size[0] + 12) * size[1] + 20] ?? Number.NaN;
      await expect
        .poll(async () =>
          Math.abs(numberOf((await page.locator('.map-value').nth(map).textContent()) || 'NaN') - value),
        )
        .toBeLessThan(0.006);
    }
    await expect(explore.photo).toContainText('Receptive field: rows 11 to 13, columns 19 to 21 of the photo.');
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(5, 5);
    await expect(page.getByText('map 1 · row 12 · column 20')).toBeVisible();
    // The filter of that map is the one that is shown and edited.
    await expect(page.locator('.filter-name')).toHaveText('1 · Sobel y');
    await expect(explore.photo).toContainText('Receptive field: rows 11 to 13, columns 19 to 21 of the photo.');
  });

  await test.step('the cross-hair and the field are drawn', async () => {
    const overlay = async () => PNG.sync.read(await page.screenshot({ clip: await explore.tile(0) })).data;
    const photo = async () => PNG.sync.read(await explore.photo.screenshot()).data;
    const far = await explore.pointOfUnit(0, 3, 4, size);
    await page.mouse.click(far.x, far.y);
    await page.mouse.move(5, 5);
    await expect(page.getByText('map 0 · row 3 · column 4')).toBeVisible();
    const before = { overlay: await overlay(), photo: await photo() };
    const at = await explore.pointOfUnit(0, 20, 30, size);
    await page.mouse.move(at.x, at.y);
    const share = (a: Uint8Array, b: Uint8Array) =>
      a.reduce((sum, byte, i) => sum + (byte !== b[i] ? 1 : 0), 0) / a.length;
    await expect.poll(async () => share(before.overlay, await overlay())).toBeGreaterThan(0.001);
    await expect.poll(async () => share(before.photo, await photo())).toBeGreaterThan(0.0005);
  });
});

test('the arithmetic adds up to the number that the map shows', async ({ explore, page }) => {
  await page.getByRole('combobox', { name: 'activation' }).selectOption('tanh');
  await explore.field('kernel_size').fill('5');
  await explore.expectMaps(9, size[0] - 2, size[1] - 2);
  const inside = [size[0] - 2, size[1] - 2] as const;
  const at = await explore.pointOfUnit(1, 9, 15, inside);
  await page.mouse.click(at.x, at.y);
  await page.mouse.move(5, 5);
  await expect(page.getByText('map 1 · row 9 · column 15')).toBeVisible();
  const { output } = expectedMaps(await explore.experiment());
  const value = output.values[(inside[0] + 9) * inside[1] + 15] ?? Number.NaN;

  const sums = await page.locator('.dot-sums dd').allInnerTexts();
  const names = await page.locator('.dot-sums dt').allInnerTexts();
  const printed = Object.fromEntries(names.map((name, i) => [name, numberOf(sums[i] ?? '')]));
  expect(Object.keys(printed)).toEqual(['Σ R', 'Σ G', 'Σ B', 'bias', 'sum', 'response']);
  const { sum = 0, response = 0, bias = 0 } = printed;
  expect((printed['Σ R'] ?? 0) + (printed['Σ G'] ?? 0) + (printed['Σ B'] ?? 0) + bias).toBeCloseTo(sum, 6);
  expect(Math.abs(response - value)).toBeLessThan(0.006);
  // The exact value stands under the pointer, and it is the map's own number.
  await page.getByTestId('dot-response').hover();
  const exact = (await page.locator('.dot-note').textContent()) ?? '';
  const shown = Number(/the map shows (\S+)/.exec(exact)?.[1]);
  expect(Math.abs(shown - value)).toBeLessThan(1e-5);
});

test('the window plays, pauses, is scrubbed and put away', async ({ explore, page }) => {
  await page.getByRole('button', { name: 'Slide the window' }).click();
  const position = page.getByRole('slider', { name: 'Position of the window' });
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Pause' }).click();
  const still = await position.inputValue();
  await position.fill('500');
  expect(Number(still)).toBeLessThan(500);
  // 500 = 11 · 44 + 16
  await expect(explore.photo).toContainText('Receptive field: rows 10 to 12, columns 15 to 17 of the photo.');
  await position.press('ArrowRight');
  await expect(explore.photo).toContainText('Receptive field: rows 10 to 12, columns 16 to 18 of the photo.');
  await page.getByRole('slider', { name: 'Speed' }).fill('20');
  await page.getByRole('button', { name: 'Show the whole map' }).click();
  await expect(position).toBeHidden();
});

test('a map opened full size shows how it is summed; the maps are sorted, recoloured and zoomed', async ({
  explore,
  page,
}) => {
  await test.step('the opened map; Escape closes it', async () => {
    const { output } = expectedMaps(await explore.experiment());
    await explore.captions().nth(1).click();
    const opened = page.getByRole('dialog', { name: /^Map 1/ });
    await expect(opened).toBeVisible();
    for (const letter of ['R', 'G', 'B'])
      await expect(opened.getByText(`input ${letter}`, { exact: true })).toBeVisible();
    await expect(opened.getByText('sum + bias')).toBeVisible();
    await expect(opened.getByText('The map is the sum of one partial map for each input channel')).toBeVisible();
    const map = output.values.subarray(size[0] * size[1], 2 * size[0] * size[1]);
    const most = Number(Math.max(...map).toPrecision(4));
    await expect(opened).toContainText(String(most).slice(0, 4));
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  });

  await test.step('order, colours and zoom', async () => {
    const { output } = expectedMaps(await explore.experiment());
    const energy = Array.from({ length: 9 }, (_, map) => {
      const values = output.values.subarray(map * size[0] * size[1], (map + 1) * size[0] * size[1]);
      return values.reduce((sum, v) => sum + v * v, 0);
    });
    const order = energy.map((_, map) => map).sort((a, b) => (energy[b] ?? 0) - (energy[a] ?? 0));
    await page.getByRole('combobox', { name: 'Order of the maps' }).selectOption('energy');
    await expect(explore.captions().first()).toHaveAccessibleName(new RegExp(`^Open map ${order[0]} `));
    await page.getByRole('radio', { name: 'grey', exact: true }).last().check();
    await page.getByRole('radio', { name: 'per map' }).check();
    await expect(page.getByRole('img', { name: /^Colours from/ })).toBeVisible();
    await explore.maps.focus();
    await page.keyboard.press('+');
    await expect(
      page
        .getByRole('button', { name: /Show the whole/ })
        .or(page.getByText(/^× [1-9]/))
        .first(),
    ).toBeVisible();
    await page.keyboard.press('0');
    await expect(page.getByText(/^× [1-9]/)).toBeHidden();
  });
});

test('the price, the check against float64, and which outputs read a pixel of the photo', async ({ explore, page }) => {
  await test.step('the price is exact: parameters, operations, memory', async () => {
    const cost = page.getByRole('region', { name: 'Cost' });
    // 9 (3·3² + 1) = 252; 3·30·44·9·9 = 320 760; 9·30·44·4 bytes = 47 520
    await expect(cost).toContainText('252');
    await expect(cost).toContainText(/321\s?k/);
    await expect(cost).toContainText(/47\.5\s?kB/);
    await expect(cost).toContainText(/\d ms/);
  });

  await test.step('the check passes and says where the largest error is', async () => {
    await page.getByRole('button', { name: 'Check against float64' }).click();
    await expect(page.getByText(/^exact: error ≤/)).toBeVisible();
    await expect(page.locator('.trust')).toContainText(/11\s?880 values compared with float64/);
  });

  await test.step('a pixel of the photo says which outputs read it', async () => {
    await explore.field('kernel_size').fill('5');
    const box = await explore.photo.boundingBox();
    if (!box) throw new Error('no photo');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    // Away from the border every pixel is read by 5 x 5 outputs.
    await expect(explore.photo).toContainText(/Pixel row \d+, column \d+: read by 25 outputs of every map\./);
  });
});
