/**
 * TensorFlow.js training the same network with its own operations in NHWC and its own Adam, on WebGPU. A convolution in groups is split
 * and joined, since it has none; a batch norm is its moments and its normalisation, as its layers have it in training.
 */
import type { GraphNode, GraphParameters } from '../../src/graph/graph.ts';
import { resolvePadding } from '../../src/operators/conv2d/padding.ts';
import type { TrainingConfiguration } from '../../src/training/run/trainingRun.ts';
import type { TfTensor } from '../contenders/tfjsLayers.ts';
import { filterOf } from '../contenders/tfjsOrder.ts';
import { batchesOf, betas, eps, rate } from './trainee.ts';
import type { Trainer } from './trainer.ts';

interface Variable extends TfTensor {
  assign(value: TfTensor): void;
}

/** The part of TensorFlow.js that training uses. */
export interface TrainingTf {
  tensor(values: Float32Array, shape: readonly number[]): TfTensor;
  tensor1d(values: Int32Array, type: 'int32'): TfTensor;
  variable(first: TfTensor): Variable;
  dispose(tensors: readonly TfTensor[]): void;
  split(x: TfTensor, parts: number, axis: number): TfTensor[];
  concat(parts: readonly TfTensor[], axis: number): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  relu(x: TfTensor): TfTensor;
  mean(x: TfTensor, axes: readonly number[]): TfTensor;
  conv2d(x: TfTensor, filter: TfTensor, strides: readonly number[], pad: number): TfTensor;
  maxPool(x: TfTensor, size: readonly number[], strides: readonly number[], pad: 'valid'): TfTensor;
  moments(x: TfTensor, axes: readonly number[]): { readonly mean: TfTensor; readonly variance: TfTensor };
  batchNorm(x: TfTensor, mean: TfTensor, variance: TfTensor, offset: TfTensor, scale: TfTensor, eps: number): TfTensor;
  oneHot(labels: TfTensor, classes: number): TfTensor;
  readonly losses: { softmaxCrossEntropy(labels: TfTensor, logits: TfTensor): TfTensor };
  readonly train: {
    adam(
      rate: number,
      beta1: number,
      beta2: number,
      eps: number,
    ): {
      minimize(loss: () => TfTensor, returnsCost: true, variables: readonly Variable[]): TfTensor;
      dispose(): void;
    };
  };
  backend(): { readonly queue: GPUQueue };
}

/** Losses that lie unread before a step waits, as in ours. */
const mostAhead = 3;

export function trainTfjs(tf: TrainingTf, configuration: TrainingConfiguration, weights: GraphParameters): Trainer {
  const { trainee, data, batch } = configuration;
  const batchAt = batchesOf(configuration);
  const variables: Variable[] = [];
  const variableOf = (values: Float32Array, shape: readonly number[]): Variable => {
    const first = tf.tensor(values, shape);
    const variable = tf.variable(first);
    first.dispose();
    variables.push(variable);
    return variable;
  };
  const layers = trainee.graph.nodes.flatMap((node) => layerOf(tf, node, weights, variableOf) ?? []);
  const adam = tf.train.adam(rate, betas[0], betas[1], eps);
  const losses: number[] = [];
  const reading: Promise<void>[] = [];
  let step = 0;

  function advance(): void {
    const { images, labels } = batchAt(step);
    // One channel: NHWC and NCHW are the same numbers.
    const x = tf.tensor(images, [batch, data.height, data.width, 1]);
    const indices = tf.tensor1d(Int32Array.from(labels), 'int32');
    const lossOf = () => {
      const logits = layers.reduce((maps, layer) => layer(maps), x);
      return tf.losses.softmaxCrossEntropy(tf.oneHot(indices, data.classes), logits);
    };
    const cost = adam.minimize(lossOf, true, variables);
    tf.dispose([x, indices]);
    const at = step++;
    reading.push(
      cost.data().then(([loss]) => {
        losses[at] = loss ?? Number.NaN;
        cost.dispose();
      }),
    );
  }

  return {
    losses,
    async run(times) {
      for (let i = 0; i < times; i++) {
        advance();
        while (reading.length > mostAhead) await reading.shift();
      }
      while (reading.length > 0) await reading.shift();
      await tf.backend().queue.onSubmittedWorkDone();
    },
    dispose() {
      adam.dispose();
      tf.dispose(variables);
    },
  };
}

type Layer = (x: TfTensor) => TfTensor;

/** Null for the input. Throws for what the small network does not have. */
function layerOf(
  tf: TrainingTf,
  { id, operator }: GraphNode,
  weights: GraphParameters,
  variableOf: (values: Float32Array, shape: readonly number[]) => Variable,
): Layer | null {
  const learned = () => {
    const values = weights[id];
    if (!values) throw new Error(`no weights of '${id}'`);
    return values;
  };
  switch (operator.kind) {
    case 'input':
      return null;
    case 'activation':
      return (x) => tf.relu(x);
    case 'pool2d':
      return (x) => tf.maxPool(x, operator.kernelSize, operator.stride, 'valid');
    case 'adaptive_pool2d':
      return (x) => tf.mean(x, [1, 2]);
    case 'batch_norm2d': {
      const { weight, bias } = learned();
      const shape = [operator.numFeatures];
      const scale = variableOf(weight, shape);
      const offset = variableOf(bias ?? new Float32Array(operator.numFeatures), shape);
      return (x) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        return tf.batchNorm(x, mean, variance, offset, scale, operator.eps);
      };
    }
    case 'conv2d': {
      const { inChannels, outChannels, groups, kernelSize, stride } = operator;
      const { top: padding } = resolvePadding(operator);
      const { weight, bias } = learned();
      const [slices, filters] = [inChannels / groups, outChannels / groups];
      const perGroup = filters * slices * kernelSize[0] * kernelSize[1];
      const parts = Array.from({ length: groups }, (_, group) => {
        const values = filterOf(weight.subarray(group * perGroup), filters, slices, kernelSize);
        return variableOf(values, [...kernelSize, slices, filters]);
      });
      const offset = bias && variableOf(bias, [outChannels]);
      return (x) => {
        const inputs = groups === 1 ? [x] : tf.split(x, groups, 3);
        const maps = inputs.map((input, group) => tf.conv2d(input, parts[group]!, stride, padding));
        const joined = groups === 1 ? maps[0]! : tf.concat(maps, 3);
        return offset ? tf.add(joined, offset) : joined;
      };
    }
    default:
      throw new Error(`TensorFlow.js has no ${operator.kind} here`);
  }
}
