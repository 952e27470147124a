/**
 * A small Network-in-Network in the manner of Ioannou et al. ("Deep Roots", 2017) for images of 28 x 28 or 32 x 32: the two spatial layers
 * behind the first have filter groups, 1x1 layers mix the groups again. 46,826 parameters with one group at width 1, 7,946 with 16.
 *
 *   conv1a 5x5 stride 2, 32   conv1b 1x1, 48   conv2a 3x3 in groups, 48   conv2b 1x1, 48   max pool 2
 *   conv3a 3x3 in groups, 48  conv3b 1x1, classes   mean over the map
 */
import type { Graph, GraphNode, NodeId } from '../graph/graph.ts';
import { createConv2d } from '../operators/conv2d/index.ts';
import type { Operator } from '../operators/index.ts';
import { createPool2d } from '../operators/pool2d/index.ts';

export interface SmallNetwork {
  readonly channels: number;
  readonly classes: number;
  /** Of conv2a and conv3a. */
  readonly groups: 1 | 2 | 4 | 8 | 16;
  /** A factor of all channels but the first and the last; rounded up to whole groups. */
  readonly width: number;
  /** Behind every convolution but the last; they then have no bias of their own. */
  readonly batchNorm: boolean;
  /** Of conv1a, the one layer that may have any number, whatever the groups; absent: 32 times the width. */
  readonly firstChannels?: number;
}

/** Channels of all layers but the first and the last at width 1. */
export const smallNetworkChannels = 48;

export const smallNetworkInput = 'input';
export const smallNetworkLogits = 'logits';

export function smallNetworkInNetwork(network: SmallNetwork): Graph {
  const { channels, classes, groups, width, batchNorm } = network;
  // A width that was divided out of a number of channels gives that number, not one group more.
  const wide = (count: number) => Math.ceil((count * width) / groups - 1e-9) * groups;
  const nodes: GraphNode[] = [{ id: smallNetworkInput, operator: { kind: 'input', channels }, inputs: [] }];
  let [last, left]: [NodeId, number] = [smallNetworkInput, channels];
  const add = (id: NodeId, operator: Operator) => {
    nodes.push({ id, operator, inputs: [last] });
    last = id;
  };
  const conv = (
    name: string,
    outChannels: number,
    size: 1 | 3 | 5,
    more: { stride?: number; groups?: number } = {},
  ) => {
    const { stride = 1 } = more;
    const around = (size - 1) / 2;
    const padding = { top: around, bottom: around, left: around, right: around };
    const kernel = { kernelSize: [size, size], stride: [stride, stride], padding } as const;
    add(
      `conv${name}`,
      createConv2d({
        inChannels: left,
        outChannels,
        groups: more.groups ?? 1,
        bias: !batchNorm || name === '3b',
        ...kernel,
      }),
    );
    left = outChannels;
  };
  const layer = (
    name: string,
    outChannels: number,
    size: 1 | 3 | 5,
    more: { stride?: number; groups?: number } = {},
  ) => {
    conv(name, outChannels, size, more);
    if (batchNorm) add(`norm${name}`, { kind: 'batch_norm2d', numFeatures: outChannels, eps: 1e-5 });
    add(`relu${name}`, { kind: 'activation', function: 'relu' });
  };
  layer('1a', network.firstChannels ?? wide(32), 5, { stride: 2 });
  layer('1b', wide(smallNetworkChannels), 1);
  layer('2a', wide(smallNetworkChannels), 3, { groups });
  layer('2b', wide(smallNetworkChannels), 1);
  add('pool', createPool2d({ function: 'max', kernelSize: [2, 2], stride: [2, 2] }));
  layer('3a', wide(smallNetworkChannels), 3, { groups });
  conv('3b', classes, 1);
  add(smallNetworkLogits, { kind: 'adaptive_pool2d', function: 'average', outputSize: [1, 1] });
  return { nodes };
}
