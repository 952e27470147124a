/**
 * A bias that stands behind its convolution as an operator of its own becomes part of it: `Conv2D` then `BiasAdd` is what others have as
 * one fused operator. Only where nothing else reads the convolution; the layer keeps its name.
 */
import type { TfNode } from './nodes.ts';

const layers = new Set(['Conv2D', 'DepthwiseConv2dNative', 'MatMul']);
const sums = new Set(['BiasAdd', 'Add', 'AddV2']);
/** "BiasAdd" as the file would have it. */
const fused = { list: { s: ['Qmlhc0FkZA=='] } };

export function fuseBias(
  nodes: readonly TfNode[],
  outputs: readonly string[],
  isVector: (name: string) => boolean,
): readonly TfNode[] {
  const readers = new Map<string, number>();
  for (const name of [...outputs, ...nodes.flatMap(({ inputs }) => inputs)])
    readers.set(name, (readers.get(name) ?? 0) + 1);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const biasOf = new Map<string, string>();
  const sumOf = new Map<string, string>();
  for (const { name, operator, inputs } of nodes) {
    const [layer = '', bias = ''] = inputs;
    const isBias = sums.has(operator) && inputs.length === 2 && isVector(bias);
    if (!isBias || !layers.has(byName.get(layer)?.operator ?? '') || readers.get(layer) !== 1) continue;
    biasOf.set(layer, bias);
    sumOf.set(name, layer);
  }
  return nodes.map((node) => {
    const bias = biasOf.get(node.name);
    if (bias !== undefined)
      return { ...node, inputs: [...node.inputs, bias], attributes: { ...node.attributes, fused_ops: fused } };
    const layer = sumOf.get(node.name);
    return layer === undefined ? node : { ...node, operator: 'Identity', inputs: [layer] };
  });
}
