import { describe, expect, it } from 'vitest';
import { type ArchitectureName, architecture } from '../../graph/architectures/index.ts';
import { smallNetworkInNetwork } from '../../training/smallNetworkInNetwork.ts';
import { adjacentPairs, firstConvolution, pairOf } from './layerPairs.ts';

const namesOf = (pair: ReturnType<typeof pairOf>) => pair && [pair.rows.layer, pair.columns.layer];
const network = (name: ArchitectureName) => architecture(name, [1, 1, 32, 32], 10);

describe('the pair of layers that is looked at', () => {
  it('is, of a Network-in-Network, what conv3a reads and what it makes of it', () => {
    expect(namesOf(pairOf(network('nin'), null))).toEqual(['conv2c', 'conv3a']);
    const graph = smallNetworkInNetwork({ channels: 1, classes: 10, groups: 4, width: 1, batchNorm: true });
    expect(pairOf(graph, null)).toEqual({
      rows: { layer: 'conv2b', node: 'relu2b' },
      columns: { layer: 'conv3a', node: 'relu3a' },
    });
  });

  it('is any other by the name of its second layer, and the usual one where there is none of that name', () => {
    const graph = network('nin');
    expect(adjacentPairs(graph).map(namesOf)).toContainEqual(['conv1c', 'conv2a']);
    expect(namesOf(pairOf(graph, 'conv2a'))).toEqual(['conv1c', 'conv2a']);
    expect(namesOf(pairOf(graph, 'conv9'))).toEqual(['conv2c', 'conv3a']);
  });

  it('reads the sum of a residual block where that is what a layer reads', () => {
    const residual = adjacentPairs(network('resnet18')).map(namesOf);
    expect(residual).toContainEqual(['layer1.0.conv1', 'layer1.0.conv2']);
    expect(residual).toContainEqual(['layer1.0.relu2', 'layer1.1.conv1']);
    // 512 channels would hold up the training.
    expect(residual.flat().filter((name) => name?.startsWith('layer4'))).toEqual([]);
  });

  it('is the last one that there is where all layers are depthwise or 1 x 1, and none of a single layer', () => {
    expect(namesOf(pairOf(network('mobilenet_v1'), null))).toEqual(['layers.4.pointwise.0', 'layers.5.depthwise.0']);
    expect(pairOf({ nodes: network('nin').nodes.slice(0, 3) }, null)).toBeNull();
    expect(firstConvolution(network('resnet18'))).toBe('conv1');
  });
});
