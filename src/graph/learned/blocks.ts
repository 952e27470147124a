/** What the learned networks are built of, padded as TensorFlow pads. Node ids are the layers' names in the files of weights. */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { PerSide } from '../../operators/operator.ts';
import type { GraphNode, NodeId } from '../graph.ts';

export interface LearnedConv {
  readonly in: number;
  readonly out: number;
  readonly kernel: number;
  readonly stride?: 1 | 2;
  readonly isDepthwise?: boolean;
  readonly bias?: boolean;
}

/**
 * "same" as TensorFlow means it: ceil(size / stride) outputs, the odd row or column behind (Abadi et al. 2015, `tf.nn.convolution`).
 * Sizes must be even where the stride is 2: then the padding does not depend on them.
 */
function same(kernel: number, stride: number): PerSide {
  const all = Math.max(0, kernel - stride);
  const [before, after] = [Math.floor(all / 2), Math.ceil(all / 2)];
  return { top: before, bottom: after, left: before, right: after };
}

export function convNode(id: NodeId, reads: NodeId, layer: LearnedConv): GraphNode {
  const { kernel, stride = 1, isDepthwise = false, bias = true } = layer;
  const operator = createConv2d({
    inChannels: layer.in,
    outChannels: layer.out,
    kernelSize: [kernel, kernel],
    stride: [stride, stride],
    padding: same(kernel, stride),
    groups: isDepthwise ? layer.in : 1,
    bias,
  });
  return { id, operator, inputs: [reads] };
}

export function activationNode(id: NodeId, reads: NodeId, name: ActivationName): GraphNode {
  return { id, operator: { kind: 'activation', function: name }, inputs: [reads] };
}

export function addNode(id: NodeId, a: NodeId, b: NodeId): GraphNode {
  return { id, operator: { kind: 'arithmetic', function: 'add' }, inputs: [a, b] };
}

export function concatNode(id: NodeId, ...parts: readonly NodeId[]): GraphNode {
  return { id, operator: { kind: 'concat', axis: 1 }, inputs: parts };
}
