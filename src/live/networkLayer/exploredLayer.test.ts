import { describe, expect, it } from 'vitest';
import '../../operators/late.ts';
import { defaultNetwork, type NetworkState } from '../../store/network.ts';
import { writeGraph } from '../../store/networkRecord/graphRecord.ts';
import { createPlanner, type NetworkPlan } from '../network/networkPlan.ts';
import { testPicture } from '../testing/testPicture.ts';
import { layerBeside, refusalOf } from './exploredLayer.ts';

function planOf(change: Partial<NetworkState>): NetworkPlan {
  return createPlanner().plan({ ...defaultNetwork, ...change }, testPicture([64, 64]), 64);
}

describe('which layers of a network Explore can look at', () => {
  it('those that read one layer; a join says so, and is stepped over', () => {
    const plan = planOf({ layers: 'resnet18' });
    expect(refusalOf(plan, 'layer1.0.conv2')).toBeNull();
    expect(refusalOf(plan, 'layer1.0.bn2')).toBeNull();
    expect(refusalOf(plan, 'input')).toEqual({ code: 'picture' });
    expect(refusalOf(plan, 'layer9')).toEqual({ code: 'missing' });
    expect(refusalOf(plan, 'layer1.0.add')).toEqual({ code: 'join' });
    expect(layerBeside(plan, 'layer1.0.bn2', 1)).toBe('layer1.0.relu2');
    expect(layerBeside(plan, 'conv1', -1)).toBeNull();
    expect(layerBeside(plan, 'fc', 1)).toBeNull();
  });

  it('those that are not switched off', () => {
    expect(refusalOf(planOf({ off: ['conv3'] }), 'conv3')).toEqual({ code: 'off' });
  });

  it('those that have an output, else in the words of PyTorch, the cause of what waits behind it too', () => {
    const plan = planOf({});
    const nodes = plan.whole.nodes.map((node) =>
      node.id === 'conv3' && node.operator.kind === 'conv2d'
        ? { ...node, operator: { ...node.operator, kernelSize: [63, 63] as const } }
        : node,
    );
    const broken = planOf({ layers: JSON.stringify(writeGraph({ nodes }, null)) });
    const refusal = refusalOf(broken, 'conv3');
    expect(refusal).toMatchObject({ code: 'error', node: 'conv3' });
    expect(refusal?.code === 'error' && refusal.message).toContain(
      "Kernel size can't be greater than actual input size",
    );
    expect(refusalOf(broken, 'conv4')).toEqual(refusal);
  });

  it('those that have more weights than a page would hold', () => {
    // 512 x 7 x 7 x 4096 weights and 4096 biases.
    expect(refusalOf(planOf({ layers: 'vgg16' }), 'classifier.0')).toBeNull();
  });
});
