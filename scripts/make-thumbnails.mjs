/**
 * Makes the small pictures of the sample photos (public/samples/thumbs/, 112 x 88, cropped to the middle) and the PNG icons from the
 * mark, with the browser that the tests use. Run it after a change of samples or mark: node scripts/make-thumbnails.mjs
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { findChromium } from './chromium.mjs';

const samples = new URL('../public/samples/', import.meta.url);
const thumbs = new URL('thumbs/', samples);
const icons = new URL('../public/icons/', import.meta.url);

/** Draws a picture into the middle of a canvas of the given size; runs in the page. */
async function draw({ source, width, height, type, quality }) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  const scale = Math.max(width / image.naturalWidth, height / image.naturalHeight);
  const [w, h] = [image.naturalWidth * scale, image.naturalHeight * scale];
  context.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
  return canvas.toDataURL(type, quality).split(',')[1];
}

const dataUrl = async (file, type) => `data:${type};base64,${(await readFile(file)).toString('base64')}`;

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  const save = async (file, options) => writeFile(file, Buffer.from(await page.evaluate(draw, options), 'base64'));
  await mkdir(thumbs, { recursive: true });
  for (const name of (await readdir(samples)).filter((file) => file.endsWith('.webp'))) {
    const source = await dataUrl(new URL(name, samples), 'image/webp');
    await save(new URL(name, thumbs), { source, width: 112, height: 88, type: 'image/webp', quality: 0.78 });
  }
  const mark = await dataUrl(new URL('mark.svg', icons), 'image/svg+xml');
  for (const size of [180, 512]) {
    await save(new URL(`mark-${size}.png`, icons), { source: mark, width: size, height: size, type: 'image/png' });
  }
} finally {
  await browser.close();
}
