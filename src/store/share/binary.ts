/** Bytes made small for a link: base64url, float32 by planes, pictures as runs, and an inflate that cannot be made to burst. */
import type { deflateSync, Inflate } from 'fflate';

/** What is used of fflate; it is loaded when the first link is made or read. */
export interface Deflater {
  readonly deflateSync: typeof deflateSync;
  readonly Inflate: typeof Inflate;
}

/** RFC 4648, section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Throws on letters that are not base64url. */
export function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/** Inflates at most `limit` bytes; throws beyond, and on what is no deflate stream. */
export function inflateWithin(bytes: Uint8Array, limit: number, { Inflate }: Deflater): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  const inflate = new Inflate((chunk, final) => {
    length += chunk.length;
    if (length > limit) throw new RangeError(`more than ${limit} bytes`);
    chunks.push(chunk);
    isWhole = final;
  });
  // In small bites, so that the limit is met soon after it is passed.
  for (let at = 0; at < bytes.length; at += 1024)
    inflate.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length);
  if (!isWhole) throw new RangeError('the stream ends early');
  return concat(chunks);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Four-byte values → all first bytes, all second, ...: the exponents of float32 then stand together and deflate well. */
export function toPlanes(bytes: Uint8Array): Uint8Array {
  const count = bytes.length / 4;
  return Uint8Array.from(bytes, (_, i) => bytes[(i % count) * 4 + Math.floor(i / count)]!);
}

export function fromPlanes(planes: Uint8Array): Uint8Array {
  const count = planes.length / 4;
  return Uint8Array.from(planes, (_, i) => planes[(i % 4) * count + (i >> 2)]!);
}

/** RGBA bytes → runs of equal pixels: how many (LEB128), then the four bytes. Null when the runs are longer than `limit` bytes. */
export function toRuns(rgba: Uint8Array, limit: number): Uint8Array | null {
  const bytes: number[] = [];
  for (let at = 0; at < rgba.length; ) {
    let end = at + 4;
    while (end < rgba.length && samePixel(rgba, at, end)) end += 4;
    for (let count = (end - at) / 4; ; count = Math.floor(count / 128)) {
      bytes.push(count < 128 ? count : (count % 128) + 128);
      if (count < 128) break;
    }
    bytes.push(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!, rgba[at + 3]!);
    if (bytes.length > limit) return null;
    at = end;
  }
  return Uint8Array.from(bytes);
}

/** The pixels again; throws unless the runs give exactly `pixels` of them. */
export function fromRuns(runs: Uint8Array, pixels: number): Uint8Array {
  const ends: { readonly from: number; readonly count: number }[] = [];
  let total = 0;
  for (let at = 0; at < runs.length; at += 4) {
    let count = 0;
    let scale = 1;
    let byte = 0;
    do {
      byte = runs[at++] ?? 0;
      count += (byte % 128) * scale;
      scale *= 128;
    } while (byte >= 128 && scale < 2 ** 35);
    total += count;
    ends.push({ from: at, count });
  }
  if (total !== pixels) throw new RangeError(`${total} pixels instead of ${pixels}`);
  const rgba = new Uint8Array(pixels * 4);
  let at = 0;
  for (const { from, count } of ends) {
    const pixel = runs.subarray(from, from + 4);
    for (let i = 0; i < count; i++, at += 4) rgba.set(pixel, at);
  }
  return rgba;
}

function samePixel(rgba: Uint8Array, a: number, b: number): boolean {
  return (
    rgba[a] === rgba[b] && rgba[a + 1] === rgba[b + 1] && rgba[a + 2] === rgba[b + 2] && rgba[a + 3] === rgba[b + 3]
  );
}
