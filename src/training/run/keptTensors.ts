/** The tensors that a run keeps on the engine from step to step: what its network learns, and the statistics of its batch norms. */
import type { Graph, NodeId } from '../../graph/graph.ts';
import { rulesOf } from '../../operators/index.ts';
import type { ParameterSpec } from '../../operators/operator.ts';

export interface KeptTensor {
  /** As in PyTorch's `state_dict`: "norm1a.running_mean". */
  readonly id: string;
  readonly node: NodeId;
  readonly name: ParameterSpec['name'];
  readonly shape: readonly number[];
  readonly count: number;
}

/** By gradients; statistics are averaged. */
export type LearnedTensor = KeptTensor & { readonly name: 'weight' | 'bias' };
export type StatisticTensor = KeptTensor & { readonly name: 'runningMean' | 'runningVar' };

const names = { weight: 'weight', bias: 'bias', runningMean: 'running_mean', runningVar: 'running_var' } as const;

export function isLearned(tensor: KeptTensor): tensor is LearnedTensor {
  return tensor.name === 'weight' || tensor.name === 'bias';
}

export function isStatistic(tensor: KeptTensor): tensor is StatisticTensor {
  return !isLearned(tensor);
}

export function keptTensors({ nodes }: Graph): readonly KeptTensor[] {
  return nodes.flatMap(({ id: node, operator }) =>
    rulesOf(operator)
      .parameters(operator)
      .map(({ name, shape }) => {
        const count = shape.reduce((product, size) => product * size, 1);
        return { id: `${node}.${names[name]}`, node, name, shape, count };
      }),
  );
}
