/** A stack of dilated layers: the layer of the card below, others of its kernel above it; what one unit of the last reads of the first's input. */
import {
  type AxisGridding,
  type Gridding,
  type GriddingWarning,
  griddingAlong,
  griddingOf,
  hdcRule,
  stackAlong,
} from '../../../../graph/field/gridding.ts';
import type { Conv2d } from '../../../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../../../operators/conv2d/padding.ts';
import type { Pair } from '../../../../operators/operator.ts';

export interface DilatedStack {
  readonly convs: readonly Conv2d[];
  readonly gridding: Gridding;
  /** Why pixels are never read; null: none is left out. */
  readonly warning: GriddingWarning | null;
  /** What the rule of hybrid dilated convolution says along the rows; null where it says nothing. */
  readonly hdc: { readonly distance: number; readonly allowed: number; readonly isKept: boolean } | null;
  /** First row and column of the field of the unit over which the stack stands, in pixels of what the layer reads. */
  readonly corner: Pair;
  /** Weights of all layers, and of one dense layer with the same field. */
  readonly weights: number;
  readonly denseWeights: number;
}

/** `above`: dilations of the layers above the layer's own, from below; those have stride 1 and as many channels as the layer's output. */
export function dilatedStack(
  conv: Conv2d,
  above: readonly number[],
  unit: { readonly y: number; readonly x: number },
): DilatedStack {
  const more = above.map(
    (dilation): Conv2d => ({
      ...conv,
      inChannels: conv.outChannels,
      stride: [1, 1],
      dilation: [dilation, dilation],
      groups: 1,
    }),
  );
  const convs = [conv, ...more];
  const gridding = griddingOf(convs);
  const padding = resolvePadding(conv);
  const [kh, kw] = conv.kernelSize;
  const first = (index: number, axis: 0 | 1, before: number, kernel: number, { field }: AxisGridding) =>
    Math.floor(index * conv.stride[axis] - before + ((kernel - 1) * conv.dilation[axis]) / 2 - (field - 1) / 2);
  const weightsOf = (each: Conv2d) =>
    (each.outChannels * each.inChannels * each.kernelSize[0] * each.kernelSize[1]) / each.groups;
  return {
    convs,
    gridding,
    warning: gridding.h.warning ?? gridding.w.warning,
    hdc: hdcRule(stackAlong(convs, 'h')),
    corner: [first(unit.y, 0, padding.top, kh, gridding.h), first(unit.x, 1, padding.left, kw, gridding.w)],
    weights: convs.reduce((sum, each) => sum + weightsOf(each), 0),
    denseWeights: (conv.outChannels * conv.inChannels * gridding.box) / conv.groups,
  };
}

/** Of 3 taps, by the rule of hybrid dilated convolution (Wang et al., WACV 2018). */
const hybrid = [1, 2, 5, 9] as const;

/**
 * Dilations with which up to four layers of this kernel read every pixel of their field: 1, 2, 5, 9; smaller ones where the kernel has too
 * few taps for them along an axis (2 taps: 1, 2, 4, 8).
 */
export function hybridDilations(layers: number, kernelSize: Pair): readonly number[] {
  const hasGaps = (dilations: readonly number[]) =>
    kernelSize.some(
      (kernel) => griddingAlong(dilations.map((dilation) => ({ kernel, stride: 1, dilation }))).warning !== null,
    );
  const chosen: number[] = [];
  for (const most of hybrid.slice(0, layers)) {
    let next: number = most;
    while (next > 1 && hasGaps([...chosen, next])) next -= 1;
    chosen.push(next);
  }
  return chosen;
}
