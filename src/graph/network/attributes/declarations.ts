/**
 * The attributes of every operator, declared once: PyTorch's name, the form of the value, its bounds whatever the input is, and its
 * default. Fields of the page (`fields.ts`) and records of links and files (`src/store/networkRecord/`) read this; a convolution's own
 * limits by the size of its input stand in `src/operators/conv2d/limits.ts`.
 */
import { activationNames } from '../../../operators/activation/attributes.ts';
import { arithmeticFunctions } from '../../../operators/arithmetic/attributes.ts';
import { paddingModes } from '../../../operators/conv2d/attributes.ts';
import { elementwiseFunctions } from '../../../operators/elementwise/attributes.ts';
import type { GradientOperator, Operator } from '../../../operators/index.ts';
import type { Pair } from '../../../operators/operator.ts';
import { padModes } from '../../../operators/pad/attributes.ts';
import { coordinateModes, nearestModes } from '../../../operators/resize/attributes.ts';
import type { Quad } from '../../../operators/tensors.ts';

interface Named {
  /** As PyTorch calls it. */
  readonly name: string;
  /** Follows from what the node reads (`fitChannels`): nobody sets it by hand. */
  readonly isDerived?: boolean;
}

/** The form of a value. `default` absent: the attribute always has to be said. */
export type Form =
  | (Named & { readonly form: 'integer'; readonly min: number; readonly max: number; readonly default?: number })
  | (Named & { readonly form: 'number'; readonly min: number; readonly max: number; readonly default?: number })
  | (Named & { readonly form: 'pair'; readonly min: number; readonly max: number; readonly default?: Pair })
  /** Integers by default; `null` where something else decides. */
  | (Named & {
      readonly form: 'optional-pair';
      readonly isWhole: boolean;
      readonly max: number;
      readonly default: null;
    })
  /** The four sides of a map; 0 all round by default. `words`: those that may stand for numbers. */
  | (Named & { readonly form: 'sides'; readonly max: number; readonly words: readonly string[] })
  | (Named & { readonly form: 'quad'; readonly min: number; readonly max: number; readonly default?: Quad })
  | (Named & { readonly form: 'boolean'; readonly default: boolean })
  | (Named & { readonly form: 'choice'; readonly choices: readonly string[]; readonly default?: string })
  | (Named & { readonly form: 'axis'; readonly default: number })
  /** Different axes; `isPermutation`: all four, in some order. */
  | (Named & { readonly form: 'axes'; readonly isPermutation: boolean });

/** Of every layer; what gradients alone are made of stands in no link and in no file, and nobody sets anything of it. */
type Declarations = {
  readonly [K in Exclude<Operator, GradientOperator>['kind']]: {
    readonly [A in keyof Omit<Extract<Operator, { readonly kind: K }>, 'kind'>]: Form;
  };
};

/** The most channels or features of a layer: VGG's flattened maps at 224 x 224 have 25 088, those of large pictures more. */
const most = 2 ** 24;
const largest = 3.4028234663852886e38;

const integer = (name: string, min: number, max: number): Form => ({ form: 'integer', name, min, max });
const derived = (name: string): Form => ({ form: 'integer', name, min: 1, max: most, isDerived: true });
const number = (name: string, min: number, max: number, by: number): Form => ({
  form: 'number',
  name,
  min,
  max,
  default: by,
});
const ones: Pair = [1, 1];
const zeros: Quad = [0, 0, 0, 0];
const kernelSize: Form = { form: 'pair', name: 'kernel_size', min: 1, max: 63 };
const stride: Form = { form: 'pair', name: 'stride', min: 1, max: 32, default: ones };
const dilation: Form = { form: 'pair', name: 'dilation', min: 1, max: 64, default: ones };
const padding: Form = { form: 'sides', name: 'padding', max: 256, words: [] };
const outChannels = integer('out_channels', 1, 65536);
const groups: Form = { form: 'integer', name: 'groups', min: 1, max: 65536, default: 1 };
const bias: Form = { form: 'boolean', name: 'bias', default: true };
const block: Form = { form: 'integer', name: 'block', min: 1, max: 16, default: 2 };
const order: Form = { form: 'choice', name: 'mode', choices: ['CRD', 'DCR'], default: 'CRD' };
const maxOrAverage: Form = { form: 'choice', name: 'function', choices: ['max', 'average'] };

export const declarations: Declarations = {
  input: { channels: derived('channels') },
  conv2d: {
    inChannels: derived('in_channels'),
    outChannels,
    kernelSize,
    stride,
    padding: { ...padding, words: ['same', 'valid', 'full'] },
    dilation,
    groups,
    bias,
    paddingMode: { form: 'choice', name: 'padding_mode', choices: paddingModes, default: 'zeros' },
  },
  conv_transpose2d: {
    inChannels: derived('in_channels'),
    outChannels,
    kernelSize,
    stride,
    padding,
    outputPadding: { form: 'pair', name: 'output_padding', min: 0, max: 31, default: [0, 0] },
    groups,
    bias,
    dilation,
  },
  deform_conv2d: {
    inChannels: derived('in_channels'),
    outChannels,
    kernelSize,
    stride,
    padding,
    dilation,
    groups,
    bias,
    offsetGroups: { form: 'integer', name: 'offset_groups', min: 1, max: 65536, default: 1 },
    hasMask: { form: 'boolean', name: 'mask', default: false },
  },
  linear: { inFeatures: derived('in_features'), outFeatures: integer('out_features', 1, 65536), bias },
  locally_connected2d: {
    inChannels: derived('in_channels'),
    outChannels,
    inputSize: { form: 'pair', name: 'input_size', min: 1, max: 65536, isDerived: true },
    kernelSize,
    stride,
    padding,
    dilation,
    bias,
  },
  activation: { function: { form: 'choice', name: 'function', choices: activationNames } },
  pool2d: {
    function: maxOrAverage,
    kernelSize,
    stride: { form: 'pair', name: 'stride', min: 1, max: 32 },
    padding,
    dilation,
    ceilMode: { form: 'boolean', name: 'ceil_mode', default: false },
    countIncludePad: { form: 'boolean', name: 'count_include_pad', default: true },
  },
  channel_shuffle: { groups: { form: 'integer', name: 'groups', min: 1, max: 65536 } },
  depth_to_space: { block: { ...block, name: 'upscale_factor' }, mode: order },
  dropout: { p: number('p', 0, 1, 0.5) },
  elementwise: {
    function: { form: 'choice', name: 'function', choices: elementwiseFunctions },
    alpha: number('alpha', -largest, largest, 0),
    beta: number('beta', -largest, largest, 0),
  },
  pad: {
    before: { form: 'quad', name: 'before', min: -4096, max: 4096, default: zeros },
    after: { form: 'quad', name: 'after', min: -4096, max: 4096, default: zeros },
    mode: { form: 'choice', name: 'mode', choices: padModes, default: 'constant' },
    value: number('value', -largest, largest, 0),
  },
  permute: { dims: { form: 'axes', name: 'dims', isPermutation: true } },
  reshape: { shape: { form: 'quad', name: 'shape', min: 1, max: most } },
  slice: {
    start: { form: 'quad', name: 'start', min: 0, max: most, default: zeros },
    count: { form: 'quad', name: 'count', min: 1, max: most },
    step: { form: 'quad', name: 'step', min: -4096, max: 4096, default: [1, 1, 1, 1] },
  },
  space_to_depth: { block: { ...block, name: 'downscale_factor' }, mode: order },
  arithmetic: { function: { form: 'choice', name: 'function', choices: arithmeticFunctions, default: 'add' } },
  concat: { axis: { form: 'axis', name: 'dim', default: 1 } },
  adaptive_pool2d: {
    function: maxOrAverage,
    outputSize: { form: 'pair', name: 'output_size', min: 1, max: 4096, default: ones },
  },
  reduce: {
    function: { form: 'choice', name: 'function', choices: ['mean', 'sum', 'max', 'min'] },
    axes: { form: 'axes', name: 'dim', isPermutation: false },
  },
  batch_norm2d: { numFeatures: derived('num_features'), eps: number('eps', 0, 1, 1e-5) },
  softmax: { axis: { form: 'axis', name: 'dim', default: 1 } },
  layer_norm2d: { numChannels: derived('num_channels'), eps: number('eps', 0, 1, 1e-6) },
  group_norm: {
    numGroups: integer('num_groups', 1, 65536),
    numChannels: derived('num_channels'),
    eps: number('eps', 0, 1, 1e-5),
  },
  local_response_norm: {
    size: integer('size', 1, 4096),
    alpha: number('alpha', -largest, largest, 1e-4),
    beta: number('beta', -64, 64, 0.75),
    k: number('k', -largest, largest, 1),
    channelsBefore: { form: 'integer', name: 'channels_before', min: 0, max: 4096, isDerived: true },
  },
  resize: {
    mode: { form: 'choice', name: 'mode', choices: ['nearest', 'linear', 'cubic'] },
    size: { form: 'optional-pair', name: 'size', isWhole: true, max: 4096, default: null },
    scaleFactor: { form: 'optional-pair', name: 'scale_factor', isWhole: false, max: 64, default: null },
    coordinateTransformationMode: {
      form: 'choice',
      name: 'coordinate_transformation_mode',
      choices: coordinateModes,
      default: 'half_pixel',
    },
    nearestMode: { form: 'choice', name: 'nearest_mode', choices: nearestModes, default: 'floor' },
    cubicCoeffA: number('cubic_coeff_a', -4, 4, -0.75),
    excludeOutside: { form: 'boolean', name: 'exclude_outside', default: false },
  },
  prelu: { numParameters: { form: 'integer', name: 'num_parameters', min: 1, max: most } },
};

/** The declarations of one operator's attributes, in order. */
export function formsOf(kind: Operator['kind']): readonly (readonly [key: string, form: Form])[] {
  const known: Partial<Record<Operator['kind'], Readonly<Record<string, Form>>>> = declarations;
  return Object.entries(known[kind] ?? {});
}
