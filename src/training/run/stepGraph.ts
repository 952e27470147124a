/**
 * One step of training as one graph: the network forwards as it trains (`graph/training`), its loss, the gradients of all that it learns,
 * and of every learned tensor the optimiser's step. What is kept comes in through `input` nodes, as states (`operators/optimizerStep`),
 * and goes out as the next ones: nothing but two sums is read back. What changes from step to step comes in too, so a run has one graph,
 * and the engine plans it once.
 */
import type { Derived, TensorSource } from '../../graph/gradient/builder.ts';
import { parameterGradients } from '../../graph/gradient/parameterGradients.ts';
import type { Graph, GraphNode, HeldParameters, NodeId, NodeParameters, RunParameters } from '../../graph/graph.ts';
import { forImages } from '../../graph/training/forImages.ts';
import { type BatchStatistics, trainingGraph } from '../../graph/training/trainingGraph.ts';
import type { Shape } from '../../operators/operator.ts';
import type { SgdStep } from '../../operators/optimizerStep/attributes.ts';
import { type Optimizer, optimizerStepOf } from '../optimizer.ts';
import {
  isLearned,
  isStatistic,
  type KeptTensor,
  keptTensors,
  type LearnedTensor,
  type StatisticTensor,
} from './keptTensors.ts';
import { labelsInput, lossGraph, lossNode, shapesOf, sumsNode, type Trainee } from './lossGraph.ts';
import { TrainingError } from './trainingError.ts';

export const stateInput = (id: string): NodeId => `training state ${id}`;
export const nextState = (id: string): NodeId => `training next ${id}`;

export interface StepGraph {
  /** The input that takes the gradient at the losses [N, 1, 1, 1]: 1 / N each for their mean. */
  readonly cotangent: NodeId;
  /** The input [1, 1, 1, 1] that takes the number of the step; null where nothing is dropped. */
  readonly step: NodeId | null;
  readonly tensors: readonly KeptTensor[];
  readonly parameters: RunParameters;
  /** The network alone, as it trains, and the nodes of its norms' statistics of the batch [1, C, 1, 1]. */
  readonly forward: Graph;
  readonly statistics: ReadonlyMap<StatisticTensor, NodeId>;
  readonly graph: Graph;
}

/** The inputs [1, 1, 1, 3] that take the pace of the step (`operators/optimizerStep`), and the one that never changes, of statistics. */
export const paceInput: NodeId = 'training pace';
export const evenPaceInput: NodeId = 'training even pace';

export interface Stepping {
  readonly trainee: Trainee;
  /** Of a batch of images. */
  readonly shape: Shape;
  readonly optimizer: Optimizer;
  /** Of dropout. */
  readonly seed: number;
}

export function stepGraph({ trainee, shape, optimizer, seed }: Stepping): StepGraph {
  const training = trainingGraph(forImages(trainee.graph, shape[0]), seed);
  const tensors = keptTensors(trainee.graph);
  const whole = lossGraph({ ...trainee, graph: training.graph });
  const given = { [trainee.input]: shape, [labelsInput]: [shape[0], 1, 1, 1] as Shape };
  const shapes = shapesOf(whole, training.step === null ? given : { ...given, [training.step]: [1, 1, 1, 1] });
  const statistics = new Map(
    tensors.filter(isStatistic).map((tensor) => [tensor, nodeOf(tensor, training.statistics)] as const),
  );
  const back = parameterGradients(whole, shapes, lossNode, [sumsNode, ...statistics.values()]);
  const { inputs, parameters } = heldNetwork(tensors);
  const updates = [...statistics].map(([tensor, measured]): GraphNode => {
    const [images, , height, width] = shapes[normInput(trainee.graph, tensor.node)]!;
    const operator = averaging(tensor, images * height * width);
    return { id: nextState(tensor.id), operator, inputs: [stateInput(tensor.id), measured, evenPaceInput] };
  });
  const steps = tensors.filter(isLearned).map((tensor): GraphNode => {
    const gradient = back.gradients[tensor.node]?.[tensor.name];
    if (gradient === undefined) throw new TrainingError({ code: 'not-trained', id: tensor.id });
    const operator = optimizerStepOf(optimizer, tensor.name === 'weight');
    return { id: nextState(tensor.id), operator, inputs: [stateInput(tensor.id), gradient, paceInput] };
  });
  const paces = (statistics.size === 0 ? [paceInput] : [paceInput, evenPaceInput]).map((id): GraphNode => {
    return { id, operator: { kind: 'input', channels: 1 }, inputs: [] };
  });
  const ofWayBack = Object.entries(back.derived).map(([node, sources]) => [node, held(node, sources)] as const);
  return {
    cotangent: back.cotangent,
    step: training.step,
    tensors,
    parameters: { ...parameters, ...Object.fromEntries(ofWayBack) },
    forward: { nodes: [...inputs, ...training.graph.nodes] },
    statistics,
    graph: { nodes: [...inputs, ...paces, ...back.graph.nodes, ...updates, ...steps] },
  };
}

function nodeOf({ node, name }: StatisticTensor, statistics: Readonly<Record<NodeId, BatchStatistics>>): NodeId {
  const of = statistics[node];
  if (!of) throw new TrainingError({ code: 'not-trained', id: node });
  return name === 'runningMean' ? of.mean : of.variance;
}

const normInput = ({ nodes }: Graph, norm: NodeId): NodeId => nodes.find(({ id }) => id === norm)?.inputs[0] ?? norm;

/** PyTorch's `momentum` of batch norms. */
const momentum = 0.1;

/**
 * r + 0.1 (x - r), PyTorch's running statistics, as a step of descent up the "gradient" x - r at an even pace: rate -0.1, decay -1. Of the variance x is
 * the unbiased one, n / (n - 1) of what the batch was divided by.
 */
function averaging({ name }: StatisticTensor, count: number): SgdStep {
  const factor = name === 'runningVar' && count > 1 ? count / (count - 1) : 1;
  const rates = { learningRate: -momentum * factor, weightDecay: -1 / factor };
  return { kind: 'optimizer_step', method: 'sgd', ...rates, momentum: 0, nesterov: false };
}

/** Held parameters of the network's own layers, and the inputs that hold them. */
function heldNetwork(tensors: readonly KeptTensor[]): {
  readonly inputs: readonly GraphNode[];
  readonly parameters: Readonly<Record<NodeId, HeldParameters>>;
} {
  const parameters: Record<NodeId, HeldParameters> = {};
  for (const { node } of tensors) {
    const inputOf = (name: LearnedTensor['name']) => {
      const tensor = tensors.find((each) => each.node === node && each.name === name);
      return tensor ? stateInput(tensor.id) : null;
    };
    const weight = inputOf('weight');
    if (weight === null) throw new TrainingError({ code: 'not-trained', id: node });
    parameters[node] = { kind: 'held', weight, bias: inputOf('bias') };
  }
  const inputs = tensors.map(({ id }): GraphNode => {
    return { id: stateInput(id), operator: { kind: 'input', channels: 1 }, inputs: [] };
  });
  return { inputs, parameters };
}

/** The parameters of a node of the way back: numbers, or tensors that the network learns. */
function held(node: NodeId, { weight, bias, runningMean, runningVar }: Derived): NodeParameters {
  const numbers = (source: TensorSource): Float32Array => {
    if (source.from !== 'numbers') throw new TrainingError({ code: 'not-trained', id: node });
    return source.values;
  };
  const statistics = {
    ...(runningMean && { runningMean: numbers(runningMean) }),
    ...(runningVar && { runningVar: numbers(runningVar) }),
  };
  if (weight.from !== 'network') return { weight: numbers(weight), bias: bias && numbers(bias), ...statistics };
  const tensor = (source: TensorSource): NodeId | null => {
    if (source.from === 'network') return stateInput(`${source.node}.${source.name}`);
    if (numbers(source).some((value) => value !== 0)) throw new TrainingError({ code: 'not-trained', id: node });
    return null;
  };
  return {
    kind: 'held',
    weight: stateInput(`${weight.node}.${weight.name}`),
    bias: bias && tensor(bias),
    ...statistics,
  };
}
