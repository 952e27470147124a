/**
 * Plans group normalisation as three passes: `moments` of each block of channels over pieces of its maps, `groups` joins them to a factor
 * and an offset per channel, `perChannel` applies them.
 */
import groupsWgsl from '../../../shaders/groupNorm/groups.wgsl?raw';
import momentsWgsl from '../../../shaders/groupNorm/moments.wgsl?raw';
import type { Shape } from '../operator.ts';
import { headFloats, stridesOf } from '../programs/layout.ts';
import { input, type PassPlan, parameter, passOf, scratch, wholeArray } from '../programs/passes.ts';
import { perChannelPass } from '../programs/perChannel.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { GroupNorm } from './attributes.ts';

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

export function planGroupNorm(
  norm: GroupNorm,
  inputs: readonly Shape[],
  _output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const array = wholeArray(inputs[0]!, 'blocked');
  const { images, channels } = array;
  const pixels = array.height * array.width;
  const blocks = Math.ceil(channels / 4);
  const perPiece = Math.max(pixelsPerPiece, Math.ceil(pixels / mostPieces));
  const pieces = Math.ceil(pixels / perPiece);
  const strides = stridesOf(array);
  const room = (width: number) => ({ layout: 'planar', images, channels: 1, height: 1, width }) as const;
  const table = { operand: scratch(1), base: headFloats / 4, image: blocks * 2 };
  const total = images * norm.numGroups;
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
          groups: norm.numGroups,
          perGroup: channels / norm.numGroups,
          channels,
          eps: norm.eps,
        },
        {
          program: groupsProgram,
          workgroups: [grid.x, grid.y, 1],
          operands: [scratch(0), parameter('weight'), parameter('bias'), scratch(1)],
          work: 2 * images * channels * pieces,
        },
      ),
      perChannelPass('affine', inputs[0]!, traits, table),
    ],
  };
}
