import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks } from '../../../tests/support/networkCases.ts';
import { type ArchitectureName, architecture, architectureNames } from '../../graph/architectures/index.ts';
import type { Graph } from '../../graph/graph.ts';
import { blocksOf, collapse, defaultCollapsed } from '../../graph/network/blocks.ts';
import type { LayoutNode } from './branches.ts';
import { layoutNetwork, type NetworkLayout } from './layout.ts';

const drawn = (graph: Graph) => layoutNetwork(graph.nodes);
const named = (name: ArchitectureName) => architecture(name, [1, 3, 97, 97]);
const lanes = ({ cells }: NetworkLayout) => new Set([...cells.values()].map(({ lane }) => lane));

/** What every drawing keeps: one node in a cell, edges forward, and no edge through a node that it does not belong to. */
function expectClear(nodes: readonly LayoutNode[], layout: NetworkLayout): void {
  const standing = new Map([...layout.cells].map(([id, { column, y }]) => [`${column} ${y}`, id]));
  expect(standing.size).toBe(nodes.length);
  expect(layout.edges.length).toBe(nodes.reduce((sum, { inputs }) => sum + new Set(inputs).size, 0));
  for (const { from, to, path } of layout.edges) {
    for (const [i, { x, y }] of path.entries()) {
      const before = path[i - 1];
      if (!before) continue;
      expect(x).toBeGreaterThanOrEqual(before.x);
      expect(x === before.x || y === before.y).toBe(true);
      for (let column = Math.ceil(before.x); column <= x; column++) {
        const met = standing.get(`${column} ${y}`);
        if (met !== undefined && y === before.y) expect([from, to]).toContain(met);
      }
      // A vertical part stands in a gap between columns.
      if (x === before.x && y !== before.y) expect(Number.isInteger(x)).toBe(false);
    }
    expect(path[0]!.x).toBeLessThan(path.at(-1)!.x);
  }
}

describe('the drawing of a network', () => {
  it('of a chain is one straight lane', () => {
    const layout = drawn(named('vgg16'));
    expect(lanes(layout)).toEqual(new Set([0]));
    expect(layout.rows).toBe(1);
    expect(layout.columns).toBe(layout.cells.size);
    expect(layout.edges.every(({ path }) => path.length === 2)).toBe(true);
  });

  it('has the residual path straight and the skip over it', () => {
    const { cells, edges } = drawn(named('resnet18'));
    expect(cells.get('layer1.0.bn2')?.lane).toBe(0);
    const skip = edges.find(({ from, to }) => from === 'maxpool' && to === 'layer1.0.add')!;
    expect(skip.path).toHaveLength(6);
    expect(Math.min(...skip.path.map(({ y }) => y))).toBeLessThan(cells.get('maxpool')!.y - 0.5);
    expect(cells.get('layer2.0.downsample.0')?.lane).toBe(1);
  });

  it("has U-Net's skips as nested arcs over one lane", () => {
    const layout = drawn(named('unet'));
    expect(lanes(layout)).toEqual(new Set([0]));
    const skips = layout.edges.filter(({ path }) => path.length === 6);
    const heights = skips.map(({ path }) => Math.min(...path.map(({ y }) => y)));
    const spans = skips.map(({ path }) => path.at(-1)!.x - path[0]!.x);
    expect(skips).toHaveLength(4);
    expect(new Set(heights).size).toBe(4);
    const longest = spans.indexOf(Math.max(...spans));
    expect(heights[longest]).toBe(Math.min(...heights));
  });

  it('needs few lanes: one for DenseNet, four for the branches of GoogLeNet', () => {
    expect(lanes(drawn(named('densenet121'))).size).toBe(1);
    expect(drawn(named('densenet121')).rows).toBe(1.25);
    expect(lanes(drawn(named('googlenet'))).size).toBe(4);
    expect(lanes(drawn(named('shufflenet_v2_x1_0'))).size).toBeLessThanOrEqual(3);
  });

  it('is clear for every architecture, open, closed and as it is first shown', () => {
    for (const name of architectureNames.filter((each) => !/_b[4-7]|large|base|201|169|161|152/.test(each))) {
      const graph = named(name);
      for (const nodes of [
        graph.nodes,
        collapse(graph, defaultCollapsed(graph)).nodes,
        collapse(graph, new Set(blocksOf(graph).keys())).nodes,
      ])
        expectClear(nodes, layoutNetwork(nodes));
    }
  });

  it('is clear for random networks, and the same each time', () => {
    fc.assert(
      fc.property(networks(10), (graph) => {
        const layout = drawn(graph);
        expectClear(graph.nodes, layout);
        expect(drawn(graph)).toEqual(layout);
      }),
      { numRuns: 60 },
    );
  });
});
