import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createDeformConv2d } from '../../operators/deformConv2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { DrawnParameters, Graph } from '../graph.ts';
import {
  drawnKey,
  drawnWeightAt,
  drawOf,
  materialiseAll,
  materialiseDrawn,
  materialiseInPieces,
  streamOf,
} from './drawnParameters.ts';
import { distributions } from './filterState.ts';
import { randomFilter } from './randomFilter.ts';

const recipe = (some: Partial<DrawnParameters> = {}): DrawnParameters => {
  return { kind: 'drawn', distribution: 'he', seed: 7, ...some };
};
const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

describe('drawn parameters', () => {
  it('of a convolution without a stream are the filters that Explore draws with the same seed', () => {
    const size = fc.integer({ min: 1, max: 5 });
    const layers = fc.record({
      groups: size,
      slices: size,
      filters: size,
      kernel: fc.tuple(size, size),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(
        layers,
        fc.constantFrom(...distributions),
        ({ groups, slices, filters, kernel, seed }, distribution) => {
          const outChannels = groups * filters;
          const conv = createConv2d({ inChannels: groups * slices, outChannels, kernelSize: kernel, groups });
          const { weight, bias } = materialiseDrawn(conv, recipe({ distribution, seed }));
          const expected = Array.from({ length: outChannels }, (_, index) => [
            ...randomFilter({ distribution, seed, index }, { slices, size: kernel, outChannels }),
          ]);
          expect([...weight]).toEqual(expected.flat());
          expect([...bias!]).toEqual(new Array(outChannels).fill(0));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('have the scale of torch.nn.init: fans along the second and the first axis of the weight', () => {
    const layers: readonly (readonly [Operator, fanIn: number, fanOut: number])[] = [
      [createConv2d({ inChannels: 6, outChannels: 9, kernelSize: [3, 5], groups: 3 }), 2 * 15, 9 * 15],
      [createDeformConv2d({ inChannels: 6, outChannels: 9, kernelSize: [3, 5], groups: 3, hasMask: false }), 30, 135],
      // [Cin, Cout / groups, kh, kw]: PyTorch counts what it finds there.
      [createConvTranspose2d({ inChannels: 6, outChannels: 9, kernelSize: [3, 5], groups: 3 }), 3 * 15, 6 * 15],
      [createLinear({ inFeatures: 12, outFeatures: 5 }), 12, 5],
      [createLocallyConnected2d({ inChannels: 2, outChannels: 4, inputSize: [5, 5], kernelSize: [3, 3] }), 18, 36],
    ];
    for (const [operator, fanIn, fanOut] of layers) {
      const scaleOf = (distribution: DrawnParameters['distribution']) =>
        drawOf(operator, recipe({ distribution }))!.scale;
      expect(scaleOf('he')).toBe(Math.fround(Math.sqrt(2 / fanIn)));
      expect(scaleOf('xavier')).toBe(Math.fround(Math.sqrt(6 / (fanIn + fanOut))));
      expect([scaleOf('normal'), scaleOf('uniform')]).toEqual([Math.fround(0.05), Math.fround(0.05)]);
    }
  });

  it('keep the size of the signal: He has variance 2 / fan in, Xavier 2 / (fan in + fan out)', () => {
    const linear = createLinear({ inFeatures: 300, outFeatures: 100 });
    const he = moments(materialiseDrawn(linear, recipe()).weight);
    const xavier = moments(materialiseDrawn(linear, recipe({ distribution: 'xavier' })).weight);
    expect(Math.abs(he.mean)).toBeLessThan(0.002);
    expect(he.variance * 300).toBeCloseTo(2, 1);
    expect(xavier.variance * 400).toBeCloseTo(2, 1);
  });

  it('of a norm change nothing, those of PReLU are 0.25', () => {
    const ofNorm = materialiseDrawn({ kind: 'batch_norm2d', numFeatures: 3, eps: 1e-5 }, recipe());
    expect(Object.values(ofNorm).map((values: Float32Array) => [...values])).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect([...materialiseDrawn({ kind: 'prelu', numParameters: 2 }, recipe()).weight]).toEqual([0.25, 0.25]);
  });

  it('of two nodes differ by their streams, which follow from their ids alone', () => {
    const conv = createConv2d({ inChannels: 2, outChannels: 2, kernelSize: [3, 3] });
    const nodes = ['features.0', 'features.2'].map((id) => ({ id, operator: conv, inputs: [] }));
    const parametersOf = ({ nodes }: Graph) =>
      materialiseAll({ nodes }, Object.fromEntries(nodes.map(({ id }) => [id, recipe({ stream: streamOf(id) })])));
    const both = parametersOf({ nodes });
    expect(both['features.0']!.weight).not.toEqual(both['features.2']!.weight);
    expect(parametersOf({ nodes: nodes.slice(1) })['features.2']).toEqual(both['features.2']);
  });

  it('give streams of their own to many ids', () => {
    const ids = Array.from({ length: 5000 }, (_, i) => `layer${i % 50}.${Math.floor(i / 50)}.conv`);
    expect(new Set(ids.map(streamOf)).size).toBe(ids.length);
  });

  it('are told apart by shapes and numbers: a stride makes no others', () => {
    const keyOf = (stride: number, outChannels: number, some: Partial<DrawnParameters> = {}) =>
      drawnKey(createConv2d({ inChannels: 2, outChannels, kernelSize: [3, 3], stride: [stride, 1] }), recipe(some));
    expect(keyOf(2, 4)).toBe(keyOf(1, 4));
    expect(new Set([keyOf(1, 4), keyOf(1, 5), keyOf(1, 4, { seed: 8 }), keyOf(1, 4, { stream: 0 })]).size).toBe(4);
  });

  it('are known one by one and piece by piece, with the same bits', async () => {
    const layers: readonly Operator[] = [
      createConv2d({ inChannels: 6, outChannels: 9, kernelSize: [3, 5], groups: 3 }),
      createConvTranspose2d({ inChannels: 6, outChannels: 9, kernelSize: [3, 5], groups: 3 }),
      // Two pieces.
      createLinear({ inFeatures: 3000, outFeatures: 180 }),
      { kind: 'prelu', numParameters: 4 },
    ];
    for (const operator of layers) {
      const expected = materialiseDrawn(operator, recipe({ distribution: 'normal', stream: 5 }));
      const graph: Graph = { nodes: [{ id: 'layer', operator, inputs: [] }] };
      let pauses = 0;
      const pause = async () => {
        pauses += 1;
      };
      const { layer } = await materialiseInPieces(
        graph,
        { layer: recipe({ distribution: 'normal', stream: 5 }) },
        pause,
      );
      expect(layer?.bias).toEqual(expected.bias);
      expect(layer?.weight.length).toBe(expected.weight.length);
      expect(layer?.weight.every((value, i) => value === expected.weight[i])).toBe(true);
      expect(pauses).toBe(operator.kind === 'linear' ? 2 : operator.kind === 'prelu' ? 0 : 1);
      const weightAt = drawnWeightAt(operator, recipe({ distribution: 'normal', stream: 5 }));
      const last = expected.weight.length - 1;
      for (const at of [0, 1, Math.floor(last / 3), last]) expect(weightAt(at)).toBe(expected.weight[at]);
    }
  });
});
