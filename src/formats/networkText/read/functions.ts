/** Functions of `torch` and `torch.nn.functional`, and methods of tensors of the same names, as operators. */
import type { ArithmeticFunction } from '../../../operators/arithmetic/attributes.ts';
import { bindArguments } from '../../../operators/callArguments.ts';
import type { Call, Value } from '../../../operators/callSyntax.ts';
import { integersOf, need, readInteger, refuse, stringOf } from '../../../operators/codeValues.ts';
import type { Operator } from '../../../operators/index.ts';
import type { Shape } from '../../../operators/operator.ts';
import type { Pad, PadMode } from '../../../operators/pad/attributes.ts';
import { type Dimension, dimensions, elementsOf, type Quad } from '../../../operators/tensors.ts';
import { readModule } from '../modules.ts';
import type { Tensor } from './network.ts';

/** The module of `torch.nn` that a function of one tensor is. */
const modules: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  relu6: 'ReLU6',
  leaky_relu: 'LeakyReLU',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  gelu: 'GELU',
  silu: 'SiLU',
  elu: 'ELU',
  hardswish: 'Hardswish',
  hardsigmoid: 'Hardsigmoid',
  softplus: 'Softplus',
  mish: 'Mish',
  softmax: 'Softmax',
  dropout: 'Dropout',
  dropout2d: 'Dropout2d',
  max_pool2d: 'MaxPool2d',
  avg_pool2d: 'AvgPool2d',
  adaptive_avg_pool2d: 'AdaptiveAvgPool2d',
  adaptive_max_pool2d: 'AdaptiveMaxPool2d',
  interpolate: 'Upsample',
  upsample: 'Upsample',
  pixel_shuffle: 'PixelShuffle',
  pixel_unshuffle: 'PixelUnshuffle',
  channel_shuffle: 'ChannelShuffle',
  local_response_norm: 'LocalResponseNorm',
};

const arithmetics: Readonly<Record<string, ArithmeticFunction>> = {
  add: 'add',
  sub: 'subtract',
  subtract: 'subtract',
  mul: 'multiply',
  multiply: 'multiply',
  div: 'divide',
  divide: 'divide',
  pow: 'power',
  minimum: 'minimum',
  maximum: 'maximum',
};

const reductions = { mean: 'mean', sum: 'sum', amax: 'max', amin: 'min' } as const;
const padModes: Readonly<Record<string, PadMode>> = {
  constant: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

/** What leaves the values as they are, when a network is looked at. */
const same = new Set(['contiguous', 'clone', 'detach', 'float', 'squeeze', 'unsqueeze']);

export interface Applied {
  /** null: the tensor itself. */
  readonly operator: Operator | null;
  /** The sizes of 1 at the end are dropped: [N, C]. */
  readonly isFlat?: boolean;
}

/**
 * A function by the last part of its name, applied to tensors; `rest`: the call without them. null where no such function is known.
 */
export function applyFunction(name: string, tensors: readonly Tensor[], rest: Call): Applied | null {
  const [first] = tensors;
  if (!first) return null;
  const { shape } = first;
  if (tensors.length === 2 && Object.hasOwn(arithmetics, name))
    return { operator: { kind: 'arithmetic', function: arithmetics[name]! } };
  if (tensors.length !== 1) return null;
  if (same.has(name)) return { operator: null, isFlat: name === 'squeeze' && shape[2] * shape[3] === 1 };
  if (Object.hasOwn(modules, name)) return { operator: ofModule(name, rest, first) };
  const numbers = rest.positional.flatMap((value) => (value.kind === 'number' ? [value.value] : []));
  switch (name) {
    case 'abs':
      return { operator: { kind: 'activation', function: 'abs' } };
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'reciprocal':
    case 'neg':
      return { operator: { kind: 'elementwise', function: name, alpha: 0, beta: 0 } };
    case 'clamp':
    case 'clip': {
      const args = bind(rest, name, ['min', 'max'], 2);
      return {
        operator: {
          kind: 'elementwise',
          function: 'clip',
          alpha: number(args.get('min')),
          beta: number(args.get('max')),
        },
      };
    }
    case 'selu':
    case 'hard_sigmoid': {
      // PyTorch's own selu has no numbers: those of a written network are said (`write/helpers.ts`).
      const [alpha = 1.6732632423543772, beta = 1.0507009873554805] = numbers;
      return { operator: { kind: 'elementwise', function: name, alpha, beta } };
    }
    case 'depth_to_space':
    case 'space_to_depth':
      return { operator: { kind: name, block: numbers[0] ?? 1, mode: 'DCR' } };
    case 'flatten':
      return { operator: flatten(rest, shape) };
    case 'reshape':
    case 'view':
      return { operator: { kind: 'reshape', shape: sizes(listed(rest), shape) } };
    case 'permute':
      return { operator: { kind: 'permute', dims: order(listed(rest), first) } };
    case 'transpose': {
      const dims: Dimension[] = [...dimensions];
      const [a, b] = listed(rest).map((dim) => axisOf(dim, first));
      if (a === undefined || b === undefined) return null;
      [dims[a], dims[b]] = [dims[b]!, dims[a]!];
      return { operator: { kind: 'permute', dims: order(dims, first) } };
    }
    case 'mean':
    case 'sum':
    case 'amax':
    case 'amin': {
      const args = bind(rest, name, ['dim', 'keepdim', 'dtype'], 1);
      const axes = integers(args.get('dim')).map((dim) => axisOf(dim, first));
      const keeps = args.get('keepdim');
      const isKept = keeps?.kind === 'boolean' && keeps.value;
      if (!isKept && !(axes.includes(2) && axes.includes(3) && axes.length === 2))
        return refuse('keepdim', `${name}: axes are kept here: keepdim=True`);
      return { operator: { kind: 'reduce', function: reductions[name], axes }, isFlat: !isKept };
    }
    case 'pad':
      return { operator: padOf(rest) };
    default:
      return null;
  }
}

function ofModule(name: string, rest: Call, { shape, isFlat }: Tensor): Operator {
  const keywords = rest.keywords.filter((keyword) => keyword.name !== 'training');
  const call: Call = { ...rest, name: modules[name]!, keywords };
  const operators = readModule(name === 'softmax' && isFlat ? onFeatures(call) : call, shape);
  return operators[0] ?? { kind: 'activation', function: 'none' };
}

/** Of features, [N, C], the last axis is that of the channels. */
export function onFeatures(call: Call): Call {
  const last = (value: Value): Value =>
    value.kind === 'number' && value.value === -1 ? { ...value, value: 1 } : value;
  return {
    ...call,
    positional: call.positional.map(last),
    keywords: call.keywords.map((keyword) => ({ ...keyword, value: last(keyword.value) })),
  };
}

function bind(rest: Call, name: string, parameters: readonly string[], required: number) {
  return need(bindArguments(rest, { name: `${name}()`, parameters, required }));
}

function number(value: Value | undefined): number {
  return value?.kind === 'number' ? value.value : refuse('wrong-type', 'a number is expected');
}

function integers(value: Value | undefined): readonly number[] {
  if (value?.kind === 'number') return [value.value];
  return (value && integersOf(value)) ?? refuse('wrong-type', 'dim must be int or a tuple of ints');
}

/** (a, b, c), or a, b, c; `size=` or `dims=`. */
function listed({ positional, keywords }: Call): readonly number[] {
  const [only] = [...positional, ...keywords.map(({ value }) => value)];
  return positional.length > 1 ? positional.map(number) : integers(only);
}

export function axisOf(dim: number, { isFlat }: Pick<Tensor, 'isFlat'>): Dimension {
  const axis = dimensions.find((each) => each === (dim < 0 ? dim + (isFlat ? 2 : 4) : dim));
  const message = `Dimension out of range (expected to be in range of [-4, 3], but got ${dim})`;
  return axis ?? refuse('dimension', message, { dim });
}

function flatten(rest: Call, shape: Shape): Operator {
  const args = bind(rest, 'flatten', ['start_dim', 'end_dim'], 0);
  if (readInteger(args, 'start_dim', 0) !== 1 || readInteger(args, 'end_dim', -1) !== -1)
    return refuse('flatten', 'flatten: only start_dim=1, end_dim=-1 is offered');
  return { kind: 'reshape', shape: [shape[0], shape[1] * shape[2] * shape[3], 1, 1] };
}

/** Up to four sizes, of which one may be -1: what the others leave. */
function sizes(given: readonly number[], input: Shape): Shape {
  if (given.length > 4) return refuse('reshape-axes', 'tensors have at most 4 axes here');
  const all = [...given, 1, 1, 1].slice(0, 4);
  const rest = all.reduce((product, size) => product * (size === -1 ? 1 : size), 1);
  const [n, c, h, w] = all.map((size) => (size === -1 ? elementsOf(input) / rest : size));
  return [n!, c!, h!, w!];
}

function order(dims: readonly number[], tensor: Tensor): readonly [Dimension, Dimension, Dimension, Dimension] {
  const [a, b, c, d] = dims.map((dim) => axisOf(dim, tensor));
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    return refuse('permute-dims', 'permute: tensors have 4 axes here');
  return [a, b, c, d];
}

/** `F.pad(x, (left, right, top, bottom, ...), mode, value)`: two numbers for each axis, the last axis first. */
export function padOf(rest: Call): Pad {
  const args = bind(rest, 'pad', ['pad', 'mode', 'value'], 1);
  const given = integers(args.get('pad'));
  const mode = padModes[stringOf(args.get('mode')) ?? 'constant'];
  const value = args.get('value');
  if (!mode || given.length % 2 !== 0 || given.length > 8)
    return refuse('padding-mode', 'F.pad: two numbers for each axis, and a mode that PyTorch has');
  const along = (side: 0 | 1): Quad => {
    const [n, c, h, w] = dimensions.map((axis) => given[2 * (3 - axis) + side] ?? 0);
    return [n!, c!, h!, w!];
  };
  return { kind: 'pad', before: along(0), after: along(1), mode, value: value?.kind === 'number' ? value.value : 0 };
}
