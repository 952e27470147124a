import { describe, expect, it } from 'vitest';
import { fitError } from '../../../fits/kinds.ts';
import { tapsFor } from '../../../fits/taps.ts';
import { learnedLayer } from '../../../graph/learned/layers.ts';
import { learnedLayerNames } from '../../../graph/learned/names.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { defaultLoss, substituteKinds } from '../../../store/loss.ts';
import { defaultSubstitutes, fitKindOf, sizeOn, sizeRange } from './substitutes.ts';

describe('a substitute', () => {
  it('can be fitted whatever its number and layer, on the taps of the layer itself', () => {
    const layers = [
      ...learnedLayerNames.map((name) => learnedLayer(name).conv),
      createConv2d({ inChannels: 4, outChannels: 6, kernelSize: [4, 11] }),
    ];
    for (const conv of layers)
      for (const kind of substituteKinds)
        for (const size of [1, 2, 3, 7, 1024]) {
          const fit = fitKindOf({ kind, size }, conv);
          if (fit.kind === 'grouped' && sizeRange(kind, conv)?.max === 1) continue;
          expect([kind, size, fitError(conv, fit)]).toEqual([kind, size, null]);
          expect(tapsFor(conv, [fit])).toEqual(tapsFor(conv, []));
        }
  });

  it('has the number that the layer allows: 100 groups of 48 and 56 channels are 8, rank 100 is 48', () => {
    const { conv } = learnedLayer('blazeface/pw7');
    expect(sizeOn({ kind: 'grouped', size: 100 }, conv)).toBe(8);
    expect(sizeOn({ kind: 'low_rank', size: 100 }, conv)).toBe(48);
  });

  it('dilated by 2 has every second tap: 3 x 3 of 5 x 5', () => {
    expect(fitKindOf({ kind: 'dilated', size: 2 }, learnedLayer('esrgan/UPN1').conv)).toEqual({
      kind: 'dilated',
      dilation: [2, 2],
      kernelSize: [3, 3],
    });
  });

  it('of groups that nothing allows is refused by the fit: 3 and 64 channels', () => {
    const { conv } = learnedLayer('esrgan/F_m1');
    expect(fitError(conv, fitKindOf({ kind: 'grouped', size: 4 }, conv))?.code).toBe('fit-groups');
  });
});

describe('the first substitutes', () => {
  it("of the first layer are the workspace's own", () => {
    const { layer, substitutes } = defaultLoss;
    if (layer === 'explore') throw new Error('the first layer is learned');
    expect(defaultSubstitutes(learnedLayer(layer).conv)).toEqual(substitutes);
  });

  it('of a 1x1 layer are groups and ranks, of a first layer no groups', () => {
    expect(defaultSubstitutes(learnedLayer('posenet/pw2').conv)).toEqual([
      ...[2, 4, 8].flatMap((size) => [
        { kind: 'grouped', size },
        { kind: 'regrouped', size },
      ]),
      { kind: 'low_rank', size: 6 },
      { kind: 'low_rank', size: 12 },
      { kind: 'low_rank', size: 24 },
    ]);
    const kinds = defaultSubstitutes(learnedLayer('esrgan/F_m1').conv).map(({ kind }) => kind);
    expect(kinds).not.toContain('grouped');
    expect(kinds).toContain('dilated');
  });
});
