/** Plans `localResponseNorm`: one pass from NC4HW4 to NC4HW4. */
import wgsl from '../../../shaders/localResponseNorm/localResponseNorm.wgsl?raw';
import type { Shape } from '../operator.ts';
import { expand } from '../programs/expand.ts';
import { floatsOf, stridesOf } from '../programs/layout.ts';
import { input, output, type PassPlan, passOf, wholeArray } from '../programs/passes.ts';
import { type DeviceTraits, gridOf } from '../programs/program.ts';
import { snippets } from '../programs/snippets.ts';
import { uniformStruct } from '../programs/uniforms.ts';
import type { LocalResponseNorm } from './attributes.ts';

const responseUniforms = uniformStruct('Response', {
  total: 'u32',
  perRow: 'u32',
  base: 'u32',
  image: 'u32',
  pixels: 'u32',
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
  const array = wholeArray(inputs[0]!, 'blocked');
  const strides = stridesOf(array);
  const total = floatsOf({ ...array, images: 1 }) / 4;
  const grid = gridOf(total, traits);
  const values = {
    total,
    perRow: grid.perRow,
    base: strides.base / 4,
    image: strides.image / 4,
    pixels: array.height * array.width,
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
          wgsl: expand(wgsl, {}, snippets),
          entryPoint: 'main',
          bindings: ['dynamic', 'read', 'write'],
        },
        workgroups: [grid.x, grid.y, array.images],
        operands: [input(0), output],
        work: total * array.images * (norm.size + 3),
      }),
    ],
  };
}
