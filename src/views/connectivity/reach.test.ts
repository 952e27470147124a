import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { countOf, reachOf, seenBy } from './reach.ts';
import { stagesOf } from './stages.ts';

const conv = (inChannels: number, outChannels: number, groups = 1) =>
  createConv2d({ inChannels, outChannels, groups, kernelSize: [1, 1], bias: false });

const grouped = conv(9, 9, 3);

describe('what an output sees of grouped layers', () => {
  it('is its own group without a shuffle, however many layers stand in a row', () => {
    const stages = stagesOf([grouped, grouped], 9)!;
    expect(reachOf(stages, 9)).toEqual(
      [0, 3, 6].map((lo) => ({ outputs: { lo, hi: lo + 2 }, inputs: [{ lo, hi: lo + 2 }] })),
    );
  });

  it('is every input with a shuffle between them', () => {
    const stages = stagesOf([grouped, { kind: 'channel_shuffle', groups: 3 }, grouped], 9)!;
    expect(reachOf(stages, 9)).toEqual([{ outputs: { lo: 0, hi: 8 }, inputs: [{ lo: 0, hi: 8 }] }]);
    // Output 4 reads 3, 4, 5 of the shuffled channels: 1, 4 and 7 of the first layer, one of each group.
    expect(seenBy(stages, 4)).toEqual([
      [{ lo: 0, hi: 8 }],
      [
        { lo: 1, hi: 1 },
        { lo: 4, hi: 4 },
        { lo: 7, hi: 7 },
      ],
      [{ lo: 3, hi: 5 }],
      [{ lo: 4, hi: 4 }],
    ]);
  });

  it('is one channel of a depthwise layer and all of a depthwise separable one', () => {
    expect(reachOf(stagesOf([conv(4, 8, 4)], 4)!, 4)[3]).toEqual({
      outputs: { lo: 6, hi: 7 },
      inputs: [{ lo: 3, hi: 3 }],
    });
    expect(reachOf(stagesOf([conv(4, 8, 4), conv(8, 5)], 4)!, 4)).toEqual([
      { outputs: { lo: 0, hi: 4 }, inputs: [{ lo: 0, hi: 3 }] },
    ]);
  });

  it('is itself where there is no layer', () => {
    expect(reachOf([], 2)).toEqual([0, 1].map((at) => ({ outputs: { lo: at, hi: at }, inputs: [{ lo: at, hi: at }] })));
  });
});

/** Chains over 12 channels whose shapes fit. */
const chains: fc.Arbitrary<readonly Operator[]> = fc.array(
  fc.oneof(
    fc.constantFrom(1, 2, 3, 4, 6, 12).map((groups): Operator => conv(12, 12, groups)),
    fc.constantFrom(2, 3, 4, 6).map((groups): Operator => ({ kind: 'channel_shuffle', groups })),
  ),
  { minLength: 1, maxLength: 4 },
);

describe('reach and computation agree', () => {
  it('with positive weights an output answers to a channel exactly when it sees it', () => {
    fc.assert(
      fc.property(chains, fc.nat(11), (operators, channel) => {
        let tensor: HostTensor = { shape: [1, 12, 1, 1], values: new Float64Array(12) };
        tensor.values[channel] = 1;
        for (const operator of operators) {
          const weight =
            operator.kind === 'conv2d' ? new Float32Array(12 * (12 / operator.groups)).fill(1) : new Float32Array();
          tensor = arithmeticOf(operator).reference(operator, [tensor], { weight, bias: null }).output;
        }
        const reaches = reachOf(stagesOf(operators, 12)!, 12);
        const sees = Array.from({ length: 12 }, (_, output) => {
          const reach = reaches.find(({ outputs }) => output >= outputs.lo && output <= outputs.hi)!;
          return reach.inputs.some(({ lo, hi }) => channel >= lo && channel <= hi);
        });
        expect(sees).toEqual(Array.from(tensor.values, (value) => value > 0));
        expect(reaches.reduce((sum, { outputs }) => sum + countOf([outputs]), 0)).toBe(12);
      }),
    );
  });
});
