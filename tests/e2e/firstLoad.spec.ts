/** What a first visit costs until the maps stand: every document, script and style that is fetched, workers too, and the fonts. */
import { gzipSync } from 'node:zlib';
import { expect, test } from './support/journey.ts';

/** Bytes: 250 KB and 200 KB, of 1000 bytes each. */
const limit = { code: 250_000, fonts: 200_000 } as const;

for (const locale of ['en-US', 'ko-KR'] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test('the first load stays within its size', async ({ page, engine }, info) => {
      const bodies: Promise<{ readonly url: string; readonly isFont: boolean; readonly bytes: number } | null>[] = [];
      page.on('response', (response) => {
        const { pathname, protocol } = new URL(response.url());
        const isFont = pathname.endsWith('.woff2');
        if (protocol === 'blob:' || !(isFont || /(\/|\.html|\.js|\.css)$/.test(pathname))) return;
        bodies.push(
          response.body().then(
            (body) => ({ url: pathname, isFont, bytes: isFont ? body.length : gzipSync(body, { level: 9 }).length }),
            () => null,
          ),
        );
      });
      await page.goto(engine === 'webgpu' ? '?engine=webgpu' : '');
      await expect(page.locator('.map-place').first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      // A script that several workers run is fetched once and then taken from the browser's cache.
      const loaded = (await Promise.all(bodies)).filter((file) => file !== null);
      const files = [...new Map(loaded.map((file) => [file.url, file])).values()];
      const sum = (isFont: boolean) =>
        files.filter((file) => file.isFont === isFont).reduce((total, file) => total + file.bytes, 0);
      info.annotations.push({
        type: 'first load',
        description: `code ${sum(false)} bytes gzip, fonts ${sum(true)} bytes`,
      });
      expect(files.length).toBeGreaterThan(3);
      expect(sum(false)).toBeLessThanOrEqual(limit.code);
      expect(sum(true)).toBeLessThanOrEqual(limit.fonts);
    });
  });
}
