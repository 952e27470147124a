/**
 * The nearest layer without a checkerboard: kernel_size at the next multiple of the stride, and no dilation along an axis where it shares a
 * factor with the stride. What the kernel adds to the output is taken from output_padding, then from both sides as padding.
 */
import { greatestCommonDivisor } from '../../math/integers.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import { effectiveKernel } from '../../operators/window.ts';

type Attributes = Pick<ConvTranspose2d, 'kernelSize' | 'stride' | 'dilation' | 'padding' | 'outputPadding'>;

/** The next multiple of the stride, or the one before where that is beyond `largest`. */
function evenKernel(kernel: number, stride: number, largest: number): number {
  const next = Math.ceil(kernel / stride) * stride;
  return next <= largest ? next : Math.floor(largest / stride) * stride;
}

/** The attributes that have to change; `largest` is the longest kernel side that there may be, and not below the stride. */
export function evenOverlap(
  { kernelSize, stride, dilation, padding, outputPadding }: Attributes,
  largest: number,
): Omit<Attributes, 'stride'> {
  const along = (i: 0 | 1) => {
    const kernel = evenKernel(kernelSize[i], stride[i], largest);
    const spread = greatestCommonDivisor(stride[i], dilation[i]) === 1 ? dilation[i] : 1;
    const more = effectiveKernel(kernel, spread) - effectiveKernel(kernelSize[i], dilation[i]);
    const taken = Math.max(0, Math.min(outputPadding[i], more));
    return { kernel, spread, behind: outputPadding[i] - taken, crop: Math.max(0, Math.floor((more - taken) / 2)) };
  };
  const [h, w] = [along(0), along(1)];
  return {
    kernelSize: [h.kernel, w.kernel],
    dilation: [h.spread, w.spread],
    outputPadding: [h.behind, w.behind],
    padding: {
      top: padding.top + h.crop,
      bottom: padding.bottom + h.crop,
      left: padding.left + w.crop,
      right: padding.right + w.crop,
    },
  };
}
