/**
 * Weights of a file as those that a network begins with: every tensor that it keeps must be there under its name of PyTorch's with its
 * shape, and no other. Nodes may be named as they are here, or as Python lets their names be.
 */
import { identifiersOf } from '../../formats/networkText/write/identifiers.ts';
import type { NamedTensors } from '../../formats/weightsFile.ts';
import type { Graph, GraphParameters } from '../../graph/graph.ts';
import type { Result } from '../../operators/operator.ts';
import { weightsIn } from './keptStates.ts';
import { keptTensors } from './keptTensors.ts';
import type { TrainingProblem } from './trainingError.ts';

export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** The error names the first tensor that differs, in the order of the network. */
export function startingWeights(graph: Graph, file: NamedTensors): Result<GraphParameters, TrainingProblem> {
  const identifiers = identifiersOf(graph.nodes.map(({ id }) => id));
  const tensors = keptTensors(graph);
  const values = new Map<string, Float32Array>();
  const used = new Set<string>();
  for (const { id, node, shape } of tensors) {
    const inPython = `${identifiers.get(node) ?? node}${id.slice(node.length)}`;
    const name = file.has(id) ? id : inPython;
    const found = file.get(name);
    if (!found) return refuse({ code: 'weights-missing', id, expected: shapeText(shape) });
    if (found.shape.join() !== shape.join())
      return refuse({ code: 'weights-differ', id, expected: shapeText(shape), found: shapeText(found.shape) });
    used.add(name);
    values.set(id, found.values);
  }
  for (const [id, { shape }] of file)
    if (!used.has(id)) return refuse({ code: 'weights-unused', id, found: shapeText(shape) });
  return { ok: true, value: weightsIn(tensors, values) };
}

const refuse = (error: TrainingProblem) => ({ ok: false, error }) as const;
