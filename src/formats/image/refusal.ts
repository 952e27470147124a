/** Refusals of a photo, as values. */
import { type PhotoError, type PhotoErrorCode, pixelLimit } from './photo.ts';

const megapixels = (pixels: number) => Math.round(pixels / 1e5) / 10;

export function refuse(
  code: PhotoErrorCode,
  values: PhotoError['values'] = {},
): { readonly ok: false; readonly error: PhotoError } {
  return { ok: false, error: { code, values } };
}

export function tooLarge(width: number, height: number) {
  return refuse('too-large', { width, height, megapixels: megapixels(width * height), limit: pixelLimit / 1e6 });
}
