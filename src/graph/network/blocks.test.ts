import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks } from '../../../tests/support/networkCases.ts';
import { architecture, architectureNames } from '../architectures/index.ts';
import { costOf } from '../cost.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { blocksOf, collapse, costOfShown, defaultCollapsed, type Shown } from './blocks.ts';
import { insertAfter, move, single } from './edit.ts';

const resnet = architecture('resnet18', [1, 3, 64, 64]);
const inputsOf = ({ nodes }: Shown, id: string) => nodes.find((node) => node.id === id)?.inputs;

function isInOrder({ nodes }: Shown): boolean {
  const before = new Set<string>();
  return nodes.every(({ id, inputs }) => {
    const fits = inputs.every((input) => before.has(input)) && !before.has(id);
    before.add(id);
    return fits;
  });
}

describe('blocks', () => {
  it('are named by the dots of the ids, outer ones first', () => {
    expect([...blocksOf(resnet).keys()].slice(0, 4)).toEqual(['layer1', 'layer1.0', 'layer1.1', 'layer2']);
    expect(blocksOf(resnet).get('layer2.0.downsample')).toEqual(['layer2.0.downsample.0', 'layer2.0.downsample.1']);
  });

  it('closed are one node with what goes in and who reads it', () => {
    const shown = collapse(resnet, new Set(['layer1', 'layer2.0']));
    expect(inputsOf(shown, 'layer1')).toEqual(['maxpool']);
    expect(inputsOf(shown, 'layer2.0')).toEqual(['layer1']);
    expect(inputsOf(shown, 'layer2.1.conv1')).toEqual(['layer2.0']);
    expect(shown.place.get('layer2.0.downsample.1')).toBe('layer2.0');
  });

  it('of U-Net read what they join from both sides', () => {
    const unet = architecture('unet', [1, 3, 64, 64]);
    const shown = collapse(unet, new Set(blocksOf(unet).keys()));
    expect(inputsOf(shown, 'up1')).toEqual(['down4', 'down3']);
    expect(inputsOf(shown, 'up4')).toEqual(['up3', 'inc']);
  });

  it('with a layer from elsewhere in the middle are shown in parts', () => {
    const moved = move(resnet, new Set(['conv1']), 'layer1.0.bn1');
    if (!moved.ok) throw new Error(moved.error.message);
    const shown = collapse(moved.value.graph, new Set(['layer1.0']));
    expect(inputsOf(shown, 'conv1')).toEqual(['layer1.0']);
    expect(inputsOf(shown, 'layer1.0#2')).toEqual(['conv1', 'maxpool']);
    expect(isInOrder(shown)).toBe(true);
  });

  it('cost what their nodes cost', () => {
    const shapes = inferShapes(resnet, { input: [1, 3, 64, 64] });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const { nodes, total } = costOf(resnet, shapes.value);
    const shown = collapse(resnet, defaultCollapsed(resnet));
    const sums = shown.nodes.map((node) => costOfShown(node, nodes));
    expect(sums.reduce((sum, { macs }) => sum + macs, 0)).toBe(total.macs);
    expect(sums.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(total.parameters);
  });

  it('are closed at first so that no architecture shows more than 30 nodes where that can be', () => {
    const flat: readonly string[] = ['nin'];
    for (const name of architectureNames) {
      const graph = architecture(name, [1, 3, 97, 97]);
      const shown = collapse(graph, defaultCollapsed(graph));
      if (!flat.includes(name)) expect(shown.nodes.length, name).toBeLessThanOrEqual(30);
      expect(shown.nodes.length, name).toBeGreaterThanOrEqual(5);
    }
    const ids = (graph: Graph) => collapse(graph, defaultCollapsed(graph)).nodes.map(({ id }) => id);
    expect(ids(architecture('resnet50', [1, 3, 64, 64]))).toContain('layer3.5');
    expect(ids(architecture('googlenet', [1, 3, 64, 64]))).toContain('inception4c');
  });

  it('closed in any number give a network in order that holds every node once', () => {
    fc.assert(
      fc.property(networks(6), fc.array(fc.nat()), fc.nat(), fc.nat(), (start, picks, from, to) => {
        const at = (i: number) => start.nodes[i % start.nodes.length]!.id;
        const moved = move(start, new Set([at(from)]), at(to));
        const relu = single({ kind: 'activation', function: 'relu' });
        const graph = moved.ok ? moved.value.graph : insertAfter(start, at(from), relu).graph;
        const names = [...blocksOf(graph).keys()];
        const closed = new Set(picks.flatMap((pick) => names[pick % Math.max(1, names.length)] ?? []));
        const shown = collapse(graph, closed);
        expect(isInOrder(shown)).toBe(true);
        expect(shown.nodes.flatMap(({ members }) => members).sort()).toEqual(graph.nodes.map(({ id }) => id).sort());
      }),
      { numRuns: 60 },
    );
  });
});
