/** The layer of a kind from its attributes: those that the kind has, made valid for what it reads. */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { constrain } from '../../operators/conv2d/limits.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createDeformConv2d } from '../../operators/deformConv2d/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { Pair, PerSide } from '../../operators/operator.ts';
import { effectiveKernel } from '../../operators/window.ts';
import { commonDivisors } from './column.ts';
import type { KindAttributes } from './kindAttributes.ts';
import type { KindName } from './kinds.ts';
import type { Layer } from './layer.ts';

/** What the layer reads: channels, height and width. */
export interface KindPlace {
  readonly inChannels: number;
  readonly inputSize: Pair;
}

/** The ends of the numbers that no other attribute narrows. */
export const kindEnds = { outChannels: 64, transposedStride: 4, outputSide: 4096, outputPadding: 3 } as const;

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(Math.round(value), min), max);
const both = (pair: Pair, change: (value: number, axis: 0 | 1) => number): Pair => [
  change(pair[0], 0),
  change(pair[1], 1),
];
const none: PerSide = { top: 0, bottom: 0, left: 0, right: 0 };

/** Filters for each channel that a depthwise layer may have: its outputs end where all layers' do. */
export function largestMultiplier(inChannels: number): number {
  return Math.max(1, Math.floor(kindEnds.outChannels / inChannels));
}

/** The groups that a kind may have; offset groups divide the input's channels alone. */
export function groupsOf(inChannels: number, outChannels: number): readonly number[] {
  return commonDivisors(inChannels, outChannels);
}

/** Every number in its range, by the least that helps; the same record where nothing has to move. */
export function fitAttributes(kind: KindName, asked: KindAttributes, place: KindPlace): KindAttributes {
  const fitted = fitAll(kind, asked, place);
  return JSON.stringify(fitted) === JSON.stringify(asked) ? asked : fitted;
}

function fitAll(kind: KindName, asked: KindAttributes, place: KindPlace): KindAttributes {
  const { inChannels } = place;
  const outChannels = clamp(asked.outChannels, 1, kindEnds.outChannels);
  const atMost = (values: readonly number[], value: number) => values.findLast((each) => each <= value) ?? 1;
  const counted: KindAttributes = {
    ...asked,
    outChannels,
    groups: atMost(groupsOf(inChannels, outChannels), asked.groups),
    depthMultiplier: clamp(asked.depthMultiplier, 1, largestMultiplier(inChannels)),
    middleChannels: clamp(asked.middleChannels, 1, kindEnds.outChannels),
    offsetGroups: atMost(commonDivisors(inChannels, inChannels), asked.offsetGroups),
  };
  return kind === 'transposed' ? fitTransposed(counted, place) : fitWindow(kind, counted, place);
}

/** Kernel, stride, padding and dilation as Explore's convolution moves them; kinds that pad with zeros alone pad with zeros. */
function fitWindow(kind: KindName, asked: KindAttributes, { inChannels, inputSize }: KindPlace): KindAttributes {
  if (kind === 'linear') return asked;
  const { stride, dilation, paddingMode } = asked;
  const window = createConv2d({
    inChannels,
    outChannels: inChannels,
    kernelSize: kind === 'pointwise' ? [1, 1] : asked.kernelSize,
    stride,
    padding: asked.padding,
    dilation,
    paddingMode: kind === 'deformable' || kind === 'locally_connected' ? 'zeros' : paddingMode,
  });
  const { conv } = constrain(window, {}, { inputSize });
  return {
    ...asked,
    kernelSize: kind === 'pointwise' ? asked.kernelSize : conv.kernelSize,
    stride: conv.stride,
    padding: resolvePadding(conv),
    dilation: conv.dilation,
    paddingMode: conv.paddingMode,
  };
}

/** The crop leaves an output, output_padding is below stride or dilation, and no side of the output exceeds what can be shown. */
function fitTransposed(asked: KindAttributes, { inputSize }: KindPlace): KindAttributes {
  const kernelSize = both(asked.kernelSize, (k) => clamp(k, 1, 15));
  const dilation = both(asked.dilation, (d) => clamp(d, 1, 8));
  const stride = both(asked.stride, (s, i) =>
    clamp(s, 1, clamp(kindEnds.outputSide / inputSize[i], 1, kindEnds.transposedStride)),
  );
  const outputPadding = both(asked.outputPadding, (more, i) => clamp(more, 0, Math.max(stride[i], dilation[i]) - 1));
  const whole = both(
    kernelSize,
    (k, i) => (inputSize[i] - 1) * stride[i] + effectiveKernel(k, dilation[i]) + outputPadding[i],
  );
  const crop = (before: number, after: number, axis: 0 | 1): Pair => {
    const most = effectiveKernel(kernelSize[axis], dilation[axis]) - 1;
    const first = clamp(before, 0, Math.min(most, Math.floor((whole[axis] - 1) / 2)));
    return [first, clamp(after, 0, Math.min(most, whole[axis] - 1 - first))];
  };
  const [top, bottom] = crop(asked.padding.top, asked.padding.bottom, 0);
  const [left, right] = crop(asked.padding.left, asked.padding.right, 1);
  return { ...asked, kernelSize, dilation, stride, outputPadding, padding: { top, bottom, left, right } };
}

/** The layer; `attributes` must have been fitted to the same place. */
export function kindLayer(kind: KindName, attributes: KindAttributes, { inChannels, inputSize }: KindPlace): Layer {
  const { outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode } = attributes;
  const window = { kernelSize, stride, padding, dilation };
  const conv = (change: Partial<Conv2d> = {}) =>
    createConv2d({ inChannels, outChannels, ...window, bias, paddingMode, ...change });
  const pointwise = (change: Partial<Conv2d> = {}) =>
    createConv2d({ inChannels, outChannels, kernelSize: [1, 1], bias, ...change });
  switch (kind) {
    case 'standard':
    case 'dilated':
    case 'grouped':
      return { kind: 'standard', conv: conv({ groups }) };
    case 'pointwise':
      return { kind: 'standard', conv: pointwise({ stride, padding, paddingMode, groups }) };
    case 'depthwise':
      return {
        kind: 'standard',
        conv: conv({ outChannels: inChannels * attributes.depthMultiplier, groups: inChannels }),
      };
    case 'separable': {
      const middle = inChannels * attributes.depthMultiplier;
      return {
        kind,
        depthwise: conv({ outChannels: middle, groups: inChannels, bias: attributes.firstBias }),
        between: attributes.between,
        pointwise: pointwise({ inChannels: middle }),
      };
    }
    case 'spatially_separable': {
      const { middleChannels: middle, firstBias } = attributes;
      return {
        kind,
        vertical: conv({
          outChannels: middle,
          kernelSize: [kernelSize[0], 1],
          stride: [stride[0], 1],
          padding: { ...none, top: padding.top, bottom: padding.bottom },
          dilation: [dilation[0], 1],
          bias: firstBias,
        }),
        horizontal: conv({
          inChannels: middle,
          kernelSize: [1, kernelSize[1]],
          stride: [1, stride[1]],
          padding: { ...none, left: padding.left, right: padding.right },
          dilation: [1, dilation[1]],
        }),
      };
    }
    case 'shuffled':
      return {
        kind,
        first: conv({ outChannels: inChannels, groups, bias: attributes.firstBias }),
        second: pointwise({ groups }),
      };
    case 'transposed': {
      const { outputPadding } = attributes;
      return { kind, conv: createConvTranspose2d({ inChannels, outChannels, ...window, outputPadding, groups, bias }) };
    }
    case 'deformable': {
      const { offsetGroups, hasMask } = attributes;
      const perTap = (hasMask ? 3 : 2) * offsetGroups * kernelSize[0] * kernelSize[1];
      return {
        kind,
        conv: createDeformConv2d({ inChannels, outChannels, ...window, groups, bias, offsetGroups, hasMask }),
        offsets: createConv2d({ inChannels, outChannels: perTap, ...window }),
      };
    }
    case 'locally_connected':
      return {
        kind,
        local: createLocallyConnected2d({ inChannels, outChannels, inputSize, ...window, bias }),
      };
    case 'linear':
      return {
        kind,
        linear: createLinear({ inFeatures: inChannels * inputSize[0] * inputSize[1], outFeatures: outChannels, bias }),
      };
    default:
      kind satisfies never;
      throw new Error('unknown kind');
  }
}
