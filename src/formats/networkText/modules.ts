/**
 * The modules of `torch.nn` that an `nn.Sequential` may hold, each as the operators that it is. A module that depends on the maps in
 * front of it (`nn.Flatten`) is given their shape. Defaults are PyTorch's.
 */
import { activationDefaults, isActivation, readActivation } from '../../operators/activation/code.ts';
import { type Arguments, bindArguments } from '../../operators/callArguments.ts';
import { baseName, type Call, type Value } from '../../operators/callSyntax.ts';
import { integersOf, need, readBoolean, readInteger, readPair, refuse, stringOf } from '../../operators/codeValues.ts';
import type { PaddingMode } from '../../operators/conv2d/attributes.ts';
import { isPyTorchPadding, readPyTorch, readPyTorchPadding } from '../../operators/conv2d/code/pytorch.ts';
import { readPyTorchTransposed } from '../../operators/convTranspose2d/code/pytorch.ts';
import { readPyTorchDeformable } from '../../operators/deformConv2d/code.ts';
import type { Elementwise } from '../../operators/elementwise/attributes.ts';
import type { Operator } from '../../operators/index.ts';
import { readPyTorchLinear } from '../../operators/linear/code.ts';
import type { Pair, PerSide, Shape } from '../../operators/operator.ts';
import type { PadMode } from '../../operators/pad/attributes.ts';
import type { Dimension } from '../../operators/tensors.ts';

type Read = (call: Call, input: Shape) => readonly Operator[];

function bind(call: Call, parameters: readonly string[], required: number): Arguments {
  return need(bindArguments(call, { name: `${baseName(call.name)}.__init__()`, parameters, required }));
}

function readNumber(args: Arguments, name: string, fallback: number): number {
  const value = args.get(name);
  if (value === undefined || value.kind === 'none') return fallback;
  return value.kind === 'number' ? value.value : refuse('wrong-type', `${name} must be float`, { argument: name });
}

function around([y, x]: Pair): PerSide {
  return { top: y, bottom: y, left: x, right: x };
}

const maxPoolParameters = ['kernel_size', 'stride', 'padding', 'dilation', 'return_indices', 'ceil_mode'] as const;
const averagePoolParameters = [
  'kernel_size',
  'stride',
  'padding',
  'ceil_mode',
  'count_include_pad',
  'divisor_override',
] as const;

function pool(name: 'max' | 'average', parameters: readonly string[]): Read {
  return (call) => {
    const args = bind(call, parameters, 1);
    const divisor = args.get('divisor_override');
    if (divisor !== undefined && divisor.kind !== 'none')
      return refuse('divisor-override', 'AvgPool2d: divisor_override is not offered');
    const kernelSize = readPair(args, 'kernel_size', [1, 1]);
    const padding = readPair(args, 'padding', [0, 0]);
    const dilation = readPair(args, 'dilation', [1, 1]);
    for (const axis of [0, 1] as const) refusePoolPadding(padding[axis], kernelSize[axis], dilation[axis]);
    return [
      {
        kind: 'pool2d',
        function: name,
        kernelSize,
        stride: readPair(args, 'stride', kernelSize),
        padding: around(padding),
        dilation,
        ceilMode: readBoolean(args, 'ceil_mode', false),
        countIncludePad: readBoolean(args, 'count_include_pad', true),
      },
    ];
  };
}

/** PyTorch pools no window that lies in the padding altogether; ONNX has them, so the operator itself allows them. */
function refusePoolPadding(pad: number, kernel: number, dilation: number): void {
  if (pad < 0) refuse('pool-padding-negative', `pad must be non-negative, but got pad: ${pad}`, { pad });
  const most = Math.floor((dilation * (kernel - 1) + 1) / 2);
  if (pad <= most) return;
  const sentence = `pad should be at most half of effective kernel size, but got pad=${pad}, kernel_size=${kernel} and dilation=${dilation}`;
  refuse('pool-padding', sentence, { pad, kernel, dilation });
}

function adaptivePool(name: 'max' | 'average'): Read {
  return (call, [, , height, width]) => {
    const args = bind(call, ['output_size', 'return_indices'], 1);
    const size = args.get('output_size');
    // (None, 7) keeps the rows.
    if (size?.kind === 'list' && size.items.length === 2) {
      const [h, w] = size.items.map((item, i) => {
        if (item.kind === 'none') return [height, width][i]!;
        return item.kind === 'number'
          ? item.value
          : refuse('wrong-type', 'output_size must be int', { argument: 'output_size' });
      });
      return [{ kind: 'adaptive_pool2d', function: name, outputSize: [h!, w!] }];
    }
    return [{ kind: 'adaptive_pool2d', function: name, outputSize: readPair(args, 'output_size', [height, width]) }];
  };
}

const padModes: Readonly<Record<PaddingMode, PadMode>> = {
  zeros: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

function elementwise(name: Elementwise['function'], alpha = 0, beta = 0): Read {
  return (call) => {
    const args = bind(call, ['alpha', 'inplace'], 0);
    return [{ kind: 'elementwise', function: name, alpha: readNumber(args, 'alpha', alpha), beta }];
  };
}

const pixels =
  (kind: 'depth_to_space' | 'space_to_depth', parameter: string): Read =>
  (call) => {
    return [{ kind, block: readInteger(bind(call, [parameter], 1), parameter, 1), mode: 'CRD' }];
  };

/** (start_dim = 1): everything but the batch in one row of channels. */
function flatten(call: Call, [images, channels, height, width]: Shape): readonly Operator[] {
  const args = bind(call, ['start_dim', 'end_dim'], 0);
  if (readInteger(args, 'start_dim', 1) !== 1 || readInteger(args, 'end_dim', -1) !== -1)
    return refuse('flatten', 'Flatten: only start_dim=1, end_dim=-1 is offered');
  return [{ kind: 'reshape', shape: [images, channels * height * width, 1, 1] }];
}

function upsample(call: Call, input: Shape): readonly Operator[] {
  const args = bind(call, ['size', 'scale_factor', 'mode', 'align_corners', 'recompute_scale_factor'], 0);
  const name = stringOf(args.get('mode')) ?? (baseName(call.name) === 'UpsamplingBilinear2d' ? 'bilinear' : 'nearest');
  const modes = { nearest: 'nearest', bilinear: 'linear', bicubic: 'cubic' } as const;
  const mode = Object.hasOwn(modes, name) ? modes[name as keyof typeof modes] : null;
  if (mode === null) return refuse('upsample-mode', `Upsample: mode='${name}' is not offered`, { mode: name });
  const isAligned = readBoolean(args, 'align_corners', baseName(call.name) === 'UpsamplingBilinear2d');
  const size = args.has('size') && args.get('size')!.kind !== 'none' ? readPair(args, 'size', [1, 1]) : null;
  const scale = args.get('scale_factor');
  const factor = factorsIn(scale);
  if (size === null && factor === null && scale?.kind !== 'list')
    return refuse('upsample-size', 'either size or scale_factor should be defined');
  const factors = factor ?? (size === null ? readPair(args, 'scale_factor', [1, 1]) : [1, 1]);
  const sides = [input[2] * factors[0], input[3] * factors[1]] as const;
  // PyTorch aligns the corners of the size rounded down, ONNX (`scaleFactor`) those of the size before.
  const isRounded = isAligned && size === null && !sides.every(Number.isInteger);
  const rounded = isRounded ? ([Math.floor(sides[0]), Math.floor(sides[1])] as const) : size;
  return [
    {
      kind: 'resize',
      mode,
      size: rounded,
      scaleFactor: rounded === null ? factors : null,
      coordinateTransformationMode: mode === 'nearest' ? 'asymmetric' : isAligned ? 'align_corners' : 'half_pixel',
      nearestMode: 'floor',
      cubicCoeffA: -0.75,
      excludeOutside: false,
    },
  ];
}

/** A number for both axes, or one for each. */
function factorsIn(scale: Value | undefined): Pair | null {
  if (scale?.kind === 'number') return [scale.value, scale.value];
  const numbers =
    scale?.kind === 'list' ? scale.items.flatMap((item) => (item.kind === 'number' ? [item.value] : [])) : [];
  const [rows, columns] = numbers;
  return rows !== undefined && columns !== undefined && numbers.length === 2 ? [rows, columns] : null;
}

function dropout(call: Call): readonly Operator[] {
  return [{ kind: 'dropout', p: readNumber(bind(call, ['p', 'inplace'], 0), 'p', 0.5) }];
}

function softmax(call: Call): readonly Operator[] {
  const dim = readInteger(bind(call, ['dim'], 0), 'dim', 1);
  const axis = dim < 0 ? dim + 4 : dim;
  if (axis < 0 || axis > 3)
    return refuse('softmax-dim', `Dimension out of range (expected to be in range of [-4, 3], but got ${dim})`, {
      dim,
    });
  return [{ kind: 'softmax', axis: axis as Dimension }];
}

/** `LayerNorm2d(channels)`, as torchvision's ConvNeXt has it. */
function layerNorm2d(call: Call): readonly Operator[] {
  const args = bind(call, ['num_channels', 'eps'], 1);
  return [
    {
      kind: 'layer_norm2d',
      numChannels: readInteger(args, 'num_channels', 1),
      eps: readNumber(args, 'eps', 1e-5),
    },
  ];
}

/** As a written network defines it (`write/helpers.ts`): padding is (left, right, top, bottom). */
function locallyConnected2d(call: Call): readonly Operator[] {
  const parameters = [
    'in_channels',
    'out_channels',
    'input_size',
    'kernel_size',
    'stride',
    'padding',
    'dilation',
    'bias',
  ];
  const args = bind(call, parameters, 4);
  const padding = args.get('padding');
  const [left = 0, right = 0, top = 0, bottom = 0] = (padding && integersOf(padding)) ?? [];
  return [
    {
      kind: 'locally_connected2d',
      inChannels: readInteger(args, 'in_channels', 1),
      outChannels: readInteger(args, 'out_channels', 1),
      inputSize: readPair(args, 'input_size', [1, 1]),
      kernelSize: readPair(args, 'kernel_size', [1, 1]),
      stride: readPair(args, 'stride', [1, 1]),
      padding: { top, bottom, left, right },
      dilation: readPair(args, 'dilation', [1, 1]),
      bias: readBoolean(args, 'bias', true),
    },
  ];
}

function leakyRelu(call: Call): readonly Operator[] {
  const alpha = readNumber(bind(call, ['negative_slope', 'inplace'], 0), 'negative_slope', 0.01);
  if (alpha === 0.01) return [{ kind: 'activation', function: 'leaky_relu' }];
  return [{ kind: 'elementwise', function: 'leaky_relu', alpha, beta: 0 }];
}

function gelu(call: Call): readonly Operator[] {
  const approximate = stringOf(bind(call, ['approximate'], 0).get('approximate')) ?? 'none';
  if (approximate === 'none') return [{ kind: 'activation', function: 'gelu' }];
  return [{ kind: 'elementwise', function: 'gelu_tanh', alpha: 0, beta: 0 }];
}

const modules: Readonly<Record<string, Read>> = {
  Conv2d: (call) => [readPyTorch(call)],
  ConvTranspose2d: (call) => [readPyTorchTransposed(call)],
  DeformConv2d: (call) => [readPyTorchDeformable(call)],
  LocallyConnected2d: locallyConnected2d,
  Linear: (call) => [readPyTorchLinear(call)],
  MaxPool2d: pool('max', maxPoolParameters),
  AvgPool2d: pool('average', averagePoolParameters),
  AdaptiveAvgPool2d: adaptivePool('average'),
  AdaptiveMaxPool2d: adaptivePool('max'),
  BatchNorm2d: (call) => {
    const args = bind(call, ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats', 'device', 'dtype'], 1);
    return [
      { kind: 'batch_norm2d', numFeatures: readInteger(args, 'num_features', 1), eps: readNumber(args, 'eps', 1e-5) },
    ];
  },
  LayerNorm2d: layerNorm2d,
  GroupNorm: (call) => {
    const args = bind(call, ['num_groups', 'num_channels', 'eps', 'affine', 'device', 'dtype'], 2);
    return [
      {
        kind: 'group_norm',
        numGroups: readInteger(args, 'num_groups', 1),
        numChannels: readInteger(args, 'num_channels', 1),
        eps: readNumber(args, 'eps', 1e-5),
      },
    ];
  },
  LocalResponseNorm: (call) => {
    const args = bind(call, ['size', 'alpha', 'beta', 'k'], 1);
    const size = readInteger(args, 'size', 1);
    return [
      {
        kind: 'local_response_norm',
        size,
        alpha: readNumber(args, 'alpha', 1e-4),
        beta: readNumber(args, 'beta', 0.75),
        k: readNumber(args, 'k', 1),
        channelsBefore: Math.floor(size / 2),
      },
    ];
  },
  Dropout: dropout,
  Dropout2d: dropout,
  Flatten: flatten,
  Identity: () => [],
  Upsample: upsample,
  UpsamplingNearest2d: upsample,
  UpsamplingBilinear2d: upsample,
  PixelShuffle: pixels('depth_to_space', 'upscale_factor'),
  PixelUnshuffle: pixels('space_to_depth', 'downscale_factor'),
  ChannelShuffle: (call) => [{ kind: 'channel_shuffle', groups: readInteger(bind(call, ['groups'], 1), 'groups', 1) }],
  PReLU: (call) => {
    const args = bind(call, ['num_parameters', 'init', 'device', 'dtype'], 0);
    return [{ kind: 'prelu', numParameters: readInteger(args, 'num_parameters', 1) }];
  },
  LeakyReLU: leakyRelu,
  GELU: gelu,
  ELU: elementwise('elu', 1),
  SELU: elementwise('selu', 1.6732632423543772, 1.0507009873554805),
  Hardswish: elementwise('hard_swish'),
  Hardsigmoid: elementwise('hard_sigmoid', 1 / 6, 0.5),
  Softplus: elementwise('softplus'),
  Mish: elementwise('mish'),
  Softmax: softmax,
  Softmax2d: () => [{ kind: 'softmax', axis: 1 }],
};

/** The operators of one call, for maps of shape `input`. Refuses what is no module that it knows. */
export function readModule(call: Call, input: Shape): readonly Operator[] {
  const name = baseName(call.name);
  const read = Object.hasOwn(modules, name) ? modules[name] : undefined;
  if (read) return read(call, input);
  if (isPyTorchPadding(call)) {
    const { mode, sides } = readPyTorchPadding(call);
    const { top, bottom, left, right } = sides;
    return [{ kind: 'pad', before: [0, 0, top, left], after: [0, 0, bottom, right], mode: padModes[mode], value: 0 }];
  }
  if (isActivation(call.name)) {
    const { name: activation, variant } = need(readActivation(call, activationDefaults.pytorch));
    if (variant === null) return activation === 'none' ? [] : [{ kind: 'activation', function: activation }];
    return refuse('activation-variant', `${variant} is not offered`, { activation: variant });
  }
  return refuse('unknown-module', `${call.name} is not a layer that is known here`, { name: call.name });
}
