/**
 * An exported experiment, read by the letter of NumPy's format and not by the product's own reader; and the maps that it must hold,
 * by the definition of convolution in float64.
 */
import { unzipSync } from 'fflate';
import { exploreGraph, exploreNodes } from '../../../src/graph/explore.ts';
import { runReference } from '../../../src/graph/referenceRun.ts';
import type { ActivationName } from '../../../src/operators/activation/attributes.ts';
import type { Conv2d, PaddingMode } from '../../../src/operators/conv2d/attributes.ts';
import type { ReferenceResult, Shape } from '../../../src/operators/operator.ts';

export interface NpyArray {
  readonly dtype: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface LayerFile {
  readonly in_channels: number;
  readonly out_channels: number;
  readonly kernel_size: number | readonly number[];
  readonly stride: number | readonly number[];
  readonly padding: number | readonly number[];
  readonly dilation: number | readonly number[];
  readonly groups: number;
  readonly padding_mode: PaddingMode;
  readonly activation: ActivationName;
  readonly engine: string;
  readonly programs: readonly string[];
}

export interface Experiment {
  readonly files: readonly string[];
  readonly x: NpyArray;
  readonly weight: NpyArray;
  readonly bias: NpyArray;
  readonly y: NpyArray;
  readonly layer: LayerFile;
}

/** https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0 */
export function readNpyFile(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(1, 6));
  if (bytes[0] !== 0x93 || magic !== 'NUMPY' || bytes[6] !== 1) throw new Error('no .npy of version 1.0');
  const begin = 10 + view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, begin));
  const dtype = /'descr': '([^']+)'/.exec(header)?.[1] ?? '';
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').filter((side) => side.trim() !== '');
  const values = new Float32Array(bytes.slice(begin).buffer);
  return { dtype, isFortran: !header.includes("'fortran_order': False"), shape: shape.map(Number), values };
}

export function readExperimentFile(bytes: Uint8Array): Experiment {
  const files = unzipSync(bytes);
  const array = (name: string) => readNpyFile(files[name] ?? new Uint8Array());
  return {
    files: Object.keys(files).sort(),
    x: array('x.npy'),
    weight: array('weight.npy'),
    bias: array('bias.npy'),
    y: array('y.npy'),
    layer: JSON.parse(new TextDecoder().decode(files['layer.json'])) as LayerFile,
  };
}

const pair = (value: number | readonly number[]): readonly [number, number] => {
  const [h = 0, w = h] = Array.isArray(value) ? (value as readonly number[]) : [value as number];
  return [h, w];
};

/** The layer of `layer.json`, field by field. */
export function convOfFile(layer: LayerFile): Conv2d {
  const sides =
    Array.isArray(layer.padding) && layer.padding.length === 4 ? (layer.padding as readonly number[]) : null;
  const [h, w] = pair(layer.padding);
  const [top = h, left = w, bottom = h, right = w] = sides ?? [];
  return {
    kind: 'conv2d',
    inChannels: layer.in_channels,
    outChannels: layer.out_channels,
    kernelSize: pair(layer.kernel_size),
    stride: pair(layer.stride),
    padding: { top, left, bottom, right },
    dilation: pair(layer.dilation),
    groups: layer.groups,
    bias: true,
    paddingMode: layer.padding_mode,
  };
}

/** y in float64 from x, weight and bias, with the sum of |terms| of every value. */
export function expectedMaps({ x, weight, bias, layer }: Experiment): ReferenceResult {
  const graph = exploreGraph(convOfFile(layer), layer.activation);
  const inputs = { [exploreNodes.input]: { shape: x.shape as unknown as Shape, values: x.values } };
  const parameters = { [exploreNodes.conv]: { weight: weight.values, bias: bias.values } };
  const result = runReference(graph, inputs, parameters)[exploreNodes.activation];
  if (!result) throw new Error('the reference gave no maps');
  return result;
}

/** The largest |y - reference| / (1 + sum of |terms|). */
export function largestRelativeError(experiment: Experiment): number {
  const { output, magnitude } = expectedMaps(experiment);
  const { values } = experiment.y;
  if (output.values.length !== values.length) throw new Error(`${values.length} values, not ${output.values.length}`);
  return values.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - output.values[i]!) / (1 + magnitude[i]!)),
    0,
  );
}
