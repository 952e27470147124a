/** Plans `deform`: one pass that samples and multiplies, from NC4HW4 (or planar, as `transposed` does) to NC4HW4. */
import wgsl from '../../../shaders/deform/deform.wgsl?raw';
import type { Shape } from '../operator.ts';
import { cutBlocks, type Range } from '../programs/cuts.ts';
import { type Epilogue, epilogueChoices, epilogueConstants, identity } from '../programs/epilogue.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { stridesOf } from '../programs/layout.ts';
import { input, type Operand, output, type PassPlan, passOf, residual, wholeArray } from '../programs/passes.ts';
import { type BindingKind, type Broadcast, broadcastOf, type DeviceTraits, type Program } from '../programs/program.ts';
import { densePixels, filtersPerInvocation } from '../programs/tiles.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import {
  blocksPerGroup,
  floatsPerBlock,
  packedFloats,
  packingOf,
  uniformWeightBytes,
  type WeightOrder,
} from '../programs/weights.ts';
import type { DeformConv2d } from './attributes.ts';
import { namedInputs } from './samples.ts';

const deformUniforms = uniformStruct('Deform', {
  inputBase: 'u32',
  inputPlane: 'u32',
  inputImage: 'u32',
  inputHeight: 'i32',
  inputWidth: 'i32',
  outputBase: 'u32',
  outputPlane: 'u32',
  outputImage: 'u32',
  outputWidth: 'u32',
  offsetImage: 'u32',
  maskImage: 'u32',
  firstGroup: 'u32',
  groupEnd: 'u32',
  perRow: 'u32',
  invocations: 'u32',
  firstSlot: 'u32',
  firstBound: 'u32',
  boundBlocks: 'u32',
  blocks: 'u32',
  strideY: 'i32',
  strideX: 'i32',
  dilationY: 'i32',
  dilationX: 'i32',
  top: 'i32',
  left: 'i32',
  kernelWidth: 'u32',
  taps: 'u32',
  inChannels: 'u32',
  perOffsetGroup: 'u32',
  outChannels: 'u32',
  blocksPerGroup: 'u32',
  weightsPerBlock: 'u32',
  slope: 'f32',
  cap: 'f32',
});

interface Text {
  readonly channels: 'blocks' | 'planes';
  readonly pixels: number;
  readonly filters: number;
  readonly hasMask: boolean;
  readonly isUniform: boolean;
  readonly broadcast: Broadcast;
  readonly isScalar: boolean;
  readonly epilogue: Epilogue;
}

function programOf(text: Text): Program {
  const { channels, filters: C, pixels: P, hasMask, isUniform, broadcast, isScalar, epilogue } = text;
  const label = `deform ${channels}${hasMask ? ' mask' : ''} P${P}C${C}`;
  const choices = [
    isUniform ? 'uniform' : 'storage',
    broadcast && `broadcast ${broadcast}`,
    isScalar && 'scalar',
    ...epilogueChoices(epilogue),
  ];
  const constants = {
    P,
    C,
    V: C / 4,
    PLANES: Number(channels === 'planes'),
    MASK: Number(hasMask),
    UNIFORM: Number(isUniform),
    BROADCAST: broadcast,
    SCALAR: Number(isScalar),
    ...epilogueConstants(epilogue, hasMask ? 6 : 5),
  };
  const bindings: BindingKind[] = ['dynamic', 'read', isUniform ? 'uniform' : 'read', 'write', 'read'];
  if (hasMask) bindings.push('read');
  if (epilogue.hasResidual) bindings.push('read');
  return {
    key: [label, ...choices.filter(Boolean)].join(' '),
    label,
    wgsl: expand(wgsl, constants, lateSnippets),
    entryPoint: 'main',
    bindings,
  };
}

/** Accumulators per invocation: on GPUs a small tile keeps enough waves to hide the samples' scattered loads. */
const accumulators = { gpu: 32, software: 64 };

export function planDeformConv2d(
  conv: DeformConv2d,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: DeviceTraits,
  epilogue: Epilogue = identity,
): PassPlan {
  const { x, offset, mask } = namedInputs(conv, inputs);
  const [slices, filters] = [conv.inChannels / conv.groups, conv.outChannels / conv.groups];
  const perOffsetGroup = conv.inChannels / conv.offsetGroups;
  const inFours =
    (conv.groups === 1 || (slices % 4 === 0 && filters % 4 === 0)) &&
    (conv.offsetGroups === 1 || perOffsetGroup % 4 === 0);
  const channels = inFours && slices > 2 ? 'blocks' : 'planes';
  // Every block of filters samples anew: a wide block where nothing is wasted.
  const C = filters % 32 === 0 ? 32 : filtersPerInvocation(filters);
  const order: WeightOrder = {
    taps: channels,
    filters: C,
    groups: conv.groups,
    outChannels: conv.outChannels,
    inChannels: conv.inChannels,
    kernel: conv.kernelSize,
  };
  const source = wholeArray(x, channels === 'planes' ? 'planar' : 'blocked');
  const target = wholeArray(outputShape, 'blocked');
  const [from, to] = [stridesOf(source), stridesOf(target)];
  const unit = channels === 'planes' ? 1 : 4;
  const blocks = conv.groups * blocksPerGroup(order);
  const zs = blocks * target.images;
  const pixels = target.height * target.width;
  const most = Math.max(1, (traits.canBroadcast ? accumulators.software : accumulators.gpu) / C);
  const P = Math.min(most, densePixels(C, pixels, zs, traits));
  const invocations = Math.ceil(pixels / P);
  const groups = Math.ceil(invocations / 64);
  const shape = {
    inputBase: from.base / unit,
    inputPlane: channels === 'planes' ? from.lane : from.block / 4,
    inputImage: from.image / unit,
    inputHeight: source.height,
    inputWidth: source.width,
    outputBase: to.base / 4,
    outputPlane: to.block / 4,
    outputImage: to.image / 4,
    outputWidth: target.width,
    offsetImage: stridesOf(wholeArray(offset, 'blocked')).image / 4,
    maskImage: mask ? stridesOf(wholeArray(mask, 'blocked')).image / 4 : 0,
    invocations,
    blocks,
    strideY: conv.stride[0],
    strideX: conv.stride[1],
    dilationY: conv.dilation[0],
    dilationX: conv.dilation[1],
    top: conv.padding.top,
    left: conv.padding.left,
    kernelWidth: conv.kernelSize[1],
    taps: conv.kernelSize[0] * conv.kernelSize[1],
    inChannels: Math.ceil(slices / unit),
    perOffsetGroup: Math.ceil(perOffsetGroup / unit),
    outChannels: filters,
    blocksPerGroup: blocksPerGroup(order),
    slope: epilogue.slope,
    cap: epilogue.cap,
    weightsPerBlock: floatsPerBlock(order) / 4,
  };
  const partsOf = (parts: number, bound: Range = [0, blocks]) =>
    cutBlocks(groups, target.images, parts, bound, traits).map(({ place, workgroups }) => {
      const values = { ...shape, ...place };
      return { values, uniforms: deformUniforms.write(values), workgroups };
    });
  const whole = partsOf(1)[0]!;
  const isUniform = 4 * packedFloats(order) <= uniformWeightBytes && uniformWeightBytes <= traits.maxUniformBinding;
  const text: Text = {
    channels,
    pixels: P,
    filters: C,
    hasMask: conv.hasMask,
    isUniform,
    broadcast: broadcastOf(traits),
    isScalar: conv.groups > 1 && filters % 4 !== 0,
    epilogue,
  };
  const weights: Operand = { of: 'packed', packing: packingOf(order, isUniform ? 'uniform' : 'storage') };
  return {
    inputLayouts: [source.layout, 'blocked', 'blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(deformUniforms, whole.values, {
        program: programOf(text),
        workgroups: whole.workgroups,
        operands: [
          ...[input(0), weights, output, input(1)],
          ...(conv.hasMask ? [input(2)] : []),
          ...(epilogue.hasResidual ? [residual] : []),
        ],
        work: pixels * zs * (floatsPerBlock(order) - C) * (1 + 4 / C),
        cut: partsOf,
      }),
    ],
  };
}
