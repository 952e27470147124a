/**
 * Layers and the operators without parameters that stand between them, one after the other, as in `torch.nn.Sequential`: a block of a
 * network. Its nodes are those of its steps in order; a sequence of one layer is that layer.
 */
import type { Activation } from '../../operators/activation/attributes.ts';
import { rulesOf } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import type { Pool2d } from '../../operators/pool2d/attributes.ts';
import type { Resize } from '../../operators/resize/attributes.ts';
import type { GraphNode, NodeId } from '../graph.ts';
import type { Layer } from './layer.ts';
import { layerNodes, partId, type Source } from './layerNodes.ts';

export type Step =
  | { readonly kind: 'layer'; readonly layer: Layer }
  | { readonly kind: 'operator'; readonly operator: Activation | Pool2d | Resize };

/** Never empty. */
export type Sequence = readonly Step[];

/** The nodes of `sequence` behind `input`, the last its output. The rules of the operators must be there; throws where a step has no output. */
export function sequenceNodes(sequence: Sequence, id: NodeId, input: Source): readonly GraphNode[] {
  const nodes: GraphNode[] = [];
  const shapes = new Map<NodeId, Shape>([[input.id, input.shape]]);
  let source = input;
  for (const [i, step] of sequence.entries()) {
    const name = sequence.length === 1 ? id : partId(id, String(i));
    const added = nodesOf(step, name, source);
    nodes.push(...added);
    if (i === sequence.length - 1) break;
    for (const node of added) shapes.set(node.id, outputOf(node, shapes));
    const last = added.at(-1)!.id;
    source = { id: last, shape: shapes.get(last)! };
  }
  return nodes;
}

function nodesOf(step: Step, id: NodeId, source: Source): readonly GraphNode[] {
  switch (step.kind) {
    case 'layer':
      return layerNodes(step.layer, id, source);
    case 'operator':
      return [{ id, operator: step.operator, inputs: [source.id] }];
    default:
      step satisfies never;
      throw new Error('unknown step');
  }
}

function outputOf({ operator, inputs }: GraphNode, shapes: ReadonlyMap<NodeId, Shape>): Shape {
  const shape = rulesOf(operator).outputShape(
    operator,
    inputs.map((id) => shapes.get(id)!),
  );
  if (!shape.ok) throw new Error(shape.error.message);
  return shape.value;
}
