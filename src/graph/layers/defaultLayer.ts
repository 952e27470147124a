/** What a layer of each kind is before anything of it has been chosen: 3 x 3, the size kept where the kind keeps it. */
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createDeformConv2d } from '../../operators/deformConv2d/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { Pair, PerSide } from '../../operators/operator.ts';
import type { Layer, LayerKind } from './layer.ts';

export interface LayerPlace {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the input: locally and fully connected layers are made for one size. */
  readonly inputSize: Pair;
}

const one: PerSide = { top: 1, bottom: 1, left: 1, right: 1 };

/** The largest of 4, 2, 1 groups that divides both channel counts. */
function someGroups(a: number, b: number): number {
  return [4, 2].find((groups) => a % groups === 0 && b % groups === 0) ?? 1;
}

export function defaultLayer(kind: LayerKind, { inChannels, outChannels, inputSize }: LayerPlace): Layer {
  const plain = { inChannels, outChannels, kernelSize: [3, 3], padding: one } as const;
  switch (kind) {
    case 'standard':
      return { kind, conv: createConv2d(plain) };
    case 'separable':
      return {
        kind,
        depthwise: createConv2d({ ...plain, outChannels: inChannels, groups: inChannels, bias: false }),
        between: 'none',
        pointwise: createConv2d({ inChannels, outChannels, kernelSize: [1, 1] }),
      };
    case 'spatially_separable':
      return {
        kind,
        vertical: createConv2d({
          inChannels,
          outChannels,
          kernelSize: [3, 1],
          padding: { ...one, left: 0, right: 0 },
          bias: false,
        }),
        horizontal: createConv2d({
          inChannels: outChannels,
          outChannels,
          kernelSize: [1, 3],
          padding: { ...one, top: 0, bottom: 0 },
        }),
      };
    case 'transposed':
      return {
        kind,
        conv: createConvTranspose2d({ ...plain, kernelSize: [4, 4], stride: [2, 2] }),
      };
    case 'deformable':
      return {
        kind,
        conv: createDeformConv2d(plain),
        offsets: createConv2d({ ...plain, outChannels: 2 * 9 }),
      };
    case 'shuffled': {
      const groups = someGroups(inChannels, outChannels);
      return {
        kind,
        first: createConv2d({ ...plain, outChannels: inChannels, groups, bias: false }),
        second: createConv2d({ inChannels, outChannels, kernelSize: [1, 1], groups }),
      };
    }
    case 'linear':
      return {
        kind,
        linear: createLinear({ inFeatures: inChannels * inputSize[0] * inputSize[1], outFeatures: outChannels }),
      };
    case 'locally_connected':
      return { kind, local: createLocallyConnected2d({ ...plain, inputSize }) };
    default:
      kind satisfies never;
      throw new Error('unknown kind of layer');
  }
}
