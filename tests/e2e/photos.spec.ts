/** Photos come in by upload, drop and paste, in every format; what is no photo is refused in one sentence and changes nothing. */
import { readFileSync } from 'node:fs';
import type { UploadedFile } from './support/explore.ts';
import { expect, test } from './support/journey.ts';
import { bmp, gif, png, pngOfSize, redBlue, rings, withOrientation } from './support/pictures.ts';

/** 40 x 24 pixels, left half red, right half blue. */
const fixture = (ending: string) => readFileSync(new URL(`../fixtures/red-blue.${ending}`, import.meta.url));
const jpeg = fixture('jpg');

const formats: readonly UploadedFile[] = [
  png('photo.png', 40, 24, redBlue(40)),
  { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: jpeg },
  { name: 'photo.webp', mimeType: 'image/webp', buffer: fixture('webp') },
  { name: 'photo.avif', mimeType: 'image/avif', buffer: fixture('avif') },
  gif('photo.gif', 40, 24, redBlue(40)),
  bmp('photo.bmp', 40, 24, redBlue(40)),
];

const bad: readonly { readonly what: string; readonly file: UploadedFile; readonly sentence: RegExp }[] = [
  {
    what: 'an empty file',
    file: { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
    sentence: /This file is empty: it holds 0 bytes\. Copy or download it again/,
  },
  {
    what: 'a truncated PNG',
    file: { ...png('cut.png', 64, 64, rings), buffer: png('cut.png', 64, 64, rings).buffer.subarray(0, 1500) },
    sentence: /This picture ends too early: part of the file is missing\./,
  },
  {
    what: 'a truncated JPEG',
    file: { name: 'cut.jpg', mimeType: 'image/jpeg', buffer: jpeg.subarray(0, jpeg.length - 60) },
    sentence: /This picture ends too early: part of the file is missing\./,
  },
  {
    what: 'a text called .png',
    file: { name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('Dear reader,\nthis is no picture.\n') },
    sentence: /This file (cannot be opened here|calls itself PNG)/,
  },
  {
    what: 'a HEIC photo',
    file: {
      name: 'IMG_0001.HEIC',
      mimeType: 'image/heic',
      buffer: Buffer.from([0, 0, 0, 24, ...Buffer.from('ftypheic'), 0, 0, 0, 0, ...Buffer.from('mif1heic')]),
    },
    sentence: /This is an HEIC photo, which browsers cannot read\. Export it as JPEG/,
  },
  {
    what: 'a photo of 120 megapixels',
    file: pngOfSize('huge.png', 12000, 10000),
    sentence: /This photo has 12\s?000 × 10\s?000 pixels \(120 megapixels\); the limit is \d+ megapixels\./,
  },
];

test.beforeEach(async ({ explore }) => {
  await explore.open();
});

test('takes a photo of every format with its own size and colours', { tag: '@page' }, async ({ explore, page }) => {
  for (const file of formats) {
    await test.step(file.name, async () => {
      await explore.upload(file);
      await expect(page.getByText('photo 40 × 24, computed at its own size')).toBeVisible();
      await explore.expectMaps(9, 24, 40);
      const { x } = await explore.experiment();
      expect(x.shape).toEqual([1, 3, 24, 40]);
      const at = (channel: number, row: number, column: number) => x.values[(channel * 24 + row) * 40 + column];
      for (const [channel, column, value] of [
        [0, 4, 1],
        [1, 4, 0],
        [2, 4, 0],
        [0, 35, 0],
        [2, 35, 1],
      ] as const) {
        expect(Math.abs((at(channel, 12, column) ?? 9) - value)).toBeLessThan(0.05);
      }
      // The next one is seen to come.
      await explore.upload(png('between.png', 24, 32, rings));
      await explore.expectMaps(9, 32, 24);
    });
  }
});

test('takes a dropped photo, a pasted one, and keeps a portrait upright as its EXIF orientation says', async ({
  explore,
  page,
}) => {
  // Orientation 6: the stored picture is shown turned by 90 degrees clockwise, so its red left half comes to the top.
  await explore.upload({ name: 'portrait.jpg', mimeType: 'image/jpeg', buffer: withOrientation(jpeg, 6) });
  await expect(page.getByText('photo 24 × 40, computed at its own size')).toBeVisible();
  await explore.expectMaps(9, 40, 24);
  const { x } = await explore.experiment();
  const red = (row: number) => x.values[row * 24 + 12] ?? Number.NaN;
  expect(red(4)).toBeGreaterThan(0.95);
  expect(red(35)).toBeLessThan(0.05);

  await explore.drop(png('dropped.png', 30, 20, rings));
  await explore.expectMaps(9, 20, 30);
  await page.evaluate(
    (letters) => {
      const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    },
    png('pasted.png', 22, 33, rings).buffer.toString('base64'),
  );
  await explore.expectMaps(9, 33, 22);
});

test('refuses what is no photo in one sentence; the picture stays', { tag: '@page' }, async ({ explore }) => {
  for (const { what, file, sentence } of bad) {
    await test.step(what, async () => {
      await explore.upload(png('good.png', 40, 24, rings));
      await explore.expectMaps(9, 24, 40);
      await explore.upload(file);
      await expect(explore.problem).toContainText(sentence);
      await explore.expectMaps(9, 24, 40);
      await expect(explore.captions()).toHaveCount(9);
      // Nothing hangs: the next good file is taken, and the sentence goes.
      await explore.upload(png('next.png', 24, 32, rings));
      await explore.expectMaps(9, 32, 24);
      await expect(explore.problem).toBeEmpty();
    });
  }
});

test('computes at any size up to the photo’s own and never enlarges', async ({ explore, page }) => {
  await explore.upload(png('large.png', 640, 320, rings));
  await expect(page.getByText(/^photo 640 × 320/)).toBeVisible();
  await explore.field('longest side').fill('64');
  await expect(page.getByText('photo 640 × 320, computed at 64 × 32')).toBeVisible();
  await explore.expectMaps(9, 32, 64);
  await expect(explore.field('longest side')).toHaveAttribute('max', '640');
  await expect(explore.field('longest side')).toHaveAttribute('min', '16');
  await explore.upload(png('small.png', 20, 16, rings));
  await expect(page.getByText('photo 20 × 16, computed at its own size')).toBeVisible();
  await explore.expectMaps(9, 16, 20);
});

test('turns the photo into grey, one channel, or another range of values', async ({ explore, page }) => {
  await explore.upload(png('red.png', 24, 20, () => [255, 0, 0]));
  await explore.expectMaps(9, 20, 24);
  await page.getByRole('radio', { name: 'grey', exact: true }).first().check();
  await explore.expectInput(1, 20, 24);
  await expect(explore.code).toHaveValue(/Conv2d\(1, 9/);
  const grey = await explore.experiment();
  // Rec. 601: red is 0.299 of brightness.
  expect(grey.x.values[0]).toBeCloseTo(0.299, 2);
  await page.getByRole('radio', { name: 'R', exact: true }).check();
  await page.getByRole('radio', { name: '[-1, 1]', exact: true }).check();
  await expect.poll(async () => (await explore.experiment()).x.values[0]).toBe(1);
  await page.getByRole('radio', { name: 'B', exact: true }).check();
  await expect.poll(async () => (await explore.experiment()).x.values[0]).toBe(-1);
});

test('has fifteen sample photos', { tag: '@page' }, async ({ explore, page }) => {
  const samples = page.getByRole('radiogroup', { name: 'Sample photos' }).getByRole('radio');
  await expect(samples).toHaveCount(15);
  await page.getByRole('radio', { name: 'Coins' }).check();
  await expect(page.getByText(/^photo 384 × 303/)).toBeVisible();
  await expect(explore.captions()).toHaveCount(9);
});

test('paints on the photo', async ({ explore, page }) => {
  await explore.upload(png('grey.png', 40, 30, () => [128, 128, 128]));
  await explore.expectMaps(9, 30, 40);
  const before = (await explore.experiment()).x.values;
  await explore.button('Paint').click();
  await page.getByRole('application', { name: /^Painting surface/ }).focus();
  await page.keyboard.press('Space');
  await expect
    .poll(async () => (await explore.experiment()).x.values.some((value, i) => value !== before[i]))
    .toBe(true);
});

test('a camera that is refused or missing is said; the picture stays', { tag: '@page' }, async ({ explore }) => {
  await explore.button('Camera').click();
  await expect(explore.problem).toContainText(/The camera was not allowed\.|No camera was found\./);
  await expect(explore.captions()).toHaveCount(9);
});
