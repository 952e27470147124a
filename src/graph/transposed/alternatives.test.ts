import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convTranspose2dCases } from '../../../tests/support/cases/convTranspose2d.ts';
import type { OperatorCase } from '../../../tests/support/cases/operatorCase.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import { convTranspose2d, createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { HostTensor, ParameterValues } from '../../operators/operator.ts';
import { costOf } from '../cost.ts';
import { inferShapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { type Alternative, directAlternative, directOf, turnedWeights } from './direct.ts';
import { pixelShuffleAlternative } from './pixelShuffle.ts';
import { resizeConvolveAlternative } from './resizeConvolve.ts';

function run({ graph, parameters }: Alternative, input: HostTensor): HostTensor<Float64Array> {
  const shapes = inferShapes(graph, { input: input.shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return runReference(graph, { input }, parameters).output!.output;
}

function layerOf({ operator, inputs, parameters }: OperatorCase) {
  if (operator.kind !== 'conv_transpose2d' || !parameters) throw new Error('no transposed convolution');
  const input = inputs[0]!;
  return { conv: operator, parameters, input, expected: convTranspose2d.reference(operator, [input], parameters) };
}

/** The same values on the rows and columns that `expected` has; sums in another order. */
function expectSameMaps(got: HostTensor, expected: HostTensor): void {
  const [images, channels, rows, columns] = expected.shape;
  expect(got.shape.slice(0, 2)).toEqual([images, channels]);
  let largest = 0;
  expected.values.forEach((value, at) => {
    const [plane, y, x] = [Math.floor(at / (rows * columns)), Math.floor(at / columns) % rows, at % columns];
    const other = got.values[(plane * got.shape[2] + y) * got.shape[3] + x]!;
    largest = Math.max(largest, Math.abs(other - value));
  });
  expect(largest).toBeLessThan(1e-9);
}

const sides = (crop: number) => ({ top: crop, bottom: crop, left: crop, right: crop });
const single = (attributes: Partial<ConvTranspose2d>) =>
  createConvTranspose2d({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], bias: false, ...attributes });

describe('the direct convolution of a transposed one', () => {
  it('with 3 x 3, stride 2, padding 1 stretches by 1 zero and pads by 1; output_padding adds 1 behind', () => {
    const direct = directOf(single({ stride: [2, 2], padding: sides(1), outputPadding: [1, 1] }));
    expect(direct).toMatchObject({ zeros: [1, 1], padding: { top: 1, bottom: 2, left: 1, right: 2 } });
    expect(direct.conv).toMatchObject({ stride: [1, 1], kernelSize: [3, 3] });
  });

  it('crops where the transposed one crops more than its kernel reaches', () => {
    expect(directOf(single({ kernelSize: [1, 3], padding: sides(1) })).padding).toMatchObject({ top: -1, left: 1 });
  });

  it('has the kernel turned by 180 degrees and its channels exchanged', () => {
    const conv = createConvTranspose2d({ inChannels: 2, outChannels: 1, kernelSize: [1, 2], bias: false });
    expect([...turnedWeights(conv, Float32Array.of(1, 2, 3, 4))]).toEqual([2, 1, 4, 3]);
  });

  it('gives the same maps, whatever the layer', () => {
    fc.assert(
      fc.property(convTranspose2dCases.random, (one) => {
        const { conv, parameters, input, expected } = layerOf(one);
        const got = run(directAlternative(conv, parameters), input);
        expect(got.shape).toEqual(expected.output.shape);
        expectSameMaps(got, expected.output);
      }),
    );
  });
});

describe('the pixel shuffle of a transposed convolution', () => {
  it('with 4 x 4, stride 2, padding 1 is a 3 x 3 convolution to 4 times the channels, and the same layer', () => {
    const conv = single({ kernelSize: [4, 4], stride: [2, 2], padding: sides(1) });
    const weight = Float32Array.from({ length: 16 }, (_, i) => i);
    const shuffled = pixelShuffleAlternative(conv, { weight, bias: null })!;
    expect(shuffled.extra).toEqual([0, 0]);
    expect(shuffled.graph.nodes[1]?.operator).toMatchObject({ outChannels: 4, kernelSize: [3, 3], padding: sides(1) });
    // Phase 0 reads the pixel before through tap 3 and its own through tap 1; phase 1 its own through 2, the next through 0.
    expect([...shuffled.parameters.phases!.weight.slice(0, 9)]).toEqual([15, 13, 0, 7, 5, 0, 0, 0, 0]);
    expect([...shuffled.parameters.phases!.weight.slice(27)]).toEqual([0, 0, 0, 0, 10, 8, 0, 2, 0]);
  });

  it('has a row and a column more where blocks do not fit: 3 x 3 with stride 2 and padding 1', () => {
    const weights = { weight: new Float32Array(9), bias: null };
    expect(pixelShuffleAlternative(single({ stride: [2, 2], padding: sides(1) }), weights)?.extra).toEqual([1, 1]);
  });

  it('does not exist for different strides', () => {
    expect(pixelShuffleAlternative(single({ stride: [2, 3] }), { weight: new Float32Array(9), bias: null })).toBeNull();
  });

  it('gives the same maps, and more below and to the right only where it says so', () => {
    fc.assert(
      fc.property(convTranspose2dCases.random, (one) => {
        const { conv, parameters, input, expected } = layerOf(one);
        const shuffled = pixelShuffleAlternative(conv, parameters);
        fc.pre(shuffled !== null);
        const got = run(shuffled, input);
        const [, , rows, columns] = expected.output.shape;
        expect([got.shape[2] - rows, got.shape[3] - columns]).toEqual(shuffled.extra);
        expectSameMaps(got, expected.output);
      }),
    );
  });
});

describe('resize and convolve', () => {
  const conv = single({ kernelSize: [3, 3], stride: [2, 2], padding: sides(1), outputPadding: [1, 1] });
  const values: ParameterValues = { weight: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), bias: null };
  const constant = { shape: [1, 1, 6, 6] as const, values: new Float64Array(36).fill(1) };
  const inside = (tensor: HostTensor) =>
    [4, 5].flatMap((y) => [4, 5].map((x) => tensor.values[y * tensor.shape[3] + x]!));

  it('answers a constant input by a constant, the mean of what the transposed layer makes a checkerboard of', () => {
    const checkered = inside(convTranspose2d.reference(conv, [constant], values).output);
    expect(checkered).toEqual([5, 10, 10, 20]);
    expect(inside(run(resizeConvolveAlternative(conv, values), constant))).toEqual([11.25, 11.25, 11.25, 11.25]);
  });

  it('costs s² times the multiply-adds: every tap meets every output', () => {
    const { graph } = resizeConvolveAlternative(conv, values);
    const shapes = inferShapes(graph, { input: [1, 1, 6, 6] });
    if (!shapes.ok) throw new Error(shapes.error.message);
    expect(costOf(graph, shapes.value).total.macs).toBe(4 * convTranspose2d.cost(conv, [[1, 1, 6, 6]]).macs);
  });
});
