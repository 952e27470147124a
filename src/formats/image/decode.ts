/**
 * File → photo. What the bytes are is found out first (`sniff`), then their size and completeness (`structure`), and only then does
 * the browser decode them, under a time-out. Runs in a page and in a worker.
 */
import type { Result } from '../../operators/operator.ts';
import { claimOf } from './claim.ts';
import {
  fileSizeLimit,
  longestSide,
  type Photo,
  type PhotoError,
  type PhotoErrorCode,
  type PhotoFormat,
  pixelLimit,
} from './photo.ts';
import { AreaAverager, type Raster } from './resample.ts';
import { type Sniffed, sniff, sniffLength } from './sniff.ts';
import { structureOf } from './structure.ts';
import { workingDimensions } from './workingPicture.ts';

const decodeSeconds = 20;

/** Pixels are read out of the bitmap in tiles of this size, below every browser's limits for a canvas. */
const tileSide = 2048;

const megapixels = (pixels: number) => Math.round(pixels / 1e5) / 10;

function refuse(
  code: PhotoErrorCode,
  values: PhotoError['values'] = {},
): { readonly ok: false; readonly error: PhotoError } {
  return { ok: false, error: { code, values } };
}

/** Refuses what is not a photo that this page reads. */
function formatOf(sniffed: Sniffed, file: Blob): Result<PhotoFormat, PhotoError> {
  switch (sniffed.kind) {
    case 'photo':
      return { ok: true, value: sniffed.format };
    case 'heic':
      return refuse('heic');
    case 'other-image':
      return refuse('unsupported', { format: sniffed.format });
    case 'video':
    case 'other': {
      const found = sniffed.kind === 'video' ? sniffed.format : sniffed.found;
      const claimed = claimOf(file);
      return claimed ? refuse('mislabelled', { claimed, found }) : refuse('not-an-image', { found });
    }
    default:
      return sniffed satisfies never;
  }
}

/** Everything that can be said before decoding. */
async function examine(file: Blob): Promise<Result<PhotoFormat, PhotoError>> {
  if (file.size === 0) return refuse('empty');
  const head = new Uint8Array(await file.slice(0, sniffLength).arrayBuffer());
  const format = formatOf(sniff(head), file);
  if (!format.ok) return format;
  if (file.size > fileSizeLimit) {
    return refuse('file-too-large', { megabytes: Math.round(file.size / 2 ** 20), limit: fileSizeLimit / 2 ** 20 });
  }
  const { size, complete } = structureOf(format.value, new Uint8Array(await file.arrayBuffer()));
  if (size && size.width * size.height >= pixelLimit) return tooLarge(size.width, size.height);
  if (!complete) return refuse('truncated', { format: format.value });
  if (size && size.width * size.height === 0) return refuse('damaged', { format: format.value });
  return format;
}

function tooLarge(width: number, height: number) {
  return refuse('too-large', { width, height, megapixels: megapixels(width * height), limit: pixelLimit / 1e6 });
}

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
  let format: Result<PhotoFormat, PhotoError>;
  try {
    format = await examine(file);
  } catch {
    // The file went away or may not be read (a folder, a removed card).
    return refuse('damaged', { format: claimOf(file) ?? 'file' });
  }
  if (!format.ok) return format;
  const bitmap = await decodeBitmap(file, format.value, seconds);
  if (!bitmap.ok) return bitmap;
  const { width: fullWidth, height: fullHeight } = bitmap.value;
  try {
    if (fullWidth * fullHeight >= pixelLimit) return tooLarge(fullWidth, fullHeight);
    const raster = rasterOf(bitmap.value, longestSide);
    return {
      ok: true,
      value: { ...raster, fullWidth, fullHeight, opaque: isOpaque(raster.rgba), format: format.value },
    };
  } catch {
    return refuse('damaged', { format: format.value });
  } finally {
    bitmap.value.close();
  }
}
