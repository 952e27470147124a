/** What is lost: cheaper layers in place of the one in Explore, with their errors, their place in the plane and their maps. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

async function openLoss(page: Page) {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('img', { name: /^Response maps of column 4/ })).toBeVisible();
  await page.locator('.compare-lower').scrollIntoViewIfNeeded();
  await expect(page.getByRole('region', { name: 'What is lost' })).toBeVisible();
}

test('a substitute of full rank loses nothing, a separable one something; each map says how much', {
  tag: '@page',
}, async ({ explore, page }) => {
  await explore.open();
  await explore.upload(png('rings.png', 40, 28, rings));
  await explore.expectMaps(9, 28, 40);
  await openLoss(page);
  const panel = page.getByRole('region', { name: 'What is lost' });
  const row = (number: number) => panel.getByRole('row').nth(number + 1);

  await test.step('the layer in Explore is chosen, and every kind fitted', async () => {
    await panel.getByRole('combobox', { name: 'Layer to be replaced' }).selectOption('explore');
    await expect(panel.getByText(/^Reads this photo at 40 × 28/)).toBeVisible();
    await expect(panel.getByRole('progressbar')).toBeHidden();
    // 3 · 9 · 9 · 40 · 28 multiplications; 243 weights and 9 biases.
    await expect(panel.getByRole('row', { name: /^the layer itself/ })).toContainText(/272\s160.*252/);
    await expect(row(1)).toContainText('search');
    await expect(row(6)).toContainText('exact');
  });

  await test.step('full rank is the layer itself, rank 1 is not', async () => {
    await expect(row(6)).toContainText('Low rank');
    const rank = explore.field('rank of substitute 6');
    await rank.fill('9');
    await expect(row(6)).toContainText(/<\s0\.01\s%/);
    await expect(panel.getByTestId('loss-overall')).toHaveText(/over all maps (0|<\s0\.01)\s%/);
    await panel.getByRole('radio', { name: /^Show the maps of substitute 3: Spatially separable, channels 1/ }).check();
    await expect(panel.getByTestId('loss-overall')).toHaveText(/over all maps [1-9]\d\.\d\s%/);
    // 3 · 3 + 3 · 9 weights and 9 biases of 252.
    await expect(row(3)).toContainText(/0\.15×.*0\.18×/);
  });

  await test.step('the table is saved with exact counts', async () => {
    const saved = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Table (CSV)' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('rings-loss.csv');
    const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
    expect(lines[1]).toBe('0,explore,,272160,252,0,0,');
    expect(lines[4]).toMatch(/^3,spatially_separable,1,40320,45,0\.\d+,\d\.\d+,search$/);
  });

  await test.step('the maps stand with their errors, the worst first', async () => {
    const errors = await panel.locator('.loss-triplets .loss-error').allInnerTexts();
    const values = errors.map((text) => Number.parseFloat(text));
    expect(values.length).toBeGreaterThan(1);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    await panel.getByRole('radio', { name: 'index' }).check();
    await expect(panel.locator('.loss-triplets p').first()).toContainText('map 0');
  });

  await test.step('the points of the plane are walked by keys, fits on the weights are another sort of best', async () => {
    const points = panel.getByRole('radiogroup', { name: 'Operations and error of all substitutes' });
    await points.getByRole('radio', { name: /^3: Spatially separable, channels 1/ }).press('ArrowDown');
    await expect(panel.getByRole('heading', { name: 'Maps of Grouped, groups 3' })).toBeVisible();
    await panel.getByRole('radio', { name: 'weights' }).check();
    await expect(row(1)).toContainText('exact');
  });

  await test.step('it is undone, and a reload comes back to it', async () => {
    await explore.button('Undo').click();
    await expect(row(1)).toContainText('search');
    await page.reload();
    await openLoss(page);
    await expect(explore.field('rank of substitute 6')).toHaveValue('9');
  });
});
