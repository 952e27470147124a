/**
 * What is measured: one convolution with bias, attributes named as in PyTorch. A workload file is a JSON list of
 * `name, in_channels, height, width, out_channels, kernel_size` and, where they are not 1 (0 for padding), `stride, padding,
 * dilation, groups`; each a number or a pair [h, w], padding also [top, left, bottom, right].
 */
import type { Conv2d } from '../../src/operators/conv2d/attributes.ts';
import { conv2d } from '../../src/operators/conv2d/index.ts';
import type { Pair, ParameterValues, PerSide, Shape } from '../../src/operators/operator.ts';

export interface Workload {
  readonly name: string;
  readonly conv: Conv2d & { readonly padding: PerSide };
  readonly shape: Shape;
  readonly outputShape: Shape;
}

/** A workload with its numbers: the same for every library. */
export interface Sample extends Workload {
  /** [1, C, H, W]. */
  readonly input: Float32Array<ArrayBuffer>;
  /** OIHW, and one bias per output channel. */
  readonly parameters: ParameterValues & { readonly bias: Float32Array };
}

const known = new Set([
  'name',
  'kind',
  'in_channels',
  'height',
  'width',
  'out_channels',
  'kernel_size',
  'stride',
  'padding',
  'dilation',
  'groups',
]);

/** Reads a workload file; says in one sentence what it does not understand. */
export function readWorkloads(json: unknown): Workload[] {
  if (!Array.isArray(json) || json.length === 0)
    throw new Error('A workload file is a JSON list of at least one workload.');
  const workloads = json.map(readWorkload);
  const names = new Set(workloads.map(({ name }) => name));
  if (names.size !== workloads.length) throw new Error('Each workload needs a name of its own.');
  return workloads;
}

function readWorkload(entry: unknown, index: number): Workload {
  if (typeof entry !== 'object' || entry === null) throw new Error(`Workload ${index} is not an object.`);
  const fields = new Map<string, unknown>(Object.entries(entry));
  const name = fields.get('name') ?? `workload ${index}`;
  if (typeof name !== 'string') throw new Error(`The name of workload ${index} is not a text.`);
  const unknown = [...fields.keys()].find((field) => !known.has(field));
  if (unknown !== undefined) throw new Error(`${name}: "${unknown}" is not an attribute that the benchmark knows.`);
  const kind = fields.get('kind') ?? 'conv';
  if (kind !== 'conv') throw new Error(`${name}: the benchmark has no kind "${kind}".`);

  const numbers = (field: string, fallback: number | null): number[] => {
    const value = fields.get(field) ?? fallback;
    const list = Array.isArray(value) ? value : [value];
    if (list.every((item) => Number.isInteger(item) && item >= 0)) return list;
    throw new Error(`${name}: "${field}" must be a whole number or a list of them.`);
  };
  const number = (field: string, fallback: number | null): number => {
    const list = numbers(field, fallback);
    if (list.length !== 1) throw new Error(`${name}: "${field}" must be one number.`);
    return list[0]!;
  };
  const pair = (field: string, fallback: number | null): Pair => {
    const [h, w = h, ...rest] = numbers(field, fallback);
    if (rest.length > 0) throw new Error(`${name}: "${field}" must be a number or a pair [h, w].`);
    return [h!, w!];
  };
  const conv = {
    kind: 'conv2d' as const,
    inChannels: number('in_channels', null),
    outChannels: number('out_channels', null),
    kernelSize: pair('kernel_size', null),
    stride: pair('stride', 1),
    padding: perSide(numbers('padding', 0), name),
    dilation: pair('dilation', 1),
    groups: number('groups', 1),
    bias: true,
    paddingMode: 'zeros' as const,
  };
  const shape: Shape = [1, conv.inChannels, number('height', null), number('width', null)];
  const output = conv2d.outputShape(conv, [shape]);
  if (!output.ok) throw new Error(`${name}: ${output.error.message}`);
  return { name, conv, shape, outputShape: output.value };
}

function perSide(padding: readonly number[], name: string): PerSide {
  const [top = 0, left = top, bottom = top, right = left] = padding;
  if (padding.length !== 1 && padding.length !== 2 && padding.length !== 4) {
    throw new Error(`${name}: "padding" must be a number, [h, w] or [top, left, bottom, right].`);
  }
  return { top, left, bottom, right };
}

/** Values in [-1, 1], the same in every run. */
function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export function sampleOf(workload: Workload): Sample {
  const { conv, shape } = workload;
  const [kh, kw] = conv.kernelSize;
  return {
    ...workload,
    input: noise(shape[1] * shape[2] * shape[3], 1),
    parameters: {
      weight: noise((conv.outChannels * conv.inChannels * kh * kw) / conv.groups, 2),
      bias: noise(conv.outChannels, 3),
    },
  };
}
