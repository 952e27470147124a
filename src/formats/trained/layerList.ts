/**
 * Networks in safetensors: `__metadata__.layers` is the network as a JSON list, one layer behind the other, and each layer's `weight` and
 * `bias` are the tensors "<name>.weight" and "<name>.bias". `mean`, `std` (of values 0..255) and `classes` stand beside it.
 */

import type { Preprocessing, TrainedNetwork, TrainedSource } from '../../graph/trained/trainedNetwork.ts';
import { unchanged } from '../../graph/trained/trainedNetwork.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Pair, PerSide } from '../../operators/operator.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import type { FormatResult } from '../formatError.ts';
import { type NamedTensor, readDescribedSafetensors } from '../safetensors.ts';
import type { NetworkBuilder, Value } from '../tfjs/build/builder.ts';
import { attempt, ModelError, malformed } from '../tfjs/error.ts';
import { type Json, listAt, nameAt, recordAt } from '../tfjs/json.ts';
import { trainedNetwork } from '../tfjs/network.ts';

type Tensors = ReadonlyMap<string, NamedTensor>;

export function readLayerList(
  bytes: Uint8Array,
  facts: { readonly name: string; readonly source: TrainedSource },
): FormatResult<TrainedNetwork> {
  const file = readDescribedSafetensors(bytes);
  if (!file.ok) return file;
  const { tensors, metadata } = file.value;
  return attempt(() => {
    const text = metadata.get('layers');
    if (text === undefined) throw new ModelError('file-incomplete', { name: '__metadata__.layers' });
    const layers = listAt(parsed(text, 'layers'), 'layers').map((layer) => recordAt(layer, 'layers'));
    const channels = countOf(layers[0] ?? {}, 'cin');
    const classes = metadata.get('classes')?.split(',') ?? null;
    const description = {
      ...{ input: 'input', channels, nativeSize: sizeIn(metadata.get('input')) },
      build: (builder: NetworkBuilder, [height, width]: Pair) => {
        let value = builder.input('input', channels, height, width);
        for (const layer of layers) value = layerBehind(builder, value, layer, tensors);
        return [{ name: nameAt(layers.at(-1)?.name, 'layers.name'), value }];
      },
    };
    const preprocessing = standardised(channels, metadata.get('mean'), metadata.get('std'));
    return trainedNetwork(description, () => ({ ...facts, classes, preprocessing }));
  });
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(where);
  }
}

/** "1x3x32x32 RGB, ...": the size the network was trained at. */
function sizeIn(text: string | undefined): { readonly height: number; readonly width: number } | null {
  const [, height, width] = /^\d+x\d+x(\d+)x(\d+)\b/.exec(text ?? '') ?? [];
  if (height === undefined || width === undefined) return null;
  return Number(height) > 0 && Number(width) > 0 ? { height: Number(height), width: Number(width) } : null;
}

/** (v - mean) / std of values v in 0..255, for a picture in 0..1. */
function standardised(channels: number, mean: string | undefined, std: string | undefined): Preprocessing {
  if (mean === undefined && std === undefined) return unchanged(channels);
  const numbers = (text: string | undefined, where: string) => {
    const list = listAt(parsed(text ?? '', where), where);
    if (list.length !== channels || !list.every(Number.isFinite)) throw malformed(where);
    return list as readonly number[];
  };
  const [means, deviations] = [numbers(mean, 'mean'), numbers(std, 'std')];
  if (deviations.some((deviation) => deviation <= 0)) throw malformed('std');
  return {
    order: means.map((_, c) => c),
    scale: deviations.map((deviation) => 255 / deviation),
    shift: means.map((value, c) => -value / deviations[c]!),
  };
}

/** A whole number that is at least `least`. */
function countOf(layer: Json, key: string, least = 1): number {
  const value = layer[key];
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > 2 ** 20)
    throw malformed(`layers.${key}`);
  return value as number;
}

const square = (size: number): Pair => [size, size];
const around = (padding: number): PerSide => ({ top: padding, bottom: padding, left: padding, right: padding });

function layerBehind(builder: NetworkBuilder, input: Value, layer: Json, tensors: Tensors): Value {
  const name = nameAt(layer.name, 'layers.name');
  switch (layer.type) {
    case 'conv':
      return convolution(builder, name, input, layer, tensors);
    case 'maxpool':
    case 'avgpool': {
      const pool = createPool2d({
        function: layer.type === 'maxpool' ? 'max' : 'average',
        kernelSize: square(countOf(layer, 'kernel')),
        stride: square(countOf(layer, 'stride')),
        padding: around(countOf(layer, 'padding', 0)),
        countIncludePad: layer.countIncludePad !== false,
      });
      return builder.emit(name, pool, [input]);
    }
    case 'globalavgpool':
      return builder.emit(name, { kind: 'adaptive_pool2d', function: 'average', outputSize: [1, 1] }, [input]);
    default:
      throw new ModelError('model-operator', { operator: String(layer.type), node: name });
  }
}

function convolution(builder: NetworkBuilder, name: string, input: Value, layer: Json, tensors: Tensors): Value {
  const [inChannels, outChannels] = [countOf(layer, 'cin'), countOf(layer, 'cout')];
  const [kernel, groups] = [countOf(layer, 'kernel'), countOf(layer, 'groups')];
  const weight = tensorOf(tensors, `${name}.weight`, [outChannels, inChannels / groups, kernel, kernel]);
  const bias = tensors.has(`${name}.bias`) ? tensorOf(tensors, `${name}.bias`, [outChannels]) : null;
  const conv = createConv2d({
    ...{ inChannels, outChannels, groups, kernelSize: square(kernel), bias: bias !== null },
    stride: square(countOf(layer, 'stride')),
    padding: around(countOf(layer, 'padding', 0)),
  });
  const value = builder.emit(name, conv, [input], { parameters: () => ({ weight, bias }) });
  if (layer.relu !== true) return value;
  return builder.pointwise(`${name}.relu`, { kind: 'activation', function: 'relu' }, value);
}

function tensorOf(tensors: Tensors, name: string, shape: readonly number[]): Float32Array {
  const tensor = tensors.get(name);
  const fits = tensor && tensor.shape.length === shape.length && tensor.shape.every((size, i) => size === shape[i]);
  if (!fits) throw new ModelError('model-weight', { name });
  return tensor.values;
}
