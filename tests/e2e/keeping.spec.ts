/** Nothing that a person did is lost: undo, reload, tabs of their own, links that bring everything but one's own photo. */
import type { Browser, BrowserContext } from '@playwright/test';
import { Explore } from './support/explore.ts';
import { expect, test } from './support/journey.ts';
import { png, rings } from './support/pictures.ts';

const photo = png('holiday.png', 50, 30, rings);

/** Somebody else's browser. */
async function elsewhere(browser: Browser, baseURL: string | undefined): Promise<BrowserContext> {
  return browser.newContext({ baseURL: baseURL ?? '', locale: 'en-US', viewport: { width: 1440, height: 900 } });
}

test('undo and redo go through everything, by button and by keyboard', { tag: '@page' }, async ({ explore, page }) => {
  await explore.open();
  await expect(explore.button('Undo')).toBeDisabled();
  await explore.upload(photo);
  await explore.expectMaps(9, 30, 50);
  await explore.writeCode('nn.Conv2d(3, 9, 5, stride=2, padding=2)');
  await explore.expectMaps(9, 15, 25);
  await page.getByRole('combobox', { name: 'activation' }).selectOption('relu');
  await expect(explore.code).toHaveValue(/nn\.ReLU\(\)/);

  await explore.button('Undo').click();
  await expect(explore.code).not.toHaveValue(/ReLU/);
  await page.locator('body').press('Control+z');
  await explore.expectMaps(9, 30, 50);
  await explore.button('Undo').click();
  await expect(page.getByRole('radio', { name: 'Cat' })).toBeChecked();
  await expect(explore.button('Undo')).toBeDisabled();

  await explore.button('Redo').click();
  await explore.expectMaps(9, 30, 50);
  await page.locator('body').press('Control+Shift+z');
  await explore.expectMaps(9, 15, 25);
  await explore.button('Redo').click();
  await expect(explore.code).toHaveValue(/nn\.ReLU\(\)/);
  await expect(explore.button('Redo')).toBeDisabled();
});

test('one drag of a slider is one step of undo', { tag: '@page' }, async ({ explore, page }) => {
  await explore.open();
  const slider = page.getByRole('slider', { name: 'kernel_size slider' });
  const box = await slider.boundingBox();
  if (!box) throw new Error('no slider');
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 6 });
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
  await expect(explore.field('kernel_size')).not.toHaveValue('3');
  await explore.button('Undo').click();
  await expect(explore.field('kernel_size')).toHaveValue('3');
  await expect(explore.button('Undo')).toBeDisabled();
});

test('a reload brings back everything, the uploaded photo and the undo too', async ({ explore, page }) => {
  await explore.open();
  await explore.upload(photo);
  await explore.expectMaps(9, 30, 50);
  await explore.writeCode('nn.Conv2d(3, 7, 3, stride=2, padding=1)');
  await explore.expectMaps(7, 15, 25);
  const cell = page.getByRole('gridcell', { name: /slice R, row 1, column 1/ });
  await cell.press('Enter');
  await page.keyboard.type('0.25');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'viridis' }).check();
  await expect(page.getByRole('gridcell', { name: /slice R, row 1, column 1: 0.25/ })).toBeVisible();
  const before = await explore.experiment();
  const unit = await explore.pointOfUnit(0, 3, 4, [15, 25]);
  await page.mouse.click(unit.x, unit.y);
  await expect(page.getByText('map 0 · row 3 · column 4')).toBeVisible();

  await page.reload();
  await explore.ready();
  await explore.expectMaps(7, 15, 25);
  await expect(page.getByText('map 0 · row 3 · column 4')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'viridis' })).toBeChecked();
  await expect(page.getByRole('gridcell', { name: /slice R, row 1, column 1: 0.25/ })).toBeVisible();
  const after = await explore.experiment();
  expect(after.layer).toEqual(before.layer);
  expect(after.x.values).toEqual(before.x.values);
  expect(after.weight.values).toEqual(before.weight.values);
  await explore.button('Undo').click();
  await explore.button('Undo').click();
  await explore.expectMaps(9, 30, 50);
});

test('a change is kept by a reload that follows at once, while another tab writes', { tag: '@page' }, async ({
  explore,
  page,
  context,
  engine,
}) => {
  await explore.open();
  const other = new Explore(await context.newPage(), engine);
  await other.open();
  await page.bringToFront();
  const slider = page.getByRole('slider', { name: 'stride slider' });
  for (const stride of ['2', '3', '4']) {
    await other.field('stride').fill(stride);
    await slider.press('ArrowRight');
    await page.reload();
    await explore.ready();
    await expect(explore.field('stride')).toHaveValue(stride);
  }
});

test('two tabs have a workspace each', { tag: '@page' }, async ({ explore, context, engine }) => {
  await explore.open();
  await explore.field('stride').fill('2');
  const other = new Explore(await context.newPage(), engine);
  await other.open();
  await other.field('stride').fill('3');
  await other.page.reload();
  await expect(other.field('stride')).toHaveValue('3');
  await expect(explore.field('stride')).toHaveValue('2');
  await explore.page.reload();
  await expect(explore.field('stride')).toHaveValue('2');
  await expect(other.field('stride')).toHaveValue('3');
});

test('a link opens the same state in another browser, edited kernels included', { tag: '@page' }, async ({
  explore,
  page,
  browser,
  baseURL,
  engine,
  watch,
}) => {
  await explore.open();
  await page.getByRole('radio', { name: 'Coins' }).check();
  await explore.writeCode("nn.Conv2d(3, 5, (3, 5), stride=(2, 1), padding=(1, 2), padding_mode='reflect')");
  await expect(explore.captions()).toHaveCount(5);
  const cell = page.getByRole('gridcell', { name: /slice G, row 0, column 0/ });
  await cell.press('Enter');
  await page.keyboard.type('-0.75');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: /slice G, row 0, column 0: [-−]0.75/ })).toBeVisible();
  const before = await explore.experiment();
  const link = await explore.shareLink();
  expect(link.length).toBeLessThanOrEqual(8192);
  await expect(page.getByText('Your own photo is not in the link')).toBeHidden();

  const context = await elsewhere(browser, baseURL);
  watch(context);
  const other = new Explore(await context.newPage(), engine);
  await other.open(new URL(link).hash);
  await expect(other.page.getByRole('radio', { name: 'Coins' })).toBeChecked();
  await expect(other.captions()).toHaveCount(5);
  const after = await other.experiment();
  expect(after.layer).toEqual(before.layer);
  expect(after.weight.values).toEqual(before.weight.values);
  expect(after.x.values).toEqual(before.x.values);
  // A reload must not open the link again.
  expect(other.page.url()).not.toContain('#');
  await context.close();
});

test('a link leaves one’s own photo out, and both sides are told', { tag: '@page' }, async ({
  explore,
  page,
  browser,
  baseURL,
  engine,
  watch,
}) => {
  await explore.open();
  await explore.upload(photo);
  await explore.expectMaps(9, 30, 50);
  await explore.field('stride').fill('3');
  const link = await explore.shareLink();
  await expect(page.getByText('Your own photo is not in the link')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save a .convscope file' })).toBeVisible();

  const context = await elsewhere(browser, baseURL);
  watch(context);
  const other = new Explore(await context.newPage(), engine);
  await other.open(new URL(link).hash);
  await expect(other.field('stride')).toHaveValue('3');
  await expect(other.page.getByRole('status').filter({ hasText: 'holiday.png' })).toBeVisible();
  await context.close();
});

test('opening a link keeps what was there one undo away', { tag: '@page' }, async ({ explore, page }) => {
  await explore.open();
  await explore.field('stride').fill('4');
  const link = await explore.shareLink();
  await page.keyboard.press('Escape');
  await explore.field('kernel_size').fill('7');
  await explore.field('stride').fill('1');
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await expect(explore.field('stride')).toHaveValue('4');
  await expect(explore.field('kernel_size')).toHaveValue('3');
  await explore.button('Undo').click();
  await expect(explore.field('stride')).toHaveValue('1');
  await expect(explore.field('kernel_size')).toHaveValue('7');
});

test('a damaged link is said in a sentence and the page works', { tag: '@page' }, async ({ explore }) => {
  await explore.open('#v1=AAAA-this-is-no-state');
  await expect(explore.problem).toContainText('This link is damaged: it holds no state that can be read.');
  await expect(explore.captions()).toHaveCount(9);
});
