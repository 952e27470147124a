/** The first minute: the page opens with a photo and its maps, says what computes, keeps to its origin, and can be told to change. */
import { expect, test } from './support/journey.ts';
import { expectMapsDrawn } from './support/mapPixels.ts';

test('opens with the cat, nine maps of it, drawn as the definition of convolution has them', async ({
  explore,
  engine,
  page,
}) => {
  await explore.open();
  await expect(page.getByRole('radio', { name: 'Cat' })).toBeChecked();
  await expect(explore.captions()).toHaveCount(9);
  await expect(page.getByText(/^photo 451 × 300, computed at/)).toBeVisible();
  await expect(explore.chip()).toContainText(engine === 'webgpu' ? 'WebGPU' : 'CPU');
  await expect(explore.chip()).toContainText(/\d ms/);
  await expect(explore.problem).toBeEmpty();

  await test.step('keeps a strict content security policy', async () => {
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy?.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:/);
  });

  await test.step('every pixel of the maps', async () => {
    await expectMapsDrawn(explore, await explore.experiment());
  });
});

test('the address forces an engine', async ({ page }) => {
  await page.goto('?engine=cpu');
  await expect(page.locator('.engine-chip')).toContainText(/^CPU/);
});

test('takes the CPU by itself where there is no real GPU, and says why', async ({ page, engine }) => {
  await page.goto('');
  await expect(page.locator('.engine-chip')).toContainText(/^CPU/);
  await page.locator('.engine-chip').click();
  const card = page.getByRole('dialog', { name: 'What computes' });
  await expect(card).toContainText(
    engine === 'webgpu' ? 'The only GPU here is a software one' : /This browser has no WebGPU|found no usable GPU/,
  );
});

test('the chip changes the engine and the maps come again', async ({ page, explore, engine }) => {
  await explore.open();
  await explore.chip().click();
  const card = page.getByRole('dialog', { name: 'What computes' });
  await card.getByRole('radio', { name: engine === 'webgpu' ? 'CPU' : 'WebGPU' }).click();
  // Without WebGPU, wanting it leaves the CPU engine at work and says so.
  await expect(explore.chip()).toContainText(/^CPU/);
  await expect(explore.captions()).toHaveCount(9);
  if (engine === 'cpu') await expect(card).toContainText(/no WebGPU|no usable GPU/);
  await page.keyboard.press('Escape');
  expect((await explore.experiment()).layer.engine).toBe('cpu');
});
