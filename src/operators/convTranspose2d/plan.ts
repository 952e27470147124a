/**
 * Plans `transposed` and its sisters, `depthwise` and `together`: one pass over all phases, from NC4HW4 (or planar, for few channels and for
 * groups that do not come in fours) to NC4HW4.
 */

import depthwiseWgsl from '../../../shaders/transposed/depthwise.wgsl?raw';
import togetherWgsl from '../../../shaders/transposed/together.wgsl?raw';
import wgsl from '../../../shaders/transposed/transposed.wgsl?raw';
import { greatestCommonDivisor } from '../../math/integers.ts';
import type { Shape } from '../operator.ts';
import { cutBlocks, type Range } from '../programs/cuts.ts';
import { type Epilogue, epilogueChoices, epilogueConstants, identity } from '../programs/epilogue.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { stridesOf } from '../programs/layout.ts';
import { input, type Operand, output, type PassPlan, passOf, residual, wholeArray } from '../programs/passes.ts';
import { type Broadcast, broadcastOf, type DeviceTraits, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { uniformWeightBytes } from '../programs/weights.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { type TransposedTile, tileOf } from './tile.ts';
import {
  blocksPerGroup,
  floatsPerBlock,
  floatsPerTap,
  packedGroups,
  packTransposed,
  transposedWalk,
} from './weights.ts';

const transposedUniforms = uniformStruct('Transposed', {
  inputBase: 'u32',
  inputPlane: 'u32',
  inputImage: 'u32',
  inputHeight: 'u32',
  inputWidth: 'u32',
  outputBase: 'u32',
  outputPlane: 'u32',
  outputImage: 'u32',
  outputHeight: 'u32',
  outputWidth: 'u32',
  firstGroup: 'u32',
  groupEnd: 'u32',
  perRow: 'u32',
  firstSlot: 'u32',
  firstBound: 'u32',
  boundBlocks: 'u32',
  blocks: 'u32',
  strideY: 'u32',
  strideX: 'u32',
  dilationY: 'u32',
  dilationX: 'u32',
  top: 'u32',
  left: 'u32',
  commonY: 'u32',
  commonX: 'u32',
  inverseY: 'u32',
  inverseX: 'u32',
  kernelHeight: 'u32',
  kernelWidth: 'u32',
  inChannels: 'u32',
  outChannels: 'u32',
  blocksPerGroup: 'u32',
  weightsPerTap: 'u32',
  weightsPerBlock: 'u32',
  slope: 'f32',
  cap: 'f32',
});

/** Everything that a program's text depends on. */
interface Text extends Omit<TransposedTile, 'workgroups'> {
  readonly isUniform: boolean;
  readonly broadcast: Broadcast;
  readonly isScalar: boolean;
  readonly epilogue: Epilogue;
}

function labelOf({ channels, filters, pixels, taps, together }: Text): string {
  const kernel = channels === 'depthwise' ? ` k${taps}` : '';
  return `transposed ${channels}${kernel}${together ? ` s${together.join('x')}` : ''} P${pixels}C${filters}`;
}

function programOf(text: Text): Program {
  const { channels, filters: C, pixels: P, taps: T, together, isUniform, broadcast, isScalar, epilogue } = text;
  const label = labelOf(text);
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
    T,
    ...(together ? { B: P / (together[0] * together[1]), SY: together[0], SX: together[1] } : {}),
    PLANES: Number(channels === 'planes'),
    UNIFORM: Number(isUniform),
    BROADCAST: broadcast,
    SCALAR: Number(isScalar),
    ...epilogueConstants(epilogue, 4),
  };
  return {
    key: [label, ...choices.filter(Boolean)].join(' '),
    label,
    wgsl: expand(together ? togetherWgsl : channels === 'depthwise' ? depthwiseWgsl : wgsl, constants, lateSnippets),
    entryPoint: 'main',
    bindings: [
      'dynamic',
      'read',
      isUniform ? 'uniform' : 'read',
      'write',
      ...(epilogue.hasResidual ? ['read' as const] : []),
    ],
  };
}

/** The numbers of the axes alone. */
function axesOf({ stride, dilation, padding, kernelSize }: ConvTranspose2d) {
  return {
    strideY: stride[0],
    strideX: stride[1],
    dilationY: dilation[0],
    dilationX: dilation[1],
    top: padding.top,
    left: padding.left,
    commonY: greatestCommonDivisor(stride[0], dilation[0]),
    commonX: greatestCommonDivisor(stride[1], dilation[1]),
    inverseY: inverseOf(dilation[0], stride[0]),
    inverseX: inverseOf(dilation[1], stride[1]),
    kernelHeight: kernelSize[0],
    kernelWidth: kernelSize[1],
  };
}

export function planConvTranspose2d(
  conv: ConvTranspose2d,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: DeviceTraits,
  epilogue: Epilogue = identity,
): PassPlan {
  const tile = tileOf(conv, outputShape, traits);
  const { channels, workgroups } = tile;
  const source = wholeArray(inputs[0]!, channels === 'planes' ? 'planar' : 'blocked');
  const target = wholeArray(outputShape, 'blocked');
  const [from, to] = [stridesOf(source), stridesOf(target)];
  const unit = channels === 'planes' ? 1 : 4;
  const groups = packedGroups(conv, tile);
  const perGroup = blocksPerGroup(conv, tile);
  const blocks = groups * perGroup;
  const perBlock = floatsPerBlock(conv, tile);
  const shape = {
    ...axesOf(conv),
    inputBase: from.base / unit,
    inputPlane: channels === 'planes' ? from.lane : from.block / 4,
    inputImage: from.image / unit,
    inputHeight: source.height,
    inputWidth: source.width,
    outputBase: to.base / 4,
    outputPlane: to.block / 4,
    outputImage: to.image / 4,
    outputHeight: target.height,
    outputWidth: target.width,
    blocks,
    inChannels: Math.ceil(conv.inChannels / groups / unit),
    outChannels: conv.outChannels / groups,
    blocksPerGroup: perGroup,
    weightsPerTap: floatsPerTap(conv, tile) / 4,
    slope: epilogue.slope,
    cap: epilogue.cap,
    weightsPerBlock: perBlock / 4,
  };
  const partsOf = (parts: number, bound: Range = [0, blocks]) =>
    cutBlocks(workgroups, target.images, parts, bound, traits).map(({ place, workgroups }) => {
      const values = { ...shape, ...place };
      return { values, uniforms: transposedUniforms.write(values), workgroups };
    });
  const whole = partsOf(1)[0]!;
  const isUniform = 4 * blocks * perBlock <= uniformWeightBytes && uniformWeightBytes <= traits.maxUniformBinding;
  const program = programOf({
    ...tile,
    isUniform,
    broadcast: channels === 'depthwise' || tile.together ? 0 : broadcastOf(traits),
    isScalar: groups > 1 && (conv.outChannels / groups) % 4 !== 0,
    epilogue,
  });
  const weights: Operand = {
    of: 'packed',
    packing: {
      key: `transposed ${channels} ${tile.filters} ${conv.groups} ${conv.kernelSize}`,
      where: isUniform ? 'uniform' : 'storage',
      blocks,
      perBlock,
      pack: (values, some) => packTransposed(conv, tile, values, some),
      places: { of: 'walk', walk: transposedWalk(conv, tile) },
    },
  };
  return {
    inputLayouts: [source.layout],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(transposedUniforms, whole.values, {
        program,
        workgroups: whole.workgroups,
        operands: [input(0), weights, output, ...(epilogue.hasResidual ? [residual] : [])],
        work: source.images * source.height * source.width * blocks * (perBlock - tile.filters),
        cut: partsOf,
      }),
    ],
  };
}

/** x with x d / g ≡ 1 modulo s / g, for g = gcd(s, d): which multiple of the dilation has a given remainder by the stride. */
function inverseOf(dilation: number, stride: number): number {
  const common = greatestCommonDivisor(stride, dilation);
  const modulus = stride / common;
  let inverse = 0;
  while (((inverse * dilation) / common) % modulus !== 1 % modulus) inverse++;
  return inverse;
}
