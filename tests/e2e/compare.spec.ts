/** Compare: kinds of convolution side by side on one photo, each with its code, wiring, reach, maps and price. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

const openCompare = (page: Page) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Compare' }).click();

test('two to four kinds stand side by side, each with its exact price; one unit is pinned in all', async ({
  explore,
  page,
}) => {
  await explore.open();
  await explore.upload(png('rings.png', 40, 28, rings));
  await explore.expectMaps(9, 28, 40);
  await openCompare(page);

  await test.step('the first comparison', async () => {
    await expect(page.getByRole('columnheader')).toHaveCount(4);
    const maps = (number: number) => page.getByRole('img', { name: `Response maps of column ${number}: 16 × 28 × 40` });
    await expect(maps(1)).toBeVisible();
    await expect(maps(4)).toBeVisible();
    // 16·16·9 + 16; 16·9 + 16·16 + 16; 16·4·9 + 16
    const parameters = page.locator('.compare-costs > :first-child');
    await expect(parameters).toContainText([/2320\s*1\.00×/, /416\s*0\.18×/, /592\s*0\.26×/, /2320\s*1\.00×/]);
    await expect(page.locator('.compare-costs > :last-child')).toContainText([
      /\d.* ms/,
      /\d.* ms/,
      /\d.* ms/,
      /\d.* ms/,
    ]);
    await expect(page.getByText('Output 5 reads 4 of 16 input channels')).toBeVisible();
    await expect(page.getByText('Bank: 5 × 5, 9 of 25 read')).toBeVisible();
    // A matrix of strengths for each of the two convolutions of the separable column.
    await expect(page.getByRole('img', { name: 'Column 2: strength of the connections from 16 to 16' })).toHaveCount(2);
    // What is counted is explained where it is pointed at, with what other counters do for groups.
    await page.locator('.cost-explained').nth(2).hover();
    await expect(page.getByRole('tooltip')).toContainText('reads the C/g channels of its group');
  });

  await test.step('a number of a column changes its code and its price', async () => {
    await explore.field('groups of column 3').fill('8');
    await expect(page.getByText('Output 5 reads 2 of 16 input channels')).toBeVisible();
    await expect(page.locator('.compare-code td').nth(2)).toContainText('groups=8');
    // 16·2·9 + 16
    await expect(page.locator('.compare-costs > :first-child').nth(2)).toContainText('304');
  });

  await test.step('columns are removed, added and moved, and undone', async () => {
    await explore.button('Remove column 2').click();
    await expect(page.getByRole('columnheader')).toHaveCount(3);
    await page.getByRole('button', { name: /^Transposed/ }).click();
    await expect(page.getByRole('img', { name: 'Response maps of column 4: 16 × 56 × 80' })).toBeVisible();
    await explore.button('Move column 4 to the left').click();
    await expect(page.getByRole('img', { name: 'Response maps of column 3: 16 × 56 × 80' })).toBeVisible();
    for (let step = 0; step < 3; step++) await explore.button('Undo').click();
    await expect(page.getByRole('img', { name: 'Response maps of column 2: 16 × 28 × 40' })).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Kind of column 2' })).toHaveValue('separable');
  });

  await test.step('a map that is chosen is pinned in every column', async () => {
    await page.getByRole('button', { name: 'map 10' }).first().click();
    await expect(page.getByRole('button', { name: 'map 10', pressed: true })).toHaveCount(4);
    // Arrow keys move the unit in all of them: 0.395 · 28 = 11, 0.36 · 40 = 14
    await expect(page.getByLabel('map 10, row 11, column 14')).toHaveCount(4);
    const stage = page.getByRole('application', { name: /^Maps of column 1/ });
    await stage.press('ArrowRight');
    await stage.press('Shift+ArrowUp');
    await expect(page.getByLabel('map 10, row 1, column 15')).toHaveCount(4);
    await expect(page.getByLabel('map 10, row 1, column 15').first()).toHaveText(/\d/);
  });

  await test.step('all columns are looked at together: cross-hair, zoom, range, all maps', async () => {
    const stage = page.getByRole('application', { name: /^Maps of column 2/ });
    await stage.hover({ position: { x: 20, y: 20 } });
    // The same place of the same map in every column, with its value there.
    await expect(page.locator('.column-under')).toHaveText([/^\d+ \(\d+, \d+\) \S/, /./, /./, /./]);
    const places = await page.locator('.column-under').allTextContents();
    expect(new Set(places.map((text) => text.split(')')[0])).size).toBe(1);
    await stage.press('+');
    const badge = page.getByRole('button', { name: /× 1\.5/ });
    await expect(badge).toBeVisible();
    await stage.press('0');
    await expect(badge).toHaveCount(0);
    const ends = page.locator('.column-maps > p:last-child > span:first-child');
    const ranges = () => ends.allTextContents().then((texts) => new Set(texts).size);
    expect(await ranges()).toBeGreaterThan(1);
    await page.getByRole('combobox', { name: 'Range of the colours' }).selectOption('one for all');
    await expect.poll(ranges).toBe(1);
    await page.getByRole('switch', { name: 'all maps' }).click();
    await expect(page.getByRole('button', { name: 'map 10' })).toHaveCount(0);
    await stage.press('PageDown');
    await expect(explore.field('map')).toHaveValue('11');
    await page.getByRole('switch', { name: 'all maps' }).click();
  });

  await test.step('the marker of a growth chart moves the layers', async () => {
    const kernel = page.getByRole('slider', { name: 'kernel_size K' });
    const size = explore.field('kernel_size of column 1');
    // From an even size too, every size is reached.
    for (const [key, reached] of [
      ['ArrowLeft', '2'],
      ['End', '11'],
      ['Home', '1'],
    ] as const) {
      await kernel.press(key);
      await expect(size).toHaveValue(reached);
    }
    for (let i = 0; i < 4; i++) await kernel.press('ArrowRight');
    await expect(size).toHaveValue('5');
    // 16·16·25 + 16
    await expect(page.locator('.compare-costs > :first-child').first()).toContainText('6416');
  });

  await test.step('the export menu saves the comparison', async () => {
    await explore.button('Export').click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^Table \(CSV\)/ }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('rings-comparison.csv');
    const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
    // A head, four columns and the last line's end.
    expect(lines).toHaveLength(6);
    expect(lines[1]).toContain('standard,"nn.Conv2d(16, 16, kernel_size=5, padding=2)",16,28,40,6416,7168000,');
  });

  await test.step('a story is a set of columns and one sentence about what to look at', async () => {
    await page.getByRole('combobox', { name: 'Comparisons' }).selectOption('VGG block against MobileNet block');
    await expect(page.getByText('The same photo at half the size')).toBeVisible();
    await expect(page.locator('.compare-code td').first()).toContainText('nn.MaxPool2d(kernel_size=2, ceil_mode=True)');
    // 2 · (16·16·9 + 16) and 2 · (16·9 + 16 + 16·16 + 16)
    await expect(page.locator('.compare-costs > :first-child')).toContainText([/4640/, /864/]);
    await expect(page.getByRole('img', { name: 'Response maps of column 2: 16 × 14 × 20' })).toBeVisible();
    await explore.button('Undo').click();
  });

  await test.step('a reload comes back here', async () => {
    await page.reload();
    await expect(page.locator('.compare-code td').nth(2)).toContainText('groups=8');
    await expect(page.getByRole('img', { name: 'Response maps of column 1: 16 × 28 × 40' })).toBeVisible();
    await expect(explore.field('map')).toHaveValue('11');
  });
});

test('another engine takes over a comparison that is open', async ({ explore, page }, { project }) => {
  const banner = page.getByRole('banner');
  const choose = async (engine: 'CPU' | 'WebGPU') => {
    await banner.getByRole('button', { name: /^(CPU|WebGPU)/ }).click();
    const card = page.getByRole('dialog', { name: 'What computes' });
    // Not forced: the card grows to the side as the numbers below the choice come, and a click waits until it stands still.
    await card.getByRole('radio', { name: engine, exact: true }).check();
    await page.keyboard.press('Escape');
    await expect(banner.getByRole('button', { name: new RegExp(`^${engine}`) })).toBeVisible();
  };
  const timed = (clock: string) => page.locator(`.compare-costs > [title*="${clock}"]`);
  await explore.open();
  await explore.upload(png('rings.png', 40, 28, rings));
  await explore.expectMaps(9, 28, 40);
  // The CPU is the first to draw on every canvas of the comparison. Times come last, when all is drawn.
  await choose('CPU');
  await openCompare(page);
  await expect(timed('wall clock')).toHaveCount(4);
  if (project.name === 'webgpu') {
    await choose('WebGPU');
    await expect(timed('device’s clock')).toHaveCount(4);
  }
  await expect(page.getByRole('img', { name: 'Response maps of column 4: 16 × 28 × 40' })).toBeVisible();
});
