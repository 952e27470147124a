/**
 * The plan of a graph that is a layer: input, convolution and, at most, its activation, as Explore shows it. Null for any other graph, and
 * where maps do not fit: those are planned as a whole (`graphPlan.ts`).
 */
import type { Graph, NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import { bytesOf } from '../../../operators/programs/layout.ts';
import { wholeArray } from '../../../operators/programs/passes.ts';
import type { Device } from '../evaluation.ts';
import { fitsBindings } from '../maps/arrays.ts';
import { alone, type Fusion } from './fusion.ts';
import type { GraphPlan } from './graphPlan.ts';

export function planLayer(
  device: Device,
  { nodes }: Graph,
  outputs: readonly NodeId[],
  shapes: Shapes,
): GraphPlan | null {
  const [input, head, last, ...others] = nodes;
  if (input?.operator.kind !== 'input' || head?.operator.kind !== 'conv2d' || others.length > 0) return null;
  if (!outputs.every((id) => id === head.id || id === last?.id)) return null;
  const maps = wholeArray(shapes[head.id]!, 'blocked');
  const { budget, room } = device.pool;
  const bytes = outputs.length * bytesOf(maps);
  const fits = bytes <= budget / 2 && bytes + budget / 4 <= room;
  if (!fits || !fitsBindings(maps, { maxBinding: device.traits.maxStorageBinding })) return null;
  let fusion: Fusion = alone(head);
  if (last && outputs.includes(last.id)) {
    if (last.operator.kind !== 'activation' || last.inputs[0] !== head.id) return null;
    const before = outputs.includes(head.id) ? head.id : null;
    fusion = { ...fusion, joined: [last.id], activation: last.operator.function, before };
  }
  const steps = [{ kind: 'compute', fusion, dead: [], places: [] }] as const;
  return { steps, fusions: new Map([[fusion.joined[0] ?? head.id, fusion]]), lifetimes: [] };
}
