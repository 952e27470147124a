/**
 * An experiment with a layer of any kind as files: an .npz with the photo, what the layer reads, the weights of each part and the maps, and
 * a script that computes the maps anew with PyTorch. Both are functions of the layer's nodes, so that a chain of operators needs no
 * words of its own.
 */
import type { GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import { rulesOf } from '../../operators/index.ts';
import type { HostTensor, Pair, PerSide } from '../../operators/operator.ts';
import { writeNpy } from '../npy.ts';
import { packZip } from '../zip.ts';
import { activationInPython } from './pytorchScript.ts';

export interface KindExperiment {
  readonly nodes: readonly GraphNode[];
  readonly parameters: GraphParameters;
  /** The node that the layer reads. */
  readonly source: NodeId;
  readonly activation: ActivationName;
  /** The photo, what the layer reads, inputs beside it (offsets that are no layer's), and the maps. */
  readonly x: HostTensor<Float32Array>;
  readonly read: HostTensor<Float32Array>;
  readonly constants: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  readonly y: HostTensor<Float32Array>;
  /** What is to be said of it in `layer.json`. */
  readonly said: Readonly<Record<string, unknown>>;
}

/** The name of a node in files and in Python: 'layer.first' is 'first'. */
const nameOf = (id: NodeId) => id.slice(id.indexOf('.') + 1);

export function kindNpz({ nodes, parameters, x, read, constants, y, said }: KindExperiment): Uint8Array<ArrayBuffer> {
  const files = new Map<string, Uint8Array>([
    ['x.npy', writeNpy(x.shape, x.values)],
    ['read.npy', writeNpy(read.shape, read.values)],
  ]);
  for (const { id, operator } of nodes) {
    const values = parameters[id];
    if (!values) continue;
    for (const { name, shape } of rulesOf(operator).parameters(operator)) {
      const array = name === 'weight' ? values.weight : values.bias;
      if (array) files.set(`${nameOf(id)}.${name}.npy`, writeNpy(shape, array));
    }
  }
  for (const [id, { shape, values }] of Object.entries(constants))
    files.set(`${nameOf(id)}.npy`, writeNpy(shape, values));
  files.set('y.npy', writeNpy(y.shape, y.values));
  files.set('layer.json', new TextEncoder().encode(`${JSON.stringify(said, null, 2)}\n`));
  return packZip(files);
}

const tuple = ([h, w]: Pair) => `(${h}, ${w})`;
const pad = (value: string, { top, bottom, left, right }: PerSide, mode = 'constant') =>
  top + bottom + left + right === 0 ? value : `F.pad(${value}, (${left}, ${right}, ${top}, ${bottom}), mode="${mode}")`;
const modes = { zeros: 'constant', reflect: 'reflect', replicate: 'replicate', circular: 'circular' } as const;

/** The statement that computes a node from the nodes before it. */
function statementOf(node: GraphNode, source: NodeId, hasBias: boolean): string {
  const { id, operator, inputs } = node;
  const reads = inputs.map((input) => (input === source ? 'read' : nameOf(input)));
  const [read = 'read', second = '', third = ''] = reads;
  const name = nameOf(id);
  const weight = `a["${name}.weight"]`;
  const bias = hasBias ? `a["${name}.bias"]` : 'None';
  switch (operator.kind) {
    case 'conv2d': {
      const { stride, dilation, groups, paddingMode } = operator;
      const padded = pad(read, resolvePadding(operator), modes[paddingMode]);
      return `${name} = F.conv2d(${padded}, ${weight}, ${bias}, stride=${tuple(stride)}, dilation=${tuple(dilation)}, groups=${groups})`;
    }
    case 'conv_transpose2d': {
      const { stride, dilation, groups, padding, outputPadding } = operator;
      const { top, bottom, left, right } = padding;
      // Cropped behind, since the two sides may differ; output_padding adds rows that hold the bias.
      const whole = `F.conv_transpose2d(${read}, ${weight}, ${bias}, stride=${tuple(stride)}, output_padding=${tuple(outputPadding)}, groups=${groups}, dilation=${tuple(dilation)})`;
      return `${name} = ${whole}\n${name} = ${name}[:, :, ${top}:${name}.shape[2] - ${bottom}, ${left}:${name}.shape[3] - ${right}]`;
    }
    case 'deform_conv2d': {
      const { stride, dilation, padding, hasMask } = operator;
      const mask = hasMask ? third : 'None';
      const padded = pad(read, padding);
      return `${name} = torchvision.ops.deform_conv2d(${padded}, ${second}, ${weight}, ${bias}, stride=${tuple(stride)}, dilation=${tuple(dilation)}, mask=${mask})`;
    }
    case 'linear':
      return `${name} = F.linear(${read}.flatten(1), ${weight}.flatten(1), ${bias})[:, :, None, None]`;
    case 'locally_connected2d': {
      const { kernelSize, stride, dilation, padding, outChannels } = operator;
      const columns = `F.unfold(${pad(read, padding)}, ${tuple(kernelSize)}, dilation=${tuple(dilation)}, stride=${tuple(stride)})`;
      const sum = `torch.einsum("nkp,pok->nop", ${columns}, ${weight}).reshape(1, ${outChannels}, *y_saved.shape[2:])`;
      return `${name} = ${sum}${hasBias ? ` + ${bias}` : ''}`;
    }
    case 'channel_shuffle':
      return `${name} = F.channel_shuffle(${read}, ${operator.groups})`;
    case 'reshape':
      return `${name} = ${read}.reshape(${operator.shape.join(', ')})`;
    case 'slice': {
      const [, from] = operator.start;
      return `${name} = ${read}[:, ${from}:${from + operator.count[1]}]`;
    }
    case 'activation':
      return `${name} = ${activationInPython(operator.function, read)}`;
    case 'input':
      return `${name} = a["${name}"]`;
    default:
      throw new Error(`${operator.kind} is part of no layer`);
  }
}

/** Recomputes in float64 and allows what float32 sums of this length are off by. */
export function kindPyTorch(
  { nodes, parameters, source, activation }: Pick<KindExperiment, 'nodes' | 'parameters' | 'source' | 'activation'>,
  { script, npz }: { readonly script: string; readonly npz: string },
): string {
  const last = nameOf(nodes.at(-1)!.id);
  const statements = nodes.map((node) => statementOf(node, source, parameters[node.id]?.bias != null));
  const vision = nodes.some(({ operator }) => operator.kind === 'deform_conv2d') ? 'import torchvision\n' : '';
  return `"""Asserts that PyTorch computes the same maps as ${npz}.

Usage: python ${script} [FILE.npz]
"""
import sys

import numpy as np
import torch
import torch.nn.functional as F
${vision}
data = np.load(sys.argv[1] if len(sys.argv) > 1 else ${JSON.stringify(npz)})
a = {name: torch.from_numpy(data[name]).double() for name in data.files if name != "layer.json"}
read, y_saved = a["read"], a["y"]

${statements.join('\n')}
y = ${activationInPython(activation, last)}

error = (y - y_saved).abs().max().item()
scale = y.abs().max().item()
print(f"largest error {error:.2e} at values up to {scale:.3g}")
assert y.shape == y_saved.shape and error <= 1e-4 * (1 + scale), "the maps differ"
`;
}
