/**
 * Plans normalisation over groups of channels, of each image or of several together, as three passes: `moments` of each block of channels over pieces of its maps, `groups` joins them to a factor
 * and an offset per channel, `perChannel` applies them.
 */
import groupsWgsl from '../../../shaders/groupNorm/groups.wgsl?raw';
import momentsWgsl from '../../../shaders/groupNorm/moments.wgsl?raw';
import type { Shape } from '../operator.ts';
import { headFloats, stridesOf } from './layout.ts';
import { input, type Operand, type PassPlan, passOf, scratch, wholeArray } from './passes.ts';
import { perChannelPass } from './perChannel.ts';
import { type DeviceTraits, gridOf, type Program } from './program.ts';
import { uniformStruct } from './uniforms.ts';

/** Pixels that one workgroup takes at least, and pieces of a map at most. */
const pixelsPerPiece = 4096;
const mostPieces = 64;

const momentsUniforms = uniformStruct('Moments', {
  base: 'u32',
  image: 'u32',
  pixels: 'u32',
  perPiece: 'u32',
  blocks: 'u32',
  pieces: 'u32',
  outputBase: 'u32',
});

const groupsUniforms = uniformStruct('Groups', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  pixels: 'u32',
  perPiece: 'u32',
  blocks: 'u32',
  pieces: 'u32',
  groups: 'u32',
  perGroup: 'u32',
  together: 'u32',
  channels: 'u32',
  eps: 'f32',
});

const momentsProgram: Program = {
  key: 'groupNorm moments',
  label: 'groupNorm moments',
  wgsl: momentsWgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

const groupsProgram: Program = {
  key: 'groupNorm groups',
  label: 'groupNorm groups',
  wgsl: groupsWgsl,
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'read', 'read', 'write'],
};

interface Groups {
  readonly groups: number;
  /** How many images share their statistics: 1, or all. */
  readonly together: number;
  readonly eps: number;
  /** One number per channel each. */
  readonly scale: Operand;
  readonly shift: Operand;
}

export function planGroups(
  shape: Shape,
  { groups, together, eps, scale, shift }: Groups,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const array = wholeArray(shape, 'blocked');
  const { images, channels } = array;
  const pixels = array.height * array.width;
  const blocks = Math.ceil(channels / 4);
  const perPiece = Math.max(pixelsPerPiece, Math.ceil(pixels / mostPieces));
  const pieces = Math.ceil(pixels / perPiece);
  const strides = stridesOf(array);
  const room = (width: number) => ({ layout: 'planar', images, channels: 1, height: 1, width }) as const;
  const table = { operand: scratch(1), base: headFloats / 4, image: together === 1 ? blocks * 2 : 0 };
  const total = (images / together) * groups;
  const grid = gridOf(total, traits);
  const common = { pixels, perPiece, blocks, pieces };
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [room(blocks * pieces * 8), room(blocks * 8)],
    passes: [
      passOf(
        momentsUniforms,
        { ...common, base: strides.base / 4, image: strides.image / 4, outputBase: headFloats / 4 },
        {
          program: momentsProgram,
          workgroups: [pieces, blocks, images],
          operands: [input(0), scratch(0)],
          work: 2 * pixels * blocks * images,
        },
      ),
      passOf(
        groupsUniforms,
        {
          ...common,
          total,
          perRow: grid.perRow,
          base: headFloats / 4,
          groups,
          perGroup: channels / groups,
          together,
          channels,
          eps,
        },
        {
          program: groupsProgram,
          workgroups: [grid.x, grid.y, 1],
          operands: [scratch(0), scale, shift, scratch(1)],
          work: 2 * images * channels * pieces,
        },
      ),
      perChannelPass('affine', shape, traits, table),
    ],
  };
}
