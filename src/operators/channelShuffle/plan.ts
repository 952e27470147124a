/** Plans `channelShuffle`: one pass over blocks of four channels, which convolutions before and behind it read and write. */
import wgsl from '../../../shaders/channelShuffle/channelShuffle.wgsl?raw';
import type { Shape } from '../operator.ts';
import { everyFour, everyFourUniforms } from '../programs/everyFour.ts';
import { expand } from '../programs/expand.ts';
import { input, output, type PassPlan, passOf } from '../programs/passes.ts';
import type { DeviceTraits, Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { ChannelShuffle } from './attributes.ts';

const shuffleUniforms = uniformStruct('Shuffle', {
  ...everyFourUniforms,
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
  const { array, values: common, workgroups, blocks } = everyFour(outputShape, traits);
  const values = {
    ...common,
    groups,
    each: array.channels / groups,
  };
  const pass = passOf(shuffleUniforms, values, {
    program,
    workgroups,
    operands: [input(0), output],
    work: 4 * blocks,
  });
  return { inputLayouts: ['blocked'], outputLayout: 'blocked', scratch: [], passes: [pass] };
}
