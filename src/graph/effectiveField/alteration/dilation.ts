/** A network whose windows stand close, or two pixels apart where all did; maps keep their size, since the padding follows. */
import type { Padding } from '../../../operators/conv2d/attributes.ts';
import type { Operator } from '../../../operators/index.ts';
import type { Pair } from '../../../operators/operator.ts';
import type { NodeId } from '../../graph.ts';
import type { Network } from '../../price/refit.ts';
import { type Alteration, unaltered } from './alteration.ts';
import { refitted } from './refitted.ts';

export function alterDilation(network: Network, layer: NodeId): Alteration {
  const { nodes } = network.graph;
  const isDilated = (operator: Operator) => 'dilation' in operator && Math.max(...operator.dilation) > 1;
  const isRemoved = nodes.some(({ operator }) => isDilated(operator));
  const isMeant = (operator: Operator) =>
    isRemoved ? isDilated(operator) : operator.kind === 'conv2d' && Math.max(...operator.kernelSize) > 1;
  const count = nodes.filter(({ operator }) => isMeant(operator)).length;
  if (count === 0) return unaltered('no-window');
  const changed = nodes.map((node) =>
    isMeant(node.operator) ? { ...node, operator: withDilation(node.operator, isRemoved ? 1 : 2) } : node,
  );
  return refitted({ nodes: changed }, network, layer, { way: isRemoved ? 'removed' : 'added', count });
}

function withDilation(operator: Operator, to: number): Operator {
  const dilation: Pair = [to, to];
  switch (operator.kind) {
    case 'conv2d':
      return { ...operator, dilation, padding: following(operator.padding, operator, to) };
    case 'deform_conv2d':
    case 'locally_connected2d':
    case 'pool2d': {
      const padding = following(operator.padding, operator, to);
      return typeof padding === 'string' ? operator : { ...operator, dilation, padding };
    }
    default:
      return operator;
  }
}

interface Windowed {
  readonly kernelSize: Pair;
  readonly dilation: Pair;
}

/** (to - d)(k - 1) more pixels in all, the odd one behind; never fewer than none. Words say it for every dilation. */
function following(padding: Padding, { kernelSize, dilation }: Windowed, to: number): Padding {
  if (padding === 'same' || padding === 'full') return padding;
  const { top, bottom, left, right } = padding === 'valid' ? { top: 0, bottom: 0, left: 0, right: 0 } : padding;
  const more = (axis: 0 | 1) => (to - dilation[axis]) * (kernelSize[axis] - 1);
  const [h, w] = [more(0), more(1)];
  return {
    top: Math.max(0, top + Math.floor(h / 2)),
    bottom: Math.max(0, bottom + Math.ceil(h / 2)),
    left: Math.max(0, left + Math.floor(w / 2)),
    right: Math.max(0, right + Math.ceil(w / 2)),
  };
}
