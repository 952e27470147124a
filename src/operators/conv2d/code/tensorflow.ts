/** What Keras and JAX share: TensorFlow's 'SAME', which depends on the size of the input and puts the odd pixel behind. */

import { isEqual } from '../../codeText.ts';
import type { CodeContext } from '../../codeValues.ts';
import type { PerSide } from '../../operator.ts';
import { tensorflowSame } from '../../window.ts';
import type { Conv2d, Padding } from '../attributes.ts';
import { resolvePadding } from '../padding.ts';

type Geometry = Pick<Conv2d, 'kernelSize' | 'stride' | 'dilation'>;

/** 'SAME' in numbers, for an input of the context's size. */
export function sameSides(
  { kernelSize, stride, dilation }: Geometry,
  { inputSize }: Pick<CodeContext, 'inputSize'>,
): PerSide {
  const along = (i: 0 | 1) =>
    tensorflowSame({ input: inputSize[i], kernel: kernelSize[i], stride: stride[i], dilation: dilation[i] });
  const [h, w] = [along(0), along(1)];
  return { top: h.before, bottom: h.after, left: w.before, right: w.after };
}

/** 'SAME' as an attribute: the word where the stride is 1 (then it is PyTorch's 'same' for any input), else numbers. */
export function samePadding(geometry: Geometry, context: Pick<CodeContext, 'inputSize'>): Padding {
  return geometry.stride.every((s) => s === 1) ? 'same' : sameSides(geometry, context);
}

/** True where the padding is what 'SAME' gives for inputs of every size. */
export function isAlwaysSame(conv: Conv2d): boolean {
  return (
    conv.stride.every((s) => s === 1) && isEqual(resolvePadding(conv), resolvePadding({ ...conv, padding: 'same' }))
  );
}
