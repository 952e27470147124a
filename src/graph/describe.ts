/**
 * A network as a table: for each layer the output's shape, what it costs, and the field of its units on the picture.
 */
import type { Operator } from '../operators/index.ts';
import { costOf } from './cost.ts';
import type { FieldOnPicture } from './field/fieldOnPicture.ts';
import { fieldsOnPicture } from './field/fieldsOnPicture.ts';
import type { Graph, NodeId } from './graph.ts';
import type { Shapes } from './infer.ts';

export interface LayerDescription {
  readonly name: NodeId;
  readonly op: Operator['kind'];
  /** [C, H, W] of one picture. */
  readonly output: readonly [number, number, number];
  readonly params: number;
  /** Of one picture, with the multiply-adds of padding; biases are not counted (docs: convolution arithmetic). */
  readonly macs: number;
  /** Multiply-adds that read the input itself. */
  readonly useful_macs: number;
  /** [h, w] each; null for a layer that reads no picture. */
  readonly field: FieldOnPicture | null;
}

export interface NetworkDescription {
  readonly rows: readonly LayerDescription[];
  readonly totals: { readonly params: number; readonly macs: number };
}

/** Every layer of a graph with one input, `shapes` as `inferShapes` gives them. */
export function describeNetwork(graph: Graph, shapes: Shapes): NetworkDescription {
  const costs = costOf(graph, shapes);
  const [input] = graph.nodes.filter(({ operator }) => operator.kind === 'input');
  const fields = input ? fieldsOnPicture(graph, shapes, input.id) : {};
  const rows = graph.nodes
    .filter(({ operator }) => operator.kind !== 'input')
    .map(({ id, operator }): LayerDescription => {
      const [images, ...output] = shapes[id]!;
      const { parameters, macs, usefulMacs } = costs.nodes[id]!;
      return {
        name: id,
        op: operator.kind,
        output,
        params: parameters,
        macs: macs / images,
        useful_macs: usefulMacs / images,
        field: fields[id] ?? null,
      };
    });
  return { rows, totals: { params: costs.total.parameters, macs: rows.reduce((sum, row) => sum + row.macs, 0) } };
}
