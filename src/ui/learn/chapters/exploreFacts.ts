/** What figures of Explore's convolution answer from. */

import { costOf } from '../../../graph/cost.ts';
import { convOf } from '../../../graph/explore.ts';
import { inferShapes } from '../../../graph/infer.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { Cost, Shape } from '../../../operators/operator.ts';
import type { FigureFacts } from './chapter.ts';

export function layerOf({ workspace }: FigureFacts): Conv2d {
  return convOf(workspace.graph, workspace.focus);
}

export const inChannelsOf = (facts: FigureFacts): number => layerOf(facts).inChannels;

/** [N, C, H, W] of the maps that are on the screen; null while there are none. */
export function outputOf({ results }: FigureFacts): Shape | null {
  return results.output?.shape ?? null;
}

/** The price of the layer as it stands, or with some of its attributes changed. */
export function priceOf({ workspace, picture }: FigureFacts, change: Partial<Omit<Conv2d, 'kind'>> = {}): Cost | null {
  const { graph, focus } = workspace;
  const nodes = graph.nodes.map((node) =>
    node.id === focus && node.operator.kind === 'conv2d'
      ? { ...node, operator: { ...node.operator, ...change } }
      : node,
  );
  const changed = { ...graph, nodes };
  const input = nodes.find(({ operator }) => operator.kind === 'input');
  if (!input) return null;
  const shapes = inferShapes(changed, { [input.id]: [1, picture.channels, picture.height, picture.width] });
  return shapes.ok ? (costOf(changed, shapes.value).nodes[focus] ?? null) : null;
}

/** "× 4", "× 2.78". */
export function times(factor: number): string {
  return `× ${Number(factor.toFixed(2))}`;
}
