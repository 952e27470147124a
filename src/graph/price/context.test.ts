import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../operators/operator.ts';
import { tapsThrough } from '../field/receptiveField.ts';
import { shapesOf } from '../growth/sizes.ts';
import {
  type ContextPoint,
  type ContextWay,
  contextCurves,
  contextNetwork,
  contextPoint,
  contextWays,
  dilationsReaching,
  usualFields,
} from './context.ts';

const input: Shape = [1, 16, 32, 48];
const area = 32 * 48;
const layer = { input, outChannels: 16, bias: false };
const curves = new Map(contextCurves(layer).map(({ way, points }) => [way, points]));
const curve = (way: ContextWay) => curves.get(way)!;
const differences = (values: readonly number[]) => values.slice(1).map((value, i) => value - values[i]!);
const of = (way: ContextWay, measure: keyof ContextPoint) => curve(way).map((point) => point[measure]);
const at = (way: ContextWay, wanted: number) => curve(way).find((point) => point.wanted === wanted)!;
const isConstant = (values: readonly number[]) => new Set(values).size === 1;

describe('the price of context', () => {
  it('of a larger kernel is quadratic in the field: every step of 2 costs 8 C² more than the one before', () => {
    for (const [measure, factor] of [
      ['parameters', 256],
      ['macs', 256 * area],
    ] as const) {
      expect(new Set(differences(differences(of('kernel', measure))))).toEqual(new Set([8 * factor]));
    }
  });

  it('of a deeper stack is linear in the field: every step of 2 costs one 3 x 3 layer', () => {
    expect(new Set(differences(of('stack', 'parameters')))).toEqual(new Set([9 * 256]));
    expect(new Set(differences(of('stack', 'macs')))).toEqual(new Set([9 * 256 * area]));
    expect(isConstant(differences(of('separable_stack', 'parameters')))).toBe(true);
  });

  it('of seven rows is 49 C² weights as one kernel and 27 C² as three layers', () => {
    expect(at('kernel', 7).parameters).toBe(49 * 256);
    expect(at('stack', 7)).toMatchObject({ parameters: 27 * 256, depth: 3 });
    expect(at('depthwise', 7).parameters).toBe(49 * 16 + 256);
  });

  it('of depth is memory in training: a map more for each layer, where a kernel of any size needs two', () => {
    const map = 4 * 16 * area;
    expect(new Set(of('kernel', 'trainingBytes'))).toEqual(new Set([2 * map]));
    expect(new Set(differences(of('stack', 'trainingBytes')))).toEqual(new Set([map]));
  });

  it('of depth is nothing in inference, where a layer needs what it reads and what it writes', () => {
    for (const way of ['kernel', 'stack', 'dilated', 'hybrid'] as const)
      expect(isConstant(of(way, 'inferenceBytes'))).toBe(true);
  });

  it('of dilation grows with the logarithm of the field; 1, 2, 5 needs three layers for every 16 rows', () => {
    expect(at('dilated', 63)).toMatchObject({ depth: 5, parameters: 5 * 9 * 256 });
    expect(at('hybrid', 33)).toMatchObject({ depth: 6 });
    expect(at('stack', 63).depth).toBe(31);
  });

  it('of the same layers behind a pooling is a quarter of the operations, and half as many are needed', () => {
    expect(at('pooled', 21)).toMatchObject({ field: 22, depth: 5, macs: (5 * 9 * 256 * area) / 4 });
    expect(at('stack', 21)).toMatchObject({ field: 21, depth: 10, macs: 10 * 9 * 256 * area });
  });
});

describe('the field of a way', () => {
  it('is the wanted one; behind a pooling the next that there is', () => {
    for (const way of contextWays)
      for (const { wanted, field } of curve(way)) {
        if (way !== 'pooled') expect(field).toBe(wanted);
        else expect([wanted, wanted + 1, wanted + 2, wanted + 3]).toContain(field);
      }
  });

  it('has no holes, whatever is dilated', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contextWays), fc.constantFrom(...usualFields), (way, field) => {
        const network = contextNetwork(way, field, { input: [1, 1, 160, 160], outChannels: 1 });
        const last = network.graph.nodes.at(-1)!.id;
        const unit = way === 'pooled' ? 40 : 80;
        const { rows } = tapsThrough(network.graph, shapesOf(network), last, { y: unit, x: unit }).input!;
        expect(rows).toHaveLength(rows.at(-1)! - rows[0]! + 1);
        expect(rows.length).toBe(contextPoint(way, field, { input, outChannels: 1 }).field);
      }),
      { numRuns: 40 },
    );
  });

  it('is reached by dilations in their order, the last cut to what is missing', () => {
    expect(dilationsReaching(15, (i) => 2 ** i)).toEqual([1, 2, 4]);
    expect(dilationsReaching(19, (i) => 2 ** i)).toEqual([1, 2, 4, 2]);
    expect(dilationsReaching(3, (i) => 2 ** i)).toEqual([1]);
  });
});

describe('a way in place of a layer', () => {
  it('gives its channels at its stride, with the same field: the last convolution strides', () => {
    for (const way of contextWays) {
      const strided = { input, outChannels: 24, stride: [2, 2] } as const;
      const network = contextNetwork(way, 9, strided);
      expect(shapesOf(network)[network.graph.nodes.at(-1)!.id]).toEqual([1, 24, 16, 24]);
      expect(contextPoint(way, 9, strided).field).toBe(way === 'pooled' ? 10 : 9);
    }
  });

  it('refuses fields that no centred window has', () => {
    expect(() => contextNetwork('stack', 4, layer)).toThrow('a field of 4 is not odd, or too small');
  });
});
