/**
 * jax-js on WebGPU: the layers as one jitted function of maps, weights and biases, NCHW. Its arrays are counted references: a call uses
 * up one of each argument. A transposed convolution is one over its input with zeros between the pixels, kernels turned round, which
 * is what its own `convTranspose` does.
 */
import type { PerSide } from '../../src/operators/operator.ts';
import { type FilledStep, inputName } from '../sample/steps.ts';
import type { Sample } from '../sample/workload.ts';
import type { Contender, Prepare } from './contender.ts';
import { peerPath } from './peerFiles.ts';
import { readersOf } from './readers.ts';
import { gradientFilter } from './turnedFilters.ts';

/** The part of jax-js that is used. */
interface JaxArray {
  /** One more reference to the same array. */
  readonly ref: JaxArray;
  add(other: JaxArray): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  transpose(order: readonly number[]): JaxArray;
  data(): Promise<Float32Array>;
  dispose(): void;
}
type Jitted = ((...arrays: readonly JaxArray[]) => JaxArray) & { dispose(): void };
interface Jax {
  init(device: 'webgpu'): Promise<readonly string[]>;
  defaultDevice(device: 'webgpu'): string;
  jit(work: (...arrays: readonly JaxArray[]) => JaxArray): Jitted;
  blockUntilReady(arrays: readonly JaxArray[]): Promise<unknown>;
  readonly numpy: {
    array(values: Float32Array, options: { readonly shape: readonly number[] }): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    concatenate(arrays: readonly JaxArray[], axis: number): JaxArray;
    pad(x: JaxArray, width: readonly (readonly [number, number])[]): JaxArray;
    max(x: JaxArray): JaxArray;
    mean(x: JaxArray, axes: readonly number[], options: { readonly keepdims: boolean }): JaxArray;
  };
  readonly nn: { relu(x: JaxArray): JaxArray; relu6(x: JaxArray): JaxArray };
  readonly lax: {
    convGeneralDilated(
      x: JaxArray,
      filter: JaxArray,
      strides: readonly number[],
      padding: readonly (readonly [number, number])[],
      options: {
        readonly lhsDilation?: readonly number[];
        readonly rhsDilation: readonly number[];
        readonly featureGroupCount: number;
      },
    ): JaxArray;
    reduceWindow(
      x: JaxArray,
      reduce: (window: JaxArray) => JaxArray,
      size: readonly number[],
      strides: readonly number[],
    ): JaxArray;
  };
}

export async function startJax(): Promise<Prepare> {
  const jax: Jax = await import(/* @vite-ignore */ peerPath('@jax-js/jax/dist/index.js'));
  if (!(await jax.init('webgpu')).includes('webgpu')) throw new Error('jax-js does not start on WebGPU here.');
  jax.defaultDevice('webgpu');
  return async (sample) => prepare(jax, sample);
}

function prepare(jax: Jax, { steps, shape, input }: Sample): Contender {
  const layers = steps.map((step) => layerOf(jax, step));
  const x = jax.numpy.array(input, { shape });
  const weights = layers.flatMap((layer) => layer.weights);
  const readers = readersOf(steps);
  const network = jax.jit((input, ...learned) => {
    let at = 0;
    const maps = new Map([[inputName, input!]]);
    const reads = new Map(readers);
    /** The last reader takes the array itself. */
    const take = (id: string): JaxArray => {
      const left = reads.get(id)! - 1;
      reads.set(id, left);
      return left > 0 ? maps.get(id)!.ref : maps.get(id)!;
    };
    for (const [i, { id, from }] of steps.entries()) {
      const layer = layers[i]!;
      const own = learned.slice(at, at + layer.weights.length);
      at += layer.weights.length;
      maps.set(id, layer.apply(from.map(take), own));
    }
    return maps.get(steps.at(-1)!.id)!;
  });
  const once = () => network(x.ref, ...weights.map(({ ref }) => ref));
  return {
    async run(times) {
      const outputs = Array.from({ length: times }, once);
      await jax.blockUntilReady(outputs);
      for (const output of outputs) output.dispose();
    },
    output: () => once().data(),
    dispose() {
      network.dispose();
      for (const array of [x, ...weights]) array.dispose();
    },
  };
}

interface JaxLayer {
  readonly weights: readonly JaxArray[];
  apply(maps: readonly JaxArray[], weights: readonly JaxArray[]): JaxArray;
}

/** Throws where jax-js has no such layer. */
function layerOf(jax: Jax, { layer, inputs, parameters }: FilledStep): JaxLayer {
  const learned = (values: Float32Array, shape: readonly number[], outputs: number): readonly JaxArray[] => {
    if (!parameters) throw new Error(`${layer.kind} without weights`);
    const bias = jax.numpy.array(parameters.bias, {
      shape: layer.kind === 'linear' ? [1, outputs] : [1, outputs, 1, 1],
    });
    return [jax.numpy.array(values, { shape }), bias];
  };
  const weight = parameters?.weight ?? new Float32Array(0);
  switch (layer.kind) {
    case 'conv2d': {
      const { inChannels, outChannels, groups, kernelSize, stride, dilation, padding } = layer;
      return {
        weights: learned(weight, [outChannels, inChannels / groups, ...kernelSize], outChannels),
        apply: ([x], [filter, bias]) =>
          jax.lax
            .convGeneralDilated(x!, filter!, stride, pairs(padding), {
              rhsDilation: dilation,
              featureGroupCount: groups,
            })
            .add(bias!),
      };
    }
    case 'conv_transpose2d': {
      const { inChannels, outChannels, groups, kernelSize, stride, dilation, padding, outputPadding } = layer;
      const reach = kernelSize.map((size, axis) => dilation[axis]! * (size - 1));
      const border = pairs(padding).map(
        ([before, after], axis) => [reach[axis]! - before, reach[axis]! - after + outputPadding[axis]!] as const,
      );
      if (border.flat().some((size) => size < 0)) throw new Error('no cropping beyond the kernel');
      const turned = gradientFilter(weight, inChannels, outChannels, groups, kernelSize[0] * kernelSize[1]);
      return {
        weights: learned(turned, [outChannels, inChannels / groups, ...kernelSize], outChannels),
        apply: ([x], [filter, bias]) =>
          jax.lax
            .convGeneralDilated(x!, filter!, [1, 1], border, {
              lhsDilation: stride,
              rhsDilation: dilation,
              featureGroupCount: groups,
            })
            .add(bias!),
      };
    }
    case 'linear': {
      const { inFeatures, outFeatures } = layer;
      return {
        weights: learned(weight, [outFeatures, inFeatures], outFeatures),
        apply: ([x], [matrix, bias]) =>
          jax.numpy.matmul(x!.reshape([1, inFeatures]), matrix!.transpose([1, 0])).add(bias!),
      };
    }
    case 'channel_shuffle': {
      const [, channels, height, width] = inputs[0]!;
      return {
        weights: [],
        apply: ([x]) =>
          x!
            .reshape([1, layer.groups, channels / layer.groups, height, width])
            .transpose([0, 2, 1, 3, 4])
            .reshape([1, channels, height, width]),
      };
    }
    case 'activation': {
      const { relu, relu6 } = jax.nn;
      return { weights: [], apply: ([x]) => (layer.function === 'relu' ? relu(x!) : relu6(x!)) };
    }
    case 'pool2d': {
      const border = [[0, 0], [0, 0], ...pairs(layer.padding)] as const;
      // It pads with zeros, so a padded maximum is right behind a ReLU alone: elsewhere the comparison of outputs would say so.
      return {
        weights: [],
        apply: ([x]) => jax.lax.reduceWindow(jax.numpy.pad(x!, border), jax.numpy.max, layer.kernelSize, layer.stride),
      };
    }
    case 'adaptive_pool2d':
      return { weights: [], apply: ([x]) => jax.numpy.mean(x!, [2, 3], { keepdims: true }) };
    case 'arithmetic':
      return { weights: [], apply: ([x, y]) => x!.add(y!) };
    case 'concat':
      return { weights: [], apply: (parts) => jax.numpy.concatenate(parts, layer.axis) };
    case 'reshape':
      return { weights: [], apply: ([x]) => x!.reshape([1, layer.shape[1]]) };
    case 'deform_conv2d':
      throw new Error('it has no deformable convolution');
    case 'locally_connected2d':
      throw new Error('it has no locally connected layer');
    default:
      layer satisfies never;
      throw new Error('unknown layer');
  }
}

function pairs({ top, bottom, left, right }: PerSide): readonly (readonly [number, number])[] {
  return [
    [top, bottom],
    [left, right],
  ];
}
