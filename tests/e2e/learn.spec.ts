/** Learn, chapter by chapter: what the text says one will see is what the figure then shows, and says so in numbers. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/journey.ts';

const words = {
  'en-US': { learn: 'Learn', zero: 'zero filter', silent: 'silent here', constant: 'constant', pearson: 'Raw Pearson' },
  'ko-KR': { learn: '배우기', zero: '0인 필터', silent: '여기서 침묵', constant: '상수', pearson: '피어슨' },
} as const;

/** Chapters by their places in the list. */
const places = {
  layer: 0,
  locality: 1,
  cost: 2,
  context: 3,
  expense: 4,
  dead: 5,
  correlation: 6,
  kinds: 7,
  wider: 8,
  transposed: 9,
  choosing: 10,
  running: 11,
};

class Learn {
  constructor(
    readonly page: Page,
    readonly locale: keyof typeof words,
  ) {}

  readonly figure = () => this.page.locator('.learn-figure');
  readonly chapters = () => this.page.locator('.learn-list button');
  readonly task = (place: number) => this.page.locator('.learn-task').nth(place);
  readonly verdict = (place: number) => this.task(place).locator('.learn-seen strong');

  async open(chapter: keyof typeof places): Promise<void> {
    const screen = this.page.getByRole('button', { name: words[this.locale].learn, exact: true });
    if ((await this.page.locator('.learn').count()) === 0) await screen.click();
    const button = this.chapters().nth(places[chapter]);
    await button.click();
    await expect(button).toHaveAttribute('aria-current', 'page');
    await expect(this.task(2)).toBeVisible();
  }

  /** Types a number into a field of the figure. */
  async set(name: string, value: number): Promise<void> {
    const field = this.figure().getByRole('spinbutton', { name, exact: true }).first();
    await field.fill(String(value));
    await field.press('Enter');
  }

  async predict(task: 1 | 2, answer: number): Promise<void> {
    await this.task(task).getByRole('radio').nth(answer).check();
  }
}

for (const locale of ['en-US', 'ko-KR'] as const) {
  // What the chapters say in Korean is the same on both engines.
  test.describe(locale === 'ko-KR' ? `${locale} @page` : locale, () => {
    test.use({ locale });
    // Networks run on the CPU engine and on a software adapter here.
    test.slow();

    test('chapters on the layer and its price', async ({ page, engine }) => {
      await page.goto(engine === 'webgpu' ? '?engine=webgpu' : '');
      await expect(page.locator('.map-place').first()).toBeVisible();
      const learn = new Learn(page, locale);

      await test.step('a unit of another map; one map for each filter; 75 products under 5 x 5', async () => {
        await learn.open('layer');
        await learn
          .figure()
          .locator('.figure-maps [role="application"]')
          .click({ position: { x: 40, y: 40 } });
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
        await learn.predict(1, 1);
        await learn.set('out_channels', 4);
        await expect(learn.verdict(1)).toContainText('4');
        await learn.predict(2, 1);
        await learn.set('kernel_size', 5);
        await expect(learn.verdict(2)).toContainText('75');
        await expect(learn.chapters().nth(places.layer).locator('svg')).toBeVisible();
      });

      await test.step('a quarter of the operations; 684 parameters; twice the filters, twice the price', async () => {
        await page.keyboard.press('Escape');
        await learn.open('cost');
        const price = learn.figure().locator('.cost-bar');
        await expect(price).toContainText('252');
        await learn.set('stride', 2);
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
        await learn.predict(1, 2);
        await learn.set('kernel_size', 5);
        await expect(price).toContainText('684');
        await expect(learn.verdict(1)).toContainText('684');
        await learn.predict(2, 2);
        await learn.set('out_channels', 18);
        await expect(learn.verdict(2)).toContainText('× 2');
      });

      await test.step('shown to a room, a clicker turns the page, and Escape ends it', async () => {
        const room = page.locator('.learn[data-presenting]');
        await page.locator('.learn-commands [aria-pressed]').click();
        await expect(room).toBeVisible();
        await page.keyboard.press('PageUp');
        await expect(room.locator('#learn-title')).toHaveText(locale === 'en-US' ? /fully connected/ : /완전 연결/);
        await page.keyboard.press('Escape');
        await expect(room).toHaveCount(0);
      });

      await test.step('a chapter is as it was left, and opens in its screen as it stands; the page’s own layer was not touched', async () => {
        await learn.open('layer');
        const kernel = (within = page.locator('main')) =>
          within.getByRole('spinbutton', { name: 'kernel_size', exact: true }).first();
        await expect(kernel(learn.figure())).toHaveValue('5');
        await page.getByRole('navigation').first().getByRole('button').first().click();
        await expect(kernel()).toHaveValue('3');
        await learn.open('layer');
        await page.locator('.learn-commands .button').first().click();
        await expect(page.locator('.learn')).toHaveCount(0);
        await expect(kernel()).toHaveValue('5');
      });
    });

    test('chapters on connections, on choosing and on the device', async ({ page, engine }) => {
      await page.goto(engine === 'webgpu' ? '?engine=webgpu' : '');
      await expect(page.locator('.map-place').first()).toBeVisible();
      const learn = new Learn(page, locale);
      const kind = () => learn.figure().locator('.figure-layer select').first();

      await test.step('a filter for each place, and one for all places', async () => {
        await learn.open('locality');
        await learn.predict(1, 1);
        await learn.predict(2, 0);
        await kind().selectOption('locally_connected');
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
        await expect(learn.verdict(1)).toContainText(/2.752.512/);
        await kind().selectOption('standard');
        await expect(learn.verdict(2)).toContainText('252');
      });

      await test.step('1 x 1 loses more than 2 x 2, and regrouped channels lose less', async () => {
        await learn.open('choosing');
        await learn.predict(1, 0);
        await learn.predict(2, 2);
        await expect(learn.verdict(1)).toContainText('1 × 1', { timeout: 60_000 });
        await expect(learn.verdict(2)).toBeVisible({ timeout: 60_000 });
      });

      await test.step('32 filters make more of each byte, 1 x 1 less', async () => {
        await learn.open('running');
        await learn.predict(1, 0);
        await learn.set('out_channels', 32);
        await expect(learn.verdict(1)).toBeVisible({ timeout: 60_000 });
        await learn.set('out_channels', 9);
        await learn.predict(2, 2);
        await learn.set('kernel_size', 1);
        await expect(learn.verdict(2)).toBeVisible({ timeout: 60_000 });
        await learn.set('kernel_size', 7);
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true', { timeout: 60_000 });
      });
    });

    test('chapters on whole networks', async ({ page, engine }) => {
      await page.goto(engine === 'webgpu' ? '?engine=webgpu' : '');
      await expect(page.locator('.map-place').first()).toBeVisible();
      const learn = new Learn(page, locale);

      await test.step('fields grow from 3 to 5 to 10 to 22', async () => {
        await learn.open('context');
        const row = (name: string) => learn.figure().locator(`[data-row="${name}"]`);
        await learn.predict(1, 1);
        await row('conv2').click({ position: { x: 5, y: 5 } });
        await expect(learn.verdict(1)).toContainText('5 × 5');
        await learn.predict(2, 2);
        await row('conv3').click({ position: { x: 5, y: 5 } });
        await expect(learn.verdict(2)).toContainText('10 × 10');
        await row('conv5').click({ position: { x: 5, y: 5 } });
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
        await expect(learn.figure().locator('.context-size').first()).toContainText('22 × 22');
      });

      await test.step('half the width leaves 0.41 of the parameters, twice the width is three times the operations', async () => {
        await learn.open('expense');
        const width = learn.figure().locator('.levers-controls').getByRole('spinbutton').nth(1);
        await learn.predict(1, 1);
        await width.fill('0.5');
        await width.press('Enter');
        await expect(learn.verdict(1)).toContainText('× 0.41');
        await learn.predict(2, 1);
        await width.fill('2');
        await width.press('Enter');
        await expect(learn.verdict(2)).toContainText('× 3');
        const size = learn.figure().locator('.levers-controls').getByRole('spinbutton').first();
        await size.fill('48');
        await size.press('Enter');
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
      });

      await test.step('ten of the first 24 filters are zero', async () => {
        await learn.open('dead');
        // What is asked of responses waits until the network has been run on the photo.
        const choose = async (name: string) => {
          const rule = learn.figure().getByRole('radio', { name, exact: true });
          await expect(rule).toBeEnabled({ timeout: 90_000 });
          await rule.check({ force: true });
        };
        await learn.predict(1, 2);
        await choose(words[locale].zero);
        await expect(learn.verdict(1)).toContainText('10');
        await learn.predict(2, 0);
        await choose(words[locale].constant);
        await expect(learn.verdict(2)).toContainText('10');
        await choose(words[locale].silent);
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
      });

      await test.step('blocks stand before training, and training adds to them', async () => {
        await learn.open('correlation');
        await learn.predict(1, 1);
        await expect(learn.verdict(1)).toContainText('%');
        await learn.predict(2, 0);
        await expect(learn.verdict(2)).toBeVisible();
        await learn.figure().getByRole('radio', { name: words[locale].pearson, exact: true }).check({ force: true });
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
      });
    });

    test('chapters on the kinds', async ({ page, engine }) => {
      await page.goto(engine === 'webgpu' ? '?engine=webgpu' : '');
      await expect(page.locator('.map-place').first()).toBeVisible();
      const learn = new Learn(page, locale);

      await test.step('eight groups leave an eighth of the weights', async () => {
        await learn.open('kinds');
        await learn.predict(1, 1);
        const groups = learn
          .figure()
          .locator('.column-head[data-place="1"]')
          .getByRole('spinbutton', { name: /groups/ });
        await groups.fill('8');
        await groups.press('Enter');
        await expect(learn.verdict(1)).toContainText('1/8');
      });

      await test.step('dilation 4 sees 9 x 9 pixels with 27 weights', async () => {
        await learn.open('wider');
        await learn.predict(1, 1);
        await learn.set('dilation', 4);
        await expect(learn.verdict(1)).toContainText('9 × 9');
        await learn.predict(2, 0);
        await learn.set('dilation', 6);
        await expect(learn.verdict(2)).toContainText('27');
      });

      await test.step('the output of stride 3, the checkerboard, the even overlap', async () => {
        await learn.open('transposed');
        await learn.predict(1, 1);
        await learn.set('stride', 3);
        await expect(learn.verdict(1)).toContainText(/[1-9]\d{2}/);
        await learn.set('stride', 2);
        await learn.predict(2, 1);
        await learn.set('kernel_size', 6);
        await expect(learn.verdict(2)).toContainText('9');
        await learn.set('kernel_size', 3);
        await expect(learn.task(0)).toHaveAttribute('data-done', 'true');
      });
    });
  });
}
