/** The closed union of operators and the one list of their rules: a new kind joins both, and the compiler names every place that must know. */
import type { Activation } from './activation/attributes.ts';
import { activation } from './activation/index.ts';
import type { ChannelShuffle } from './channelShuffle/attributes.ts';
import { channelShuffle } from './channelShuffle/index.ts';
import type { Conv2d } from './conv2d/attributes.ts';
import { conv2d } from './conv2d/index.ts';
import type { ConvTranspose2d } from './convTranspose2d/attributes.ts';
import { convTranspose2d } from './convTranspose2d/index.ts';
import type { DeformConv2d } from './deformConv2d/attributes.ts';
import { deformConv2d } from './deformConv2d/index.ts';
import type { DepthToSpace } from './depthToSpace/attributes.ts';
import { depthToSpace } from './depthToSpace/index.ts';
import type { Dropout } from './dropout/attributes.ts';
import { dropout } from './dropout/index.ts';
import type { Elementwise } from './elementwise/attributes.ts';
import { elementwise } from './elementwise/index.ts';
import type { Input } from './input/attributes.ts';
import { input } from './input/index.ts';
import type { Linear } from './linear/attributes.ts';
import { linear } from './linear/index.ts';
import type { LocallyConnected2d } from './locallyConnected2d/attributes.ts';
import { locallyConnected2d } from './locallyConnected2d/index.ts';
import type { OperatorRules } from './operator.ts';
import type { Pad } from './pad/attributes.ts';
import { pad } from './pad/index.ts';
import type { Permute } from './permute/attributes.ts';
import { permute } from './permute/index.ts';
import type { Pool2d } from './pool2d/attributes.ts';
import { pool2d } from './pool2d/index.ts';
import type { Reshape } from './reshape/attributes.ts';
import { reshape } from './reshape/index.ts';
import type { Slice } from './slice/attributes.ts';
import { slice } from './slice/index.ts';
import type { SpaceToDepth } from './spaceToDepth/attributes.ts';
import { spaceToDepth } from './spaceToDepth/index.ts';

export type Operator =
  | Input
  | Conv2d
  | ConvTranspose2d
  | DeformConv2d
  | Linear
  | LocallyConnected2d
  | Activation
  | Pool2d
  | ChannelShuffle
  | DepthToSpace
  | Dropout
  | Elementwise
  | Pad
  | Permute
  | Reshape
  | Slice
  | SpaceToDepth;

/** The rules of an operator's kind. */
export function rulesOf(operator: Operator): OperatorRules<Operator> {
  switch (operator.kind) {
    case 'input':
      return input;
    case 'conv2d':
      return conv2d;
    case 'conv_transpose2d':
      return convTranspose2d;
    case 'deform_conv2d':
      return deformConv2d;
    case 'linear':
      return linear;
    case 'locally_connected2d':
      return locallyConnected2d;
    case 'activation':
      return activation;
    case 'pool2d':
      return pool2d;
    case 'channel_shuffle':
      return channelShuffle;
    case 'depth_to_space':
      return depthToSpace;
    case 'dropout':
      return dropout;
    case 'elementwise':
      return elementwise;
    case 'pad':
      return pad;
    case 'permute':
      return permute;
    case 'reshape':
      return reshape;
    case 'slice':
      return slice;
    case 'space_to_depth':
      return spaceToDepth;
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}
