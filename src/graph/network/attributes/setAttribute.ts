/**
 * One attribute of a node set to a value, and what has to move with it: groups and channels that must divide each other, a convolution's
 * padding, dilation and kernel (`src/operators/conv2d/limits.ts`), the padding of a pool. A value out of its bounds is not taken.
 */
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { constrain, type Moved, sliderEnds } from '../../../operators/conv2d/limits.ts';
import type { Operator } from '../../../operators/index.ts';
import type { Pair, PerSide, Shape } from '../../../operators/operator.ts';
import type { Quad } from '../../../operators/tensors.ts';
import { divisorBelow } from '../fitChannels.ts';
import { formsOf } from './declarations.ts';
import { operatorOf } from './values.ts';

export type AttributeValue = number | string | boolean | Pair | PerSide | Quad | readonly number[] | null;

export interface SetAttribute {
  readonly operator: Operator;
  /** What else moved. */
  readonly moved: readonly Moved[];
}

/** `key` as in the operator; `inputs`: the shapes of what it reads. */
export function setAttribute(
  operator: Operator,
  key: string,
  value: AttributeValue,
  inputs: readonly Shape[],
): SetAttribute {
  const asked = operatorOf(operator.kind, { ...operator, [key]: value });
  if ('wrong' in asked) return { operator, moved: [] };
  const settled = settle(asked.operator, key, inputs[0]);
  return { operator: settled, moved: movedBetween(asked.operator, settled) };
}

function settle(operator: Operator, key: string, input: Shape | undefined): Operator {
  switch (operator.kind) {
    case 'conv2d':
      return input ? fitWindow(withGroups(operator, key), key, input) : withGroups(operator, key);
    case 'conv_transpose2d': {
      const most = (i: 0 | 1) => Math.max(operator.stride[i], operator.dilation[i]) - 1;
      const [h, w] = operator.outputPadding;
      const outputPadding: Pair = [Math.min(h, most(0)), Math.min(w, most(1))];
      return { ...withGroups(operator, key), outputPadding };
    }
    case 'deform_conv2d':
      return withGroups(operator, key);
    case 'pool2d': {
      // PyTorch: pad should be at most half of the kernel size.
      const most = (i: 0 | 1) => Math.floor(operator.kernelSize[i] / 2);
      const { top, bottom, left, right } = operator.padding;
      const padding = {
        top: Math.min(top, most(0)),
        bottom: Math.min(bottom, most(0)),
        left: Math.min(left, most(1)),
        right: Math.min(right, most(1)),
      };
      return { ...operator, padding };
    }
    case 'group_norm':
      return { ...operator, numGroups: divisorBelow(operator.numGroups, operator.numChannels) };
    case 'local_response_norm':
      // The window of PyTorch's; of the same size, another one is kept.
      return key === 'size' ? { ...operator, channelsBefore: Math.floor(operator.size / 2) } : operator;
    case 'elementwise':
      return key === 'function' ? { ...operator, ...ownNumbers(operator.function) } : operator;
    default:
      return operator;
  }
}

type Grouped = Extract<Operator, { readonly kind: 'conv2d' | 'conv_transpose2d' | 'deform_conv2d' }>;

/** Groups divide both channel counts: a change of `groups` moves `out_channels`, any other change moves `groups`. */
function withGroups<O extends Grouped>(operator: O, key: string): O {
  const { inChannels, outChannels } = operator;
  if (key !== 'groups') return { ...operator, groups: divisorBelow(operator.groups, inChannels, outChannels) };
  const groups = divisorBelow(operator.groups, inChannels);
  return { ...operator, groups, outChannels: Math.max(1, Math.round(outChannels / groups)) * groups };
}

/** Kernel, stride, padding and dilation as the convolution's own limits have them; its channels are many more than there. */
function fitWindow(conv: Conv2d, key: string, [, , height, width]: Shape): Conv2d {
  // A kernel from elsewhere that is larger than any slider's stays until it is changed itself.
  if (Math.max(...conv.kernelSize) > sliderEnds.kernelSize || key === 'outChannels' || key === 'groups') return conv;
  const alone: Conv2d = { ...conv, inChannels: 1, outChannels: 1, groups: 1 };
  const { conv: fitted } = constrain(alone, {}, { inputSize: [height, width] });
  const { kernelSize, stride, padding, dilation } = fitted;
  return { ...conv, kernelSize, stride, padding, dilation };
}

/** PyTorch's numbers of a function that has some. */
function ownNumbers(name: Extract<Operator, { readonly kind: 'elementwise' }>['function']) {
  switch (name) {
    case 'leaky_relu':
      return { alpha: 0.01, beta: 0 };
    case 'elu':
      return { alpha: 1, beta: 0 };
    case 'selu':
      return { alpha: 1.6732632423543772, beta: 1.0507009873554805 };
    case 'hard_sigmoid':
      return { alpha: 1 / 6, beta: 0.5 };
    case 'clip':
      return { alpha: 0, beta: 6 };
    case 'exp':
    case 'gelu_tanh':
    case 'hard_swish':
    case 'log':
    case 'mish':
    case 'neg':
    case 'reciprocal':
    case 'softplus':
    case 'sqrt':
      return { alpha: 0, beta: 0 };
    default:
      return name satisfies never;
  }
}

function movedBetween(asked: Operator, settled: Operator): readonly Moved[] {
  const before = new Map<string, unknown>(Object.entries(asked));
  const after = new Map<string, unknown>(Object.entries(settled));
  return formsOf(asked.kind)
    .map(([key, { name }]) => ({ attribute: name, from: inCode(before.get(key)), to: inCode(after.get(key)) }))
    .filter(({ from, to }) => from !== to);
}

/** A value as code has it: 3, (3, 5), 'same'; of four sides the rows and columns where they are alike. */
function inCode(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return new Set(value).size === 1 ? String(value[0]) : `(${value.join(', ')})`;
  if (typeof value !== 'object' || value === null) return String(value);
  const { top, bottom, left, right } = value as PerSide;
  if (top === bottom && left === right) return inCode([top, left]);
  return `(top=${top}, bottom=${bottom}, left=${left}, right=${right})`;
}
