import { describe, expect, it } from 'vitest';
import type { DrawnParameters } from '../../graph/graph.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createDrawnValues } from './drawnValues.ts';

/** 400 bytes of weights. */
const conv = createConv2d({ inChannels: 10, outChannels: 10, kernelSize: [1, 1] });
const recipe = (seed: number): DrawnParameters => ({ kind: 'drawn', distribution: 'he', seed });

describe('drawn weights on the CPU', () => {
  it('are the given ones where values are given', async () => {
    const given = { weight: new Float32Array(100), bias: null };
    expect(await createDrawnValues()(conv, given)).toBe(given);
  });

  it('are made once for equal recipes, and again when others have taken their room', async () => {
    const valuesOf = createDrawnValues(1000);
    const first = await valuesOf(conv, recipe(1));
    await valuesOf(conv, recipe(2));
    expect(await valuesOf({ ...conv, stride: [2, 2] }, recipe(1))).toBe(first);
    await valuesOf(conv, recipe(3));
    await valuesOf(conv, recipe(4));
    const again = await valuesOf(conv, recipe(1));
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  it('larger than all that is kept are kept until the next', async () => {
    const valuesOf = createDrawnValues(100);
    const large = await valuesOf(conv, recipe(1));
    expect(await valuesOf(conv, recipe(1))).toBe(large);
    await valuesOf(conv, recipe(2));
    expect(await valuesOf(conv, recipe(1))).not.toBe(large);
  });
});
