/** A decoded photo, and every reason why a file may not become one. Errors are values: a code and the numbers of its sentence. */

/** The longest side in pixels that is kept of a photo, and the largest working size. */
export const longestSide = 4096;

/** Photos of this many pixels and more are refused before they are decoded. */
export const pixelLimit = 100_000_000;

/** Files above this size are refused unread. */
export const fileSizeLimit = 512 * 1024 * 1024;

export type PhotoFormat = 'PNG' | 'JPEG' | 'WebP' | 'AVIF' | 'GIF' | 'BMP';

export interface Photo {
  /**
   * Straight (not premultiplied) RGBA bytes, row-major, upright (EXIF orientation applied). Area-averaged down to `longestSide`
   * when the photo is larger, so that any photo takes at most 64 MiB.
   */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The photo's own size, upright. */
  readonly fullWidth: number;
  readonly fullHeight: number;
  /** Every alpha byte is 255. */
  readonly opaque: boolean;
  readonly format: PhotoFormat;
}

export type PhotoErrorCode =
  /** No bytes. */
  | 'empty'
  /** The file ends before the picture does. */
  | 'truncated'
  /** Not a picture, and nothing said it would be. `found`: what it is, where known ('text', 'PDF', ...), else 'unknown'. */
  | 'not-an-image'
  /** The name or type says picture (`claimed`), the bytes say otherwise (`found`). */
  | 'mislabelled'
  /** Apple's HEIC, which browsers cannot decode. */
  | 'heic'
  /** `width` x `height` = `megapixels`, from `limit` megapixels on. */
  | 'too-large'
  /** The file has `megabytes`, more than `limit`. */
  | 'file-too-large'
  /** A picture in a format that this page, or this browser, does not read (`format`). */
  | 'unsupported'
  /** Complete by its structure, but the decoder gives up on it (`format`). */
  | 'damaged'
  /** The decoder did not answer within `seconds`. */
  | 'timeout';

export interface PhotoError {
  readonly code: PhotoErrorCode;
  readonly values: Readonly<Record<string, number | string>>;
}
