/** Names of new nodes: as PyTorch's modules are named, with a dot for each block, and a number where the name is taken. */
import type { Operator } from '../../operators/index.ts';
import type { Graph, NodeId } from '../graph.ts';

/** The part of an id that names its block: `layer1.0` of `layer1.0.conv1`; empty at the top. */
export function blockOf(id: NodeId): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('.')));
}

export function joinNames(block: string, name: string): NodeId {
  return block === '' ? name : `${block}.${name}`;
}

/** Every id, and every block that an id stands in: no new name may be one of them. */
export function takenNames({ nodes }: Graph): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const { id } of nodes) for (let name = id; name !== ''; name = blockOf(name)) taken.add(name);
  return taken;
}

/** `name` with the first number that is free: `conv1` is followed by `conv2`, `relu` by `relu1`. */
export function freshName(taken: ReadonlySet<string>, name: string): string {
  if (!taken.has(name)) return name;
  const stem = name.replace(/\d+$/, '');
  let number = Number(name.slice(stem.length) || 0) + 1;
  while (taken.has(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}

/** What a node of this operator is called where nobody says otherwise. */
export function nameOf(operator: Operator): string {
  switch (operator.kind) {
    case 'input':
      return 'input';
    case 'conv2d':
      return 'conv1';
    case 'conv_transpose2d':
      return 'up1';
    case 'deform_conv2d':
      return 'deform1';
    case 'locally_connected2d':
      return 'local1';
    case 'linear':
      return 'fc1';
    case 'activation':
      return operator.function === 'none' ? 'identity' : operator.function;
    case 'elementwise':
    case 'arithmetic':
    case 'reduce':
      return operator.function;
    case 'pool2d':
      return operator.function === 'max' ? 'maxpool' : 'avgpool';
    case 'adaptive_pool2d':
      return operator.function === 'max' ? 'adaptive_maxpool' : 'adaptive_avgpool';
    case 'batch_norm2d':
      return 'bn1';
    case 'group_norm':
    case 'layer_norm2d':
      return 'norm1';
    case 'local_response_norm':
      return 'lrn';
    case 'channel_shuffle':
      return 'shuffle';
    case 'depth_to_space':
      return 'pixel_shuffle';
    case 'space_to_depth':
      return 'pixel_unshuffle';
    case 'reshape':
      return isFlat(operator.shape) ? 'flatten' : 'reshape';
    case 'concat':
    case 'dropout':
    case 'pad':
    case 'permute':
    case 'prelu':
    case 'slice':
    case 'softmax':
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'seeded_dropout':
      return operator.kind;
    case 'resize':
      return 'upsample';
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

const isFlat = ([, , height, width]: readonly [number, number, number, number]) => height === 1 && width === 1;
