/** Small pictures made here, byte by byte where a format is simple: left half red, right half blue, or a pattern with all frequencies. */
import { PNG } from 'pngjs';
import type { UploadedFile } from './explore.ts';

type Rgb = readonly [r: number, g: number, b: number];
type Colour = (x: number, y: number) => Rgb;

export const redBlue =
  (width: number): Colour =>
  (x) =>
    x < width / 2 ? [255, 0, 0] : [0, 0, 255];

/** Rings that get finer towards one corner, over a ramp in another channel: every filter answers to something in it. */
export const rings: Colour = (x, y) => [
  Math.round(127.5 + 127.5 * Math.sin((x * x + y * y) / 60)),
  (x * 5) % 256,
  (y * 7 + (x > 20 ? 90 : 0)) % 256,
];

export function png(name: string, width: number, height: number, colour: Colour): UploadedFile {
  const picture = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) picture.data.set([...colour(x, y), 255], 4 * (y * width + x));
  }
  return { name, mimeType: 'image/png', buffer: PNG.sync.write(picture) };
}

/** 24 bits, bottom row first. */
export function bmp(name: string, width: number, height: number, colour: Colour): UploadedFile {
  const stride = Math.ceil((3 * width) / 4) * 4;
  const buffer = Buffer.alloc(54 + stride * height);
  buffer.write('BM');
  buffer.writeUInt32LE(buffer.length, 2);
  buffer.writeUInt32LE(54, 10);
  buffer.writeUInt32LE(40, 14);
  buffer.writeInt32LE(width, 18);
  buffer.writeInt32LE(height, 22);
  buffer.writeUInt16LE(1, 26);
  buffer.writeUInt16LE(24, 28);
  buffer.writeUInt32LE(stride * height, 34);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = colour(x, y);
      buffer.set([b, g, r], 54 + (height - 1 - y) * stride + 3 * x);
    }
  }
  return { name, mimeType: 'image/bmp', buffer };
}

/** Two colours. The LZW codes are one bit of colour in three bits of code, cleared before the table would grow. */
export function gif(name: string, width: number, height: number, colour: Colour): UploadedFile {
  const palette: readonly Rgb[] = [
    [255, 0, 0],
    [0, 0, 255],
  ];
  const [clear, end] = [4, 5];
  const codes: number[] = [];
  for (let i = 0; i < width * height; i++) {
    if (i % 2 === 0) codes.push(clear);
    const [r] = colour(i % width, Math.floor(i / width));
    codes.push(r > 127 ? 0 : 1);
  }
  codes.push(end);
  const bits = codes.flatMap((code) => [code & 1, (code >> 1) & 1, (code >> 2) & 1]);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    data.push(bits.slice(at, at + 8).reduce((byte, bit, place) => byte | (bit << place), 0));
  }
  const blocks: number[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.slice(at, at + 255);
    blocks.push(block.length, ...block);
  }
  const size = [width & 255, width >> 8, height & 255, height >> 8];
  const table = [...palette.flat(), 0, 0, 0, 0, 0, 0];
  const buffer = Buffer.from([
    ...Buffer.from('GIF89a'),
    ...[...size, 0x81, 0, 0],
    ...table,
    ...[0x2c, 0, 0, 0, 0, ...size, 0, 2],
    ...blocks,
    ...[0, 0x3b],
  ]);
  return { name, mimeType: 'image/gif', buffer };
}

/** Puts an EXIF segment with an orientation behind a JPEG's first marker. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [...Buffer.from('Exif'), 0, 0, ...tiff];
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, body.length + 2, ...body]), jpeg.subarray(2)]);
}

/** A PNG that says in its header how large it is, and ends soon after. */
export function pngOfSize(name: string, width: number, height: number): UploadedFile {
  const { buffer } = png(name, 1, 1, () => [0, 0, 0]);
  buffer.writeUInt32BE(width, 16);
  buffer.writeUInt32BE(height, 20);
  buffer.writeInt32BE(checksum(buffer.subarray(12, 29)), 29);
  return { name, mimeType: 'image/png', buffer };
}

/** CRC-32 as PNG has it, by its definition. */
function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}
