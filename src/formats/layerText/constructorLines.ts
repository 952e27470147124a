/**
 * A layer of any kind as PyTorch's constructors, one line to a module, with the arguments that are not the default: what a comparison
 * shows to be read. `writeLayer.ts` writes what is copied and read back.
 */
import type { Layer } from '../../graph/layers/layer.ts';
import type { Sequence, Step } from '../../graph/layers/sequence.ts';
import { writePyTorchActivation } from '../../operators/activation/writePyTorch.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import type { Pair, PerSide } from '../../operators/operator.ts';

/** Of every step in order: the arguments of `nn.Sequential`. */
export function sequenceLines(sequence: Sequence): readonly string[] {
  return sequence.flatMap((step) => (step.kind === 'layer' ? constructorLines(step.layer) : operatorLines(step)));
}

function operatorLines({ operator }: Extract<Step, { readonly kind: 'operator' }>): readonly string[] {
  switch (operator.kind) {
    case 'activation': {
      const line = writePyTorchActivation(operator.function);
      return line === null ? [] : [line];
    }
    case 'pool2d': {
      const { kernelSize, stride, padding, ceilMode } = operator;
      const isOwnStride = stride[0] === kernelSize[0] && stride[1] === kernelSize[1];
      return [
        call(operator.function === 'max' ? 'nn.MaxPool2d' : 'nn.AvgPool2d', [
          `kernel_size=${pairText(kernelSize)}`,
          ...(isOwnStride ? [] : [`stride=${pairText(stride)}`]),
          ...paddingArgument(padding),
          ...(ceilMode ? ['ceil_mode=True'] : []),
        ]),
      ];
    }
    case 'resize':
      return [
        call(
          'nn.Upsample',
          operator.scaleFactor ? [`scale_factor=${pairText(operator.scaleFactor)}`] : [`size=${operator.size}`],
        ),
      ];
    default:
      operator satisfies never;
      throw new Error('unknown operator of a sequence');
  }
}

export function constructorLines(layer: Layer): readonly string[] {
  switch (layer.kind) {
    case 'standard':
      return convLines(layer.conv);
    case 'separable':
      return [
        ...convLines(layer.depthwise),
        ...[writePyTorchActivation(layer.between)].filter((line) => line !== null),
        ...convLines(layer.pointwise),
      ];
    case 'spatially_separable':
      return [...convLines(layer.vertical), ...convLines(layer.horizontal)];
    case 'shuffled':
      return [...convLines(layer.first), `nn.ChannelShuffle(${layer.first.groups})`, ...convLines(layer.second)];
    case 'transposed': {
      const { conv } = layer;
      return [
        call('nn.ConvTranspose2d', [
          ...sizes(conv),
          ...unlessAll('stride', conv.stride, 1),
          ...paddingArgument(conv.padding),
          ...unlessAll('output_padding', conv.outputPadding, 0),
          ...unlessAll('dilation', conv.dilation, 1),
          ...unless('groups', conv.groups, 1),
          ...(conv.bias ? [] : ['bias=False']),
        ]),
      ];
    }
    case 'deformable': {
      const { conv, offsets } = layer;
      return [
        ...convLines(offsets).map((line) => `offset = ${line}`),
        call('DeformConv2d', [
          ...sizes(conv),
          ...unlessAll('stride', conv.stride, 1),
          ...paddingArgument(conv.padding),
          ...unlessAll('dilation', conv.dilation, 1),
          ...unless('groups', conv.groups, 1),
        ]),
      ];
    }
    case 'linear':
      return ['nn.Flatten()', call('nn.Linear', [layer.linear.inFeatures, layer.linear.outFeatures])];
    case 'locally_connected':
      return [`LocallyConnected2D(${layer.local.outChannels}, ${pairText(layer.local.kernelSize)})`];
    default:
      layer satisfies never;
      throw new Error('unknown kind of layer');
  }
}

/** A convolution, and before it the module that pads where the two sides of an axis differ. */
function convLines(conv: Conv2d): readonly string[] {
  const { top, bottom, left, right } = resolvePadding(conv);
  const isSymmetric = top === bottom && left === right;
  const line = call('nn.Conv2d', [
    ...sizes(conv),
    ...unlessAll('stride', conv.stride, 1),
    ...(isSymmetric ? unlessAll('padding', [top, left], 0) : []),
    ...unlessAll('dilation', conv.dilation, 1),
    ...unless('groups', conv.groups, 1),
    ...(conv.bias ? [] : ['bias=False']),
  ]);
  return isSymmetric ? [line] : [`nn.ZeroPad2d((${left}, ${right}, ${top}, ${bottom}))`, line];
}

type Argument = string | number;

function call(name: string, parts: readonly Argument[]): string {
  return `${name}(${parts.join(', ')})`;
}

function sizes(conv: { readonly inChannels: number; readonly outChannels: number; readonly kernelSize: Pair }) {
  return [conv.inChannels, conv.outChannels, `kernel_size=${pairText(conv.kernelSize)}`];
}

function pairText([h, w]: Pair): string {
  return h === w ? String(h) : `(${h}, ${w})`;
}

function unless(name: string, value: number, plain: number): readonly string[] {
  return value === plain ? [] : [`${name}=${value}`];
}

function unlessAll(name: string, pair: Pair, plain: number): readonly string[] {
  return pair[0] === plain && pair[1] === plain ? [] : [`${name}=${pairText(pair)}`];
}

/** What differs on the two sides stands in no constructor: it is written as the four sides. */
function paddingArgument({ top, bottom, left, right }: PerSide): readonly string[] {
  if (top === bottom && left === right) return unlessAll('padding', [top, left], 0);
  return [`padding=(${left}, ${right}, ${top}, ${bottom})`];
}
