import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conv2d, paddingModes } from '../../operators/conv2d/attributes.ts';
import { conv2d, createConv2d } from '../../operators/conv2d/index.ts';
import { type BankName, bankRecipe, defaultWeights } from './banks.ts';
import type { FilterRecipe, FilterState, WeightsState } from './filterState.ts';
import { type LearnedData, materialise, type WeightSources } from './materialise.ts';

const nothing: WeightSources = { learned: () => null, custom: () => null };

function stateOf(recipe: FilterRecipe, treatment: Partial<Omit<FilterState, 'recipe'>> = {}): WeightsState {
  return { filters: [{ recipe, flip: false, transpose: false, normalise: 'none', ...treatment }], bias: [0] };
}

const one = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [3, 3] });
const colour = { ...one, inChannels: 3 };

function weightsOf(recipe: FilterRecipe, conv: Conv2d = one, treatment = {}, sources = nothing): number[] {
  return [...materialise(stateOf(recipe, treatment), conv, sources).values.weight];
}

const sobel = { kind: 'named', name: 'sobel_x' } as const;

describe('filters become weights', () => {
  it('on three channels each slice is a third, so that a grey picture responds as on one', () => {
    const slices = weightsOf(sobel, colour);
    const third = Math.fround(1 / 3);
    expect(slices.slice(0, 3)).toEqual([-third, 0, third]);
    expect(slices.slice(9, 18)).toEqual(slices.slice(0, 9));
  });

  it('in groups each filter reads one channel, and is whole there', () => {
    const depthwise = { ...colour, outChannels: 3, groups: 3 };
    const { values, labels } = materialise(defaultWeights(3), depthwise, nothing);
    expect(values.weight.length).toBe(27);
    expect([...values.weight.slice(0, 9)]).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
    expect(labels.map((label) => label.name)).toEqual(['sobel_x', 'sobel_y', 'laplacian']);
  });

  it('flipped they are turned by 180 degrees; transposed, rows and columns change places', () => {
    expect(weightsOf(sobel, one, { flip: true })).toEqual([1, 0, -1, 2, 0, -2, 1, 0, -1]);
    expect(weightsOf(sobel, one, { transpose: true })).toEqual([-1, -2, -1, 0, 0, 0, 1, 2, 1]);
  });

  it('transposed in a kernel of 1 x 5 they are drawn at 5 x 1 first', () => {
    const row = { ...one, kernelSize: [1, 5] } as const;
    expect(weightsOf({ kind: 'named', name: 'sobel_y' }, row, { transpose: true })).toEqual(weightsOf(sobel, row));
  });

  it('normalised the sum of |w| is 1, or the root of the sum of squares', () => {
    const absolute = weightsOf(sobel, colour, { normalise: 'l1' }).reduce((sum, w) => sum + Math.abs(w), 0);
    const square = weightsOf(sobel, colour, { normalise: 'l2' }).reduce((sum, w) => sum + w * w, 0);
    expect(absolute).toBeCloseTo(1, 6);
    expect(square).toBeCloseTo(1, 6);
  });

  it('bias is the chosen one, or none', () => {
    const state = { ...stateOf(sobel), bias: [0.25] };
    expect(materialise(state, one, nothing).values.bias).toEqual(Float32Array.of(0.25));
    expect(materialise(state, { ...one, bias: false }, nothing).values.bias).toBeNull();
  });

  it('there must be one filter per output channel', () => {
    expect(() => materialise(stateOf(sobel), { ...one, outChannels: 2 }, nothing)).toThrow(
      '1 filters for 2 output channels',
    );
  });
});

describe('random filters', () => {
  const draw = (index: number, conv = colour) =>
    weightsOf({ kind: 'random', distribution: 'he', seed: 7, index }, conv);

  it('are the same for the same seed and differ from filter to filter', () => {
    expect(draw(0)).toEqual(draw(0));
    expect(draw(0)).not.toEqual(draw(1));
  });

  it("have He's variance 2 / fan_in", () => {
    const wide = { ...one, inChannels: 64, kernelSize: [15, 15] } as const;
    const weights = draw(0, wide);
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
    expect(variance * (64 * 225)).toBeCloseTo(2, 1);
  });

  it("stay within Xavier's bound", () => {
    const weights = weightsOf({ kind: 'random', distribution: 'xavier', seed: 7, index: 0 }, colour);
    const bound = Math.sqrt(6 / (27 + 9));
    expect(Math.max(...weights.map(Math.abs))).toBeLessThan(bound);
    expect(Math.max(...weights.map(Math.abs))).toBeGreaterThan(bound * 0.7);
  });
});

describe('Gabor filters and opponents', () => {
  it('filter 0 of 4 answers to vertical edges, filter 2 to horizontal ones', () => {
    const upright = weightsOf({ kind: 'gabor', index: 0, of: 4 });
    const lying = weightsOf({ kind: 'gabor', index: 2, of: 4 });
    expect(upright[1]).toBeCloseTo(upright[7]!, 6);
    expect(upright[3]).toBeLessThan(0);
    upright.forEach((value, i) => {
      expect(value).toBeCloseTo(lying[(i % 3) * 3 + Math.floor(i / 3)]!, 6);
    });
  });

  it('answer 0 to flat areas', () => {
    for (let index = 0; index < 64; index++) {
      const sum = weightsOf({ kind: 'gabor', index, of: 64 }, { ...one, kernelSize: [7, 7] }).reduce(
        (a, b) => a + b,
        0,
      );
      expect(sum).toBeCloseTo(0, 6);
    }
  });

  it('red-green: red in the middle, green around it, blue nowhere; grey gives 0', () => {
    const weights = weightsOf({ kind: 'opponent', index: 0 }, colour);
    expect(weights[4]).toBeGreaterThan(0.5);
    expect(weights[9 + 4]).toBeLessThan(0);
    expect(weights.slice(18)).toEqual(new Array(9).fill(0));
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 6);
  });

  it('on a grey picture every opponent is light against dark, and says that it is not exact', () => {
    const { labels } = materialise(stateOf({ kind: 'opponent', index: 0 }), one, nothing);
    expect(labels[0]).toMatchObject({ name: 'opponent', exact: false });
  });
});

const bank: LearnedData = { shape: [2, 3, 2, 2], values: Float32Array.from({ length: 24 }, (_, i) => i) };
const stored: WeightSources = {
  learned: () => bank,
  custom: (hash) => (hash === 'a' ? Float32Array.of(1, 2, 3, 4) : null),
};

describe('learned filters', () => {
  const recipe = { kind: 'learned', bank: 'face', index: 1 } as const;
  const two = { ...colour, kernelSize: [2, 2] } as const;

  it('at their own size are their own numbers', () => {
    const { values, labels } = materialise(stateOf(recipe), two, stored);
    expect([...values.weight]).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]);
    expect(labels[0]).toEqual({
      name: 'face',
      index: 1,
      exact: true,
      resized: false,
      channelsMerged: false,
      missing: false,
    });
  });

  it('at another size are resampled, keep the sum of each slice when they shrink, and say so', () => {
    const { values, labels } = materialise(stateOf(recipe), { ...two, kernelSize: [1, 1] }, stored);
    expect([...values.weight]).toEqual([54, 70, 86]);
    expect(labels[0]).toMatchObject({ resized: true, channelsMerged: false });
    const grown = materialise(stateOf(recipe), { ...two, kernelSize: [4, 4] }, stored).values.weight;
    expect(grown.slice(0, 16).reduce((a, b) => a + b, 0)).toBeCloseTo(54, 4);
  });

  it('on one channel are the sum of their slices: a grey picture responds as before', () => {
    const { values, labels } = materialise(stateOf(recipe), { ...two, inChannels: 1 }, stored);
    expect([...values.weight]).toEqual([48, 51, 54, 57]);
    expect(labels[0]).toMatchObject({ resized: false, channelsMerged: true });
  });

  it('in front of an alpha channel stay what they are, and do not read it', () => {
    const { values, labels } = materialise(stateOf(recipe), { ...two, inChannels: 4 }, stored);
    expect([...values.weight]).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 0, 0, 0]);
    expect(labels[0]).toMatchObject({ resized: false, channelsMerged: false });
  });

  it('begin again where the bank ends', () => {
    expect(materialise(stateOf({ ...recipe, index: 3 }), two, stored).labels[0]?.index).toBe(1);
  });

  it('are zeros, and missing, until their numbers are there', () => {
    const { values, labels } = materialise(stateOf(recipe), two, nothing);
    expect(labels[0]?.missing).toBe(true);
    expect(values.weight.every((w) => w === 0)).toBe(true);
  });
});

describe('edited filters', () => {
  const recipe = { kind: 'custom', hash: 'a', shape: [1, 2, 2] } as const;

  it('at their own size are as they were left', () => {
    expect(weightsOf(recipe, { ...one, kernelSize: [2, 2] }, {}, stored)).toEqual([1, 2, 3, 4]);
  });

  it('in a larger kernel stand around the centre, in a smaller one are cropped', () => {
    const { values, labels } = materialise(stateOf(recipe), { ...one, kernelSize: [4, 3] }, stored);
    expect([...values.weight]).toEqual([0, 0, 0, 0, 1, 2, 0, 3, 4, 0, 0, 0]);
    expect(labels[0]).toMatchObject({ name: 'custom', resized: true, channelsMerged: false });
    expect(weightsOf(recipe, { ...one, kernelSize: [1, 1] }, {}, stored)).toEqual([1]);
  });
});

describe('every bank on every layer', () => {
  const banks: readonly BankName[] = [
    'classic',
    'gabor',
    'opponent',
    'random',
    'blazeface',
    'posenet',
    'face',
    'esrgan',
  ];
  const layers = fc.record({
    groups: fc.constantFrom(1, 2),
    slices: fc.integer({ min: 1, max: 4 }),
    filters: fc.integer({ min: 1, max: 20 }),
    kernelSize: fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 15 })),
    paddingMode: fc.constantFrom(...paddingModes),
  });

  it('gives finite weights of the layer’s own shape, no filter of them all zero', () => {
    fc.assert(
      fc.property(layers, fc.constantFrom(...banks), fc.nat(), ({ groups, slices, filters, ...rest }, name, seed) => {
        const outChannels = groups * filters;
        const conv = createConv2d({ inChannels: groups * slices, outChannels, groups, ...rest });
        const states = Array.from({ length: outChannels }, (_, i) => {
          return stateOf(bankRecipe(name, i, outChannels, seed)).filters[0]!;
        });
        const learned = { ...stored, learned: () => ({ ...bank, values: bank.values.map((value) => value + 1) }) };
        const { values, labels } = materialise({ filters: states, bias: [] }, conv, learned);
        const weight = conv2d.parameters(conv)[0]!.shape.reduce((a, b) => a * b, 1);
        expect(values.weight.length).toBe(weight);
        expect(labels.length).toBe(outChannels);
        const perFilter = weight / outChannels;
        for (let o = 0; o < outChannels; o++) {
          const filter = values.weight.subarray(o * perFilter, (o + 1) * perFilter);
          expect(filter.every(Number.isFinite)).toBe(true);
          expect(filter.some((w) => w !== 0)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
