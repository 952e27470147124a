/**
 * What the code forms of the libraries share: a library writes a layer as statements (a padding layer first, where the call itself
 * cannot say the padding), and reads a call together with the padding that stood before it.
 */

import { isNone, sides } from '../../codeText.ts';
import { refuse } from '../../codeValues.ts';
import type { PerSide } from '../../operator.ts';
import type { Conv2d, PaddingMode } from '../attributes.ts';
import { type BeyondRange, conv2dAttributes } from '../limits.ts';
import { resolvePadding } from '../padding.ts';

export const libraries = ['pytorch', 'keras', 'flax', 'onnx'] as const;
export type Library = (typeof libraries)[number];

/** What an attribute is called in a library; ONNX has out_channels only in the shape of the weights. */
export function attributeIn(library: Library, attribute: BeyondRange['attribute']): string {
  const names = conv2dAttributes[attribute];
  return names[library] ?? names.pytorch;
}

/** A padding layer as it was read. */
export interface PaddingLayer {
  readonly sides: PerSide;
  readonly mode: PaddingMode;
}

/** Why a copy says less than the layer. */
export type CopyNote =
  /** Keras has no layer that pads with anything but zeros. */
  | 'keras-padding-mode'
  /** Keras refuses strides above 1 together with dilation above 1. */
  | 'keras-strided-dilation';

/** A layer as text: the padding layer, or null, and the convolution. */
export interface WrittenConv {
  readonly padding: string | null;
  readonly conv: string;
  /** Everything that the library cannot say of the layer. */
  readonly notes: readonly CopyNote[];
}

/** Joins the padding layer in front and the convolution's own padding into one. */
export function joinPadding(before: PaddingLayer | null, conv: Conv2d): Conv2d {
  if (!before || isNone(before.sides)) return conv;
  const own = resolvePadding(conv);
  if (isNone(own)) return { ...conv, padding: before.sides, paddingMode: before.mode };
  if (before.mode !== 'zeros' || conv.paddingMode !== 'zeros') {
    return refuse(
      'two-paddings',
      `a layer has one padding: ${before.mode} in front and ${conv.paddingMode} inside are two`,
      {
        before: before.mode,
        inside: conv.paddingMode,
      },
    );
  }
  const { top, bottom, left, right } = before.sides;
  return { ...conv, padding: sides(own.top + top, own.bottom + bottom, own.left + left, own.right + right) };
}
