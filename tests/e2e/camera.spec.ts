/** The camera: its picture moves the maps, and a frame of it can be kept. The browser plays a test picture in a camera's place. */
import { expect, test } from './support/journey.ts';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const flags = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...flags] });
  },
  permissions: ['camera'],
});

test('the maps move with the picture; freezing keeps a frame, undo brings the photo back', async ({
  explore,
  page,
}) => {
  await explore.open();
  await explore.field('longest side').fill('64');
  await explore.button('Camera').click();
  await expect(page.getByText('live', { exact: true })).toBeVisible();
  const map = async () => (await page.screenshot({ clip: await explore.tile(0) })).toString('base64');
  const before = await map();
  await expect.poll(map).not.toBe(before);
  // The price has a time although the frames leave no idle moment to measure in.
  await expect(page.locator('.cost-entry').filter({ hasText: /^(CPU|GPU)/ })).toContainText(/\d.* ms/);
  await explore.button('Freeze').click();
  await expect(explore.button('Camera')).toBeVisible();
  await expect(page.getByText('live', { exact: true })).toBeHidden();
  await expect(page.getByRole('radio', { name: 'Cat' })).not.toBeChecked();
  await explore.button('Undo').click();
  await expect(page.getByRole('radio', { name: 'Cat' })).toBeChecked();
});

test('stopping brings the photo back', async ({ explore, page }) => {
  await explore.open();
  const before = (await explore.experiment()).x;
  await explore.button('Camera').click();
  await expect(page.getByText('live', { exact: true })).toBeVisible();
  await explore.button('Stop').click();
  await expect(explore.button('Camera')).toBeVisible();
  await expect.poll(async () => (await explore.experiment()).x.shape).toEqual(before.shape);
  expect((await explore.experiment()).x.values).toEqual(before.values);
});
