/**
 * The attributes of Conv2d, declared once: name in every library, unit, range as a function of the others. Sliders, number fields,
 * code in and out, links and validation read this; no screen repeats a limit.
 */
import type { Pair, PerSide } from '../operator.ts';
import type { Conv2d } from './attributes.ts';

/** What ranges depend on beside the layer itself: the size of its input, [h, w]. */
export interface ConvContext {
  readonly inputSize: Pair;
}

/** A numeric attribute, or one component of it. */
export type ConvField =
  | 'kernelSize.h'
  | 'kernelSize.w'
  | 'stride.h'
  | 'stride.w'
  | 'dilation.h'
  | 'dilation.w'
  | 'padding.top'
  | 'padding.bottom'
  | 'padding.left'
  | 'padding.right'
  | 'groups'
  | 'outChannels';

export interface FieldRange {
  readonly min: number;
  /** End of the slider. */
  readonly max: number;
  /** The largest value that may be typed or pasted; at least `max`. */
  readonly typedMax: number;
  /** The only allowed values, ascending, where not every integer is (groups). */
  readonly allowed?: readonly number[];
}

/** An attribute that had to move with a change, for a notice: PyTorch name, before and after as written in code. */
export interface Moved {
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
}

export interface Conv2dLimits {
  rangeOf(conv: Conv2d, field: ConvField, context: ConvContext): FieldRange;
  /** Applies a change and moves whatever it makes impossible, so that the result is always a valid layer with an output. */
  constrain(
    conv: Conv2d,
    change: Partial<Omit<Conv2d, 'kind'>>,
    context: ConvContext,
  ): { readonly conv: Conv2d; readonly moved: readonly Moved[] };
  /** Rows and columns added on each side, whatever `padding` says. */
  resolvePadding(conv: Conv2d): PerSide;
}
