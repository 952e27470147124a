/** Plans `localResponseNorm`: one pass from NC4HW4 to NC4HW4. */
import wgsl from '../../../shaders/localResponseNorm/localResponseNorm.wgsl?raw';
import type { Shape } from '../operator.ts';
import { everyFour, everyFourUniforms } from '../programs/everyFour.ts';
import { expand } from '../programs/expand.ts';
import { lateSnippets } from '../programs/lateSnippets.ts';
import { input, output, type PassPlan, passOf } from '../programs/passes.ts';
import type { DeviceTraits } from '../programs/program.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { LocalResponseNorm } from './attributes.ts';

const responseUniforms = uniformStruct('Response', {
  ...everyFourUniforms,
  channels: 'i32',
  before: 'i32',
  size: 'i32',
  factor: 'f32',
  beta: 'f32',
  k: 'f32',
});

export function planLocalResponseNorm(
  norm: LocalResponseNorm,
  inputs: readonly Shape[],
  _output: Shape,
  traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>,
): PassPlan {
  const { array, values: common, workgroups, blocks } = everyFour(inputs[0]!, traits);
  const values = {
    ...common,
    channels: array.channels,
    before: norm.channelsBefore,
    size: norm.size,
    factor: norm.alpha / norm.size,
    beta: norm.beta,
    k: norm.k,
  };
  return {
    inputLayouts: ['blocked'],
    outputLayout: 'blocked',
    scratch: [],
    passes: [
      passOf(responseUniforms, values, {
        program: {
          key: 'localResponseNorm',
          label: 'localResponseNorm',
          wgsl: expand(wgsl, {}, lateSnippets),
          entryPoint: 'main',
          bindings: ['dynamic', 'read', 'write'],
        },
        workgroups,
        operands: [input(0), output],
        work: blocks * (norm.size + 3),
      }),
    ],
  };
}
