/**
 * Which pixels of its field one unit of a stack never reads. Along an axis it reads the offsets sum of j_l d_l t_l over the layers, with
 * taps t_l = 0..k_l - 1, dilation d_l and j_l the product of the strides below; all multiples of a common factor of the steps
 * j_l d_l > 1 form a grid and what lies between is lost ("gridding": Wang et al., "Understanding Convolution for Semantic Segmentation",
 * WACV 2018, who propose hybrid dilated convolution, HDC, against it).
 */
import { greatestCommonDivisor } from '../../math/integers.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { Axis, Pair } from '../../operators/operator.ts';
import { rangeTo } from '../../operators/tensors.ts';

/** One layer along one axis; the first one reads the input. */
export interface StackLayer {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/** What a unit reads along one axis, as offsets from the first pixel of its field. */
export interface AxisGridding {
  /** Pixels from the first to the last one read: 1 + sum of j d (k - 1). */
  readonly field: number;
  /** Ascending; begins with 0 and ends with field - 1. */
  readonly read: readonly number[];
  /** What lies between and is never read. */
  readonly unread: readonly number[];
  /** Distance of neighbouring pixels that are read, at most; 1 without holes. */
  readonly largestGap: number;
  readonly warning: GriddingWarning | null;
}

/**
 * Why pixels are never read: all steps are multiples of `factor`, as with equal dilations above 1, so that adding layers does not help; or the
 * steps share no factor and still leave gaps.
 */
export type GriddingWarning = { readonly kind: 'common-factor'; readonly factor: number } | { readonly kind: 'gaps' };

/** The layers of a chain along one axis. */
export function stackAlong(convs: readonly Conv2d[], axis: Axis): readonly StackLayer[] {
  const i = axis === 'h' ? 0 : 1;
  return convs.map(({ kernelSize, stride, dilation }) => ({
    kernel: kernelSize[i],
    stride: stride[i],
    dilation: dilation[i],
  }));
}

/** Input pixels from one tap to the next of every layer that has more than one: j d. */
function stepsOf(layers: readonly StackLayer[]): readonly { readonly step: number; readonly kernel: number }[] {
  let jump = 1;
  const steps: { step: number; kernel: number }[] = [];
  for (const { kernel, stride, dilation } of layers) {
    if (kernel > 1) steps.push({ step: jump * dilation, kernel });
    jump *= stride;
  }
  return steps;
}

export function griddingAlong(layers: readonly StackLayer[]): AxisGridding {
  const steps = stepsOf(layers);
  let offsets = new Set([0]);
  for (const { step, kernel } of steps)
    offsets = new Set([...offsets].flatMap((offset) => rangeTo(kernel).map((tap) => offset + step * tap)));
  const read = [...offsets].sort((a, b) => a - b);
  const field = read.at(-1)! + 1;
  const unread = rangeTo(field).filter((offset) => !offsets.has(offset));
  const factor = steps.reduce((common, { step }) => greatestCommonDivisor(common, step), 0);
  const cause: GriddingWarning = factor > 1 ? { kind: 'common-factor', factor } : { kind: 'gaps' };
  return {
    field,
    read,
    unread,
    largestGap: read.reduce((gap, offset, i) => Math.max(gap, offset - (read[i - 1] ?? offset)), 1),
    warning: unread.length > 0 ? cause : null,
  };
}

/** Both axes: the set that is read is every row that is read crossed with every column. */
export interface Gridding {
  readonly h: AxisGridding;
  readonly w: AxisGridding;
  /** Pixels of the set, and of the box around it. */
  readonly read: number;
  readonly box: number;
}

export function griddingOf(convs: readonly Conv2d[]): Gridding {
  const h = griddingAlong(stackAlong(convs, 'h'));
  const w = griddingAlong(stackAlong(convs, 'w'));
  return { h, w, read: h.read.length * w.read.length, box: h.field * w.field };
}

/** The pixels of the box that the unit never reads, as (row, column) offsets from its corner, row by row. */
export function unreadPixels({ h, w }: Gridding): readonly Pair[] {
  const rows = new Set(h.read);
  const columns = new Set(w.read);
  return rangeTo(h.field).flatMap((y) =>
    rangeTo(w.field)
      .filter((x) => !rows.has(y) || !columns.has(x))
      .map((x): Pair => [y, x]),
  );
}

/** The rule of HDC for layers of one kernel size K and steps r_1..r_n. */
export interface HdcRule {
  /** M_2, where M_n = r_n and M_i = max(M_{i+1} - 2 r_i, 2 r_i - M_{i+1}, r_i). */
  readonly distance: number;
  /** K: M_2 must not be larger, and the first layer must have step 1. */
  readonly allowed: number;
  readonly isKept: boolean;
}

/**
 * Null where the rule says nothing: fewer than two layers with taps apart, kernels of different sizes, or of fewer than 3 taps. A kept rule
 * leaves no holes; for 3 taps and steps that never fall it is exact, for more taps it is stricter than needed (both checked by brute force).
 */
export function hdcRule(layers: readonly StackLayer[]): HdcRule | null {
  const steps = stepsOf(layers);
  const [first, ...rest] = steps;
  if (!first || rest.length === 0 || first.kernel < 3 || rest.some(({ kernel }) => kernel !== first.kernel))
    return null;
  const distance = rest
    .slice(0, -1)
    .reduceRight((next, { step }) => Math.max(next - 2 * step, 2 * step - next, step), rest.at(-1)!.step);
  return { distance, allowed: first.kernel, isKept: first.step === 1 && distance <= first.kernel };
}
