import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conv2dArithmetic } from '../../../operators/conv2d/arithmetic.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { conv2d, createConv2d } from '../../../operators/conv2d/index.ts';
import type { HostTensor, ParameterValues } from '../../../operators/operator.ts';
import { inTypeScript, startArithmetic } from '../arithmetic.ts';
import { type Box, type ConvTask, taskFor } from '../convTask.ts';
import { mapsBox } from '../maps.ts';
import { createConvolver } from './convolver.ts';
import { startKernels } from './kernels.ts';

const arithmetic = startArithmetic();

interface Sample {
  readonly conv: Conv2d;
  readonly input: HostTensor<Float32Array<ArrayBuffer>>;
  readonly parameters: ParameterValues;
}

function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function sampleOf(conv: Conv2d, height: number, width: number, seed: number): Sample {
  const taps = (conv.inChannels / conv.groups) * conv.kernelSize[0] * conv.kernelSize[1];
  return {
    conv,
    input: { shape: [1, conv.inChannels, height, width], values: noise(conv.inChannels * height * width, seed) },
    parameters: {
      weight: noise(conv.outChannels * taps, seed + 1),
      bias: conv.bias ? noise(conv.outChannels, seed + 2) : null,
    },
  };
}

function taskOf(sample: Sample, box: Box, activations: ConvTask['activations'] = []): ConvTask {
  const { y1, x1 } = whole(sample);
  const { conv, input, parameters } = sample;
  const source = { conv, parameters, values: input.values, shape: input.shape, size: [y1, x1] as const };
  return taskFor(source, box, activations);
}

function whole({ conv, input }: Sample): Box {
  const shape = conv2d.outputShape(conv, [input.shape]);
  if (!shape.ok) throw new Error(shape.error.message);
  return mapsBox(shape.value, 0, shape.value[1]);
}

/** Widths beyond the longest tile, filters that leave one, two and three over, sums of several blocks of taps. */
const samples: fc.Arbitrary<Sample> = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    slices: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 20, max: 40 })),
    filters: fc.integer({ min: 1, max: 9 }),
    kernelSize: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    bias: fc.boolean(),
    padding: fc.constantFrom('full' as const, 'full' as const, 'valid' as const),
    height: fc.integer({ min: 1, max: 12 }),
    width: fc.integer({ min: 1, max: 80 }),
    seed: fc.nat(),
  })
  .map(({ groups, slices, filters, height, width, seed, ...rest }) =>
    sampleOf(
      createConv2d({ ...rest, groups, inChannels: groups * slices, outChannels: groups * filters }),
      // A kernel fits its input; a "valid" one often gives a few pixels only.
      height + (rest.padding === 'valid' ? rest.dilation[0] * (rest.kernelSize[0] - 1) : 0),
      rest.padding === 'valid' ? rest.dilation[1] * (rest.kernelSize[1] - 1) + Math.ceil(width / 16) : width,
      seed,
    ),
  );

function expectExact({ conv, input, parameters }: Sample, values: Float32Array): void {
  const { output, magnitude } = conv2dArithmetic.reference(conv, [input], parameters);
  expect(values.length).toBe(output.values.length);
  for (const [index, expected] of output.values.entries()) {
    const error = Math.abs(values[index]! - expected);
    if (!(error <= 1e-5 * (1 + magnitude[index]!))) expect.fail(`value ${index}: ${values[index]}, not ${expected}`);
  }
}

describe('a convolution in WebAssembly', () => {
  it('is what runs where there is SIMD', () => {
    expect(startKernels()).not.toBeNull();
    expect(arithmetic).not.toBe(inTypeScript);
  });

  it('agrees with the float64 reference for any attributes, as the TypeScript in its place does', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const task = taskOf(sample, whole(sample));
        expectExact(sample, arithmetic.compute(task));
        expectExact(sample, inTypeScript.compute(task));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same bits however the maps are cut', () => {
    fc.assert(
      fc.property(samples, fc.nat(), fc.nat(), fc.nat(), fc.constantFrom([], ['relu'] as const), (sample, ...cut) => {
        const [a, b, c, activations] = cut;
        const all = whole(sample);
        const [y0, x0, c0] = [a % all.y1, b % all.x1, c % all.c1];
        const part = { ...all, y0, x0, c0 };
        const expected = arithmetic.compute(taskOf(sample, all, activations)).slice();
        const values = arithmetic.compute(taskOf(sample, part, activations));
        let at = 0;
        for (let channel = c0; channel < all.c1; channel++) {
          for (let y = y0; y < all.y1; y++) {
            for (let x = x0; x < all.x1; x++) {
              if (values[at] !== expected[(channel * all.y1 + y) * all.x1 + x])
                expect.fail(`${[channel, y, x]}: ${values[at]}, not ${expected[(channel * all.y1 + y) * all.x1 + x]}`);
              at += 1;
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('errs no more over 9216 equal terms than the bound allows, where one float32 sum would drift away', () => {
    const sample = sampleOf(createConv2d({ inChannels: 1024, outChannels: 4, kernelSize: [3, 3] }), 3, 4, 1);
    sample.input.values.fill(0.1);
    sample.parameters.weight.fill(0.1);
    expectExact(sample, arithmetic.compute(taskOf(sample, whole(sample))));
  });

  it('clamps in the store, and lets NaN through', () => {
    const sample = sampleOf(createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1], bias: false }), 1, 5, 1);
    sample.input.values.set([-1, 0, 3, 9, Number.NaN]);
    sample.parameters.weight.fill(1);
    const relu6 = arithmetic.compute(taskOf(sample, whole(sample), ['relu6']));
    expect([...relu6]).toEqual([0, 0, 3, 6, Number.NaN]);
    expect([...arithmetic.compute(taskOf(sample, whole(sample), ['relu', 'abs']))]).toEqual([0, 0, 3, 9, Number.NaN]);
  });

  it('computes a few columns as whole tiles, not as the wide rows that a dilated kernel reads', () => {
    const kernels = startKernels()!;
    const computed: number[] = [];
    const convolver = createConvolver({
      ...kernels,
      convolve(...given) {
        const [rows, columns] = [given[13], given[14]];
        computed.push(rows * columns);
        kernels.convolve(...given);
      },
    });
    for (const filters of [8, 2, 1]) {
      const conv = createConv2d({ inChannels: 3, outChannels: filters, kernelSize: [1, 5], dilation: [1, 60] });
      const sample = sampleOf(conv, 9, 243, filters);
      expectExact(sample, convolver.compute(taskOf(sample, whole(sample))));
    }
    // Three columns of nine rows each.
    expect(computed).toEqual([27, 27, 27]);
  });

  it('keeps its memory when the same work comes again', () => {
    const kernels = startKernels()!;
    const convolver = createConvolver(kernels);
    const sample = sampleOf(
      createConv2d({ inChannels: 3, outChannels: 8, kernelSize: [5, 5], stride: [2, 2] }),
      99,
      99,
      1,
    );
    convolver.compute(taskOf(sample, whole(sample)));
    const { byteLength } = kernels.memory.buffer;
    for (let i = 0; i < 5; i++) convolver.compute(taskOf(sample, whole(sample)));
    expect(kernels.memory.buffer.byteLength).toBe(byteLength);
  });

  it('forgets the weights used longest ago before they fill the memory', () => {
    const kernels = startKernels()!;
    const convolver = createConvolver(kernels, 2 ** 20);
    // A hundred banks of 400 KB each, of which two may stay.
    for (let i = 0; i < 100; i++) {
      const sample = sampleOf(createConv2d({ inChannels: 100, outChannels: 1000, kernelSize: [1, 1] }), 1, 1, i);
      expectExact(sample, convolver.compute(taskOf(sample, whole(sample))));
    }
    expect(kernels.memory.buffer.byteLength).toBeLessThan(4 * 2 ** 20);
  });

  it('gives way to TypeScript where the module does not start', () => {
    expect(startKernels(new Uint8Array([0, 97, 115, 109, 2, 0, 0, 0]))).toBeNull();
  });
});
