/** Weights that are tensors of the CPU engine: the first values of each, in PyTorch's layout. */
import {
  type DrawnParameters,
  type HeldParameters,
  isHeld,
  type NodeId,
  type RunParameters,
} from '../../graph/graph.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { ParameterSpec, ParameterValues } from '../../operators/operator.ts';
import { EngineError } from '../engine.ts';

/** Parameters without tensors. */
export type GivenParameters = Readonly<Record<NodeId, ParameterValues | DrawnParameters>>;

/** The parameters of a run whose inputs are there. `read`: all values of an input, null where there is no such input. */
export async function givenParameters(
  run: { readonly parameters: RunParameters; readonly operators: ReadonlyMap<NodeId, Operator> },
  read: (id: NodeId) => Promise<Float32Array | null>,
): Promise<GivenParameters> {
  const given: Record<NodeId, ParameterValues | DrawnParameters> = {};
  for (const [node, own] of Object.entries(run.parameters)) {
    const operator = run.operators.get(node);
    if (!isHeld(own)) given[node] = own;
    else if (operator) given[node] = await heldValues(operator, own, read);
  }
  return given;
}

/** Copies, since what is read while a run lasts may be another's when it has ended. */
async function heldValues(
  operator: Operator,
  { weight, bias, runningMean, runningVar }: HeldParameters,
  read: (id: NodeId) => Promise<Float32Array | null>,
): Promise<ParameterValues> {
  const specs = rulesOf(operator).parameters(operator);
  const first = async (id: NodeId, name: ParameterSpec['name']): Promise<Float32Array> => {
    const values = await read(id);
    if (!values) throw new EngineError('internal', `Nothing is given for input '${id}'.`, { id });
    const shape = specs.find((spec) => spec.name === name)?.shape ?? [0];
    return values.slice(
      0,
      shape.reduce((product, size) => product * size, 1),
    );
  };
  return {
    weight: await first(weight, 'weight'),
    bias: bias === null ? null : await first(bias, 'bias'),
    ...(runningMean && { runningMean }),
    ...(runningVar && { runningVar }),
  };
}
