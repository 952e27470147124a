/**
 * Cuts out of feature maps the part that a box of convolution outputs reads, padding included, so that what remains to be done
 * is a convolution without padding: a piece of work that needs no other part of the maps.
 */
import type { PaddingMode } from '../../operators/conv2d/attributes.ts';
import { sourceIndex } from '../../operators/conv2d/padding.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';

/** Rows or columns start..start+length-1; may lie outside the map. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** Channels c0..c1-1 of image `n`, rows and columns of the two spans: [1, c1-c0, rows.length, columns.length], copied. */
export function paddedWindow(
  values: Float32Array,
  shape: Shape,
  n: number,
  channels: readonly [c0: number, c1: number],
  rows: Span,
  columns: Span,
  mode: PaddingMode,
  allocate: (length: number) => Float32Array<ArrayBuffer>,
): HostTensor<Float32Array<ArrayBuffer>> {
  const [, allChannels, height, width] = shape;
  const [c0, c1] = channels;
  const out = allocate((c1 - c0) * rows.length * columns.length);
  const from = Math.max(0, columns.start);
  const to = Math.max(from, Math.min(width, columns.start + columns.length));
  const before = Math.min(columns.length, from - columns.start);
  const isWhole = columns.start === 0 && columns.length === width;
  if (isWhole && rows.start === 0 && rows.length === height) {
    const plane = height * width;
    out.set(values.subarray((n * allChannels + c0) * plane, (n * allChannels + c1) * plane));
    return { shape: [1, c1 - c0, height, width], values: out };
  }
  const inside = rows.start >= 0 && rows.start + rows.length <= height;
  for (let c = c0; c < c1; c += 1) {
    const plane = (n * allChannels + c) * height * width;
    const first = (c - c0) * rows.length * columns.length;
    if (isWhole && inside) {
      const start = plane + rows.start * width;
      out.set(values.subarray(start, start + rows.length * width), first);
      continue;
    }
    for (let row = 0; row < rows.length; row += 1) {
      const target = first + row * columns.length;
      const end = target + columns.length;
      const y = sourceIndex(rows.start + row, height, mode);
      if (y === null) {
        out.fill(0, target, end);
        continue;
      }
      const line = plane + y * width;
      out.set(values.subarray(line + from, line + to), target + before);
      const pad = (begin: number, stop: number) => {
        for (let at = begin; at < stop; at += 1) {
          const x = sourceIndex(columns.start + at - target, width, mode);
          out[at] = x === null ? 0 : values[line + x]!;
        }
      };
      pad(target, target + before);
      pad(target + before + to - from, end);
    }
  }
  return { shape: [1, c1 - c0, rows.length, columns.length], values: out };
}
