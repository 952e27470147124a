import { describe, expect, it } from 'vitest';
import { layerEnds } from '../../live/network/networkPlan.ts';
import { architecture, architectureNames } from '../architectures/index.ts';
import { collapse, defaultCollapsed } from './blocks.ts';
import { stagesOf } from './stages.ts';

const resnet = architecture('resnet18', [1, 3, 64, 64]);
const everything: ReadonlySet<string> = new Set();

describe('stages of a network', () => {
  it('are layers with the norm and the activation that they alone are read by', () => {
    const [input, first, second] = stagesOf(resnet, collapse(resnet, everything));
    expect(input).toMatchObject({ id: 'input', members: ['input'], inputs: [] });
    expect(first).toMatchObject({ id: 'conv1', members: ['conv1', 'bn1', 'relu'], end: 'relu', inputs: ['input'] });
    expect(second).toMatchObject({ id: 'maxpool', inputs: ['conv1'] });
  });

  it('leave a layer alone whose maps are read before its activation', () => {
    const ids = stagesOf(resnet, collapse(resnet, everything)).map(({ id }) => id);
    expect(ids).not.toContain('layer1.0.bn1');
    const add = stagesOf(resnet, collapse(resnet, everything)).find(({ operator }) => operator?.kind === 'arithmetic');
    expect(add?.members).toHaveLength(2);
    expect(add?.inputs).toEqual(['layer1.0.conv2', 'maxpool']);
  });

  it('hold every node once, with as many maps as are kept, in every architecture', () => {
    for (const name of architectureNames) {
      const graph = architecture(name, [1, 3, 64, 64]);
      const open = stagesOf(graph, collapse(graph, everything));
      expect(
        open.slice(1).map(({ end }) => end),
        name,
      ).toEqual(layerEnds(graph));
      const closed = stagesOf(graph, collapse(graph, defaultCollapsed(graph)));
      expect(closed.flatMap(({ members }) => members).sort(), name).toEqual(graph.nodes.map(({ id }) => id).sort());
    }
  });
});
