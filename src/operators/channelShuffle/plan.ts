/** Plans `channelShuffle`: one pass over blocks of four channels, which convolutions before and behind it read and write. */
import wgsl from '../../../shaders/channelShuffle/channelShuffle.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf, type Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { ChannelShuffle } from './attributes.ts';

const shuffleUniforms = uniformStruct('Shuffle', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  image: 'u32',
  pixels: 'u32',
  groups: 'u32',
  each: 'u32',
});

const program: Program = {
  key: 'channelShuffle',
  label: 'channelShuffle',
  wgsl: expand(wgsl, {}, {}),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

export function planChannelShuffle(
  { groups }: ChannelShuffle,
  outputShape: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const array = wholeArray(outputShape, 'blocked');
  const strides = stridesOf(array);
  const total = floatsOf({ ...array, images: 1 }) / 4;
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    base: strides.base / 4,
    image: strides.image / 4,
    pixels: array.height * array.width,
    groups,
    each: array.channels / groups,
  };
  const pass = passOf(shuffleUniforms, values, {
    program,
    workgroups: [grid.x, grid.y, array.images],
    operands: [input(0), output],
    work: floatsOf(array),
  });
  return { inputLayouts: ['blocked'], outputLayout: 'blocked', scratch: [], passes: [pass] };
}
