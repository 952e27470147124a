/**
 * File → photo. What the bytes are is found out first, with their size and completeness (`examine.ts`), and only then does the browser
 * decode them, under a time-out. The page's own photos are known: they are decoded at once. Runs in a page and in a worker.
 */
import type { Result } from '../../operators/operator.ts';
import { longestSide, type Photo, type PhotoError, type PhotoFormat, pixelLimit } from './photo.ts';
import { refuse, tooLarge } from './refusal.ts';
import { AreaAverager, type Raster } from './resample.ts';
import { workingDimensions } from './workingSize.ts';

const decodeSeconds = 20;

/** Pixels are read out of the bitmap in tiles of this size, below every browser's limits for a canvas. */
const tileSide = 2048;

async function decodeBitmap(
  file: Blob,
  format: PhotoFormat,
  seconds: number,
): Promise<Result<ImageBitmap, PhotoError>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const late = new Promise<Result<ImageBitmap, PhotoError>>((settle) => {
    timer = setTimeout(() => {
      isLate = true;
      settle(refuse('timeout', { seconds }));
    }, seconds * 1000);
  });
  const decoded = createImageBitmap(file, {
    imageOrientation: 'from-image',
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  }).then(
    (bitmap): Result<ImageBitmap, PhotoError> => {
      if (isLate) bitmap.close();
      return { ok: true, value: bitmap };
    },
    // AVIF is the one format of the six that not every browser of today decodes.
    () => refuse(format === 'AVIF' ? 'unsupported' : 'damaged', { format }),
  );
  const result = await Promise.race([decoded, late]);
  clearTimeout(timer);
  return result;
}

/** Reads a bitmap's pixels as straight RGBA, `rows` rows from `y` on, tile by tile. */
function readRows(
  bitmap: ImageBitmap,
  y: number,
  rows: number,
  context: OffscreenCanvasRenderingContext2D,
): Uint8ClampedArray {
  const { width } = bitmap;
  const strip = new Uint8ClampedArray(width * rows * 4);
  for (let x = 0; x < width; x += tileSide) {
    const columns = Math.min(tileSide, width - x);
    context.drawImage(bitmap, x, y, columns, rows, 0, 0, columns, rows);
    const tile = context.getImageData(0, 0, columns, rows).data;
    if (columns === width) return tile;
    for (let row = 0; row < rows; row++) {
      strip.set(tile.subarray(row * columns * 4, (row + 1) * columns * 4), (row * width + x) * 4);
    }
  }
  return strip;
}

/**
 * A bitmap's pixels, area-averaged to at most `side` on the longest side; straight RGBA. Rows are read in strips, so the full
 * picture is never in memory a second time.
 */
export function rasterOf(bitmap: ImageBitmap, side: number): Raster {
  const { width, height } = workingDimensions(bitmap.width, bitmap.height, side);
  const stripRows = Math.max(1, Math.min(bitmap.height, 256));
  const canvas = new OffscreenCanvas(Math.min(bitmap.width, tileSide), stripRows);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2-D canvas');
  context.globalCompositeOperation = 'copy';
  const isSame = width === bitmap.width && height === bitmap.height;
  const whole = isSame ? new Uint8ClampedArray(width * height * 4) : null;
  const averager = isSame ? null : new AreaAverager(bitmap.width, bitmap.height, width, height);
  for (let y = 0; y < bitmap.height; y += stripRows) {
    const rows = Math.min(stripRows, bitmap.height - y);
    const strip = readRows(bitmap, y, rows, context);
    whole?.set(strip, y * width * 4);
    if (averager) for (let row = 0; row < rows; row++) averager.addRow(strip, row * bitmap.width * 4);
  }
  return whole ? { rgba: whole, width, height } : averager!.finish();
}

function isOpaque(rgba: Uint8ClampedArray): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}

/** Decodes a picture file. Never rejects: whatever is wrong with the file is a `PhotoError`. */
export async function decodePhoto(file: Blob, seconds = decodeSeconds): Promise<Result<Photo, PhotoError>> {
  const { examine } = await import('./examine.ts');
  const format = await examine(file);
  return format.ok ? decodeKnown(file, format.value, seconds) : format;
}

/** Decodes a file of which it is known that it is a whole picture of this format. Never rejects. */
export async function decodeKnown(
  file: Blob,
  format: PhotoFormat,
  seconds = decodeSeconds,
): Promise<Result<Photo, PhotoError>> {
  const bitmap = await decodeBitmap(file, format, seconds);
  if (!bitmap.ok) return bitmap;
  const { width: fullWidth, height: fullHeight } = bitmap.value;
  try {
    if (fullWidth * fullHeight >= pixelLimit) return tooLarge(fullWidth, fullHeight);
    const raster = rasterOf(bitmap.value, longestSide);
    return { ok: true, value: { ...raster, fullWidth, fullHeight, opaque: isOpaque(raster.rgba), format } };
  } catch {
    return refuse('damaged', { format });
  } finally {
    bitmap.value.close();
  }
}
