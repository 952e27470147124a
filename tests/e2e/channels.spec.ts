/** Channels: the dead filters of a real network on a person's own photo, and how its channels correlate. */
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

test('the ten dead filters of PoseNet are found, a pair is told of, and a link brings the same back', {
  tag: '@page',
}, async ({ explore, page }) => {
  await explore.open();
  await explore.button('Channels').click();
  const found = page.getByRole('status').filter({ hasText: 'of 24' });
  await expect(found).toHaveText('10 of 24 silent on this one image', { timeout: 60_000 });
  await expect(page.getByText('One image cannot tell that a channel is dead')).toBeVisible();
  await page.getByRole('radio', { name: 'zero filter' }).check({ force: true });
  await expect(found).toHaveText('10 of 24 filters numerically zero');
  await expect(page.getByRole('button', { name: /^Conv2d_0 10 \/ 24/ })).toHaveAttribute('aria-pressed', 'true');

  const raw = page.getByRole('application', { name: /^raw Pearson/ });
  await expect(raw).toBeVisible({ timeout: 60_000 });
  await raw.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const pair = page.getByRole('status').filter({ hasText: 'whitened' });
  await expect(pair).toHaveText(/Conv2d_0 · 1 × Conv2d_1_depthwise · 0: raw [+−][\d.]+, whitened [+−][\d.]+/);
  await expect(page.getByRole('heading', { name: 'Conv2d_0 · channel 1' })).toBeVisible();

  await test.step('without the ten, parameters fall by exactly what they cost, and what is heard stays', async () => {
    const row = page.getByRole('row', { name: /^network/ });
    await explore.button('Remove the 10 that the rule marks').click();
    await expect(row).toContainText(/1\s258\s195 → 1\s257\s335/, { timeout: 60_000 });
    await expect(page.getByText('Goes with it: Conv2d_1_depthwise ×10')).toBeVisible();
    // Rounding alone: below 1e-4.
    const error = page.getByRole('status').filter({ hasText: /^Relative error of displacement_bwd_2/ });
    await expect(error).toHaveText(/: (0|[\d.]+e−[5-9]); largest change/, { timeout: 60_000 });
    await explore.button('Undo').click();
    await expect(row).toHaveCount(0);
    await expect(page.getByText(/^Nothing is removed/)).toBeVisible();
    await explore.button('Redo').click();
    await expect(row).toBeVisible({ timeout: 60_000 });
  });

  await page.goto(await explore.shareLink());
  await page.reload();
  await expect(found).toHaveText('10 of 24 filters numerically zero', { timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'Conv2d_0 · channel 1' })).toBeVisible();
  await expect(page.getByText('Goes with it: Conv2d_1_depthwise ×10')).toBeVisible();
});

test('many own images at once, a broken one among them, and Fashion-MNIST @page', async ({ explore, page }) => {
  await explore.open();
  await explore.button('Channels').click();
  const images = page.getByRole('region', { name: 'Which images' });
  const found = page.getByRole('status').filter({ hasText: 'of 24' });
  await page
    .getByLabel('Add images', { exact: true })
    .setInputFiles([
      png('rings.png', 48, 32, rings),
      { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
      png('wide.png', 64, 32, rings),
    ]);
  await expect(found).toHaveText('10 of 24 silent on these 2 images', { timeout: 60_000 });
  await expect(images.getByRole('status')).toHaveText(/^One image could not be read.*broken\.png/);
  await images.getByRole('radio', { name: 'Fashion-MNIST' }).check({ force: true });
  await images.getByRole('spinbutton', { name: 'Images' }).fill('20');
  await images.getByRole('spinbutton', { name: 'Images' }).press('Enter');
  await expect(found).toHaveText('10 of 24 silent on these 20 images', { timeout: 60_000 });
});
