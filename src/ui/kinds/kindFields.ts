/** Which attributes each kind has, in the order of its card. */
import type { KindAttributes } from '../../graph/layers/kindAttributes.ts';
import type { KindName } from '../../graph/layers/kinds.ts';

type Name = keyof KindAttributes;

const window = ['kernelSize', 'stride', 'padding', 'dilation'] as const satisfies readonly Name[];

export function fieldsOfKind(kind: KindName): readonly Name[] {
  switch (kind) {
    case 'standard':
    case 'dilated':
    case 'grouped':
      return [...window, 'groups', 'outChannels', 'paddingMode', 'bias'];
    case 'depthwise':
      return [...window, 'depthMultiplier', 'paddingMode', 'bias'];
    case 'separable':
      return [...window, 'depthMultiplier', 'outChannels', 'between', 'paddingMode', 'firstBias', 'bias'];
    case 'pointwise':
      return ['stride', 'padding', 'groups', 'outChannels', 'paddingMode', 'bias'];
    case 'spatially_separable':
      return [...window, 'middleChannels', 'outChannels', 'paddingMode', 'firstBias', 'bias'];
    case 'transposed':
      return ['kernelSize', 'stride', 'padding', 'outputPadding', 'dilation', 'groups', 'outChannels', 'bias'];
    case 'deformable':
      return [...window, 'groups', 'offsetGroups', 'outChannels', 'hasMask', 'bias'];
    case 'shuffled':
      return [...window, 'groups', 'outChannels', 'paddingMode', 'firstBias', 'bias'];
    case 'locally_connected':
      return [...window, 'outChannels', 'bias'];
    case 'linear':
      return ['outChannels', 'bias'];
    default:
      kind satisfies never;
      throw new Error('unknown kind');
  }
}
