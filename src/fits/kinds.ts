/** What may stand in for a standard convolution, and the layer that it stands in for. */
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import type { OperatorError, Pair, ParameterValues, Shape } from '../operators/operator.ts';

/** A standard convolution (groups 1) with its values and the input that it is applied to. */
export interface FittedLayer {
  readonly conv: Conv2d;
  /** `weight` [Cout, Cin, kh, kw]. */
  readonly parameters: ParameterValues;
  readonly inputShape: Shape;
}

export type FitKind =
  /** A depthwise convolution with `multiplier` kernels per input channel, then 1x1 (MobileNet, Howard et al. 2017). */
  | { readonly kind: 'depthwise_separable'; readonly multiplier: number }
  /** kh x 1 to `middleChannels`, then 1 x kw (Jaderberg, Vedaldi & Zisserman 2014, scheme 2). */
  | { readonly kind: 'spatially_separable'; readonly middleChannels: number }
  /** A grouped convolution, its channels in the given order or in the best one that is found. */
  | { readonly kind: 'grouped'; readonly groups: number; readonly order: 'given' | 'searched' }
  /** 1x1 in the kernel's centre. */
  | { readonly kind: 'pointwise' }
  /** A kernel of another size with the same dilation and centre. */
  | { readonly kind: 'smaller_kernel'; readonly kernelSize: Pair }
  /** Taps further apart (or closer) around the same centre: as many as before, or `kernelSize` of them. */
  | { readonly kind: 'dilated'; readonly dilation: Pair; readonly kernelSize?: Pair }
  /** The same kernel to `rank` channels, then 1x1; of a pointwise layer: 1x1, then 1x1 (Denton et al. 2014). */
  | { readonly kind: 'low_rank'; readonly rank: number };

export const fitErrorCodes = ['fit-grouped-layer', 'fit-rank', 'fit-groups', 'fit-kernel'] as const;
type FitErrorCode = (typeof fitErrorCodes)[number];

function error(code: FitErrorCode, message: string, values: OperatorError['values']): OperatorError {
  return { code, message, values };
}

/** The largest rank (multiplier, middle channels) of a kind: there the substitute is the layer itself. Null: it has no rank. */
export function fullRank({ inChannels, outChannels, kernelSize: [kh, kw] }: Conv2d, kind: FitKind['kind']) {
  switch (kind) {
    case 'depthwise_separable':
      return Math.min(outChannels, kh * kw);
    case 'spatially_separable':
      return Math.min(inChannels * kh, kw * outChannels);
    case 'low_rank':
      return Math.min(outChannels, inChannels * kh * kw);
    case 'grouped':
    case 'pointwise':
    case 'smaller_kernel':
    case 'dilated':
      return null;
    default:
      kind satisfies never;
      throw new Error('unknown kind of fit');
  }
}

/** Why a layer has no substitute of this kind, or null. */
export function fitError(conv: Conv2d, kind: FitKind): OperatorError | null {
  if (conv.groups !== 1)
    return error('fit-grouped-layer', `only a layer with groups=1 is fitted, but got groups=${conv.groups}`, {
      groups: conv.groups,
    });
  switch (kind.kind) {
    case 'depthwise_separable':
      return rankError(conv, kind.kind, kind.multiplier);
    case 'spatially_separable':
      return rankError(conv, kind.kind, kind.middleChannels);
    case 'low_rank':
      return rankError(conv, kind.kind, kind.rank);
    case 'grouped': {
      const { groups } = kind;
      const { inChannels, outChannels } = conv;
      if (isCount(groups) && inChannels % groups === 0 && outChannels % groups === 0) return null;
      const message = `in_channels ${inChannels} and out_channels ${outChannels} must be divisible by groups ${groups}`;
      return error('fit-groups', message, { groups, inChannels, outChannels });
    }
    case 'smaller_kernel':
      return kernelError(conv, kind.kernelSize);
    case 'dilated':
      return kernelError(conv, kind.kernelSize ?? conv.kernelSize);
    case 'pointwise':
      return null;
    default:
      kind satisfies never;
      throw new Error('unknown kind of fit');
  }
}

function kernelError({ kernelSize: [mostH, mostW] }: Conv2d, [kh, kw]: Pair): OperatorError | null {
  if (isCount(kh) && isCount(kw) && kh <= mostH && kw <= mostW) return null;
  const message = `a smaller kernel has 1 to ${mostH} x 1 to ${mostW} taps, but got ${kh} x ${kw}`;
  return error('fit-kernel', message, { kh, kw, mostH, mostW });
}

function rankError(conv: Conv2d, kind: FitKind['kind'], rank: number): OperatorError | null {
  const most = fullRank(conv, kind) ?? rank;
  if (isCount(rank) && rank <= most) return null;
  return error('fit-rank', `the rank must be 1 to ${most}, but got ${rank}`, { rank, most });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
