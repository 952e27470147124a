/** Learn, chapter by chapter: what the text says one will see is what the figure then shows. */
import { type Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';

const words = {
  'en-US': { screens: 'Screens', learn: 'Learn' },
  'ko-KR': { screens: '화면', learn: '배우기' },
} as const;

for (const locale of ['en-US', 'ko-KR'] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    const openChapter = async (page: Page, number: number) => {
      await page.getByRole('button', { name: words[locale].learn, exact: true }).click();
      await page.locator('.learn-list button').nth(number - 1).click();
      await expect(page.locator('.learn-list button').nth(number - 1)).toHaveAttribute('aria-current', 'page');
    };
    const setTo = async (page: Page, name: string, value: number) => {
      const field = page.locator('.learn-figure').getByRole('spinbutton', { name, exact: true }).first();
      await field.fill(String(value));
      await field.press('Enter');
    };
    const tasks = (page: Page) => page.locator('.learn-task');

    test('the first chapters: each thing to try and each prediction is answered by the figure', async ({ page, explore }) => {
      await explore.open();
      const before = await page.evaluate(() => localStorage.length);

      await test.step('1: a unit of another map, four filters, a kernel of 5 x 5', async () => {
        await openChapter(page, 1);
        await expect(page.locator('.learn-figure .map-place').first()).toBeVisible();
        await expect(tasks(page)).toHaveCount(3);
        await page.locator('.learn-figure .map-place').nth(0).click({ position: { x: 40, y: 40 } });
        await expect(tasks(page).nth(0)).toHaveAttribute('data-done', 'true');
        await tasks(page).nth(1).getByRole('radio', { name: '4', exact: true }).check();
        await setTo(page, 'out_channels', 4);
        await expect(tasks(page).nth(1)).toHaveAttribute('data-done', 'true');
        await expect(tasks(page).nth(1).locator('.learn-seen strong')).toContainText('4');
        await tasks(page).nth(2).getByRole('radio', { name: '25', exact: true }).check();
        await setTo(page, 'kernel_size', 5);
        await expect(tasks(page).nth(2).locator('.learn-seen strong')).toContainText('75');
        await expect(page.locator('.learn-list button').first().locator('svg')).toBeVisible();
      });

      await test.step('2: a quarter of the operations, 684 parameters, twice the price', async () => {
        await page.keyboard.press(']');
        await expect(page.locator('.learn-list button').nth(1)).toHaveAttribute('aria-current', 'page');
        const price = page.locator('.learn-figure .cost-bar');
        await expect(price).toContainText('252');
        await setTo(page, 'stride', 2);
        await expect(tasks(page).nth(0)).toHaveAttribute('data-done', 'true');
        await tasks(page).nth(1).getByRole('radio', { name: '684' }).check();
        await setTo(page, 'kernel_size', 5);
        await expect(price).toContainText('684');
        await expect(tasks(page).nth(1).locator('.learn-seen strong')).toContainText('684');
        await tasks(page).nth(2).getByRole('radio', { name: '× 4' }).check();
        await setTo(page, 'out_channels', 18);
        await expect(tasks(page).nth(2).locator('.learn-seen strong')).toContainText('× 2');
      });

      await test.step('the chapter before is as it was left; the page’s own layer has not been touched', async () => {
        await page.keyboard.press('[');
        await expect(page.locator('.learn-figure').getByRole('spinbutton', { name: 'kernel_size' }).first()).toHaveValue('5');
        expect(await page.evaluate(() => localStorage.length)).toBe(before);
        await page.getByRole('navigation').first().getByRole('button').first().click();
        await expect(page.getByRole('spinbutton', { name: 'kernel_size' }).first()).toHaveValue('3');
      });

      await test.step('the figure opens in its screen as it stands', async () => {
        await openChapter(page, 1);
        await page.locator('.learn-commands .button').first().click();
        await expect(page.getByRole('spinbutton', { name: 'kernel_size' }).first()).toHaveValue('5');
        await expect(page.getByRole('spinbutton', { name: 'out_channels' }).first()).toHaveValue('4');
      });
    });
  });
}
