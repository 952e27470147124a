/**
 * Corrects the planner by measurement: tries the candidates of a graph's convolutions on this device and keeps the fastest that is right.
 * The table of what was found goes by problem, names choices by their labels, and is taken back only for candidates that there still are.
 */
import type { Graph, NodeId } from '../../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../../graph/infer.ts';
import { candidatesOf } from '../../../operators/conv2d/candidates.ts';
import { type ConvChoice, labelOf, problemKey } from '../../../operators/conv2d/choice.ts';
import { rulesOf } from '../../../operators/index.ts';
import type { AlgorithmResult, Tuner, TuningTable } from '../../engine.ts';
import { type Bench, compareCandidates } from './compare.ts';
import { fastestRight } from './decide.ts';

/** Multiply-adds below which nothing is gained that a person could notice. */
const leastMacs = 4e6;

/**
 * Whether what was right on the values at hand is right on others. F(4,3) weighs pixels that an output does not read and takes them away
 * again: beside one that is far larger than its neighbours it loses digits. F(2,3) mixes no others than the sum itself does.
 */
function isAlwaysExact(choice: ConvChoice): boolean {
  return choice.algorithm !== 'winograd' || choice.outputs === 2;
}

export interface GraphTuner extends Tuner {
  /** Makes what the table says of the graph's convolutions the device's choices. */
  apply(graph: Graph, shapes: Shapes): void;
}

/** `choices` is what the device's plans are made with: it is filled here alone. */
export function createTuner(bench: Bench, choices: Map<string, ConvChoice>): GraphTuner {
  const labels = new Map<string, string>();
  /** Whose nodes have been answered as changed, or never left the default. */
  const told = new Set<string>();

  function apply(graph: Graph, shapes: Shapes): void {
    if (labels.size === 0) return;
    for (const { id, operator } of graph.nodes) {
      const shape = shapes[id];
      if (operator.kind !== 'conv2d' || !shape) continue;
      const [images, , height, width] = shape;
      const key = problemKey(operator, { images, height, width });
      const label = labels.get(key);
      if (label === undefined || choices.has(key)) continue;
      const known = candidatesOf(operator, { images, height, width }, bench.device.traits);
      const choice = known.find((candidate) => isAlwaysExact(candidate) && labelOf(candidate) === label);
      if (choice) choices.set(key, choice);
      else labels.delete(key);
    }
  }

  return {
    apply,
    get table(): TuningTable {
      return Object.fromEntries(labels);
    },
    restore(table) {
      for (const [key, label] of Object.entries(table)) if (!labels.has(key)) labels.set(key, label);
    },
    async compare(request, node, signal): Promise<readonly AlgorithmResult[]> {
      const compared = await compareCandidates(bench, request, node, signal, true);
      return compared ? compared.results.map(({ choice: _, ...result }) => result) : [];
    },
    async tune(request, signal) {
      const { graph, inputs } = request;
      const given = Object.entries(inputs).map(([id, { shape }]) => [id, shape] as const);
      const shapes = inferShapes(graph, Object.fromEntries(given));
      if (!shapes.ok) throw new Error(shapes.error.message);
      apply(graph, shapes.value);
      const changed = new Map<string, NodeId>();
      for (const { id, operator, inputs: read } of graph.nodes) {
        if (operator.kind !== 'conv2d') continue;
        const [images, , height, width] = shapes.value[id]!;
        const extent = { images, height, width };
        const key = problemKey(operator, extent);
        const { macs } = rulesOf(operator).cost(operator, [shapes.value[read[0]!]!]);
        if (told.has(key) || macs < leastMacs) continue;
        const [standard] = candidatesOf(operator, extent, bench.device.traits);
        if (!labels.has(key)) {
          const compared = await compareCandidates(bench, request, id, signal);
          const winner = compared && fastestRight(compared.results.filter(({ choice }) => isAlwaysExact(choice)));
          if (!winner) continue;
          labels.set(key, winner.label);
          choices.set(key, winner.choice);
        }
        if (labels.get(key) === labelOf(standard!)) told.add(key);
        else changed.set(key, id);
      }
      for (const key of changed.keys()) told.add(key);
      return [...changed.values()];
    },
  };
}
