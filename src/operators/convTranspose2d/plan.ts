/**
 * Plans `transposed`: one pass over all phases, from NC4HW4 (or planar, for few channels and for groups that do not come in fours) to
 * NC4HW4.
 */
import wgsl from '../../../shaders/transposed/transposed.wgsl?raw';
import type { Shape } from '../operator.ts';
import { cutGrid, type GridPart, workgroupsOf } from '../programs/cuts.ts';
import { expand } from '../programs/expand.ts';
import { stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import type { DeviceTraits, Dispatch, Program } from '../programs/program.ts';
import { snippets } from '../programs/snippets.ts';
import { densePixels, filtersPerInvocation } from '../programs/tiles.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import { uniformWeightBytes } from '../programs/weights.ts';
import type { ConvTranspose2d } from './attributes.ts';
import {
  blocksPerGroup,
  type ChannelOrder,
  floatsPerBlock,
  floatsPerTap,
  packedGroups,
  packTransposed,
  type TransposedOrder,
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
  firstBlock: 'u32',
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
});

interface Text extends TransposedOrder {
  /** P: outputs of one phase per invocation. */
  readonly pixels: number;
  readonly isUniform: boolean;
  readonly isBroadcast: boolean;
  readonly isScalar: boolean;
}

function programOf(text: Text): Program {
  const { channels, filters: C, pixels: P, isUniform, isBroadcast, isScalar } = text;
  const label = `transposed ${channels} P${P}C${C}`;
  const choices = [isUniform ? 'uniform' : 'storage', isBroadcast && 'broadcast', isScalar && 'scalar'];
  const constants = {
    P,
    C,
    V: C / 4,
    BLOCKS: Number(channels === 'blocks'),
    PLANES: Number(channels === 'planes'),
    DEPTHWISE: Number(channels === 'depthwise'),
    UNIFORM: Number(isUniform),
    BROADCAST: Number(isBroadcast),
    SCALAR: Number(isScalar),
  };
  return {
    key: [label, ...choices.filter(Boolean)].join(' '),
    label,
    wgsl: expand(wgsl, constants, snippets),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', isUniform ? 'uniform' : 'read', 'write'],
  };
}

function channelOrder(conv: ConvTranspose2d): ChannelOrder {
  const [slices, filters] = [conv.inChannels / conv.groups, conv.outChannels / conv.groups];
  if (slices === 1 && filters === 1 && conv.groups > 1) return 'depthwise';
  const inFours = conv.groups === 1 || (slices % 4 === 0 && filters % 4 === 0);
  return inFours && slices > 2 ? 'blocks' : 'planes';
}

export function planConvTranspose2d(
  conv: ConvTranspose2d,
  inputs: readonly Shape[],
  outputShape: Shape,
  traits: DeviceTraits,
): PassPlan {
  const channels = channelOrder(conv);
  const filters = channels === 'depthwise' ? 4 : filtersPerInvocation(conv.outChannels / conv.groups);
  const order: TransposedOrder = { channels, filters };
  const source = wholeArray(inputs[0]!, channels === 'planes' ? 'planar' : 'blocked');
  const target = wholeArray(outputShape, 'blocked');
  const [from, to] = [stridesOf(source), stridesOf(target)];
  const groups = packedGroups(conv, order);
  const blocks = groups * blocksPerGroup(conv, order);
  const perBlock = floatsPerBlock(conv, order);

  const [sy, sx] = conv.stride;
  const phases = sy * sx;
  const perPhase = Math.ceil(target.height / sy) * Math.ceil(target.width / sx);
  const P = densePixels(filters, perPhase, phases * blocks * target.images, traits);
  const workgroups = Math.ceil(perPhase / P / 64) * phases;
  const unit = channels === 'planes' ? 1 : 4;
  const slices = conv.inChannels / groups;
  const shape = {
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
    strideY: sy,
    strideX: sx,
    dilationY: conv.dilation[0],
    dilationX: conv.dilation[1],
    top: conv.padding.top,
    left: conv.padding.left,
    commonY: gcd(sy, conv.dilation[0]),
    commonX: gcd(sx, conv.dilation[1]),
    inverseY: inverseOf(conv.dilation[0], sy),
    inverseX: inverseOf(conv.dilation[1], sx),
    kernelHeight: conv.kernelSize[0],
    kernelWidth: conv.kernelSize[1],
    inChannels: channels === 'depthwise' ? 1 : Math.ceil(slices / unit),
    outChannels: conv.outChannels / groups,
    blocksPerGroup: blocksPerGroup(conv, order),
    weightsPerTap: floatsPerTap(conv, order) / 4,
    weightsPerBlock: perBlock / 4,
  };
  const partOf = (part: GridPart): Dispatch & { readonly values: Parameters<typeof transposedUniforms.write>[0] } => {
    const { workgroups, perRow } = workgroupsOf(part, traits);
    const values = {
      ...shape,
      firstGroup: part.groups[0],
      groupEnd: part.groups[1],
      perRow,
      firstBlock: part.blocks[0],
    };
    return { values, uniforms: transposedUniforms.write(values), workgroups };
  };
  const zs = blocks * target.images;
  const whole = partOf({ groups: [0, workgroups], blocks: [0, zs] });
  const isUniform = 4 * blocks * perBlock <= uniformWeightBytes && uniformWeightBytes <= traits.maxUniformBinding;
  const text: Text = {
    ...order,
    pixels: P,
    isUniform,
    isBroadcast: traits.canBroadcast && channels !== 'depthwise',
    isScalar: groups > 1 && (conv.outChannels / groups) % 4 !== 0,
  };
  return {
    inputLayouts: [source.layout],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(transposedUniforms, whole.values, {
        program: programOf(text),
        workgroups: whole.workgroups,
        operands: [
          input(0),
          {
            of: 'packed',
            key: `transposed ${channels} ${filters} ${conv.groups} ${conv.kernelSize}`,
            where: isUniform ? 'uniform' : 'storage',
            pack: (values) => packTransposed(conv, order, values),
          },
          output,
        ],
        work: source.images * source.height * source.width * blocks * (perBlock - filters),
        cut: (parts) => cutGrid(workgroups, zs, parts).map(partOf),
      }),
    ],
  };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** x with x d / g ≡ 1 modulo s / g, for g = gcd(s, d): which multiple of the dilation has a given remainder by the stride. */
function inverseOf(dilation: number, stride: number): number {
  const common = gcd(stride, dilation);
  const modulus = stride / common;
  let inverse = 0;
  while (((inverse * dilation) / common) % modulus !== 1 % modulus) inverse++;
  return inverse;
}
