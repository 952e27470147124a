import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhotoFormat } from './photo.ts';
import { sniff } from './sniff.ts';
import { structureOf } from './structure.ts';

/** Bytes from text (one byte per letter) and numbers. */
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part)),
  );
const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const u32le = (n: number) => u32(n).reverse();

const files: Readonly<Record<PhotoFormat, Uint8Array>> = {
  // IHDR of 300x200, an IDAT of one byte, IEND; check sums are the decoder's business.
  PNG: bytes(
    '\x89PNG\r\n\x1a\n',
    u32(13),
    'IHDR',
    u32(300),
    u32(200),
    [8, 2, 0, 0, 0],
    u32(0),
    u32(1),
    'IDAT',
    [0],
    u32(0),
    u32(0),
    'IEND',
    u32(0),
  ),
  // An APP1 with a thumbnail's EOI inside, SOF0 of 300x200, SOS, data with a stuffed FF and a restart marker, EOI.
  JPEG: bytes(
    [255, 0xd8, 255, 0xe1, 0, 6, 255, 0xd9, 1, 2, 255, 0xc0, 0, 11, 8, 0, 200, 1, 44, 1, 1, 17, 0],
    [255, 0xda, 0, 2, 9, 255, 0, 9, 255, 0xd0, 7, 255, 0xd9],
  ),
  GIF: bytes('GIF89a', [44, 1, 200, 0, 0, 0, 0], [0x2c, 0, 0, 0, 0, 44, 1, 200, 0, 0], [2, 1, 7, 0], [0x3b]),
  WebP: bytes('RIFF', u32le(22), 'WEBPVP8X', u32le(10), [0, 0, 0, 0, 43, 1, 0, 199, 0, 0]),
  BMP: bytes(
    'BM',
    u32le(0),
    u32le(0),
    u32le(54),
    u32le(40),
    u32le(3),
    u32le(2),
    [1, 0, 24, 0],
    u32le(0),
    new Array(20).fill(0),
    new Array(24).fill(7),
  ),
  AVIF: bytes(
    u32(24),
    'ftypmif1',
    u32(0),
    'mif1avif',
    u32(36),
    'meta',
    u32(0),
    u32(20),
    'ispe',
    u32(0),
    u32(300),
    u32(200),
    [0, 0, 0, 0],
    u32(8),
    'mdat',
  ),
};
const formats = Object.keys(files) as PhotoFormat[];

describe('sniff', () => {
  it('knows each format by its first bytes', () => {
    for (const format of formats) expect(sniff(files[format])).toEqual({ kind: 'photo', format });
  });

  it('tells HEIC from AVIF, though both are ISO media files', () => {
    expect(sniff(bytes(u32(24), 'ftypheic', u32(0), 'mif1heic')).kind).toBe('heic');
    expect(sniff(bytes(u32(20), 'ftypmif1', u32(0), 'heic')).kind).toBe('heic');
    expect(sniff(bytes(u32(20), 'ftypisom', u32(0), 'mp42')).kind).toBe('video');
  });

  it('names what is no photo', () => {
    expect(sniff(bytes('nn.Conv2d(3, 16, 5)'))).toEqual({ kind: 'other', found: 'text' });
    expect(sniff(bytes('<!doctype html><title>404</title>'))).toEqual({ kind: 'other', found: 'HTML' });
    expect(sniff(bytes('<?xml version="1.0"?>\n<svg xmlns="">'))).toEqual({ kind: 'other-image', format: 'SVG' });
    expect(sniff(bytes('BMW is a car, and this is a text'))).toEqual({ kind: 'other', found: 'text' });
    expect(sniff(bytes([1, 2, 3]))).toEqual({ kind: 'other', found: 'unknown' });
  });

  it('takes any bytes without throwing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (any) => sniff(any).kind.length > 0));
  });
});

describe('structureOf', () => {
  it('reads the size from the header and finds the file complete', () => {
    for (const format of formats) {
      const size = format === 'BMP' ? { width: 3, height: 2 } : { width: 300, height: 200 };
      expect(structureOf(format, files[format]), format).toEqual({ size, complete: true });
    }
  });

  it('finds every cut file incomplete, wherever it was cut', () => {
    for (const format of formats) {
      // The GIF's trailer byte may be missing: its first frame is whole without it.
      const whole = files[format].length - (format === 'GIF' ? 1 : 0);
      // An AVIF cut exactly between two boxes cannot be told by its boxes; the decoder tells.
      const boundaries = format === 'AVIF' ? [24, 60] : [];
      for (let length = 4; length < whole; length++) {
        if (boundaries.includes(length)) continue;
        expect(structureOf(format, files[format].subarray(0, length)).complete, `${format} cut at ${length}`).toBe(
          false,
        );
      }
    }
  });

  it('accepts what cameras append after the end of a JPEG', () => {
    expect(structureOf('JPEG', bytes([...files.JPEG], 'MotionPhoto')).complete).toBe(true);
  });

  it('takes any bytes without throwing or looping', () => {
    fc.assert(
      fc.property(fc.constantFrom(...formats), fc.uint8Array({ maxLength: 80 }), fc.nat(60), (format, noise, keep) => {
        const start = files[format].subarray(0, keep);
        structureOf(format, bytes([...start], [...noise]));
      }),
    );
  });
});
