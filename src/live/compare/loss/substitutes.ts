/** A substitute as a fit: its number brought into what the layer allows, and what a layer may be replaced by at first. */
import { type FitKind, fullRank } from '../../../fits/kinds.ts';
import { commonDivisors } from '../../../graph/layers/column.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { Substitute, SubstituteKind } from '../../../store/loss.ts';

export interface SizeRange {
  readonly min: number;
  readonly max: number;
  readonly allowed?: readonly number[];
}

/** The numbers that a substitute of a layer may have; null where its kind has none. */
export function sizeRange(kind: SubstituteKind, conv: Conv2d): SizeRange | null {
  const most = Math.max(...conv.kernelSize);
  switch (kind) {
    case 'depthwise_separable':
    case 'spatially_separable':
    case 'low_rank':
      return { min: 1, max: fullRank(conv, kind) ?? 1 };
    case 'grouped':
    case 'regrouped': {
      const allowed = commonDivisors(conv.inChannels, conv.outChannels);
      return { min: 1, max: allowed.at(-1) ?? 1, allowed };
    }
    case 'smaller_kernel':
      return { min: 1, max: most };
    case 'dilated':
      return { min: 1, max: Math.max(1, most - 1) };
    case 'pointwise':
      return null;
    default:
      kind satisfies never;
      throw new Error('unknown kind of substitute');
  }
}

/** Whether a layer can be made cheaper that way at all: nothing spatial in a 1x1 layer, no groups without a common divisor. */
export function applies(kind: SubstituteKind, conv: Conv2d): boolean {
  if (kind === 'grouped' || kind === 'regrouped') return commonDivisors(conv.inChannels, conv.outChannels).length > 1;
  return kind === 'low_rank' || conv.kernelSize[0] * conv.kernelSize[1] > 1;
}

/** The size that the layer allows: the wish, or the nearest that is not above it. */
export function sizeOn({ kind, size }: Substitute, conv: Conv2d): number {
  const range = sizeRange(kind, conv);
  if (!range) return 1;
  return range.allowed ? (range.allowed.findLast((each) => each <= size) ?? 1) : Math.min(size, range.max);
}

export function fitKindOf(substitute: Substitute, conv: Conv2d): FitKind {
  const { kind } = substitute;
  const size = sizeOn(substitute, conv);
  const [kh, kw] = conv.kernelSize;
  switch (kind) {
    case 'depthwise_separable':
      return { kind, multiplier: size };
    case 'spatially_separable':
      return { kind, middleChannels: size };
    case 'low_rank':
      return { kind, rank: size };
    case 'grouped':
    case 'regrouped':
      // Where nothing but 1 divides both, the wish stands and the fit says why it cannot be.
      return {
        kind: 'grouped',
        groups: applies(kind, conv) ? size : substitute.size,
        order: kind === 'grouped' ? 'given' : 'searched',
      };
    case 'pointwise':
      return { kind };
    case 'smaller_kernel':
      return { kind, kernelSize: [Math.min(size, kh), Math.min(size, kw)] };
    case 'dilated':
      // Every size-th tap: the same span, fewer taps.
      return {
        kind,
        dilation: [size * conv.dilation[0], size * conv.dilation[1]],
        kernelSize: [Math.floor((kh - 1) / size) + 1, Math.floor((kw - 1) / size) + 1],
      };
    default:
      kind satisfies never;
      throw new Error('unknown kind of substitute');
  }
}

/** Substitutes that save something on this layer, a few of each kind. */
export function defaultSubstitutes(conv: Conv2d): readonly Substitute[] {
  const share = (kind: SubstituteKind, part: number): Substitute => ({
    kind,
    size: Math.max(1, Math.round((sizeRange(kind, conv)?.max ?? 1) / part)),
  });
  const groups = commonDivisors(conv.inChannels, conv.outChannels).filter((each) => each > 1);
  const grouped = (size: number): readonly Substitute[] => [
    { kind: 'grouped', size },
    { kind: 'regrouped', size },
  ];
  const side = Math.max(...conv.kernelSize);
  if (side === 1)
    return [
      ...groups.filter((each) => [2, 4, 8].includes(each)).flatMap(grouped),
      ...[8, 4, 2].map((part) => share('low_rank', part)),
    ];
  const most = groups.findLast((each) => each <= 4);
  const spatial: readonly Substitute[] = [
    { kind: 'smaller_kernel', size: Math.max(2, side - 2) },
    { kind: 'dilated', size: 2 },
  ];
  return [
    { kind: 'depthwise_separable', size: 1 },
    { kind: 'depthwise_separable', size: 2 },
    share('spatially_separable', 12),
    ...(most ? grouped(most) : []),
    share('low_rank', 4),
    { kind: 'pointwise', size: 1 },
    ...(side > 2 ? spatial : []),
  ];
}
