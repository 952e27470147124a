/** Network: a stack of layers that a person builds and shares. */
import { expect, test } from './support/journey.ts';

test('a residual block is built by keyboard alone, shared, and the link brings the same table', {
  tag: '@page',
}, async ({ explore, page }) => {
  await explore.open();
  await explore.button('Network').focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('treegrid', { name: 'Layers of the network' });
  const rows = () => page.locator('[data-row]').evaluateAll((all) => all.map((row) => row.getAttribute('data-row')));
  await expect(table).toBeVisible();

  await test.step('two convolutions behind the second layer, and a skip connection around them', async () => {
    await page.locator('[data-row="conv5"]').focus();
    await page.keyboard.press('ArrowUp');
    const add = explore.button('Conv2d 3 × 3');
    await add.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect.poll(rows).toEqual(['input', 'conv1', 'conv2', 'pool', 'conv3', 'conv4', 'conv6', 'conv7', 'conv5']);
    await explore.button('Attributes, weights and connections of conv7').focus();
    await page.keyboard.press('Enter');
    const source = page.getByRole('combobox', { name: 'Skip connection from' });
    await source.focus();
    // A select takes what is typed for the beginning of an option.
    await page.keyboard.type('relu4');
    await page.keyboard.press('Enter');
    await expect.poll(rows).toContain('add');
    // The first may close the select's own list.
    await expect(async () => {
      await page.keyboard.press('Escape');
      await expect(source).toBeHidden({ timeout: 500 });
    }).toPass();
  });

  await test.step('a layer is filled with a filter of Explore', async () => {
    await explore.button('Attributes, weights and connections of conv4').click();
    await page.getByRole('combobox', { name: 'Weights of conv4' }).selectOption('Laplacian');
    await expect(page.locator('[data-row="conv4"] .network-mark')).toHaveText('Laplacian');
    await page.keyboard.press('Escape');
  });

  const before = await rows();
  const total = await page.getByRole('row', { name: /^Total/ }).textContent();
  await page.goto(await explore.shareLink());
  await page.reload();
  await expect(table).toBeVisible();
  await expect.poll(rows).toEqual(before);
  await expect(page.getByRole('row', { name: /^Total/ })).toHaveText(total ?? '');
  await expect(page.locator('[data-row="conv4"] .network-mark')).toHaveText('Laplacian');
});
