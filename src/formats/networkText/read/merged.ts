/** `F.pad` around what a layer reads, as the layer's own padding: PyTorch's argument has the same number on both sides. */
import { isNone } from '../../../operators/codeText.ts';
import type { PaddingMode } from '../../../operators/conv2d/attributes.ts';
import type { Operator } from '../../../operators/index.ts';
import type { PerSide } from '../../../operators/operator.ts';
import type { Pad, PadMode } from '../../../operators/pad/attributes.ts';

const paddingModes: Readonly<Record<PadMode, PaddingMode>> = {
  constant: 'zeros',
  reflect: 'reflect',
  edge: 'replicate',
  wrap: 'circular',
};

function sidesOf({ before, after }: Pad): PerSide | null {
  if (before[0] !== 0 || before[1] !== 0 || after[0] !== 0 || after[1] !== 0) return null;
  return { top: before[2], bottom: after[2], left: before[3], right: after[3] };
}

const isForward = (sides: PerSide) => Object.values(sides).every((side: number) => side >= 0);

/** The layer that pads its input so itself; null where it cannot. */
export function withPadding(operator: Operator, pad: Pad): Operator | null {
  const sides = sidesOf(pad);
  if (!sides || !isForward(sides)) return null;
  const isZero = pad.mode === 'constant' && pad.value === 0;
  switch (operator.kind) {
    case 'conv2d': {
      if (typeof operator.padding === 'string' || !isNone(operator.padding)) return null;
      if (pad.mode === 'constant' && !isZero) return null;
      return { ...operator, padding: sides, paddingMode: paddingModes[pad.mode] };
    }
    case 'deform_conv2d':
      return isZero && isNone(operator.padding) ? { ...operator, padding: sides } : null;
    case 'pool2d': {
      const isLeast = pad.mode === 'constant' && pad.value === Number.NEGATIVE_INFINITY;
      const fits = operator.function === 'max' ? isLeast : isZero && operator.countIncludePad;
      return fits && isNone(operator.padding) ? { ...operator, padding: sides } : null;
    }
    default:
      return null;
  }
}

/** A transposed convolution whose output is cropped so; null for anything else. */
export function withCrop(operator: Operator, pad: Pad): Operator | null {
  const sides = sidesOf(pad);
  if (operator.kind !== 'conv_transpose2d' || !sides || !isNone(operator.padding) || pad.mode !== 'constant')
    return null;
  const { top, bottom, left, right } = sides;
  if (Math.max(top, bottom, left, right) > 0) return null;
  return { ...operator, padding: { top: 0 - top, bottom: 0 - bottom, left: 0 - left, right: 0 - right } };
}
