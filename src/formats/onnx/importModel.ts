/**
 * An ONNX model as a graph of the product's operators. `given` holds the model's inputs: their sizes fix every shape, and an input that
 * an operator reads as sizes or axes is taken as numbers. Throws OnnxError (`unsupported` names the operator).
 */
import { GraphBuilder, type ImportedGraph } from './builder.ts';
import { OnnxError } from './error.ts';
import type { OnnxModel, OnnxTensor } from './model.ts';
import { importRules } from './rules/index.ts';

export function importOnnx(model: OnnxModel, given: Readonly<Record<string, OnnxTensor>>): ImportedGraph {
  const builder = new GraphBuilder();
  for (const tensor of model.initializers) builder.know(tensor.name, tensor);
  for (const name of model.inputs) {
    const tensor = given[name];
    if (tensor) builder.know(name, tensor);
  }
  for (const node of model.nodes) {
    const rule = importRules[node.operator];
    if (!rule) throw new OnnxError('unsupported', `operator ${node.operator}`);
    rule(node, builder, model.opset);
  }
  return builder.finish(model.outputs);
}
