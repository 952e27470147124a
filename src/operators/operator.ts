/**
 * What an operator is. Every kind of layer (`conv2d`, `activation`, ...) is a folder beside this file that fills
 * `OperatorRules`: everything the product knows about a kind (shape, receptive field, price, reference arithmetic) is a pure
 * function of its attributes. Attributes are named as in `torch.nn`, in camelCase.
 */
import type { Interval } from '../math/intervals.ts';

/** Feature maps: N images, C channels, H rows, W columns; row-major, W fastest (PyTorch's NCHW). */
export type Shape = readonly [n: number, c: number, h: number, w: number];

export type Axis = 'h' | 'w';

/** [height, width], the order of every pair in `torch.nn`. */
export type Pair = readonly [h: number, w: number];

/** Rows or columns added on each side. */
export interface PerSide {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export type Result<T, E = OperatorError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** Why an operator cannot be applied: a code and its numbers for the translator, and PyTorch's own sentence. */
export interface OperatorError {
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
  /** In the wording of PyTorch, in English. */
  readonly message: string;
}

/** The shapes around an operator: for rules whose rows depend on more than the size of one axis. */
export interface Surroundings {
  readonly inputs: readonly Shape[];
  readonly output: Shape;
}

/** A learned tensor that an operator owns, in PyTorch's layout. */
export interface ParameterSpec {
  readonly name: 'weight' | 'bias' | 'runningMean' | 'runningVar';
  readonly shape: readonly number[];
}

/** The values of an operator's learned tensors. `weight` of a convolution: [Cout, Cin/groups, kh, kw]; `bias`: [Cout]. */
export interface ParameterValues {
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
  /** Statistics of the training data, [C]: batch norm alone. */
  readonly runningMean?: Float32Array;
  readonly runningVar?: Float32Array;
}

/** What applying an operator once to its input costs. One MAC is one multiplication and one addition. */
export interface Cost {
  readonly parameters: number;
  readonly macs: number;
  /** MACs whose tap reads the input itself and not its zero padding. */
  readonly usefulMacs: number;
  /** Bytes of the output in float32. */
  readonly activationBytes: number;
}

/** float32 is how the product computes; float64 is the reference that every kernel is held against. */
export type FloatArray = Float32Array | Float64Array;

export interface HostTensor<A extends FloatArray = FloatArray> {
  readonly shape: Shape;
  readonly values: A;
}

/**
 * The result of a reference run. `magnitude` has the output's length and holds the sum of |terms| of each value (|bias|
 * included): the scale on which a rounding error of that value is judged.
 */
export interface ReferenceResult {
  readonly output: HostTensor<Float64Array>;
  readonly magnitude: Float64Array;
}

/** What is known of an operator without computing a value. `O` is the operator's attribute record. */
export interface StructuralRules<O extends { readonly kind: string }> {
  readonly kind: O['kind'];
  /** The shape of the output, or PyTorch's reason why there is none. */
  outputShape(operator: O, inputs: readonly Shape[]): Result<Shape>;
  /** The learned tensors, in PyTorch's order; empty for operators without any. */
  parameters(operator: O): readonly ParameterSpec[];
  /** How many tensors it reads; null: one or more. */
  arity(operator: O): number | null;
  /**
   * The rows (h) or columns (w) of an input of `size` that `output` reads, as one interval; not clipped to the input: padding lies
   * outside 0..size-1. `input`: which of the operator's inputs, where they are read differently; absent: the first. `around`: the
   * shapes of all inputs and of the output, which operators need that move values between axes or lay tensors side by side.
   */
  inputInterval(
    operator: O,
    axis: Axis,
    output: Interval,
    size: number,
    input?: number,
    around?: Surroundings,
  ): Interval;
  /** The rows or columns of an input of `size` that output `index` reads, one by one: holes are left out, padding lies outside. */
  reads(operator: O, axis: Axis, size: number, index: number, input?: number, around?: Surroundings): readonly number[];
  /** The rows or columns of the output that read row or column `index` of an input of `size`, through padding too; ascending. */
  readers(
    operator: O,
    axis: Axis,
    size: number,
    index: number,
    input?: number,
    around?: Surroundings,
  ): readonly number[];
  cost(operator: O, inputs: readonly Shape[]): Cost;
}

/** The values that an operator computes. */
export interface OperatorArithmetic<O extends { readonly kind: string }> {
  /** Computes the operator in float64 on the host. Shapes must be valid (`outputShape` ok). */
  reference(operator: O, inputs: readonly HostTensor[], parameters: ParameterValues | null): ReferenceResult;
  /** Computes the operator in float32 on the host, for use without a GPU. Same shapes as `reference`. */
  compute(
    operator: O,
    inputs: readonly HostTensor<Float32Array>[],
    parameters: ParameterValues | null,
  ): HostTensor<Float32Array>;
  /**
   * The scale on which the output's errors are judged when the inputs are uncertain themselves: `scales[i]` holds, for every value of
   * input i, the sum of |terms| that it was made of, `own` the magnitude that `reference` gave. Of the output's length.
   */
  scaleFrom(
    operator: O,
    uncertain: {
      readonly inputs: readonly HostTensor<Float64Array>[];
      readonly scales: readonly HostTensor<Float64Array>[];
      readonly own: Float64Array;
    },
    parameters: ParameterValues | null,
  ): Float64Array;
}

/** What every operator folder provides. */
export type OperatorRules<O extends { readonly kind: string }> = StructuralRules<O> & OperatorArithmetic<O>;
