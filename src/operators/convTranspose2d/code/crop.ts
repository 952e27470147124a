/**
 * What a transposed convolution leaves of its whole extent, (i - 1) stride + effective kernel: libraries count it differently. `front`
 * rows are cut off in front and `behind` of them behind, where a negative number adds rows of bias alone. PyTorch says behind =
 * padding - output_padding; JAX pads the stretched input by (effective kernel - 1) - cut on each side.
 */
import { sides } from '../../codeText.ts';
import { refuse } from '../../codeValues.ts';
import { effectiveKernel } from '../../window.ts';
import type { ConvTranspose2d } from '../attributes.ts';

export type Geometry = Pick<ConvTranspose2d, 'kernelSize' | 'stride' | 'dilation'>;

/** Along one axis. */
export interface Crop {
  readonly front: number;
  readonly behind: number;
}

export type Crops = readonly [h: Crop, w: Crop];

export function cropsOf({ padding, outputPadding }: Pick<ConvTranspose2d, 'padding' | 'outputPadding'>): Crops {
  return [
    { front: padding.top, behind: padding.bottom - outputPadding[0] },
    { front: padding.left, behind: padding.right - outputPadding[1] },
  ];
}

/**
 * Crops as attributes: the same padding on both sides and output_padding where PyTorch could write it so, else each side by itself.
 * Rows that would be added in front are refused: no attribute says them.
 */
export function fromCrops(
  crops: Crops,
  { stride, dilation }: Geometry,
): Pick<ConvTranspose2d, 'padding' | 'outputPadding'> {
  const along = (i: 0 | 1) => {
    const { front, behind } = crops[i];
    if (front < 0)
      refuse('transposed-padding', `the output would begin ${-front} before the first input reaches it`, {
        rows: -front,
      });
    const isPyTorch = behind <= front && front - behind < Math.max(stride[i], dilation[i]);
    const after = isPyTorch ? front : Math.max(0, behind);
    return { front, after, outputPadding: after - behind };
  };
  const [h, w] = [along(0), along(1)];
  return { padding: sides(h.front, h.after, w.front, w.after), outputPadding: [h.outputPadding, w.outputPadding] };
}

/** The padding of the stretched input that leaves this much, and back: the rule is its own inverse. */
export function mirrored(crops: Crops, { kernelSize, dilation }: Geometry): Crops {
  const along = (i: 0 | 1) => {
    const reach = effectiveKernel(kernelSize[i], dilation[i]) - 1;
    return { front: reach - crops[i].front, behind: reach - crops[i].behind };
  };
  return [along(0), along(1)];
}

/** 'SAME' of Keras and JAX: an output of exactly stride times the input, the odd row cut behind. */
export function sameCrops({ kernelSize, stride, dilation }: Geometry): Crops {
  const along = (i: 0 | 1) => {
    const kernel = effectiveKernel(kernelSize[i], dilation[i]);
    const total = kernel + stride[i] - 2;
    const front = Math.min(Math.ceil(total / 2), kernel - 1);
    return { front, behind: total - front };
  };
  return mirrored([along(0), along(1)], { kernelSize, stride, dilation });
}

/** 'VALID' of Keras and JAX: everything, and where the stride is larger than the kernel, whole strides. */
export function validCrops({ kernelSize, stride, dilation }: Geometry): Crops {
  const along = (i: 0 | 1) => ({
    front: 0,
    behind: -Math.max(stride[i] - effectiveKernel(kernelSize[i], dilation[i]), 0),
  });
  return [along(0), along(1)];
}

export function isSameCrop(a: Crops, b: Crops): boolean {
  return a.every((crop, i) => crop.front === b[i]!.front && crop.behind === b[i]!.behind);
}
