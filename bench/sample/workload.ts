/**
 * What is measured: one layer, or a chain of layers, with bias in float32. A workload file is a JSON list of `name, in_channels,
 * height, width` and the attributes of the layer (`readLayers.ts`), or a list `layers` of such, each reading the one before.
 */
import type { Operator } from '../../src/operators/index.ts';
import { rulesOf } from '../../src/operators/index.ts';
import type { ParameterValues, Shape } from '../../src/operators/operator.ts';
import '../../src/operators/late.ts';
import { type Layer, readLayer } from './readLayers.ts';

/** A layer in its place: the shapes of the maps before it and behind it. */
export interface Step {
  readonly layer: Layer;
  readonly input: Shape;
  /** What a deformable convolution reads beside the maps: offsets and mask. */
  readonly extra: readonly Shape[];
  readonly output: Shape;
}

export interface Workload {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly shape: Shape;
  readonly outputShape: Shape;
}

/** A step with its numbers; a layer without weights has no parameters. */
export interface FilledStep extends Step {
  readonly parameters: (ParameterValues & { readonly bias: Float32Array }) | null;
  readonly extraValues: readonly Float32Array<ArrayBuffer>[];
}

/** A workload with its numbers: the same for every library. */
export interface Sample extends Workload {
  /** [1, C, H, W]. */
  readonly input: Float32Array<ArrayBuffer>;
  readonly steps: readonly FilledStep[];
}

/** Reads a workload file; says in one sentence what it does not understand. */
export function readWorkloads(json: unknown): Workload[] {
  if (!Array.isArray(json) || json.length === 0)
    throw new Error('A workload file is a JSON list of at least one workload.');
  const workloads = json.map(readWorkload);
  const names = new Set(workloads.map(({ name }) => name));
  if (names.size !== workloads.length) throw new Error('Each workload needs a name of its own.');
  return workloads;
}

function fieldsOf(entry: unknown, what: string): Map<string, unknown> {
  if (typeof entry !== 'object' || entry === null) throw new Error(`${what} is not an object.`);
  return new Map<string, unknown>(Object.entries(entry));
}

function readWorkload(entry: unknown, index: number): Workload {
  const fields = fieldsOf(entry, `Workload ${index}`);
  const name = fields.get('name') ?? `workload ${index}`;
  if (typeof name !== 'string') throw new Error(`The name of workload ${index} is not a text.`);
  const [channels, height, width] = ['in_channels', 'height', 'width'].map((field) => {
    const value = fields.get(field);
    if (Number.isInteger(value)) return Number(value);
    throw new Error(`${name}: "${field}" must be a whole number.`);
  });
  const shape: Shape = [1, channels!, height!, width!];
  for (const field of ['name', 'in_channels', 'height', 'width']) fields.delete(field);
  const layers = fields.get('layers') ?? [Object.fromEntries(fields)];
  if (!Array.isArray(layers) || layers.length === 0) throw new Error(`${name}: "layers" must be a list.`);
  if (fields.has('layers') && fields.size > 1) throw new Error(`${name}: attributes stand in "layers" or beside them.`);
  const steps: Step[] = [];
  for (const one of layers) {
    const input = steps.at(-1)?.output ?? shape;
    steps.push(stepOf(readLayer(fieldsOf(one, `${name}: a layer`), input, name), input, name));
  }
  return { name, steps, shape, outputShape: steps.at(-1)!.output };
}

function stepOf(layer: Layer, input: Shape, name: string): Step {
  const extra = layer.kind === 'deform_conv2d' ? sampleShapes(layer, input) : [];
  const output = rulesOf(layer).outputShape(layer, [input, ...extra]);
  if (!output.ok) throw new Error(`${name}: ${output.error.message}`);
  return { layer, input, extra, output: output.value };
}

/** Offsets [1, 2 G kh kw, OH, OW] and mask [1, G kh kw, OH, OW] of a deformable convolution. */
function sampleShapes(layer: Extract<Layer, { readonly kind: 'deform_conv2d' }>, [, , height, width]: Shape): Shape[] {
  const { kernelSize, stride, dilation, padding, offsetGroups } = layer;
  const along = (size: number, before: number, after: number, axis: 0 | 1) =>
    Math.floor((size + before + after - dilation[axis] * (kernelSize[axis] - 1) - 1) / stride[axis]) + 1;
  const size = [along(height, padding.top, padding.bottom, 0), along(width, padding.left, padding.right, 1)] as const;
  const samples = offsetGroups * kernelSize[0] * kernelSize[1];
  return [
    [1, 2 * samples, ...size],
    [1, samples, ...size],
  ];
}

/** Values in [-1, 1], the same in every run. */
function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function fill(step: Step, seed: number): FilledStep {
  const operator: Operator = step.layer;
  const specs = rulesOf(operator).parameters(operator);
  const [weight, bias] = specs.map((spec, i) => noise(elementsOf(spec.shape), seed + i));
  return {
    ...step,
    parameters: weight && bias ? { weight, bias } : null,
    extraValues: step.extra.map((shape, i) => noise(elementsOf(shape), seed + 2 + i)),
  };
}

export function sampleOf(workload: Workload): Sample {
  return {
    ...workload,
    input: noise(elementsOf(workload.shape), 1),
    steps: workload.steps.map((step, i) => fill(step, 2 + 4 * i)),
  };
}

/** Multiply-adds as the product counts them, those with padding too. */
export function macsOf({ steps }: Workload): number {
  return steps.reduce((sum, { layer, input, extra }) => sum + rulesOf(layer).cost(layer, [input, ...extra]).macs, 0);
}
