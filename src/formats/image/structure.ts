/**
 * Size and completeness of a picture file, read from its structure before anything is decoded: a picture bomb must cost nothing,
 * and a cut file must be refused, since browsers show its upper half as if it were the whole.
 *
 * Sources: ITU-T T.81 (JPEG), W3C PNG, GIF89a, RFC 9649 (WebP), Microsoft BITMAPFILEHEADER, ISO 23008-12 (`ispe` in AVIF).
 */
import type { PhotoFormat } from './photo.ts';

export interface Structure {
  /** The size in the header, before EXIF orientation; null where it was not found (then the decoder says it). */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly complete: boolean;
}

const cut: Structure = { size: null, complete: false };

/** Markers that start a frame and carry its size: SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
const isStartOfFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpeg(bytes: Uint8Array, view: DataView): Structure {
  let size: Structure['size'] = null;
  let at = 2;
  for (;;) {
    // Also skips entropy-coded data: stuffed zeros (FF 00) and restart markers (D0..D7) belong to it.
    at = bytes.indexOf(0xff, at);
    const marker = at < 0 ? undefined : bytes[at + 1];
    if (marker === undefined) return { size, complete: false };
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    at += 2;
    if (marker === 0xd9) return { size, complete: true };
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (at + 2 > bytes.length) return { size, complete: false };
    const length = view.getUint16(at);
    if (isStartOfFrame(marker) && at + 7 <= bytes.length) {
      size ??= { height: view.getUint16(at + 3), width: view.getUint16(at + 5) };
    }
    at += Math.max(2, length);
  }
}

function png(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 24) return cut;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let at = 8;
  while (at + 12 <= bytes.length) {
    const isEnd = view.getUint32(at + 4) === 0x49454e44;
    at += 12 + view.getUint32(at);
    if (isEnd) return { size, complete: at <= bytes.length };
  }
  return { size, complete: false };
}

/** Steps over a chain of GIF sub-blocks; returns where it ends, or more than the length. */
function skipSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) return bytes.length + 1;
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** Complete means: the first picture is. Later frames and a missing trailer do not matter, only the first frame is shown. */
function gif(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 13) return cut;
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const colourTable = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + colourTable(bytes[10]!);
  while (at < bytes.length) {
    const introducer = bytes[at];
    if (introducer === 0x21) at = skipSubBlocks(bytes, at + 2);
    else if (introducer === 0x2c) {
      if (at + 10 > bytes.length) break;
      const end = skipSubBlocks(bytes, at + 10 + colourTable(bytes[at + 9]!) + 1);
      return { size, complete: end <= bytes.length };
    } else break;
  }
  return { size, complete: false };
}

function webp(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 30) return cut;
  const complete = view.getUint32(4, true) + 8 <= bytes.length;
  const chunk = String.fromCharCode(...bytes.subarray(12, 16));
  const uint24 = (at: number) => bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  if (chunk === 'VP8X') return { size: { width: uint24(24) + 1, height: uint24(27) + 1 }, complete };
  if (chunk === 'VP8 ') {
    return { size: { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }, complete };
  }
  if (chunk === 'VP8L') {
    const packed = view.getUint32(21, true);
    return { size: { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }, complete };
  }
  return { size: null, complete };
}

function bmp(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 30) return cut;
  const isCore = view.getUint32(14, true) === 12;
  const width = isCore ? view.getUint16(18, true) : Math.abs(view.getInt32(18, true));
  const height = isCore ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore || bytes.length < 54 ? 0 : view.getUint32(30, true);
  const size = { width, height };
  // The file-size field is often wrong; what uncompressed pixels need is not.
  const isUncompressed = compression === 0 || compression === 3;
  const needed = isUncompressed ? view.getUint32(10, true) + Math.ceil((width * bits) / 32) * 4 * height : 0;
  return { size, complete: needed <= bytes.length };
}

/** Walks the top-level boxes for completeness; the size is the largest `ispe` (tiles of a grid have smaller ones). */
function avif(bytes: Uint8Array, view: DataView): Structure {
  let size: Structure['size'] = null;
  const lookAt = Math.min(bytes.length - 16, 65536);
  for (let at = 0; at <= lookAt; at++) {
    if (bytes[at] !== 0x69 || view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!size || width * height > size.width * size.height) size = { width, height };
  }
  let at = 0;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at);
    if (length === 0) return { size, complete: true };
    if (length === 1 && at + 16 > bytes.length) return { size, complete: false };
    const boxLength = length === 1 ? Number(view.getBigUint64(at + 8)) : length;
    if (boxLength < 8) return { size, complete: false };
    at += boxLength;
  }
  return { size, complete: at === bytes.length };
}

/** Reads a whole file's structure. Never throws: what cannot be read is incomplete. */
export function structureOf(format: PhotoFormat, bytes: Uint8Array): Structure {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'JPEG':
      return jpeg(bytes, view);
    case 'PNG':
      return png(bytes, view);
    case 'GIF':
      return gif(bytes, view);
    case 'WebP':
      return webp(bytes, view);
    case 'BMP':
      return bmp(bytes, view);
    case 'AVIF':
      return avif(bytes, view);
    default:
      return format satisfies never;
  }
}
