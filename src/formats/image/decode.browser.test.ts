import { describe, expect, it } from 'vitest';
import { decodePhoto } from './decode.ts';
import { startPhotoDesk } from './photoDeskClient.ts';
import { encodePng } from './png.ts';

/** Left half red, right half blue, so that turning and mirroring can be told. */
function redBlue(width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#0000ff';
  context.fillRect(width / 2, 0, width / 2, height);
  return canvas;
}

const encode = (type: string, width = 16, height = 8) => redBlue(width, height).convertToBlob({ type, quality: 1 });
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

async function decoded(file: Blob) {
  const result = await decodePhoto(file);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function refusal(file: Blob) {
  const result = await decodePhoto(file);
  if (result.ok) throw new Error('was decoded');
  return result.error;
}

/** Red enough, blue enough: JPEG and lossy WebP are not exact. */
function colourAt(photo: { rgba: Uint8ClampedArray; width: number }, x: number, y: number): string {
  const [r, g, b] = photo.rgba.subarray(4 * (y * photo.width + x));
  return r! > 200 && g! < 60 && b! < 60 ? 'red' : b! > 200 && r! < 60 && g! < 60 ? 'blue' : `${r} ${g} ${b}`;
}

/** A 24-bit BMP, bottom row first: 2x1, red and blue. */
const bmp = new Uint8Array(62);
{
  const view = new DataView(bmp.buffer);
  bmp.set([0x42, 0x4d]);
  for (const [at, value] of [
    [2, 62],
    [10, 54],
    [14, 40],
    [18, 2],
    [22, 1],
    [34, 8],
  ] as const)
    view.setUint32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  bmp.set([0, 0, 255, 255, 0, 0, 0, 0], 54);
}

/** A 2x1 GIF: colour table red, blue; LZW codes clear 0 1 end in 3 bits each. */
const gif = new Uint8Array([
  ...[...'GIF89a'].map((letter) => letter.charCodeAt(0)),
  ...[2, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0a, 0, 0x3b],
]);

/** An 8x4 red AVIF. */
const avif = Uint8Array.from(
  atob(
    'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAA' +
      'AGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAACEAAAAoaWluZgAAAAAAAQAAABppbmZl' +
      'AgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAgAAAAEAAAAEHBpeGkAAAAAAwgICAAAAAxh' +
      'djFDgSAAAAAAABNjb2xybmNseAABAA0ABoAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACltZGF0EgAKCDgIfsICGg0gMhMSgAII' +
      'IIQAAGjTBkgrQncFsxRL',
  ),
  (letter) => letter.charCodeAt(0),
);

/** Puts an EXIF segment with the given orientation behind a JPEG's SOI. */
async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const bytes = await bytesOf(jpeg);
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  const segment = new Uint8Array([0xff, 0xe1, 0, body.length + 2, ...body]);
  return new Blob([bytes.subarray(0, 2), segment, bytes.subarray(2)], { type: 'image/jpeg' });
}

describe('decodePhoto', () => {
  it('decodes PNG, JPEG and WebP at their own size', async () => {
    for (const [type, format] of [
      ['image/png', 'PNG'],
      ['image/jpeg', 'JPEG'],
      ['image/webp', 'WebP'],
    ] as const) {
      const photo = await decoded(await encode(type));
      expect([photo.format, photo.width, photo.height, photo.opaque]).toEqual([format, 16, 8, true]);
      expect([colourAt(photo, 2, 4), colourAt(photo, 13, 4)]).toEqual(['red', 'blue']);
    }
  });

  it('decodes GIF, BMP and AVIF', async () => {
    for (const [bytes, format] of [
      [gif, 'GIF'],
      [bmp, 'BMP'],
    ] as const) {
      const photo = await decoded(new Blob([bytes]));
      expect([photo.format, photo.width, photo.height]).toEqual([format, 2, 1]);
      expect([colourAt(photo, 0, 0), colourAt(photo, 1, 0)]).toEqual(['red', 'blue']);
    }
    const photo = await decoded(new Blob([avif]));
    expect([photo.format, photo.width, photo.height, colourAt(photo, 4, 2)]).toEqual(['AVIF', 8, 4, 'red']);
  });

  it('turns a photo as its EXIF orientation says: 6 is a quarter turn to the right', async () => {
    const photo = await decoded(await withOrientation(await encode('image/jpeg', 32, 16), 6));
    expect([photo.width, photo.height, photo.fullWidth, photo.fullHeight]).toEqual([16, 32, 16, 32]);
    expect([colourAt(photo, 8, 4), colourAt(photo, 8, 28)]).toEqual(['red', 'blue']);
  });

  it('keeps straight alpha', async () => {
    const png = await encodePng(new Uint8ClampedArray([255, 0, 0, 128, 0, 0, 0, 0]), 2, 1);
    const photo = await decoded(png);
    expect([...photo.rgba]).toEqual([255, 0, 0, 128, 0, 0, 0, 0]);
    expect(photo.opaque).toBe(false);
  });

  it('believes the bytes, not the name: a JPEG called .png is decoded', async () => {
    const photo = await decoded(new File([await encode('image/jpeg')], 'a.png', { type: 'image/png' }));
    expect(photo.format).toBe('JPEG');
  });

  it('shrinks a photo beyond 4096 pixels and keeps its true size', async () => {
    const photo = await decoded(await encode('image/png', 6000, 12));
    expect([photo.width, photo.height, photo.fullWidth, photo.fullHeight]).toEqual([4096, 8, 6000, 12]);
    expect([colourAt(photo, 2040, 7), colourAt(photo, 2060, 7), colourAt(photo, 4095, 0)]).toEqual([
      'red',
      'blue',
      'blue',
    ]);
  });

  it('refuses each bad file with its own code and numbers', async () => {
    expect(await refusal(new Blob([]))).toEqual({ code: 'empty', values: {} });
    expect(await refusal(new File(['hello'], 'notes.txt'))).toEqual({
      code: 'not-an-image',
      values: { found: 'text' },
    });
    expect(await refusal(new File(['hello'], 'cat.jpg', { type: 'image/jpeg' }))).toEqual({
      code: 'mislabelled',
      values: { claimed: 'JPG', found: 'text' },
    });
    const heic = new Uint8Array([
      0,
      0,
      0,
      24,
      ...[...'ftypheic\0\0\0\0mif1heic'].map((letter) => letter.charCodeAt(0)),
    ]);
    expect((await refusal(new Blob([heic]))).code).toBe('heic');
    expect(await refusal(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']))).toEqual({
      code: 'unsupported',
      values: { format: 'SVG' },
    });
  });

  it('refuses a file that was cut, which the browser would half show', async () => {
    for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
      const bytes = await bytesOf(await encode(type, 64, 64));
      const error = await refusal(new Blob([bytes.subarray(0, Math.floor(bytes.length * 0.8))]));
      expect(error.code, type).toBe('truncated');
    }
  });

  it('refuses 100 megapixels from the header, without decoding', async () => {
    const bytes = await bytesOf(await encode('image/png'));
    const view = new DataView(bytes.buffer);
    view.setUint32(16, 10_000);
    view.setUint32(20, 10_000);
    expect(await refusal(new Blob([bytes]))).toEqual({
      code: 'too-large',
      values: { width: 10_000, height: 10_000, megapixels: 100, limit: 100 },
    });
  });

  it('calls a whole file whose inside is broken damaged', async () => {
    const bytes = await bytesOf(await encode('image/png'));
    // 99 bits a sample: no such PNG.
    bytes[24] = 99;
    expect((await refusal(new Blob([bytes]))).code).toBe('damaged');
  });

  it('does not wait for ever', async () => {
    const result = await decodePhoto(await encode('image/png', 3000, 3000), 0);
    expect(result).toEqual({ ok: false, error: { code: 'timeout', values: { seconds: 0 } } });
  });
});

describe('the photo desk in its worker', () => {
  it('opens a photo, makes input tensors of any size from it, and forgets it', async () => {
    const desk = startPhotoDesk();
    const opened = await desk.open(await encode('image/png'));
    if (!opened.ok) throw new Error(opened.error.code);
    expect(opened.value).toMatchObject({ fullWidth: 16, fullHeight: 8, opaque: true, format: 'PNG' });
    const request = { workingSize: 4, ground: '#ffffff', painting: null, channels: 'rgb', range: 'unit' } as const;
    const picture = await desk.picture(opened.value.id, request);
    expect([picture.width, picture.height, picture.channels, picture.fullWidth]).toEqual([4, 2, 3, 16]);
    expect([...picture.values]).toEqual([1, 1, 0, 0, 1, 1, 0, 0, ...new Array(8).fill(0), 0, 0, 1, 1, 0, 0, 1, 1]);
    // Another range at the same size, another size, and the first again: each from the photo itself.
    const signed = await desk.picture(opened.value.id, { ...request, range: 'signed' });
    expect([...signed.values.subarray(0, 4)]).toEqual([1, 1, -1, -1]);
    expect((await desk.picture(opened.value.id, { ...request, workingSize: 16 })).width).toBe(16);
    expect((await desk.picture(opened.value.id, request)).values).toEqual(picture.values);
    await desk.close(opened.value.id);
    await expect(desk.picture(opened.value.id, request)).rejects.toThrow('closed');
    desk.dispose();
  });

  it('passes errors as values', async () => {
    const desk = startPhotoDesk();
    expect(await desk.open(new Blob([]))).toEqual({ ok: false, error: { code: 'empty', values: {} } });
    desk.dispose();
  });

  it('takes frames', async () => {
    const desk = startPhotoDesk();
    const bitmap = await createImageBitmap(redBlue(640, 480));
    const frame = await desk.frame(bitmap, {
      workingSize: 64,
      ground: '#ffffff',
      painting: null,
      channels: 'r',
      range: 'byte',
    });
    expect([frame.width, frame.height, frame.fullWidth, frame.values[0], frame.values[63]]).toEqual([
      64, 48, 640, 255, 0,
    ]);
    desk.dispose();
  });
});
