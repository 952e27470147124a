/** Train: opens on the measured figure of filter groups; a run goes step by step and is there again after a reload. */
import { expect, test } from './support/journey.ts';

test('the measured figure stands at once; a run takes steps, and a reload brings it back', {
  tag: '@page',
}, async ({ explore, page }) => {
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
    await expect(progress).toContainText(`step ${done} / 125`, { timeout: 60_000 });
  }
  // The untrained network has been looked at first.
  await expect(column).toContainText('untrained');
  await expect(page.getByRole('table').filter({ hasText: 'silent channels' })).toContainText('g 8');
  await page.reload();
  await expect(progress).toContainText('step 2 / 125', { timeout: 30_000 });

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
