/**
 * The attributes of all kinds in one record, so that those that two kinds share stay when the kind changes. Each kind reads its own
 * (`kindFields.ts`); the numbers are valid for an input once `fitAttributes` has seen them.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { PaddingMode } from '../../operators/conv2d/attributes.ts';
import type { Pair, PerSide } from '../../operators/operator.ts';
import type { KindName } from './kinds.ts';

export interface KindAttributes {
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly padding: PerSide;
  readonly dilation: Pair;
  readonly groups: number;
  readonly bias: boolean;
  readonly paddingMode: PaddingMode;
  /** Depthwise: filters for each channel (Keras's `depth_multiplier`). */
  readonly depthMultiplier: number;
  /** Spatially separable: channels between k x 1 and 1 x k. */
  readonly middleChannels: number;
  /** The bias of the first of two convolutions. */
  readonly firstBias: boolean;
  /** Depthwise separable: the activation between the two. */
  readonly between: ActivationName;
  readonly outputPadding: Pair;
  readonly offsetGroups: number;
  /** Deformable: version 2. */
  readonly hasMask: boolean;
}

const allRound = (side: number): PerSide => ({ top: side, bottom: side, left: side, right: side });

/** What a kind begins with: 3 x 3 and the input's size kept, where the kind keeps it; a transposed one doubles it. */
export function newAttributes(kind: KindName, outChannels = 16): KindAttributes {
  const plain: KindAttributes = {
    outChannels,
    kernelSize: [3, 3],
    stride: [1, 1],
    padding: allRound(1),
    dilation: [1, 1],
    groups: 1,
    bias: true,
    paddingMode: 'zeros',
    depthMultiplier: 1,
    middleChannels: outChannels,
    firstBias: false,
    between: 'none',
    outputPadding: [0, 0],
    offsetGroups: 1,
    hasMask: false,
  };
  switch (kind) {
    case 'grouped':
    case 'shuffled':
      return { ...plain, groups: 4 };
    case 'pointwise':
      return { ...plain, kernelSize: [1, 1], padding: allRound(0) };
    case 'dilated':
      return { ...plain, dilation: [2, 2], padding: allRound(2) };
    case 'transposed':
      return { ...plain, kernelSize: [4, 4], stride: [2, 2] };
    case 'standard':
    case 'depthwise':
    case 'separable':
    case 'spatially_separable':
    case 'deformable':
    case 'locally_connected':
    case 'linear':
      return plain;
    default:
      kind satisfies never;
      throw new Error('unknown kind');
  }
}
