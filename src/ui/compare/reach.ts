/** What the pinned unit of a column reads: the taps on the bank's maps, and through the bank the pixels of the photo. */
import { type PixelSet, tapsThrough } from '../../graph/field/receptiveField.ts';
import { type ColumnNetwork, compareNodes } from '../../live/compare/comparison.ts';
import type { Pair } from '../../operators/operator.ts';

export interface Reach {
  readonly bank: PixelSet;
  readonly photo: PixelSet;
  /** A deformable layer's taps without their offsets. */
  readonly isRegular: boolean;
}

export function reachOf(
  { whole, shapes, output }: Pick<ColumnNetwork, 'whole' | 'shapes' | 'output'>,
  unit: { readonly y: number; readonly x: number },
): Reach {
  const last = whole.nodes.find(({ id }) => id === output)?.operator;
  if (last?.kind !== 'deform_conv2d') {
    const taps = tapsThrough(whole, shapes, output, unit);
    return { bank: taps[compareNodes.bank]!, photo: taps[compareNodes.photo]!, isRegular: false };
  }
  const { kernelSize, stride, padding, dilation } = last;
  const positions = (index: number, axis: 0 | 1, before: number) =>
    Array.from({ length: kernelSize[axis] }, (_, tap) => index * stride[axis] - before + tap * dilation[axis]);
  const bank: PixelSet = { rows: positions(unit.y, 0, padding.top), columns: positions(unit.x, 1, padding.left) };
  const stem = whole.nodes.find(({ id }) => id === compareNodes.stem)?.operator;
  const kernel: Pair = stem?.kind === 'conv2d' ? stem.kernelSize : [1, 1];
  return {
    bank,
    photo: { rows: widened(bank.rows, kernel[0]), columns: widened(bank.columns, kernel[1]) },
    isRegular: true,
  };
}

/** Every row within the kernel of a stride-1 convolution that keeps the size. */
function widened(rows: readonly number[], kernel: number): readonly number[] {
  const before = Math.floor((kernel - 1) / 2);
  const all = rows.flatMap((row) => Array.from({ length: kernel }, (_, tap) => row - before + tap));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** First and last, and how many lie between them, both included. */
export function extent(positions: readonly number[]): { readonly lo: number; readonly size: number } {
  const lo = positions[0] ?? 0;
  return { lo, size: (positions.at(-1) ?? lo) - lo + 1 };
}
