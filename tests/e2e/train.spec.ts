/** Train: opens on the measured figure of filter groups; a run goes step by step and is there again after a reload. */
import { expect, test } from './support/journey.ts';

/** IDX: 60 images of 28 x 28 and their labels, three classes in turn. */
const dataSet = [
  { name: 'scans-images-idx3-ubyte', bytes: [0, 0, 8, 3, 0, 0, 0, 60, 0, 0, 0, 28, 0, 0, 0, 28, ...pixels()] },
  { name: 'scans-labels-idx1-ubyte', bytes: [0, 0, 8, 1, 0, 0, 0, 60, ...Array.from({ length: 60 }, (_, i) => i % 3)] },
].map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }));

function pixels() {
  return Array.from({ length: 60 * 784 }, (_, i) => (Math.floor(i / 784) % 3 === i % 3 ? 200 : i % 50));
}

test('the measured figure stands at once; a run takes steps, and a reload brings it back', {
  tag: '@page',
}, async ({ explore, page }) => {
  test.slow();
  await explore.open();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Train' }).click();
  const column = page.getByRole('region', { name: 'g = 8', exact: true });
  await expect(column).toContainText('46.8 %');
  await expect(column).toContainText('45.5 %');

  for (const groups of [1, 2, 4, 16]) await page.getByRole('button', { name: new RegExp(`^g ${groups}\\b`) }).click();
  const progress = page.getByTestId('train-progress');
  await expect(progress).toContainText('step 0 / 125');
  const step = page.getByRole('button', { name: 'Step', exact: true });
  for (const done of [1, 2]) {
    await step.click();
    // No run has its turn any more: the step is kept.
    await expect(progress).toHaveText(`step ${done} / 125`, { timeout: 60_000 });
  }
  // The untrained network has been looked at first.
  await expect(column).toContainText('untrained');
  await expect(page.getByRole('table').filter({ hasText: 'silent channels' })).toContainText('g 8');
  await page.reload();
  await expect(progress).toContainText('step 2 / 125', { timeout: 30_000 });

  await test.step("a person's own data set is learned from, and is there after a reload", async () => {
    const data = page.getByRole('combobox', { name: 'Data' });
    await data.selectOption('My files');
    await page.getByLabel('Add files…').setInputFiles(dataSet);
    await expect(page.getByText('48 to learn from, 12 to test on')).toBeVisible({ timeout: 30_000 });
    await expect(progress).toContainText('step 0 / 20');
    await step.click();
    await expect(progress).toHaveText('step 1 / 20', { timeout: 60_000 });
    await page.reload();
    await expect(progress).toContainText('step 1 / 20', { timeout: 30_000 });
    await expect(page.getByRole('list', { name: 'Files of the data set' }).getByRole('listitem')).toHaveCount(2);
    await data.selectOption('Fashion-MNIST');
    await expect(progress).toContainText('step 2 / 125', { timeout: 30_000 });
  });

  await test.step('exported weights are what the next run begins with', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Weights (safetensors)' }).click();
    const weights = await (await download).path();
    const start = page.getByRole('combobox', { name: 'Initial weights' });
    await start.selectOption('From a file');
    await page.getByLabel('Choose a file…').setInputFiles(weights);
    await expect(page.getByText('g 8 begins with them.')).toBeVisible({ timeout: 30_000 });
    await expect(progress).toContainText('step 0 / 125');
    await start.selectOption('Drawn by the seed');
    await expect(progress).toContainText('step 2 / 125', { timeout: 30_000 });
  });

  await test.step('Channels looks into what was trained', async () => {
    await explore.button('Channels').click();
    const network = page.getByRole('combobox', { name: 'Network' });
    await expect(network.locator('optgroup[label="Trained here"] option')).toHaveText(['g=8, width 1, step 2'], {
      timeout: 30_000,
    });
    await network.selectOption('g=8, width 1, step 2');
    await expect(page.getByRole('button', { name: /^conv3b \d+ \/ 10/ })).toBeVisible({ timeout: 30_000 });
  });
});
