/** The plan of a run on a device: asks every operator's own plan how it wants its inputs. Loaded when a graph is more than a layer. */

import type { Graph, NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import { chooseDirect, isStaged } from '../../../operators/conv2d/choice.ts';
import type { Shape } from '../../../operators/operator.ts';
import { identity } from '../../../operators/programs/epilogue.ts';
import { type Device, type PlanRun, passesLoaded } from '../evaluation.ts';
import { choiceOf, directPlan, stagedPlan } from './convolutionPlans.ts';
import type { Fusion } from './fusion.ts';
import { type GraphPlan, type Needs, planGraph } from './graphPlan.ts';

interface KnownPlan {
  readonly pool: Device['pool'];
  /** Choices are added and never replaced: as many of the same are the same. */
  readonly choices: Device['choices'];
  readonly size: number;
  readonly of: string;
  readonly plan: GraphPlan;
}

/** The last plan of each graph: a run of training asks for the same one at every step. */
const known = new WeakMap<Graph, KnownPlan>();

export const planRun: PlanRun = (device, graph, outputs, shapes, held) => {
  const { pool, traits, choices } = device;
  const last = known.get(graph);
  const of = JSON.stringify([outputs, [...held], inputsOf(graph, shapes)]);
  const isSame = last?.pool === pool && last.choices === choices && last.size === choices.size && last.of === of;
  if (isSame && last.plan.room !== undefined && last.plan.room <= pool.room) return last.plan;
  const memory = { budget: pool.budget, room: pool.room, maxBinding: traits.maxStorageBinding };
  const plan = planGraph(graph, shapes, outputs, (fusion) => needsOf(device, fusion, shapes, held), memory, held);
  known.set(graph, { pool, choices, size: choices.size, of, plan });
  return plan;
};

function inputsOf({ nodes }: Graph, shapes: Shapes): readonly (Shape | undefined)[] {
  return nodes.filter(({ operator }) => operator.kind === 'input').map(({ id }) => shapes[id]);
}

/** How what is computed together wants its inputs and leaves its maps, whole. */
function needsOf(device: Device, fusion: Fusion, shapes: Shapes, held: ReadonlySet<NodeId>): Needs {
  const { operator } = fusion.head;
  switch (operator.kind) {
    case 'input':
    case 'activation':
    case 'dropout':
      return { inputs: [null], output: null, scratch: [] };
    case 'conv2d': {
      const [images, , height, width] = shapes[fusion.head.id]!;
      const extent = { images, height, width };
      const choice = choiceOf(device, operator, extent);
      const isPacked = !held.has(fusion.head.id);
      const staged = isStaged(choice) && isPacked ? stagedPlan(device, fusion, operator, choice, shapes, false) : null;
      if (staged) return { inputs: staged.inputLayouts, output: staged.outputLayout, scratch: staged.scratch };
      const direct = isStaged(choice) ? chooseDirect(operator, extent, device.traits) : choice;
      const { inputLayout } = directPlan(operator, extent, identity, false, device.traits, direct);
      // Another border than zeros is gathered, which repacks on the way.
      return { inputs: [operator.paddingMode === 'zeros' ? inputLayout : null], output: 'blocked', scratch: [] };
    }
    default: {
      const { inputLayouts, outputLayout, scratch } = passesLoaded(device).planOf(fusion, shapes);
      return { inputs: fusion.head.inputs.map((_, i) => inputLayouts[i] ?? 'blocked'), output: outputLayout, scratch };
    }
  }
}
