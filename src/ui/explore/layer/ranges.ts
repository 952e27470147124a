/** Ranges of controls that move several components together, and what a double-click gives back. */
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import {
  type ConvContext,
  type ConvField,
  conv2dAttributes,
  type FieldRange,
  rangeOf,
} from '../../../operators/conv2d/limits.ts';
import type { PerSide } from '../../../operators/operator.ts';
import type { Hint } from '../../components/Tooltip.tsx';

/** The values that all of `fields` may take at once. */
export function commonRange(conv: Conv2d, fields: readonly ConvField[], context: ConvContext): FieldRange {
  const ranges = fields.map((field) => rangeOf(conv, field, context));
  const allowed = ranges.length === 1 ? ranges[0]?.allowed : undefined;
  return {
    min: Math.max(...ranges.map((range) => range.min)),
    max: Math.min(...ranges.map((range) => range.max)),
    typedMax: Math.min(...ranges.map((range) => range.typedMax)),
    ...(allowed ? { allowed } : {}),
  };
}

export type PairAttribute = 'kernelSize' | 'stride' | 'dilation';

export const sides = ['top', 'bottom', 'left', 'right'] as const satisfies readonly (keyof PerSide)[];

/** Where a double-click leads: a 3 x 3 kernel and nine filters, else PyTorch's own defaults. */
export const resets = { kernelSize: 3, stride: 1, dilation: 1, padding: 0, groups: 1, outChannels: 9 } as const;

/** What a control's tooltip says: one sentence, and the attribute's name in every library that has it. */
export function attributeHint(attribute: keyof typeof conv2dAttributes, text: string): Hint {
  const { pytorch, keras, flax, onnx } = conv2dAttributes[attribute];
  return {
    text,
    names: { pytorch, ...(keras ? { keras } : {}), ...(flax ? { flax } : {}), ...(onnx ? { onnx } : {}) },
  };
}
