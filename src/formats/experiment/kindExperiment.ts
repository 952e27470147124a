/**
 * An experiment with a layer of any kind as files: an .npz with the photo, what the layer reads, the weights of each part and the maps, and
 * a script that computes the maps anew with PyTorch. Both are functions of the layer's nodes, so that a chain of operators needs no
 * words of its own.
 */
import { type GraphNode, type GraphParameters, isDrawn, type LayerParameters, type NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { rulesOf } from '../../operators/index.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { identifiersOf } from '../networkText/write/identifiers.ts';
import { writeNpy } from '../npy.ts';
import { packZip } from '../zip.ts';
import { inputsBeside } from './inputsBeside.ts';
import { nodeStatement } from './nodeStatement.ts';
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

/** As PyTorch calls them. */
const namesOfArrays = {
  weight: 'weight',
  bias: 'bias',
  runningMean: 'running_mean',
  runningVar: 'running_var',
} as const;
/** What the script itself calls so. */
const reserved = new Set(['read', 'y', 'y_saved', 'a', 'data', 'error', 'scale', 'sys', 'np']);

type Named = Pick<KindExperiment, 'nodes' | 'source'>;

/** The names of nodes in files and in Python: 'layer.first' is 'first', 'layer1.0.conv1' is 'layer1_0_conv1', and the source 'read'. */
function namesIn({ nodes, source }: Named): (id: NodeId) => string {
  const ids = [...new Set(nodes.flatMap(({ id, inputs }) => [...inputs, id]))];
  const short = (id: NodeId) => id.replace(/^layer\./, '');
  const names = identifiersOf(ids.map(short));
  return (id) => {
    if (id === source) return 'read';
    const name = names.get(short(id)) ?? short(id);
    return reserved.has(name) ? `${name}_` : name;
  };
}

export function kindNpz(experiment: KindExperiment): Uint8Array<ArrayBuffer> {
  const { nodes, parameters, x, read, constants, y, said } = experiment;
  const nameOf = namesIn(experiment);
  const files = new Map<string, Uint8Array>([
    ['x.npy', writeNpy(x.shape, x.values)],
    ['read.npy', writeNpy(read.shape, read.values)],
  ]);
  for (const { id, operator } of nodes) {
    const values = parameters[id];
    if (!values) continue;
    for (const { name, shape } of rulesOf(operator).parameters(operator)) {
      const array = values[name];
      if (array) files.set(`${nameOf(id)}.${namesOfArrays[name]}.npy`, writeNpy(shape, array));
    }
  }
  for (const [id, { shape, values }] of Object.entries(constants))
    files.set(`${nameOf(id)}.npy`, writeNpy(shape, values));
  files.set('y.npy', writeNpy(y.shape, y.values));
  files.set('layer.json', new TextEncoder().encode(`${JSON.stringify(said, null, 2)}\n`));
  return packZip(files);
}

/** Recomputes in float64 and allows what float32 sums of this length are off by. */
export function kindPyTorch(
  experiment: Pick<KindExperiment, 'nodes' | 'source' | 'activation'> & {
    readonly parameters: LayerParameters;
    /** Of the nodes and of all that they read. */
    readonly shapes: Shapes;
  },
  { script, npz }: { readonly script: string; readonly npz: string },
): string {
  const { nodes, parameters, activation, shapes } = experiment;
  const nameOf = namesIn(experiment);
  const last = nameOf(nodes.at(-1)!.id);
  const beside = inputsBeside(experiment).map((id) => `${nameOf(id)} = a["${nameOf(id)}"]`);
  const shapeOf = (id: NodeId) => {
    const shape = shapes[id];
    if (!shape) throw new Error(`no shape of node '${id}'`);
    return shape;
  };
  const written = nodes.map((node) => nodeStatement(node, nameOf, hasBias(node, parameters), node.inputs.map(shapeOf)));
  const statements = [...beside, ...written.map(({ text }) => text)];
  const vision = nodes.some(({ operator }) => operator.kind === 'deform_conv2d') ? 'import torchvision\n' : '';
  const modules = written.some(({ text, helper }) => /\bnn\./.test(`${text} ${helper ?? ''}`));
  const needed = [...new Set(written.flatMap(({ helper }) => helper ?? []))];
  return `"""Asserts that PyTorch computes the same maps as ${npz}.

Usage: python ${script} [FILE.npz]
"""
import sys

import numpy as np
import torch
${modules ? 'import torch.nn as nn\n' : ''}import torch.nn.functional as F
${vision}${needed.map((helper) => `\n\n${helper}\n\n`).join('')}
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

function hasBias({ id, operator }: GraphNode, parameters: LayerParameters): boolean {
  const given = parameters[id];
  if (!given) return false;
  if (!isDrawn(given)) return given.bias !== null;
  return rulesOf(operator)
    .parameters(operator)
    .some(({ name }) => name === 'bias');
}
