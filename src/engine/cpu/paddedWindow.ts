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
): HostTensor<Float32Array<ArrayBuffer>> {
  const [, allChannels, height, width] = shape;
  const [c0, c1] = channels;
  const out = new Float32Array((c1 - c0) * rows.length * columns.length);
  const inside = { from: Math.max(0, columns.start), to: Math.min(width, columns.start + columns.length) };
  for (let c = c0; c < c1; c += 1) {
    for (let row = 0; row < rows.length; row += 1) {
      const y = sourceIndex(rows.start + row, height, mode);
      if (y === null) continue;
      const line = ((n * allChannels + c) * height + y) * width;
      const target = ((c - c0) * rows.length + row) * columns.length;
      if (inside.to > inside.from)
        out.set(values.subarray(line + inside.from, line + inside.to), target + inside.from - columns.start);
      if (mode === 'zeros') continue;
      for (let column = 0; column < columns.length; column += 1) {
        const x = columns.start + column;
        if (x >= 0 && x < width) continue;
        out[target + column] = values[line + (sourceIndex(x, width, mode) ?? 0)]!;
      }
    }
  }
  return { shape: [1, c1 - c0, rows.length, columns.length], values: out };
}
