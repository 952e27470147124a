/** Random convolutions that have an output, with inputs and weights, for property tests. */
import fc from 'fast-check';
import { type Conv2d, type Padding, paddingModes } from '../../src/operators/conv2d/attributes.ts';
import { conv2d } from '../../src/operators/conv2d/index.ts';
import type { HostTensor, ParameterValues, Shape } from '../../src/operators/operator.ts';

export interface ConvCase {
  readonly conv: Conv2d;
  readonly input: HostTensor<Float32Array>;
  readonly parameters: ParameterValues;
}

const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));

const padding: fc.Arbitrary<Padding> = fc.oneof(
  fc.constantFrom('same' as const, 'valid' as const, 'full' as const),
  fc.record({ top: fc.nat(5), bottom: fc.nat(5), left: fc.nat(5), right: fc.nat(5) }),
);

/** Layers over all attributes, small enough to compute by definition. */
export const convLayers: fc.Arbitrary<Conv2d> = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    slices: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 3 }),
    kernelSize: pair(5),
    stride: pair(4),
    padding,
    dilation: pair(3),
    bias: fc.boolean(),
    paddingMode: fc.constantFrom(...paddingModes),
  })
  .map(({ groups, slices, filters, ...rest }) => ({
    kind: 'conv2d',
    inChannels: groups * slices,
    outChannels: groups * filters,
    groups,
    ...rest,
  }));

/** A layer and the shape of an input that it can be applied to. */
export const convShapes: fc.Arbitrary<{ readonly conv: Conv2d; readonly shape: Shape }> = fc
  .record({ conv: convLayers, n: fc.integer({ min: 1, max: 2 }), size: pair(12) })
  .map(({ conv, n, size }) => ({ conv, shape: [n, conv.inChannels, ...size] as const }))
  .filter(({ conv, shape }) => conv2d.outputShape(conv, [shape]).ok);

function filled(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) + seed) * 2);
}

export const convCases: fc.Arbitrary<ConvCase> = fc.tuple(convShapes, fc.nat(1000)).map(([{ conv, shape }, seed]) => {
  const weights = conv.outChannels * (conv.inChannels / conv.groups) * conv.kernelSize[0] * conv.kernelSize[1];
  return {
    conv,
    input: {
      shape,
      values: filled(
        shape.reduce((a, b) => a * b, 1),
        seed,
      ),
    },
    parameters: { weight: filled(weights, seed + 0.5), bias: conv.bias ? filled(conv.outChannels, seed + 0.7) : null },
  };
});
