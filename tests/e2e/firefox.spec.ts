/**
 * One journey in another browser: the page on the CPU engine in Firefox, driven by WebDriver BiDi, since Playwright drives only a
 * Firefox of its own. Reported as not run where no Firefox is installed.
 */
import { accessSync, constants } from 'node:fs';
import { expect, test } from '@playwright/test';
import { launch, type Page } from 'puppeteer-core';

const places = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

function findFirefox(): string | undefined {
  return [process.env.CONVSCOPE_FIREFOX, ...places].find((path) => {
    try {
      accessSync(path ?? '', constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent ?? '');

/** Types a number into the field of an attribute and takes it. */
async function setAttribute(page: Page, name: string, value: number): Promise<void> {
  const field = await page.waitForSelector(`input[type="number"][aria-label="${name}"]`);
  await field?.click({ count: 3 });
  await field?.type(String(value));
  await field?.press('Enter');
}

test('Firefox shows the maps on the CPU engine, and a slider changes them', async ({ baseURL }, { project }) => {
  test.skip(project.name !== 'cpu', 'one run is enough');
  const executablePath = findFirefox();
  test.skip(executablePath === undefined, 'not run: no Firefox is installed (CONVSCOPE_FIREFOX names one)');
  const browser = await launch({ browser: 'firefox', executablePath: executablePath ?? '', headless: true });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(baseURL ?? '');
    await page.waitForSelector('.dot-sums');
    expect(await textOf(page, '.engine-chip')).toContain('CPU');
    expect(await textOf(page, '#maps h2 + .panel-meta')).toBe('9 × 170 × 256');

    await setAttribute(page, 'stride', 2);
    await setAttribute(page, 'padding', 0);
    await page.waitForFunction(() => document.querySelector('#maps h2 + .panel-meta')?.textContent === '9 × 84 × 127');
    // The response that is written out is the float64 sum; the map's own float32 value stands in its caption.
    await page.waitForFunction(() => {
      const plain = (selector: string) =>
        document.querySelector(selector)?.textContent?.replaceAll('\u2212', '-') ?? '';
      const response = plain('.dot-sum.field dd');
      return response !== '' && plain('#maps').includes(response);
    });
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
});
