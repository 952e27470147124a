/** The layers of a workload in their places: who reads whom, shapes, and the numbers, which are the same for every library. */
import type { Operator } from '../../src/operators/index.ts';
import { rulesOf } from '../../src/operators/index.ts';
import type { ParameterValues, Shape } from '../../src/operators/operator.ts';
import '../../src/operators/late.ts';
import type { Layer } from './layers.ts';

/** The name of the maps that a workload reads; its steps have names of their own. */
export const inputName = 'x';

/** A layer in its place. */
export interface Step {
  readonly id: string;
  readonly layer: Layer;
  /** The steps whose maps it reads, or `inputName`; each stands before it. */
  readonly from: readonly string[];
  /** Shapes of the maps that it reads, one for each of `from`. */
  readonly inputs: readonly Shape[];
  /** What a deformable convolution reads beside the maps: offsets and mask. */
  readonly extra: readonly Shape[];
  readonly output: Shape;
}

/** A step with its numbers; a layer without weights has no parameters. */
export interface FilledStep extends Step {
  readonly parameters: (ParameterValues & { readonly bias: Float32Array }) | null;
  readonly extraValues: readonly Float32Array<ArrayBuffer>[];
}

/** A layer behind others. `name`: of the workload, for the sentence that is thrown where the layer does not fit. */
export function stepOf(
  { id, layer, from }: Pick<Step, 'id' | 'layer' | 'from'>,
  inputs: readonly Shape[],
  name: string,
): Step {
  const extra = layer.kind === 'deform_conv2d' ? sampleShapes(layer, inputs[0]!) : [];
  const output = rulesOf(layer).outputShape(layer, [...inputs, ...extra]);
  if (!output.ok) throw new Error(`${name}: ${output.error.message}`);
  return { id, layer, from, inputs, extra, output: output.value };
}

/** Offsets [1, 2 G kh kw, OH, OW] and mask [1, G kh kw, OH, OW] of a deformable convolution. */
function sampleShapes(layer: Extract<Layer, { readonly kind: 'deform_conv2d' }>, [, , height, width]: Shape): Shape[] {
  const { kernelSize, stride, dilation, padding, offsetGroups } = layer;
  const along = (size: number, before: number, after: number, axis: 0 | 1) =>
    Math.floor((size + before + after - dilation[axis] * (kernelSize[axis] - 1) - 1) / stride[axis]) + 1;
  const size = [along(height, padding.top, padding.bottom, 0), along(width, padding.left, padding.right, 1)] as const;
  const samples = offsetGroups * kernelSize[0] * kernelSize[1];
  return [
    [1, 2 * samples, ...size],
    [1, samples, ...size],
  ];
}

/** Values in [-bound, bound], the same in every run. */
export function noise(length: number, seed: number, bound = 1): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return bound * (state / 2 ** 31 - 1);
  });
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * The numbers of a step. Weights of a layer by itself lie in [-1, 1]; `isDeep`: in He's bounds, so that values keep their size through
 * many layers, and small biases.
 */
export function fill(step: Step, seed: number, isDeep: boolean): FilledStep {
  const operator: Operator = step.layer;
  const specs = rulesOf(operator).parameters(operator);
  const bounds = isDeep ? [Math.sqrt(6 / termsOf(step)), 0.1] : [1, 1];
  const [weight, bias] = specs.map((spec, i) => noise(elementsOf(spec.shape), seed + i, bounds[i]));
  return {
    ...step,
    parameters: weight && bias ? { weight, bias } : null,
    extraValues: step.extra.map((shape, i) => noise(elementsOf(shape), seed + 2 + i)),
  };
}

/** Products in one output, on average. */
function termsOf({ layer, inputs, extra, output }: Step): number {
  return Math.max(1, rulesOf(layer).cost(layer, [...inputs, ...extra]).macs / elementsOf(output));
}
