/** Plans dropout with a seed: one pass from NC4HW4 to NC4HW4. */
import draw from '../../../shaders/lib/draw.wgsl?raw';
import wgsl from '../../../shaders/seededDropout/seededDropout.wgsl?raw';
import { mix32 } from '../../math/random.ts';
import type { Shape } from '../operator.ts';
import { everyFour, everyFourUniforms } from '../programs/everyFour.ts';
import { expand } from '../programs/expand.ts';
import { input, output, type PassPlan, passOf } from '../programs/passes.ts';
import type { DeviceTraits, Program } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { SeededDropout } from './attributes.ts';
import { scaleOf, thresholdOf } from './mask.ts';

const dropoutUniforms = uniformStruct('SeededDropout', {
  ...everyFourUniforms,
  channels: 'u32',
  key: 'u32',
  threshold: 'u32',
  scale: 'f32',
});

export function planSeededDropout(
  operator: SeededDropout,
  inputs: readonly Shape[],
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const { array, values: common, workgroups, blocks } = everyFour(inputs[0]!, traits);
  const values = {
    ...common,
    channels: array.channels,
    key: mix32((mix32(operator.seed) + operator.stream) >>> 0),
    threshold: thresholdOf(operator),
    scale: scaleOf(operator),
  };
  const program: Program = {
    key: 'seeded dropout',
    label: 'seeded dropout',
    wgsl: expand(wgsl, {}, { draw }),
    entryPoint: 'main',
    bindings: ['dynamic', 'read', 'read', 'write'],
  };
  const operands = [input(0), input(1), output];
  const pass = passOf(dropoutUniforms, values, { program, workgroups, operands, work: 8 * blocks });
  return { inputLayouts: ['blocked', 'planar'], outputLayout: 'blocked', scratch: [], passes: [pass] };
}
