import { describe, expect, it } from 'vitest';
import { defaultLayer } from '../../graph/layers/defaultLayer.ts';
import { layerNodes } from '../../graph/layers/layerNodes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import { type Stage, stagesOf, stagesTo } from './stages.ts';

const conv = (inChannels: number, outChannels: number, groups = 1) =>
  createConv2d({ inChannels, outChannels, groups, kernelSize: [3, 3] });

const whole = (inputs: number, outputs: number): Stage => ({
  kind: 'blocks',
  inputs,
  outputs,
  blocks: [{ inputs: { lo: 0, hi: inputs - 1 }, outputs: { lo: 0, hi: outputs - 1 } }],
});

describe('the connections of a layer', () => {
  it('are one block where every output reads every input', () => {
    expect(stagesOf([conv(64, 32)], 64)).toEqual([whole(64, 32)]);
    expect(stagesOf([createConvTranspose2d({ inChannels: 4, outChannels: 6, kernelSize: [4, 4] })], 4)).toEqual([
      whole(4, 6),
    ]);
    const local = { inChannels: 3, outChannels: 2, inputSize: [8, 8], kernelSize: [3, 3] } as const;
    expect(stagesOf([createLocallyConnected2d(local)], 3)).toEqual([whole(3, 2)]);
  });

  it('are a block for each group', () => {
    expect(stagesOf([conv(6, 4, 2)], 6)).toEqual([
      {
        kind: 'blocks',
        inputs: 6,
        outputs: 4,
        blocks: [
          { inputs: { lo: 0, hi: 2 }, outputs: { lo: 0, hi: 1 } },
          { inputs: { lo: 3, hi: 5 }, outputs: { lo: 2, hi: 3 } },
        ],
      },
    ]);
  });

  it('fan out from each channel of a depthwise layer with multiplier 2, and a pointwise layer joins them', () => {
    const stages = stagesOf([conv(3, 6, 3), { kind: 'activation', function: 'relu' }, conv(6, 5)], 3)!;
    expect(stages).toHaveLength(2);
    expect(stages[0]).toMatchObject({ blocks: [{ outputs: { lo: 0, hi: 1 } }, {}, { inputs: { lo: 2, hi: 2 } }] });
    expect(stages[1]).toEqual(whole(6, 5));
  });

  it('cross in a shuffle: 123 456 789 becomes 147 258 369', () => {
    const [stage] = stagesOf([{ kind: 'channel_shuffle', groups: 3 }], 9)!;
    expect(stage).toMatchObject({ kind: 'permutation', sources: [0, 3, 6, 1, 4, 7, 2, 5, 8] });
  });

  it('of a fully connected layer behind flattened maps are counted by channels', () => {
    const flatten = { kind: 'reshape', shape: [1, 48, 1, 1] } as const;
    expect(stagesOf([flatten, createLinear({ inFeatures: 48, outFeatures: 10 })], 3)).toEqual([whole(3, 10)]);
  });

  it('of depth to space gather block² channels: side by side in CRD order, a quarter apart in DCR order', () => {
    const [crd] = stagesOf([{ kind: 'depth_to_space', block: 2, mode: 'CRD' }], 8)!;
    expect(crd).toMatchObject({ blocks: [{ inputs: { lo: 0, hi: 3 } }, { inputs: { lo: 4, hi: 7 } }] });
    const [order] = stagesOf([{ kind: 'depth_to_space', block: 2, mode: 'DCR' }], 8)!;
    expect(order).toMatchObject({ sources: [0, 2, 4, 6, 1, 3, 5, 7] });
  });

  it('do not exist for what is no chain of channels', () => {
    expect(stagesOf([conv(3, 3), { kind: 'permute', dims: [0, 2, 3, 1] }], 3)).toBeNull();
  });

  it('of a network follow its main path: a deformable layer is its kernel, not its offsets', () => {
    const layer = defaultLayer('deformable', { inChannels: 4, outChannels: 6, inputSize: [8, 8] });
    const source = { id: 'x', operator: { kind: 'input', channels: 4 }, inputs: [] } as const;
    const nodes = [source, ...layerNodes(layer, 'a', { id: 'x', shape: [1, 4, 8, 8] })];
    expect(stagesTo({ nodes }, 'a.conv', 4)).toEqual([whole(4, 6)]);
    expect(stagesTo({ nodes }, 'x', 4)).toEqual([]);
  });
});
