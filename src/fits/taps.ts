/**
 * Where the taps of a convolution stand: in input pixels from the place stride * index of the output. Kernels with taps in different
 * places are compared on the places of both.
 */
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import { resolvePadding } from '../operators/conv2d/index.ts';
import type { PerSide } from '../operators/operator.ts';
import { effectiveKernel } from '../operators/window.ts';
import type { FitKind } from './kinds.ts';

export interface Tap {
  readonly y: number;
  readonly x: number;
}

/** A convolution whose padding may be negative: then it reads a cropped input. */
export interface PlacedConv {
  readonly conv: Conv2d;
  readonly padding: PerSide;
}

/** The taps in reading order, [kh * kw]. */
export function tapsOfConv({ conv, padding }: PlacedConv): readonly Tap[] {
  const [kh, kw] = conv.kernelSize;
  return Array.from({ length: kh * kw }, (_, t) => ({
    y: Math.floor(t / kw) * conv.dilation[0] - padding.top,
    x: (t % kw) * conv.dilation[1] - padding.left,
  }));
}

export function placed(conv: Conv2d): PlacedConv {
  return { conv, padding: resolvePadding(conv) };
}

/**
 * `conv` with another kernel size or dilation around the same centre and with the same size of output. Where no centre is shared (3 taps
 * inside 4) it stands half a tap to the top and left.
 */
export function recentred(conv: Conv2d, change: Partial<Pick<Conv2d, 'kernelSize' | 'dilation'>>): PlacedConv {
  const changed = { ...conv, ...change };
  const { top, bottom, left, right } = resolvePadding(conv);
  const [above, below] = margins(conv, changed, 0);
  const [before, after] = margins(conv, changed, 1);
  return {
    conv: changed,
    padding: { top: top - above, bottom: bottom - below, left: left - before, right: right - after },
  };
}

/** Pixels that the changed kernel spans less than the old one, in front and behind. */
function margins(old: Conv2d, changed: Conv2d, axis: 0 | 1): readonly [before: number, after: number] {
  const span = (conv: Conv2d) => effectiveKernel(conv.kernelSize[axis], conv.dilation[axis]);
  const spare = span(old) - span(changed);
  const before = Math.floor(spare / 2);
  return [before, spare - before];
}

/** The convolution that a kind of other taps than the layer's has; null where it has the layer's own. */
export function otherConv(conv: Conv2d, kind: FitKind): PlacedConv | null {
  switch (kind.kind) {
    case 'pointwise':
      return recentred(conv, { kernelSize: [1, 1], dilation: [1, 1] });
    case 'smaller_kernel':
      return recentred(conv, { kernelSize: kind.kernelSize });
    case 'dilated':
      return recentred(conv, { dilation: kind.dilation, kernelSize: kind.kernelSize ?? conv.kernelSize });
    case 'depthwise_separable':
    case 'spatially_separable':
    case 'grouped':
    case 'low_rank':
      return null;
    default:
      kind satisfies never;
      throw new Error('unknown kind of fit');
  }
}

/** The layer's own taps in reading order, then those that the kinds add: the places on which a Gram matrix for all of them is taken. */
export function tapsFor(conv: Conv2d, kinds: readonly FitKind[]): readonly Tap[] {
  const taps = [...tapsOfConv(placed(conv))];
  for (const kind of kinds) {
    const other = otherConv(conv, kind);
    if (!other) continue;
    for (const tap of tapsOfConv(other)) if (indexOfTap(taps, tap) < 0) taps.push(tap);
  }
  return taps;
}

export function indexOfTap(taps: readonly Tap[], { y, x }: Tap): number {
  return taps.findIndex((tap) => tap.y === y && tap.x === x);
}
