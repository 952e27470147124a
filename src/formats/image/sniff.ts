/**
 * What a file is, by its first bytes: names and MIME types are claims, magic numbers are evidence.
 * Sources: the formats' own specifications; ISO 14496-12 (`ftyp` brands) for AVIF, HEIC and MP4.
 */
import type { PhotoFormat } from './photo.ts';

export type Sniffed =
  | { readonly kind: 'photo'; readonly format: PhotoFormat }
  | { readonly kind: 'heic' }
  /** A picture in a format that browsers, or this page, do not decode. */
  | { readonly kind: 'other-image'; readonly format: string }
  | { readonly kind: 'video'; readonly format: string }
  | { readonly kind: 'other'; readonly found: string };

/** How many bytes `sniff` wants to see; fewer are allowed. */
export const sniffLength = 4096;

function startsWith(bytes: Uint8Array, text: string, offset = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}

const photo = (format: PhotoFormat): Sniffed => ({ kind: 'photo', format });
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/** The brands of an ISO media file's `ftyp` box: major first. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(view.getUint32(0), bytes.length);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12) brands.push(String.fromCharCode(...bytes.subarray(at, at + 4)));
  }
  return brands;
}

function sniffIsoMedia(bytes: Uint8Array): Sniffed {
  const brands = brandsOf(bytes);
  // 'mif1' only says "still picture": an AVIF may carry it as its major brand, so AVIF is asked for first.
  if (brands.includes('avif') || brands.includes('avis')) return photo('AVIF');
  if (brands.some((brand) => heicBrands.includes(brand))) return { kind: 'heic' };
  if (brands[0] === 'crx ') return { kind: 'other-image', format: 'camera raw' };
  return { kind: 'video', format: brands[0] === 'qt  ' ? 'QuickTime' : 'MP4' };
}

/** Text: no control bytes but white space in the part looked at. */
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13);
}

/** Identifies a file from its first `sniffLength` bytes. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return photo('PNG');
  if (startsWith(bytes, '\xff\xd8\xff')) return photo('JPEG');
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return photo('GIF');
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return photo('WebP');
  if (bytes.length >= 12 && startsWith(bytes, 'ftyp', 4)) return sniffIsoMedia(bytes);
  // 'BM' alone would claim any text that starts so: the info header's size must be one of those that exist.
  if (startsWith(bytes, 'BM') && [12, 40, 52, 56, 64, 108, 124].includes(bytes[14] ?? 0)) return photo('BMP');
  if (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*')) return { kind: 'other-image', format: 'TIFF' };
  if (startsWith(bytes, '\0\0\0\x0cJXL ') || startsWith(bytes, '\xff\x0a'))
    return { kind: 'other-image', format: 'JPEG XL' };
  if (startsWith(bytes, '\0\0\0\x0cjP  ')) return { kind: 'other-image', format: 'JPEG 2000' };
  if (startsWith(bytes, '8BPS')) return { kind: 'other-image', format: 'PSD' };
  if (startsWith(bytes, '\0\0\x01\0')) return { kind: 'other-image', format: 'ICO' };
  if (startsWith(bytes, '\x1a\x45\xdf\xa3')) return { kind: 'video', format: 'WebM' };
  if (startsWith(bytes, 'OggS')) return { kind: 'video', format: 'Ogg' };
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'AVI ', 8)) return { kind: 'video', format: 'AVI' };
  if (startsWith(bytes, '%PDF')) return { kind: 'other', found: 'PDF' };
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return { kind: 'other', found: 'ZIP' };
  if (looksLikeText(bytes)) {
    const text = new TextDecoder().decode(bytes);
    if (/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(text)) {
      return { kind: 'other-image', format: 'SVG' };
    }
    return { kind: 'other', found: /^\s*<(!doctype html|html)/i.test(text) ? 'HTML' : 'text' };
  }
  return { kind: 'other', found: 'unknown' };
}
