/** Figures in somebody else's page, on another origin: `tests/embedding/blog.html`. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Frame, type Page, test as plain, expect as plainExpect } from '@playwright/test';

const file = (name: string) => readFileSync(new URL(`../embedding/${name}`, import.meta.url), 'utf8');

/** The blog's own server: another port is another origin. */
const test = plain.extend<{ readonly blog: { readonly url: string; show(state: string): void } }>({
  blog: async ({ baseURL }, use) => {
    const origin = new URL(baseURL ?? '').origin;
    let state = '';
    const server: Server = createServer((request, response) => {
      const isStyle = request.url === '/blog.css';
      response.setHeader('Content-Type', isStyle ? 'text/css' : 'text/html');
      if (request.url === '/favicon.ico') response.statusCode = 204;
      response.end(
        isStyle ? file('blog.css') : file('blog.html').replaceAll('ORIGIN', origin).replaceAll('STATE', state),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      show(next) {
        state = next;
      },
    });
    await new Promise((resolve) => server.close(resolve));
  },
});
const expect = plainExpect;

async function frameOf(page: Page, selector: string): Promise<Frame> {
  const frame = await (await page.locator(selector).elementHandle())?.contentFrame();
  if (!frame) throw new Error(`${selector} is no frame`);
  return frame;
}

test('three figures in a blog: as high as they are, each in its look, a device only in sight, and nothing kept @page', async ({
  browser,
  page,
  blog,
  baseURL,
}) => {
  const faults: string[] = [];
  const allowed = [new URL(blog.url).origin, new URL(baseURL ?? '').origin];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin, href } = new URL(request.url());
    if (!['blob:', 'data:'].includes(protocol) && !allowed.includes(origin)) faults.push(href);
  });

  await test.step('Share gives the figure', async () => {
    const author = await browser.newPage();
    await author.goto(baseURL ?? '');
    await author.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Compare' }).click();
    await author.getByRole('button', { name: 'Share' }).click();
    const dialog = author.getByRole('dialog', { name: 'Share' });
    await dialog.getByText('In your own page').click();
    const snippet = await dialog
      .getByRole('textbox', { name: 'A figure that is as high as what it shows' })
      .inputValue();
    const plainFrame = await dialog.getByRole('textbox', { name: 'A plain frame, without a script' }).inputValue();
    const state = /state="(v1=[\w-]+)"/.exec(snippet)?.[1] ?? '';
    expect(snippet).toContain(`<script async src="${baseURL}conv-scope.js"></script>`);
    expect(plainFrame).toContain(`src="${baseURL}embed.html?lang=en#${state}"`);
    expect(state).not.toBe('');
    blog.show(state);
    await author.context().close();
  });

  await page.goto(blog.url);
  const first = page.frameLocator('#first iframe');
  const second = page.frameLocator('#second iframe');

  await test.step('the first figure computes its maps, in its look and language', async () => {
    await expect(first.getByRole('img', { name: /^9 response maps of 170 × 256/ })).toBeVisible();
    await expect(first.locator('html')).toHaveAttribute('data-theme', 'light');
    await expect(first.getByRole('link', { name: 'Open in ConvScope' })).toHaveAttribute('href', /#v1=|\.\/$/);
  });

  await test.step('its frame is as high as what it shows, and grows with it', async () => {
    const frame = page.locator('#first iframe');
    const height = async () => (await frame.boundingBox())?.height ?? 0;
    const inside = async () =>
      first.locator('#root').evaluate((root) => Math.ceil(root.getBoundingClientRect().height));
    await expect.poll(async () => (await height()) - (await inside())).toBe(0);
    const before = await height();
    await first.getByText('The layer: kernel, stride, padding, dilation').click();
    await expect.poll(height).toBeGreaterThan(before + 60);
  });

  await test.step('a slider moves its maps, and the link follows', async () => {
    await first.getByRole('spinbutton', { name: 'stride' }).fill('2');
    await first.getByRole('spinbutton', { name: 'stride' }).press('Enter');
    await expect(first.getByRole('img', { name: /^9 response maps of 85 × / })).toBeVisible();
    await expect(first.getByRole('link', { name: 'Open in ConvScope' })).toHaveAttribute('href', /#v1=/);
  });

  await test.step('one that is scrolled to starts; one that has left sight gives its device back', async () => {
    await page.locator('#second').scrollIntoViewIfNeeded();
    await expect(second.locator('html')).toHaveAttribute('lang', 'ko');
    await expect(second.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(second.getByRole('img', { name: /맵/ }).first()).toBeVisible();
    await expect(second.locator('.compare-costs')).toHaveCount(4);
    await expect(first.locator('.map-place')).toHaveCount(0);
  });

  await test.step('the page around changes the look', async () => {
    await page.locator('#second').evaluate((figure) => figure.setAttribute('theme', 'light'));
    await expect(second.locator('html')).toHaveAttribute('data-theme', 'light');
  });

  await test.step('the plain frame does without the script', async () => {
    await page.locator('#plain').scrollIntoViewIfNeeded();
    await expect(page.frameLocator('#plain').locator('.map-place').first()).toBeVisible();
  });

  await test.step('nothing is kept', async () => {
    const frame = await frameOf(page, '#second iframe');
    const kept = await frame.evaluate(async () => ({
      cookies: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    expect(kept).toEqual({ cookies: '', local: 0, session: 0, databases: [] });
  });
  expect(faults).toEqual([]);
});
