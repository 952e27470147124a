/**
 * An experiment as a file: `x.npy`, `weight.npy`, `bias.npy`, `y.npy` (float32, C order; NCHW and OIHW) and `layer.json` in one
 * .npz, which `numpy.load` opens. `bias.npy` is always there, zeros for a layer without bias.
 */
import type { ChannelChoice, ValueRange } from '../../graph/input.ts';
import { valueRanges } from '../../graph/input.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { Shape } from '../../operators/operator.ts';
import { type FormatResult, formatError } from '../formatError.ts';
import { toPicture, toTensor } from '../image/tensor.ts';
import { readNpy, writeNpy } from '../npy.ts';
import type { NamedTensor } from '../safetensors.ts';
import { packZip, unpackZip, type ZipFiles } from '../zip.ts';
import { type ComputedBy, layerJsonOf, parseLayerJson } from './layerJson.ts';

/** Maps [N, C, H, W] with their values. */
export interface Maps {
  readonly shape: Shape;
  readonly values: Float32Array;
}

export interface Experiment {
  readonly conv: Conv2d;
  readonly activation: ActivationName;
  readonly engine: ComputedBy;
  /** As the engine names them, in order. */
  readonly programs: readonly string[];
  readonly x: Maps;
  /** [Cout, Cin/groups, kh, kw] */
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
  /** After the activation. */
  readonly y: Maps;
}

/** What a dropped .npz gives back; `x` and `y` may be missing. */
export interface ExperimentFile {
  readonly conv: Conv2d;
  readonly activation: ActivationName;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly x: Maps | null;
}

const weightShape = (conv: Conv2d) => [conv.outChannels, conv.inChannels / conv.groups, ...conv.kernelSize];
const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

export function exportNpz(experiment: Experiment): Uint8Array<ArrayBuffer> {
  const { conv, activation, engine, programs, x, y, weight } = experiment;
  const bias = experiment.bias ?? new Float32Array(conv.outChannels);
  const layer = `${JSON.stringify(layerJsonOf(conv, activation, engine, programs), null, 2)}\n`;
  return packZip(
    new Map([
      ['x.npy', writeNpy(x.shape, x.values)],
      ['weight.npy', writeNpy(weightShape(conv), weight)],
      ['bias.npy', writeNpy([conv.outChannels], bias)],
      ['y.npy', writeNpy(y.shape, y.values)],
      ['layer.json', new TextEncoder().encode(layer)],
    ]),
  );
}

function readArray(files: ZipFiles, name: string): FormatResult<NamedTensor> {
  const bytes = files.get(name);
  return bytes ? readNpy(bytes) : formatError('file-incomplete', { name });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** x as [1, C, H, W], from [1, C, H, W] or [C, H, W]; null for anything else. */
function mapsOf(array: NamedTensor, channels: number): Maps | null {
  const [n, c, h, w, ...more] = array.shape.length === 3 ? [1, ...array.shape] : array.shape;
  if (n !== 1 || c !== channels || !h || !w || more.length > 0) return null;
  return { shape: [1, c, h, w], values: array.values };
}

/** Reads an exported .npz, or one that another program wrote in the same form. */
export function readExperiment(bytes: Uint8Array): FormatResult<ExperimentFile> {
  const files = unpackZip(bytes);
  if (!files.ok) return files;
  const json = files.value.get('layer.json');
  if (!json) return formatError('file-incomplete', { name: 'layer.json' });
  const layer = parseLayerJson(parseJson(json));
  if (!layer.ok) return layer;
  const { conv, activation } = layer.value;
  const weight = readArray(files.value, 'weight.npy');
  if (!weight.ok) return weight;
  const expected = weightShape(conv);
  if (weight.value.shape.join() !== expected.join()) {
    return formatError('file-incomplete', { name: `weight.npy [${expected.join(', ')}]` });
  }
  const bias = files.value.has('bias.npy') ? readArray(files.value, 'bias.npy') : null;
  if (bias && !bias.ok) return bias;
  if (bias && bias.value.values.length !== conv.outChannels) {
    return formatError('file-incomplete', { name: `bias.npy [${conv.outChannels}]` });
  }
  const x = files.value.has('x.npy') ? readArray(files.value, 'x.npy') : null;
  if (x && !x.ok) return x;
  return {
    ok: true,
    value: {
      conv: { ...conv, bias: bias !== null },
      activation,
      weight: weight.value.values,
      bias: bias?.value.values ?? new Float32Array(conv.outChannels),
      x: x && mapsOf(x.value, conv.inChannels),
    },
  };
}

export interface ExperimentPicture {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelChoice;
  readonly range: ValueRange;
}

const choices: Readonly<Record<number, ChannelChoice>> = { 1: 'grey', 2: 'grey-alpha', 3: 'rgb', 4: 'rgba' };

/**
 * The picture that an experiment's x was made from: the bytes, channels and range that give exactly these values (to float32
 * rounding). Null when x is no picture: not 1 to 4 channels, or values that no byte gives.
 */
export function pictureOf(x: Maps): ExperimentPicture | null {
  const [, c, height, width] = x.shape;
  const channels = choices[c];
  if (!channels || x.values.length !== sizeOf(x.shape)) return null;
  for (const range of valueRanges) {
    const rgba = toPicture(x.values, width, height, channels, range);
    const again = toTensor(rgba, width, height, channels, range);
    if (again.every((value, i) => Math.abs(value - x.values[i]!) <= 1e-5 * Math.max(1, Math.abs(value)))) {
      return { rgba, width, height, channels, range };
    }
  }
  return null;
}
