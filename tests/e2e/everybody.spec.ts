/** For everybody: two languages, two themes, three widths, by keyboard alone, and with less motion for those who ask for it. */
import type { Page } from '@playwright/test';
import { en } from '../../src/i18n/en/index.ts';
import { ko } from '../../src/i18n/ko/index.ts';
import { expect, test } from './support/journey.ts';

type Words = { readonly [key: string]: string | Words };

/** Every sentence of a dictionary by its place. */
function sentences(words: Words, place = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${place}${key}`, value] as const]
        : [...sentences(value, `${place}${key}.`).entries()],
    ),
  );
}

/** Words that are PyTorch's, wherever else they also stand. */
const attributeWords = new Set(['bias', 'zeros']);

/** English sentences that are other ones in Korean and hold no number. */
function englishOnly(): readonly string[] {
  const korean = sentences(ko);
  const words = [...sentences(en)].filter(([place, text]) => korean.get(place) !== text && !text.includes('{{'));
  const spoken = new Set(korean.values());
  return words.map(([, text]) => text).filter((text) => !spoken.has(text) && !attributeWords.has(text));
}

/** All words of the page that a person sees or hears: texts, names, titles, placeholders. */
function wordsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll('body, body *')) {
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '');
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-description', 'aria-valuetext']) {
        found.push(element.getAttribute(name) ?? '');
      }
    }
    return found.map((text) => text.trim()).filter((text) => text !== '');
  });
}

const pageScrolls = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { across: scrollWidth > clientWidth, down: scrollHeight > clientHeight };
  });

/** The open menu shows its first and its last item without being scrolled. */
async function expectSeenWhole(page: Page): Promise<void> {
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitemradio').last()).toBeInViewport({ ratio: 1 });
  await expect(menu.getByRole('menuitemradio').first()).toBeInViewport({ ratio: 1 });
  expect(await menu.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
}

test('speaks Korean when asked, and English again', { tag: '@page' }, async ({ explore, page }) => {
  await explore.open();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await explore.button('한국어').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('heading', { name: ko.maps.title })).toBeVisible();
  // The attributes keep PyTorch's names.
  for (const name of ['kernel_size', 'stride', 'padding', 'dilation', 'groups', 'out_channels']) {
    await expect(explore.field(name)).toBeVisible();
  }
  await expect
    .poll(async () => {
      const words = await wordsOf(page);
      return englishOnly().filter((sentence) => words.includes(sentence));
    })
    .toEqual([]);
  // Chosen once, it stays.
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await explore.button('English').click();
  await expect(page.getByRole('heading', { name: 'Response maps' })).toBeVisible();
});

test.describe('in a Korean browser', () => {
  test.use({ locale: 'ko-KR' });

  test('opens in Korean', { tag: '@page' }, async ({ explore, page }) => {
    await page.goto(explore.engine === 'webgpu' ? '?engine=webgpu' : '');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
    await expect(page.getByRole('button', { name: ko.shell.actions.export, exact: true })).toBeVisible();
    await expect(page).toHaveTitle(ko.shell.title);
  });
});

test('the theme follows the system and then the choice', { tag: '@page' }, async ({ explore, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await explore.open();
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(light);
  await explore.button('Theme').click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  await expect.poll(background).toBe(light);
  await explore.button('Theme').click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(background).not.toBe(light);
  await page.reload();
  await expect.poll(background).not.toBe(light);
});

test('a keyboard alone reaches the layer, the maps and the menus, with the focus in sight', { tag: '@page' }, async ({
  explore,
  page,
}) => {
  await explore.open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the response maps' })).toBeFocused();
  const stride = page.getByRole('slider', { name: 'stride slider' });
  const isOnStride = () => stride.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60 && !(await isOnStride()); presses++) await page.keyboard.press('Tab');
  await expect(stride).toBeFocused();
  const ring = () =>
    stride.evaluate((element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    });
  expect(await ring()).toBe(true);
  await page.keyboard.press('ArrowRight');
  await expect(explore.field('stride')).toHaveValue('2');
  await page.keyboard.press('Tab');
  await expect(explore.field('stride')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(explore.field('stride')).toHaveValue('3');

  for (let presses = 0; presses < 80; presses++) {
    if (await explore.maps.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(explore.maps).toBeFocused();
  await page.keyboard.press('Home');
  const place = page.getByText(/^map \d+ · row \d+ · column \d+$/);
  await expect(place).toHaveText(/column 0$/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(place).toHaveText(/column 2$/);
  await page.keyboard.press('PageDown');
  await expect(place).toHaveText(/^map 1 · .*column 2$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Map 1/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(explore.maps).toBeFocused();

  await explore.button('Export').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem').nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(explore.button('Export')).toBeFocused();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeHidden();
});

test('1440 x 900 holds the whole screen without scrolling', { tag: '@page' }, async ({ explore, page }) => {
  await explore.open();
  expect(await pageScrolls(page)).toEqual({ across: false, down: false });
  await expect(explore.button('Check against float64')).toBeInViewport();
  await explore.button('한국어').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  expect(await pageScrolls(page)).toEqual({ across: false, down: false });
});

test('the presets are seen whole, in both languages', { tag: '@page' }, async ({ explore, page }) => {
  await explore.open();
  await explore.button('Presets').click();
  await expectSeenWhole(page);
  await page.keyboard.press('Escape');
  await explore.button('한국어').click();
  await page.getByRole('button', { name: ko.kernels.presets, exact: true }).click();
  await expectSeenWhole(page);
});

test('1024 wide nothing sticks out', { tag: '@page' }, async ({ explore, page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await explore.open();
  expect((await pageScrolls(page)).across).toBe(false);
  await expect(explore.field('stride')).toBeVisible();
  await expect(explore.captions().first()).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the controls stand in a bottom sheet that moves', async ({ explore, page }) => {
    await explore.open();
    expect((await pageScrolls(page)).across).toBe(false);
    const sheet = page.getByRole('region', { name: 'Controls' });
    const heightOf = async () => (await sheet.boundingBox())?.height ?? 0;
    const middle = await heightOf();
    const handle = page.getByRole('slider', { name: 'Height of the controls' });
    await handle.press('ArrowUp');
    await expect.poll(heightOf).toBeGreaterThan(middle + 100);
    await handle.press('Home');
    await expect.poll(heightOf).toBeLessThan(middle - 100);
    await page.getByRole('tab', { name: 'Layer' }).click();
    await explore.field('stride').fill('2');
    await expect(explore.field('stride')).toHaveValue('2');
    for (const tab of ['Kernels', 'View', 'Input', 'Layer']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel')).toBeVisible();
      expect((await pageScrolls(page)).across).toBe(false);
    }
    await expect(explore.button('Export')).toBeVisible();
    expect((await explore.experiment()).layer.stride).toBe(2);
  });

  test('what a finger points at is at least 40 px high, also beside a map and in the formula', async ({
    explore,
    page,
  }) => {
    await explore.open();
    await explore.button('Slide the window').tap();
    await page.getByRole('tab', { name: 'View' }).tap();
    const targets = [
      explore.captions().first(),
      explore.button('Pause'),
      explore.button('Show the whole map'),
      page.getByRole('slider', { name: 'Position of the window' }),
      page.getByRole('slider', { name: 'Speed' }),
      page.getByRole('slider', { name: 'size of the maps' }),
      page.getByRole('button', { name: /^K: kernel_size/ }).first(),
    ];
    for (const target of targets) expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(40);
  });

  test('a finger chooses a preset out of all, and a cell, and types its weight', async ({ explore, page }) => {
    await explore.open();
    await page.getByRole('tab', { name: 'Kernels' }).tap();
    await explore.button('Presets').tap();
    await expectSeenWhole(page);
    await page.getByRole('menuitemradio', { name: 'identity' }).tap();
    await page.getByRole('slider', { name: 'Height of the controls' }).press('ArrowUp');
    await page.getByRole('gridcell', { name: /^slice G, row 1, column 2:/ }).tap();
    await explore.field('slice G, row 1, column 2 of filter 0').fill('-0.25');
    await expect.poll(async () => (await explore.experiment()).weight.values[14]).toBe(-0.25);
    const controls = page.getByRole('tabpanel').locator('button, select, label, input[type="number"]');
    const heights = await controls.evaluateAll((all) =>
      all.filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect().height),
    );
    expect(heights.length).toBeGreaterThan(20);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
  });

  test('a tap on a map pins its unit', async ({ explore, page }) => {
    await explore.open();
    const map = await explore.tile(0);
    await page.touchscreen.tap(map.x + map.width / 2, map.y + map.height / 2);
    await expect(page.getByText(/^map 0 · row \d+ · column \d+$/)).toBeAttached();
    await expect(explore.photo).toContainText(/Receptive field: rows \d+ to \d+/);
  });
});

test.describe('with less motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing is animated, and the window steps slowly', async ({ explore, page }) => {
    await explore.open();
    const longest = await page.evaluate(() => {
      const seconds = (text: string) =>
        Math.max(...text.split(',').map((part) => Number.parseFloat(part) * (part.includes('ms') ? 0.001 : 1)));
      return Math.max(
        ...[...document.querySelectorAll('*')].map((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element);
          return Math.max(seconds(transitionDuration), seconds(animationDuration));
        }),
      );
    });
    expect(longest).toBeLessThanOrEqual(0.01);
    await page.getByRole('button', { name: 'Slide the window' }).click();
    const position = page.getByRole('slider', { name: 'Position of the window' });
    await expect(position).toBeVisible();
    const started = Date.now();
    await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0);
    // Twice a second at most, whatever the speed that is set.
    const steps = Number(await position.inputValue());
    expect(steps).toBeLessThanOrEqual(2 * ((Date.now() - started) / 1000) + 2);
  });
});
