/** A layer as nodes of a graph. The ids of its parts are the layer's own id and the part's name; the last node is the layer's output. */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import type { GraphNode, NodeId } from '../graph.ts';
import type { Layer } from './layer.ts';

/** The node that a layer reads, and its shape [N, C, H, W]. */
export interface Source {
  readonly id: NodeId;
  readonly shape: Shape;
}

/** The nodes of `layer` behind `input`, in order; never none. Throws where the offsets of a deformable layer have no output. */
export function layerNodes(layer: Layer, id: NodeId, input: Source): readonly GraphNode[] {
  const chain = (...parts: readonly (readonly [name: string, operator: Operator])[]): readonly GraphNode[] =>
    parts.map(([name, operator], i) => ({
      id: partId(id, name),
      operator,
      inputs: [i === 0 ? input.id : partId(id, parts[i - 1]![0])],
    }));
  switch (layer.kind) {
    case 'standard':
      return chain(['conv', layer.conv]);
    case 'transposed':
      return chain(['conv', layer.conv]);
    case 'separable':
      return chain(['depthwise', layer.depthwise], ...activated(layer.between), ['pointwise', layer.pointwise]);
    case 'spatially_separable':
      return chain(['vertical', layer.vertical], ['horizontal', layer.horizontal]);
    case 'shuffled':
      return chain(
        ['first', layer.first],
        ['shuffle', { kind: 'channel_shuffle', groups: layer.first.groups }],
        ['second', layer.second],
      );
    case 'linear': {
      const [images, channels, height, width] = input.shape;
      return chain(
        ['flatten', { kind: 'reshape', shape: [images, channels * height * width, 1, 1] }],
        ['linear', layer.linear],
      );
    }
    case 'locally_connected':
      return chain(['local', layer.local]);
    case 'deformable':
      return deformable(layer, id, input);
    default:
      layer satisfies never;
      throw new Error('unknown kind of layer');
  }
}

/** The id of a layer's part: 'first' of layer 'a' is 'a.first'. */
export function partId(id: NodeId, name: string): NodeId {
  return `${id}.${name}`;
}

function activated(activation: ActivationName): readonly (readonly [string, Operator])[] {
  return activation === 'none' ? [] : [['between', { kind: 'activation', function: activation }]];
}

/**
 * The offsets stand before the masks in one convolution's maps, as in torchvision's examples: 2·G·K maps of offsets, then G·K of masks
 * that go through a sigmoid (Zhu et al. 2019).
 */
function deformable({ conv, offsets }: Extract<Layer, { readonly kind: 'deformable' }>, id: NodeId, input: Source) {
  const node = (name: string, operator: Operator, ...inputs: readonly NodeId[]): GraphNode => ({
    id: partId(id, name),
    operator,
    inputs,
  });
  const moved = node('offsets', offsets, input.id);
  if (!conv.hasMask) return [moved, node('conv', conv, input.id, moved.id)];
  const [images, maps, rows, columns] = shapeAfter(offsets, input.shape);
  const part = (from: number, to: number): Operator => ({
    kind: 'slice',
    start: [0, from, 0, 0],
    count: [images, to - from, rows, columns],
    step: [1, 1, 1, 1],
  });
  const shifts = node('shifts', part(0, (2 * maps) / 3), moved.id);
  const logits = node('logits', part((2 * maps) / 3, maps), moved.id);
  const mask = node('mask', { kind: 'activation', function: 'sigmoid' }, logits.id);
  return [moved, shifts, logits, mask, node('conv', conv, input.id, shifts.id, mask.id)];
}

function shapeAfter(operator: Operator, input: Shape): Shape {
  const shape = rulesOf(operator).outputShape(operator, [input]);
  if (!shape.ok) throw new Error(shape.error.message);
  return shape.value;
}
