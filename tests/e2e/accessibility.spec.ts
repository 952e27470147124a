/** axe finds nothing on any state of the page: each state is brought about as a person would, then looked at whole. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from './support/journey.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function expectNoViolations(page: Page): Promise<void> {
  // Colours in transition are no colours yet.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((each) => each.finished));
  });
  await page.evaluate(source);
  // The script puts `axe` on the window.
  const results = await page.evaluate<Pick<AxeResults, 'violations'>>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  const found = results.violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 200)) }));
  expect(found).toEqual([]);
}

test.beforeEach(async ({ explore }) => {
  await explore.open();
});

test('the start, and a map opened full size', async ({ explore, page }) => {
  await expectNoViolations(page);
  await explore.captions().first().click();
  await expect(page.getByText('The map is the sum of one partial map')).toBeVisible();
  await expectNoViolations(page);
});

test('a file that was refused, and a layer that was refused', async ({ explore, page }) => {
  await explore.upload({ name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) });
  await expect(explore.problem).toContainText('This file is empty');
  await explore.writeCode("nn.Conv2d(3, 9, 3, stride=2, padding='same')");
  await expect(page.getByText('Not applied')).toBeVisible();
  await expectNoViolations(page);
});

test('the menus, the card of the engine, the dialogs Share and Help', async ({ explore, page }) => {
  for (const name of ['Export', 'Copy as code', 'Presets', 'Theme'] as const) {
    await test.step(`the menu ${name}`, async () => {
      await explore.button(name).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toBeHidden();
    });
  }

  await test.step('the card of the engine', async () => {
    const card = page.getByRole('dialog', { name: 'What computes' });
    await explore.chip().click();
    await expect(card).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
  });

  await test.step('the panel of what ran', async () => {
    const panel = page.getByRole('dialog', { name: 'What ran' });
    await explore.chip().click();
    await page.getByRole('button', { name: 'What ran' }).click();
    await expect(panel.getByRole('table', { name: 'Operators of the network' })).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });

  await test.step('Share', async () => {
    await explore.shareLink();
    await expectNoViolations(page);
    await page.keyboard.press('Escape');
    // While the link still has the focus, "?" is a letter.
    await expect(page.getByRole('dialog', { name: 'Share' })).toBeHidden();
  });

  await test.step('Help', async () => {
    await page.keyboard.press('Shift+?');
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
    await expectNoViolations(page);
  });
});

test('a large kernel, a paused window and painting', async ({ explore, page }) => {
  await explore.field('kernel_size').fill('11');
  await page.getByRole('button', { name: 'Slide the window' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await explore.button('Paint').click();
  await expect(page.getByRole('application', { name: /^Painting surface/ })).toBeVisible();
  await expectNoViolations(page);
});

test('layers of other kinds, each with its figure', async ({ explore, page }) => {
  for (const kind of ['grouped', 'pointwise', 'spatially_separable', 'transposed', 'deformable', 'locally_connected'])
    await test.step(kind, async () => {
      await page.getByRole('combobox', { name: 'Kind of layer' }).selectOption(kind);
      await expect(page.locator('.kind-sum')).toContainText(/the map shows [+−-]?\d/);
      // Numbers that are on their way are pale on purpose: what stays when all have come is looked at.
      await expect(() => expectNoViolations(page)).toPass({ timeout: 20_000 });
    });
  await explore.captions().first().click();
  await expect(page.getByRole('dialog').getByText('mean', { exact: true })).toBeVisible();
  await expectNoViolations(page);
});

test('Channels', async ({ explore, page }) => {
  await explore.button('Channels').click();
  await expect(page.getByRole('application', { name: /^raw Pearson/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('progressbar')).toBeHidden({ timeout: 60_000 });
  await expectNoViolations(page);
});

test('Compare', async ({ page }) => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Compare' }).click();
  await expect(page.locator('.compare-costs')).toHaveCount(4);
  await page.locator('.compare-lower').scrollIntoViewIfNeeded();
  const loss = page.getByRole('region', { name: 'What is lost' });
  await loss.getByRole('combobox', { name: 'Layer to be replaced' }).selectOption('explore');
  await expect(loss.getByRole('progressbar')).toBeHidden({ timeout: 30_000 });
  await expectNoViolations(page);
});

test('Network', async ({ page }) => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Network' }).click();
  await expect(page.getByRole('treegrid', { name: 'Layers of the network' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Levers' })).toBeVisible();
  await expect(() => expectNoViolations(page)).toPass({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Code' }).click();
  await expect(page.getByRole('textbox', { name: 'Code of the network' })).toBeVisible();
  await expectNoViolations(page);
});

test('a layer of the network in Explore, and one that has no output', async ({ explore, page }) => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Network' }).click();
  await page.locator('[data-row="conv5"]').focus();
  await page.keyboard.press('e');
  await expect(page.locator('.kind-sum')).toContainText('the map shows');
  await expectNoViolations(page);
  await page.keyboard.press(']');
  await expect(page.getByText('This layer has no kernel')).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press('[');
  await explore.field('kernel_size (conv5): rows').fill('99');
  await explore.field('kernel_size (conv5): rows').press('Enter');
  await expectNoViolations(page);
});

test('Korean', async ({ explore, page }) => {
  await explore.button('한국어').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expectNoViolations(page);
});

test('the dark theme', async ({ explore, page }) => {
  await explore.button('Theme').click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('menu')).toBeHidden();
  await expectNoViolations(page);
  await explore.captions().first().click();
  await expect(page.getByText('The map is the sum of one partial map')).toBeVisible();
  await expectNoViolations(page);
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('each tab of the sheet', async ({ page }) => {
    for (const tab of ['Layer', 'Kernels', 'View', 'Input']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectNoViolations(page);
    }
  });
});

test('Learn, chapter by chapter', async ({ page }) => {
  test.slow();
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  const chapters = page.locator('.learn-list button');
  await expect(chapters.first()).toBeVisible();
  for (const chapter of await chapters.all()) {
    await chapter.click();
    await expect(page.locator('.learn-task')).toHaveCount(3);
    await expect(page.locator('.learn-figure .skeleton')).toHaveCount(0);
    await expect(() => expectNoViolations(page)).toPass({ timeout: 30_000 });
  }
});
