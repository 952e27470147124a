/** A few networks without kinks, which differences in float32 can be taken of; every kind of layer with weights is in one. For tests. */
import '../../operators/late.ts';

import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createDeformConv2d } from '../../operators/deformConv2d/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import { createResize } from '../../operators/resize/index.ts';
import { randomValues } from '../webgpu/testing/exactness.ts';
import { NetworkBuilder } from '../webgpu/testing/networks.ts';
import type { DifferentiatedNetwork } from './exactGradient.ts';

function finished(network: NetworkBuilder): DifferentiatedNetwork {
  const { shape, parameters } = network;
  const count = (of: readonly number[]) => of.reduce((a, b) => a * b, 1);
  return {
    graph: { nodes: network.nodes },
    parameters,
    input: { shape, values: randomValues(count(shape), 5) },
    of: network.nodes.at(-1)!.id,
    cotangent: (of) => randomValues(count(of), 6),
  };
}

export const smoothNetworks: readonly { readonly name: string; readonly network: DifferentiatedNetwork }[] = [
  { name: 'a residual network with batch norm and a squeeze', network: finished(residual()) },
  { name: 'an encoder with a decoder and skips', network: finished(encoder()) },
  { name: 'layers of other kinds under norms and a softmax', network: finished(others()) },
];

function residual(): NetworkBuilder {
  const network = new NetworkBuilder([1, 3, 12, 11]);
  const first = network.activation(
    network.norm(network.conv('input', 8, 3, { stride: [2, 2], paddingMode: 'reflect' })),
    'silu',
  );
  const squeezed = network.add({ kind: 'reduce', function: 'mean', axes: [2, 3] }, first);
  const gate = network.activation(network.conv(squeezed, 8, 1), 'sigmoid');
  const excited = network.add({ kind: 'arithmetic', function: 'multiply' }, first, gate);
  network.sum(network.norm(network.conv(excited, 8, 3, { groups: 8 })), first);
  return network;
}

function encoder(): NetworkBuilder {
  const network = new NetworkBuilder([1, 2, 8, 10]);
  const wide = network.activation(network.conv('input', 4), 'gelu');
  const pooled = network.add(createPool2d({ function: 'average', kernelSize: [2, 2] }), wide);
  const deep = network.activation(network.conv(pooled, 6), 'tanh');
  const layer = { inChannels: 6, outChannels: 4, kernelSize: [2, 2], stride: [2, 2] } as const;
  const up = network.add(createConvTranspose2d(layer), deep);
  const larger = network.add(createResize({ mode: 'linear', scaleFactor: [2, 2] }), pooled);
  network.conv(network.concat(up, wide, larger), 3);
  return network;
}

function others(): NetworkBuilder {
  const network = new NetworkBuilder([1, 4, 6, 7]);
  const offset = network.conv('input', 8, 1);
  const sampled = network.add(
    createDeformConv2d({ inChannels: 4, outChannels: 6, kernelSize: [2, 2] }),
    'input',
    network.add({ kind: 'slice', start: [0, 0, 0, 0], count: [1, 8, 5, 6], step: [1, 1, 1, 1] }, offset),
  );
  const normed = network.add({ kind: 'group_norm', numGroups: 2, numChannels: 6, eps: 1e-3 }, sampled);
  const local = network.add(
    createLocallyConnected2d({ inChannels: 6, outChannels: 4, inputSize: [5, 6], kernelSize: [3, 2], stride: [1, 2] }),
    normed,
  );
  const layer = network.add({ kind: 'layer_norm2d', numChannels: 4, eps: 1e-3 }, local);
  const flat = network.add({ kind: 'reshape', shape: [1, 36, 1, 1] }, layer);
  network.add({ kind: 'softmax', axis: 1 }, network.add(createLinear({ inFeatures: 36, outFeatures: 10 }), flat));
  return network;
}
