/**
 * MNIST's IDX files (LeCun; Fashion-MNIST has the same): two zero bytes, the type (8: bytes), the number of axes, the size of each as a
 * big-endian 32-bit integer, then the bytes, the last axis fastest. Packed by gzip or not: servers and browsers unpack on the way at times.
 */
import { type FormatResult, formatError } from '../formatError.ts';
import type { LabelledImages } from './labelledImages.ts';

interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** Fashion-MNIST's full training file is 47 MB. */
const mostBytes = 256 * 2 ** 20;

const malformed = formatError('file-malformed', { format: 'IDX' });

/** IDX's names of the kinds of numbers: bytes, and those that only its sentence needs. */
const kinds: readonly (number | undefined)[] = [8, 9, 11, 12, 13, 14];

/** What a file, unpacked, is of a data set by how it begins; null where it is no IDX file of either. */
export function idxPart(bytes: Uint8Array): 'images' | 'labels' | null {
  if (bytes[0] !== 0 || bytes[1] !== 0 || !kinds.includes(bytes[2])) return null;
  return bytes[3] === 3 ? 'images' : bytes[3] === 1 ? 'labels' : null;
}

const isPacked = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** A file as it is, or what gzip has packed into it. */
export async function unpacked(bytes: Uint8Array): Promise<FormatResult<Uint8Array>> {
  if (!isPacked(bytes)) return { ok: true, value: bytes };
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      length += value.length;
      if (length > mostBytes) {
        await reader.cancel();
        return formatError('file-unpacks-too-large', { limit: mostBytes / 2 ** 20 });
      }
    }
  } catch {
    // The stream tells a broken and a short file alike.
    return formatError('file-truncated');
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { ok: true, value: whole };
}

/** One file. Every size is checked before a value is taken. */
export async function readIdx(file: Uint8Array): Promise<FormatResult<IdxArray>> {
  const bytes = await unpacked(file);
  if (!bytes.ok) return bytes;
  const { value } = bytes;
  if (value.length < 4) return formatError('file-truncated');
  if (value[0] !== 0 || value[1] !== 0) return malformed;
  if (value[2] !== 8) return formatError('file-unsupported', { dtype: `IDX 0x${value[2]!.toString(16)}` });
  const axes = value[3]!;
  if (axes === 0) return malformed;
  const start = 4 + 4 * axes;
  if (value.length < start) return formatError('file-truncated');
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const shape = Array.from({ length: axes }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > value.length - start) return formatError('file-truncated');
  if (count < value.length - start) return malformed;
  return { ok: true, value: { shape, values: value.subarray(start) } };
}

/** A file of images [N, H, W] and one of labels [N], of `classes` classes. */
export async function readIdxPair(
  images: Uint8Array,
  labels: Uint8Array,
  classes: number,
): Promise<FormatResult<LabelledImages>> {
  const [pixels, given] = [await readIdx(images), await readIdx(labels)];
  if (!pixels.ok) return pixels;
  if (!given.ok) return given;
  const [count = 0, height = 0, width = 0] = pixels.value.shape;
  const isPair = pixels.value.shape.length === 3 && given.value.shape.length === 1 && given.value.shape[0] === count;
  const areClasses = given.value.values.every((label) => label < classes);
  if (!isPair || !areClasses || count * height * width === 0) return malformed;
  return {
    ok: true,
    value: { channels: 1, height, width, classes, pixels: pixels.value.values, labels: given.value.values },
  };
}
