/** What an import rule is: it reads a node's inputs from the builder, emits operators and defines the node's outputs. */
import type { GraphBuilder, Value } from '../builder.ts';
import type { OnnxNode } from '../model.ts';

export type ImportRule = (node: OnnxNode, builder: GraphBuilder, opset: number) => void;

/** Defines the node's only output: the same dims as it lies, unless others are given. */
export function defineOutput(
  node: OnnxNode,
  builder: GraphBuilder,
  { node: id, shape }: Pick<Value, 'node' | 'shape'>,
  dims: readonly number[] = shape,
): void {
  const name = node.outputs[0];
  if (name !== undefined) builder.define(name, { node: id, shape, dims });
}
