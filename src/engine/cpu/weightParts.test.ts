import '../../operators/late.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { materialiseDrawn } from '../../graph/weights/drawnParameters.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { errorOfUnits } from '../testing/fullyConnected.ts';
import { createDrawnValues } from './drawnValues.ts';
import { createCpuEngine } from './index.ts';
import { valuesOfPart, weightParts } from './weightParts.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

const layer = (inChannels: number, outChannels: number, groups = 1) =>
  createConv2d({ inChannels, outChannels, kernelSize: [1, 1], groups });

describe('weights in parts', () => {
  it('of VGG-16’s first fully connected layer take 16 MB and no more at once, and are all of its filters in order', () => {
    const parts = weightParts(layer(25088, 4096));
    expect(parts).toHaveLength(25);
    expect(parts.map(({ from }) => from)).toEqual([0, ...parts.slice(0, -1).map(({ to }) => to)]);
    expect(parts.at(-1)!.to).toBe(4096);
    for (const { conv, from, to } of parts) {
      expect(conv.outChannels).toBe(to - from);
      expect(4 * 25088 * (to - from)).toBeLessThan(16.1 * 2 ** 20);
    }
  });

  it('are the layer itself where it is small, or its filters are bound to groups', () => {
    for (const conv of [layer(512, 512), layer(25088, 4096, 8)]) expect(weightParts(conv)[0]!.conv).toBe(conv);
  });

  it('are what lies there in the whole, drawn or given', async () => {
    const conv = layer(10, 9);
    const drawn = { kind: 'drawn', distribution: 'he', seed: 3 } as const;
    const given = { ...materialiseDrawn(conv, drawn), bias: Float32Array.from({ length: 9 }, (_, i) => i) };
    const parts = weightParts(conv, 150);
    expect(parts.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 6],
      [6, 9],
    ]);
    for (const part of parts) {
      const of = (own: typeof drawn | typeof given) => valuesOfPart(conv, part, own, createDrawnValues());
      const weight = given.weight.slice(10 * part.from, 10 * part.to);
      expect(await of(given)).toEqual({ weight, bias: given.bias.slice(part.from, part.to) });
      expect(await of(drawn)).toEqual({ weight, bias: new Float32Array(3) });
    }
  });

  it('give units of a fully connected layer at 224 their dot products in float64, at the ends of the parts too', async () => {
    // 40 MB are three parts.
    expect(await errorOfUnits(engine, 400, [0, 132, 133, 134, 266, 267, 399])).toBeLessThan(1e-5);
    expect(engine.counters.liveTensors).toBe(0);
  });
});
