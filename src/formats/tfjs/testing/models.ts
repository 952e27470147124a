/** TensorFlow.js models made by hand, in both forms, and run in float64. Maps are given and taken as TensorFlow has them, [N, H, W, C]. */
import { runReference } from '../../../graph/referenceRun.ts';
import { type TrainedNetwork, unchanged } from '../../../graph/trained/trainedNetwork.ts';
import type { FormatResult } from '../../formatError.ts';
import { readTfjs } from '../readTfjs.ts';

export interface Weight {
  readonly shape: readonly number[];
  readonly values: readonly number[] | Float32Array;
  readonly dtype?: 'float32' | 'int32';
}

/** Reproducible values in [-1, 1]. */
export function noise(shape: readonly number[], seed = 1): Weight {
  let state = seed >>> 0;
  const length = shape.reduce((a, b) => a * b, 1);
  return {
    shape,
    values: Float32Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 31 - 1;
    }),
  };
}

export const integers = (...values: readonly number[]): Weight => ({ shape: [values.length], values, dtype: 'int32' });

/** The manifest and its one shard. */
export function stored(weights: Readonly<Record<string, Weight>>) {
  const entries = Object.entries(weights);
  const numbers = entries.map(([, { values, dtype }]) => (dtype === 'int32' ? Int32Array : Float32Array).from(values));
  const bytes = new Uint8Array(numbers.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of numbers) {
    bytes.set(new Uint8Array(part.buffer), at);
    at += part.byteLength;
  }
  const named = entries.map(([name, { shape, dtype = 'float32' }]) => ({ name, shape, dtype }));
  return { weightsManifest: [{ paths: ['w.bin'], weights: named }], shards: new Map([['w.bin', bytes]]) };
}

type Attribute = string | number | boolean | readonly number[] | readonly string[];

function attributeOf(value: Attribute): unknown {
  if (typeof value === 'string') return { s: btoa(value) };
  if (typeof value === 'boolean') return { b: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { i: String(value) } : { f: value };
  return typeof value[0] === 'string'
    ? { list: { s: value.map((text) => btoa(String(text))) } }
    : { list: { i: value.map(String) } };
}

export interface NodeOf {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr?: Readonly<Record<string, Attribute>>;
}

/** A graph model that reads 'x' of `channels` and whose outputs nothing reads. */
export function graphModel(
  channels: number,
  nodes: readonly NodeOf[],
  weights: Readonly<Record<string, Weight>>,
  size: readonly [number, number] = [-1, -1],
): FormatResult<TrainedNetwork> {
  const { weightsManifest, shards } = stored(weights);
  const dim = [-1, ...size, channels].map((entry) => ({ size: String(entry) }));
  const node = [
    { name: 'x', op: 'Placeholder', attr: { shape: { shape: { dim } } } },
    ...Object.keys(weights).map((name) => ({ name, op: 'Const' })),
    ...nodes.map(({ attr = {}, ...rest }) => ({
      ...rest,
      attr: Object.fromEntries(Object.entries(attr).map(([key, value]) => [key, attributeOf(value)])),
    })),
  ];
  return read(JSON.stringify({ modelTopology: { node }, weightsManifest }), shards);
}

export type KerasLayerOf = readonly [type: string, config: Readonly<Record<string, unknown>>];

/** A sequence of layers that reads maps of `channels`. */
export function sequence(
  channels: number,
  layers: readonly KerasLayerOf[],
  weights: Readonly<Record<string, Weight>>,
): FormatResult<TrainedNetwork> {
  const { weightsManifest, shards } = stored(weights);
  const all = [['InputLayer', { name: 'x', batch_input_shape: [null, null, null, channels] }] as const, ...layers];
  const config = all.map(([class_name, settings]) => ({ class_name, config: settings }));
  const modelTopology = { model_config: { class_name: 'Sequential', config: { layers: config } } };
  return read(JSON.stringify({ modelTopology, weightsManifest }), shards);
}

export function read(json: string, shards: ReadonlyMap<string, Uint8Array>): FormatResult<TrainedNetwork> {
  const source = { title: 'a model', licence: null };
  return readTfjs(json, shards, ({ channels }) => ({
    ...{ name: 'a model', source, classes: null },
    preprocessing: unchanged(channels),
  }));
}

/** The network's first output on `input`, [N, H, W, C] in and out ([N, C] where it has no rows and columns). */
export function run(network: FormatResult<TrainedNetwork>, input: Weight): { shape: number[]; values: number[] } {
  if (!network.ok) throw new Error(`${network.error.code} ${JSON.stringify(network.error.values)}`);
  const [n = 1, h = 1, w = 1, c = 1] = input.shape;
  const built = network.value.graphAt(h, w, n);
  if (!built.ok) throw new Error(built.error.message);
  const values = new Float32Array(n * c * h * w);
  for (let i = 0; i < values.length; i++) {
    const [channel, pixel, image] = [i % c, Math.floor(i / c) % (h * w), Math.floor(i / (c * h * w))];
    values[(image * c + channel) * h * w + pixel] = input.values[i]!;
  }
  const inputs = { [network.value.input]: { shape: [n, c, h, w] as const, values } };
  const results = runReference(built.value.graph, inputs, network.value.parameters);
  const { output } = results[built.value.outputs[0]!.node]!;
  const [images, channels, rows, columns] = output.shape;
  const plane = rows * columns;
  const turned = Array.from({ length: output.values.length }, (_, i) => {
    const [channel, pixel, image] = [
      i % channels,
      Math.floor(i / channels) % plane,
      Math.floor(i / (channels * plane)),
    ];
    return output.values[(image * channels + channel) * plane + pixel]!;
  });
  return { shape: [images, rows, columns, channels], values: turned };
}
