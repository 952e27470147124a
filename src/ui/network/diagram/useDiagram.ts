/** The strip of the network that is there: which blocks are closed, its stages, and where everything stands. */
import { useMemo } from 'react';
import type { Graph } from '../../../graph/graph.ts';
import { blocksOf, collapse, defaultCollapsed } from '../../../graph/network/blocks.ts';
import { effectiveGraph } from '../../../graph/network/edit.ts';
import { stagesOf } from '../../../graph/network/stages.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { type Bracket, bracketsOf } from '../../../views/network/strip/brackets.ts';
import { fittingScale, type ScaleKind, stripScale } from '../../../views/network/strip/scale.ts';
import { layoutStrip, type Strip } from '../../../views/network/strip/strip.ts';
import { useWorkspace } from '../../session.tsx';

export interface Diagram {
  readonly plan: NetworkPlan;
  readonly strip: Strip;
  readonly scale: ScaleKind;
  readonly brackets: readonly Bracket[];
  /** Every block, open ones and closed ones. */
  readonly blocks: readonly string[];
  readonly open: readonly string[];
}

/** What the picture's front may take; beside branches there is less. */
const rooms = { chain: { width: 118, height: 86 }, branches: { width: 92, height: 64 } } as const;

export function useDiagram(plan: NetworkPlan): Diagram {
  const open = useWorkspace((state) => state.workspace.view.network.open);
  const scale = useWorkspace((state) => state.workspace.view.network.scale);
  return useMemo(() => diagramOf(plan, open, scale), [plan, open, scale]);
}

/** `chosen`: null where the scale is the one that fits. */
export function diagramOf(plan: NetworkPlan, opened: readonly string[] | null, chosen: ScaleKind | null): Diagram {
  const graph = drawnGraph(plan);
  const blocks = blocksOf(graph);
  const closed = opened
    ? new Set([...blocks.keys()].filter((block) => !opened.includes(block)))
    : defaultCollapsed(graph);
  const stages = stagesOf(graph, collapse(graph, closed));
  const room = stages.some(({ inputs }) => inputs.length > 1) ? rooms.branches : rooms.chain;
  const shapes = stages.map(({ end }) => plan.shapes[end]).filter((shape) => shape !== undefined);
  const scale = chosen ?? fittingScale(plan.input, shapes, room);
  const strip = layoutStrip(stages, { scale: stripScale(scale, plan.input, shapes, room), shapes: plan.shapes });
  const open = new Map([...blocks].filter(([block]) => !closed.has(block)));
  return { plan, strip, scale, brackets: bracketsOf(strip, open), blocks: [...blocks.keys()], open: [...open.keys()] };
}

/** What runs and what cannot: all layers but those that are switched off. */
function drawnGraph({ whole, graph, state }: NetworkPlan): Graph {
  const running = new Map(graph.nodes.map((node) => [node.id, node]));
  const { nodes } = effectiveGraph(whole, new Set(state.off));
  return { nodes: nodes.map((node) => running.get(node.id) ?? node) };
}
